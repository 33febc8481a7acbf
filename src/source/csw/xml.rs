//! XML as catalogue services send it, read into a tree.
//!
//! What a portal sends is hostile until it is read: a document type is refused by name, so that there
//! are no entities, external or growing; size, number and depth of elements have caps. The encoding is
//! what the bytes say (see [`decode`]), since headers of old servers say anything.
//! XML 1.0, <https://www.w3.org/TR/xml/>.

mod decode;

use roxmltree::{Document, Error, Node, ParsingOptions};
use thiserror::Error as ThisError;

pub(in crate::source) use decode::decode;

/// The longest document that is read, in bytes: a page of a hundred records is about five million.
const LONGEST: usize = 64 << 20;

/// The most elements, attributes and texts of one document.
const NODES: u32 = 4_000_000;

/// The deepest element: records have about 25 levels inside a page.
const DEEPEST: usize = 200;

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
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => XmlError::DocumentType,
        Error::NodesLimitReached => XmlError::TooLarge,
        other => XmlError::Malformed(other.to_string()),
    })?;
    if depth(document.root()) > DEEPEST {
        return Err(XmlError::TooDeep);
    }
    Ok(document)
}

/// How deeply elements are nested, without recursion.
fn depth(root: Node<'_, '_>) -> usize {
    let (mut at, mut depth, mut deepest) = (root, 0_usize, 0_usize);
    loop {
        if let Some(child) = at.first_child() {
            (at, depth) = (child, depth + 1);
            deepest = deepest.max(depth);
            continue;
        }
        loop {
            if at == root {
                return deepest;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            match at.parent() {
                Some(parent) => (at, depth) = (parent, depth.saturating_sub(1)),
                None => return deepest,
            }
        }
    }
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
        assert!(parse(&nested(DEEPEST)).is_ok());
        assert_eq!(parse(&nested(DEEPEST + 1)).unwrap_err(), XmlError::TooDeep);
        let wide = format!("<a>{}<b><c/></b></a>", "<b/>".repeat(1000));
        assert_eq!(depth(parse(&wide).unwrap().root()), 3);
    }
}
