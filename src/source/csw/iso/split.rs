//! The ISO records of a document: one alone, or those in the answer of a catalogue service.

use super::element::is_record;
use super::identifier;
use super::xml::{XmlError, cut, decode, parse};
use crate::source::{RawRecord, Split};

/// The collection of all records of a catalogue service.
pub(in crate::source) const RECORDS: &str = "records";

/// Splits a document into its ISO records, each with the namespaces that it inherits; those in one
/// another's elements stay where they are.
///
/// # Errors
/// [`XmlError`] where it is no XML that is read.
pub(in crate::source) fn split(body: &[u8]) -> Result<Split, XmlError> {
    let decoded = decode(body);
    let document = parse(&decoded.text)?;
    let mut records = Vec::new();
    for node in document.descendants() {
        let is_inside = |node: &roxmltree::Node<'_, '_>| {
            let mut above = node.ancestors().skip(1);
            above.any(|node| is_record(node.tag_name().name()))
        };
        if !is_record(node.tag_name().name()) || is_inside(&node) {
            continue;
        }
        let root = super::Element::new(node);
        let own = identifier::of_record(root).map(str::to_owned);
        let key = own
            .or_else(|| identifier::instead(root))
            .unwrap_or_default();
        if let Some(text) = cut(node, &decoded.text) {
            records.push(RawRecord {
                collection: RECORDS,
                key,
                payload: text.into_bytes(),
                mark: None,
            });
        }
    }
    Ok(Split {
        records,
        ..Split::default()
    })
}
