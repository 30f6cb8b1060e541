//! Which editor a preview opens sources in: by the address that the editor registers for itself.

use std::path::Path;

use crate::read::Term;

/// An editor that opens a file at a line by an address of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editor {
    /// Visual Studio Code, and what is built on it and takes the same address: the scheme.
    Code(&'static str),
    /// Zed.
    Zed,
    /// IntelliJ IDEA and the editors of its family.
    Idea,
    /// TextMate.
    TextMate,
}

impl Term for Editor {
    const WORDS: &'static [(&'static str, Editor)] = &[
        ("vscode", Editor::Code("vscode")),
        ("vscode-insiders", Editor::Code("vscode-insiders")),
        ("vscodium", Editor::Code("vscodium")),
        ("cursor", Editor::Code("cursor")),
        ("windsurf", Editor::Code("windsurf")),
        ("zed", Editor::Zed),
        ("idea", Editor::Idea),
        ("textmate", Editor::TextMate),
    ];
}

impl Editor {
    /// The address that opens a file at a line and a column, both from 1. The path is absolute.
    pub fn link(self, path: &Path, line: usize, column: usize) -> String {
        const SET: &percent_encoding::AsciiSet =
            &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
        let path = path.to_string_lossy();
        let path = percent_encoding::utf8_percent_encode(&path, SET);
        match self {
            Editor::Code(scheme) => format!("{scheme}://file{path}:{line}:{column}"),
            Editor::Zed => format!("zed://file{path}:{line}:{column}"),
            Editor::Idea => format!("idea://open?file={path}&line={line}&column={column}"),
            Editor::TextMate => format!("txmt://open?url=file://{path}&line={line}&column={column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_escaped_in_an_editors_address() {
        let link = Editor::Code("vscode").link(Path::new("/my site/releases/a&b#c.md"), 12, 3);
        assert_eq!(link, "vscode://file/my%20site/releases/a%26b%23c.md:12:3");
        assert_eq!(Editor::Idea.link(Path::new("/a.md"), 1, 2), "idea://open?file=/a.md&line=1&column=2");
    }
}
