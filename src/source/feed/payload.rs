//! A record of a feed as it is kept: its own statements in canonical form, and before them one line
//! with what they alone do not say.
//!
//! The statements are the feed's own, under the feed's own names, so that describing them again needs
//! nothing else. The line before them is a comment to every reader of N-Triples.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Triple};
use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::rdf::canon::{CanonError, canonicalise};
use crate::rdf::lines;
use crate::record::Kind;
use crate::record::lasting;

/// What begins the first line.
const MARK: &str = "# moisson ";

/// What a payload that cannot be written begins with.
const REFUSED: &str = "# refused: ";

/// Where the name of a record begins that is a blank node in its feed.
const NAMELESS: &str = "tag:moisson,2026:feed/";

/// What the statements do not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source) struct Head {
    /// The main subject, as the statements name it.
    pub(in crate::source) main: String,
    /// The source's identifier, from which the record's IRI is made.
    pub(in crate::source) key: String,
    /// The document's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::source) base: Option<String>,
    /// The other records of the feed that the statements point to, by the names there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::source) links: BTreeMap<String, Link>,
    /// IRIs that may yet turn out to be records of the feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::source) open: Vec<String>,
    /// What was odd when the document was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::source) findings: Vec<Finding>,
}

impl Head {
    /// The key in the form that lasts.
    pub(in crate::source) fn lasting_key(&self, kind: Kind) -> String {
        in_lasting_form(kind, &self.main, &self.key)
    }

    /// What the feed itself calls the record: its key is of a form that lasts.
    pub(in crate::source) fn name(&self) -> &str {
        if lasting(&self.main) == self.key {
            &self.main
        } else {
            &self.key
        }
    }
}

/// What identifies a record of a kind, in the form that lasts. An earlier version of the program kept it as
/// it was spelled: then it is what the record is called, or of a catalogue what its document is.
fn in_lasting_form(kind: Kind, name: &str, key: &str) -> String {
    if name == key || kind == Kind::Topic {
        lasting(key)
    } else {
        key.to_owned()
    }
}

/// Another record of the feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::source) struct Link {
    /// Its collection.
    pub(in crate::source) collection: String,
    /// Its identifier.
    pub(in crate::source) key: String,
}

impl Link {
    /// The identifier in the form that lasts, of what is of a kind and the statements call `name`.
    pub(in crate::source) fn lasting_key(&self, kind: Kind, name: &str) -> String {
        in_lasting_form(kind, name, &self.key)
    }

    /// The same as an earlier version of the program had it.
    pub(in crate::source) fn spelled<'a>(&'a self, name: &'a str) -> &'a str {
        if lasting(name) == self.key {
            name
        } else {
            &self.key
        }
    }
}

/// The name, in payloads, of a record that is a blank node in its feed.
pub(in crate::source) fn nameless(collection: &str, key: &str) -> NamedNode {
    let key = data_encoding::HEXLOWER.encode(key.as_bytes());
    NamedNode::new_unchecked(format!("{NAMELESS}{collection}/{key}"))
}

/// Whether a name is one that only payloads use.
pub(in crate::source) fn is_nameless(iri: &str) -> bool {
    iri.starts_with(NAMELESS)
}

/// Writes a payload.
///
/// # Errors
/// [`CanonError`] for statements whose blank nodes are too entangled.
pub(in crate::source) fn write(head: &Head, triples: &[Triple]) -> Result<Vec<u8>, CanonError> {
    let body = canonicalise(triples)?.text;
    Ok(with_body(head, &body))
}

/// Writes a payload whose statements are canonical already.
pub(in crate::source) fn with_body(head: &Head, body: &str) -> Vec<u8> {
    format!("{MARK}{}\n{body}", serde_json::json!(head)).into_bytes()
}

/// What stands in the place of a payload that cannot be written: why, so that the record is rejected for it.
pub(in crate::source) fn refused(why: &CanonError) -> Vec<u8> {
    format!("{REFUSED}{why}").into_bytes()
}

/// Takes a payload apart.
pub(in crate::source) fn split(payload: &[u8]) -> Result<(Head, &str), String> {
    let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
    if let Some(why) = text.strip_prefix(REFUSED) {
        return Err(why.to_owned());
    }
    let (line, body) = text
        .split_once('\n')
        .ok_or_else(|| "it has no first line".to_owned())?;
    let head = line
        .strip_prefix(MARK)
        .ok_or_else(|| "it is no record of a feed".to_owned())?;
    let head = serde_json::from_str(head).map_err(|error| error.to_string())?;
    Ok((head, body))
}

/// Reads a payload.
pub(in crate::source) fn read(payload: &[u8]) -> Result<(Head, Vec<Triple>), String> {
    let (head, body) = split(payload)?;
    let triples = lines::parse(body).map_err(|error| error.to_string())?;
    Ok((head, triples))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::dct;
    use oxigraph::model::Literal;

    #[test]
    fn what_is_written_is_read_again() {
        let main = nameless("datasets", "id/1");
        let head = Head {
            main: main.as_str().to_owned(),
            key: "id/1".to_owned(),
            base: None,
            links: BTreeMap::new(),
            open: Vec::new(),
            findings: Vec::new(),
        };
        let triples = vec![Triple::new(
            main,
            dct::TITLE,
            Literal::new_simple_literal("a\nb"),
        )];
        let payload = write(&head, &triples).unwrap();
        assert_eq!(read(&payload), Ok((head, triples)));
        assert!(read(b"<a> <b> <c> .\n").is_err());
    }
}
