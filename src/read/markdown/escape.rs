//! Text into HTML: as text and as the value of a quoted attribute.

/// What a byte asks for: 0 nothing, 1 an entity, 2 to be left out, 3 a look at the next byte.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        class[byte] = 2;
        byte += 1;
    }
    class[b'\t' as usize] = 0;
    class[b'\n' as usize] = 0;
    class[0x7f] = 2;
    class[b'&' as usize] = 1;
    class[b'<' as usize] = 1;
    class[b'>' as usize] = 1;
    class[b'"' as usize] = 1;
    class[b'\'' as usize] = 1;
    class[0xc2] = 3;
    class
};

/// Adds text between tags.
///
/// Control characters are left out: HTML forbids them.
pub fn push_text(out: &mut String, text: &str) {
    push(out, text, false);
}

/// Adds the value of an attribute in double quotes.
pub fn push_attribute(out: &mut String, text: &str) {
    push(out, text, true);
}

fn push(out: &mut String, text: &str, quotes: bool) {
    let bytes = text.as_bytes();
    let mut written = 0;
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| CLASS[byte as usize] != 0) {
        at += skipped;
        let (replacement, width) = match (CLASS[bytes[at] as usize], bytes[at]) {
            (1, b'&') => ("&amp;", 1),
            (1, b'<') => ("&lt;", 1),
            (1, b'>') => ("&gt;", 1),
            (1, b'"') if quotes => ("&quot;", 1),
            (1, b'\'') if quotes => ("&#39;", 1),
            (2, _) => ("", 1),
            (3, _) if bytes.get(at + 1).is_some_and(|&next| next < 0xa0) => ("", 2),
            _ => {
                at += 1;
                continue;
            }
        };
        out.push_str(&text[written..at]);
        out.push_str(replacement);
        at += width;
        written = at;
    }
    out.push_str(&text[written..]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_keeps_quotes_and_both_lose_control_characters() {
        let given = "a<b>&\"'\u{0}\u{1b}\u{85}\u{a0}\u{e9}\t\nz";
        let mut text = String::new();
        super::push_text(&mut text, given);
        assert_eq!(text, "a&lt;b&gt;&amp;\"'\u{a0}\u{e9}\t\nz");
        let mut attribute = String::new();
        super::push_attribute(&mut attribute, given);
        assert_eq!(attribute, "a&lt;b&gt;&amp;&quot;&#39;\u{a0}\u{e9}\t\nz");
    }
}
