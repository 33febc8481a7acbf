//! XML as catalogue services send it, read into a tree.
//!
//! What a portal sends is hostile until it is read: a document type is refused by name, so that there
//! are no entities, external or growing; size, number and depth of elements have caps. Bytes become
//! text in [`crate::salvage::charset`].
//! XML 1.0, <https://www.w3.org/TR/xml/>.

mod nesting;

use roxmltree::{Document, Error, ParsingOptions};
use thiserror::Error as ThisError;

/// The longest document that is read, in bytes: a page of a hundred records is about five million.
const LONGEST: usize = 64 << 20;

/// The most elements, attributes and texts of one document.
const NODES: u32 = 4_000_000;

/// Why something is not read as XML.
#[derive(Debug, ThisError, PartialEq, Eq)]
pub(in crate::source) enum XmlError {
    /// It has a `<!DOCTYPE`: entities are never read.
    #[error("it has a document type (DOCTYPE), which is refused")]
    DocumentType,
    /// More bytes or nodes than any page has.
    #[error("it is larger than what is read")]
    TooLarge,
    /// Elements in elements without end.
    #[error("its elements are nested too deeply")]
    TooDeep,
    /// It is no well-formed XML.
    #[error("it is not well-formed XML: {0}")]
    Malformed(String),
}

/// Reads a decoded text.
///
/// # Errors
/// [`XmlError`] where it is no XML, or none that is read.
pub(in crate::source) fn parse(text: &str) -> Result<Document<'_>, XmlError> {
    if text.len() > LONGEST {
        return Err(XmlError::TooLarge);
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    // Before the parser, which is quadratic in nested namespaces.
    nesting::check(text)?;
    Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => XmlError::DocumentType,
        Error::NodesLimitReached => XmlError::TooLarge,
        other => XmlError::Malformed(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_types_are_refused_by_name() {
        for text in [
            "<!DOCTYPE a><a/>",
            "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
            "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;&b;'>]><a>&c;&c;</a>",
        ] {
            assert_eq!(parse(text).unwrap_err(), XmlError::DocumentType, "{text}");
        }
    }

    #[test]
    fn what_is_no_xml_is_malformed() {
        for text in [
            "",
            "a",
            "<a>",
            "<a><b></a>",
            "<a>&nbsp;</a>",
            "<b:a/>",
            "{}",
        ] {
            assert!(
                matches!(parse(text), Err(XmlError::Malformed(_))),
                "{text:?}"
            );
        }
    }

    #[test]
    fn depth_has_a_cap_that_records_do_not_reach() {
        let nested = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(parse(&nested(nesting::DEEPEST)).is_ok());
        let started = std::time::Instant::now();
        for levels in [nesting::DEEPEST + 1, 50_000, 5_000_000] {
            assert_eq!(parse(&nested(levels)).unwrap_err(), XmlError::TooDeep);
        }
        let spaces = |n: usize| {
            let all: Vec<String> = (0..n).map(|n| format!(" xmlns:n{n}='u{n}'")).collect();
            all.concat()
        };
        let each: Vec<String> = (0..50_000)
            .map(|n| format!("<b xmlns:o{n}='v{n}'/>"))
            .collect();
        let each = each.concat();
        let wide = format!("<a{}>{each}</a>", spaces(5_000));
        assert_eq!(parse(&wide).unwrap_err(), XmlError::TooLarge);
        assert!(started.elapsed().as_secs() < 10);
        let record = format!("<b{}><c/></b>", spaces(20)).repeat(1_000);
        assert!(parse(&format!("<a{}>{record}</a>", spaces(30))).is_ok());
    }
}
