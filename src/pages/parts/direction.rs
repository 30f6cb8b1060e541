//! Whether the script of a language runs from right to left.

/// Languages whose usual script runs from right to left, by the first part of their tag.
const LANGUAGES: [&str; 14] = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Scripts that run from right to left, as a tag names them: `az-Arab`.
const SCRIPTS: [&str; 9] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];

/// Whether texts in a language (BCP 47) run from right to left. A script that the tag names decides.
pub(crate) fn is_right_to_left(language: &str) -> bool {
    let tag = language.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|letter| letter.is_ascii_alphabetic()));
    script.map_or_else(|| LANGUAGES.contains(&language), |script| SCRIPTS.contains(&script))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_script_decides_and_without_one_the_language() {
        for tag in ["ar", "AR-EG", "he-IL", "fa", "ur-PK", "az-Arab", "pa-arab-PK", "ks-Arab"] {
            assert!(super::is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "de-CH", "ar-Latn", "sd-Deva-IN", "arn", "zh-Hant", "az", ""] {
            assert!(!super::is_right_to_left(tag), "{tag}");
        }
    }
}
