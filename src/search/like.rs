//! Ids as people type them from memory: without the zeros, with other separators or none, in any case.

use super::fold::fold;

/// The letters and the digits of an id, each run by itself; zeros in front of a number are gone.
fn runs(folded: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut before = None;
    for letter in folded.chars() {
        let class = (letter.is_alphanumeric()).then(|| letter.is_numeric());
        match (class, runs.last_mut()) {
            (Some(_), Some(run)) if before == class => run.push(letter),
            (Some(_), _) => runs.push(letter.to_string()),
            (None, _) => {}
        }
        before = class;
    }
    runs.iter().map(|run| without_zeros(run).to_owned()).collect()
}

fn without_zeros(run: &str) -> &str {
    match run.trim_start_matches('0') {
        "" => &run[run.len() - 1..],
        rest => rest,
    }
}

/// What two ids have in common that are alike: all letters and digits, once without the zeros and once with them.
pub(super) fn keys(id: &str) -> Vec<String> {
    let folded = fold(id);
    let mut keys = vec![runs(&folded).concat(), folded.chars().filter(|letter| letter.is_alphanumeric()).collect()];
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    keys
}

/// How alike what was typed is to an id that has a key in common with it: 3 the same, 2 but for zeros and separators, 1
/// where a separator between two numbers was left out.
pub(super) fn likeness(typed: &str, id: &str) -> u64 {
    let (typed, id) = (fold(typed), fold(id));
    match (typed.trim() == id, runs(&typed) == runs(&id)) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_for_an_id_has_a_key_in_common_with_it() {
        for (typed, id, expected) in [
            ("KE-0118", "ke-0118", 3),
            ("ke 118", "KE-0118", 2),
            ("ke118", "KE-0118", 2),
            ("KE_00118", "KE-0118", 2),
            ("REL-2026-28", "REL-2026-028", 2),
            ("rel2026028", "REL-2026-028", 1),
            ("rel 202628", "REL-2026-028", 1),
            ("payments db", "payments-db", 2),
            ("CHG\u{2011}7", "CHG-7", 3),
            ("ke 0", "KE-000", 2),
        ] {
            assert!(keys(typed).iter().any(|key| keys(id).contains(key)), "{typed} {id}");
            assert_eq!(likeness(typed, id), expected, "{typed} {id}");
        }
        for (typed, id) in [("118", "KE-0118"), ("ke 1180", "KE-0118"), ("ke", "KE-0118"), ("-", "KE-0118")] {
            assert!(!keys(typed).iter().any(|key| keys(id).contains(key)), "{typed} {id}");
        }
    }
}
