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
        let odd = |byte: &u8| *byte < b' ' && !matches!(*byte, b'\t' | b'\n');
        let end = match bytes.iter().position(odd) {
            Some(at) if self.is_xml => at,
            _ => bytes.len(),
        };
        match (bytes.get(..end), bytes.first()) {
            (Some(before), _) if end > 0 => self.out.write(before),
            (_, None) => Ok(0),
            (_, Some(b'\r')) => self.out.write_all(b"&#xD;").map(|()| 1),
            (_, Some(_)) => self.out.write_all("\u{fffd}".as_bytes()).map(|()| 1),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_xml_has_references() {
        for (syntax, expected) in [
            (ResultsSyntax::Xml, "&#xD;a&#xD;\nb&#xD;&#xD;c\u{fffd}\td"),
            (ResultsSyntax::Csv, "\ra\r\nb\r\rc\u{1}\td"),
        ] {
            let mut out = Vec::new();
            let mut returns = Returns::of(syntax, &mut out);
            for part in ["", "\ra\r", "\nb\r\r", "c\u{1}\td"] {
                returns.write_all(part.as_bytes()).unwrap();
            }
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
