//! Carriage returns in results: in XML one is written as a reference.
//!
//! As it is, a reader of XML would take it for the end of a line (XML 1.0, 2.11), and lose it. The syntax of
//! the results itself has none, so that whatever comes by is part of a text.

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
        let end = match memchr::memchr(b'\r', bytes) {
            Some(at) if self.is_xml => at,
            _ => bytes.len(),
        };
        match bytes.get(..end) {
            Some(before) if end > 0 => self.out.write(before),
            _ if bytes.is_empty() => Ok(0),
            _ => self.out.write_all(b"&#xD;").map(|()| 1),
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
            (ResultsSyntax::Xml, "&#xD;a&#xD;\nb&#xD;&#xD;"),
            (ResultsSyntax::Csv, "\ra\r\nb\r\r"),
        ] {
            let mut out = Vec::new();
            let mut returns = Returns::of(syntax, &mut out);
            for part in ["", "\ra\r", "\nb\r\r"] {
                returns.write_all(part.as_bytes()).unwrap();
            }
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
