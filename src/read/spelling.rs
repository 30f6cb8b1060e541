//! The nearest known word to a misspelt one.

/// Of two words that differ by more than this many typing errors, one is not a misspelling of the other.
const MOST_ERRORS: usize = 3;

/// The nearest of `known` to what was written, if it is near enough to be meant and no other is as near.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = plain(written);
    let mut found: Option<(usize, &str)> = None;
    let mut is_tied = false;
    for word in known {
        let of = plain(word);
        let distance = strsim::damerau_levenshtein(&written, &of);
        if distance > most_errors(written.chars().count().max(of.chars().count())) || is_contrary(&written, &of) {
            continue;
        }
        match found {
            Some((least, other)) if distance == least => is_tied |= plain(other) != of,
            Some((least, _)) if distance > least => {}
            _ => (found, is_tied) = (Some((distance, word)), false),
        }
    }
    found.filter(|_| !is_tied).map(|(_, word)| word)
}

/// A word of three letters bears one error, one of twelve three; a shorter one none.
fn most_errors(length: usize) -> usize {
    (length / 4).clamp(usize::from(length >= 3), MOST_ERRORS)
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace([' ', '-'], "_")
}

/// Words that turn a meaning into its contrary where one has them and the other has not.
const NEGATIONS: [&str; 9] = ["un", "not_", "non_", "no_", "never_", "in", "dis", "de", "im"];

/// `unresolved` is two letters from `resolved`, and says the contrary.
fn is_contrary(one: &str, other: &str) -> bool {
    let negates = |long: &str, short: &str| {
        NEGATIONS.iter().filter_map(|negation| long.strip_prefix(negation)).any(|rest| {
            let errors = most_errors(rest.chars().count());
            strsim::damerau_levenshtein(rest, short) <= errors.min(1)
        })
    };
    let (one_long, other_long) = (one.len() > other.len(), other.len() > one.len());
    (one_long && negates(one, other)) || (other_long && negates(other, one))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelling_is_near_and_another_word_is_not() {
        let words = ["resolved", "approved", "closed", "low", "pre", "post", "configuration_items"];
        assert_eq!(nearest("resovled", words), Some("resolved"));
        assert_eq!(nearest("Configuration Itmes", words), Some("configuration_items"));
        assert_eq!(nearest("lwo", words), Some("low"));
        for other in ["unresolved", "not approved", "un-aproved", "done", "affected_systems", "no", "p"] {
            assert_eq!(nearest(other, words), None, "{other}");
        }
    }

    #[test]
    fn of_two_that_are_as_near_none_is_meant() {
        assert_eq!(nearest("REL-9", ["REL-1", "REL-2"]), None);
        assert_eq!(nearest("KE-Cnfirmed", ["KE-confirmed", "KE-confirmer"]), Some("KE-confirmed"));
    }
}
