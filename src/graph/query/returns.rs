//! Characters of results that XML cannot have as they are: a carriage return is written as a reference, and
//! other controls as U+FFFD.
//!
//! As it is, a reader of XML would take a carriage return for the end of a line (XML 1.0, 2.11), and lose it;
//! of the others it has not even references (2.2), and one would make the whole answer unreadable. The syntax
//! of the results itself has none of them, so that whatever comes by is part of a text.

use std::io::{self, Write};

use super::format::ResultsSyntax;

/// Bytes of results on their way to `out`.
pub(super) struct Returns<W> {
    out: W,
    is_xml: bool,
}

impl<W: Write> Returns<W> {
    pub(super) fn of(syntax: ResultsSyntax, out: W) -> Self {
        let is_xml = syntax == ResultsSyntax::Xml;
        Self { out, is_xml }
    }
}

impl<W: Write> Write for Returns<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let end = if self.is_xml {
            (0..bytes.len()).find(|at| odd(bytes, *at).is_some())
        } else {
            None
        };
        let end = end.unwrap_or(bytes.len());
        match (bytes.get(..end), odd(bytes, end)) {
            (Some(before), _) if end > 0 => self.out.write(before),
            (_, Some((written, length))) => self.out.write_all(written.as_bytes()).map(|()| length),
            (_, None) => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What stands for the character that begins at a place, and the bytes of that; none where it can be as it
/// is. Texts come whole, so that no character is cut in two.
fn odd(bytes: &[u8], at: usize) -> Option<(&'static str, usize)> {
    match bytes.get(at..)? {
        [b'\t' | b'\n', ..] => None,
        [b'\r', ..] => Some(("&#xD;", 1)),
        [0..b' ', ..] => Some(("\u{fffd}", 1)),
        // U+FFFE and U+FFFF are no characters.
        [0xEF, 0xBF, 0xBE | 0xBF, ..] => Some(("\u{fffd}", 3)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_xml_has_references() {
        for (syntax, expected) in [
            (
                ResultsSyntax::Xml,
                "&#xD;a&#xD;\nb&#xD;&#xD;c\u{fffd}\td\u{fffd}é\u{fffd}\u{fffd}",
            ),
            (
                ResultsSyntax::Csv,
                "\ra\r\nb\r\rc\u{1}\td\u{ffff}é\u{fffe}\u{fffd}",
            ),
        ] {
            let mut out = Vec::new();
            let mut returns = Returns::of(syntax, &mut out);
            for part in [
                "",
                "\ra\r",
                "\nb\r\r",
                "c\u{1}\td\u{ffff}é\u{fffe}",
                "\u{fffd}",
            ] {
                returns.write_all(part.as_bytes()).unwrap();
            }
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
