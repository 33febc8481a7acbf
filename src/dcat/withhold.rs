//! What a record's graph says by blank nodes that nobody could canonicalise, and by literals that nobody
//! could carry: left out alone, and told.

use oxigraph::model::Triple;

use crate::finding::{Code, Finding};
use crate::rdf::vocab::curie;
use crate::rdf::{canon, long};

/// Takes out the triples of blank nodes that are too many, too deep or too alike, with a finding each; all
/// others stay. `about` is the record that they belong to, `field` what holds them.
pub fn withhold(triples: &mut Vec<Triple>, field: &str, about: &str) -> Vec<Finding> {
    let refused = canon::withhold(triples).into_iter();
    refused
        .map(|(reason, count)| {
            let message = format!("{count} triples with blank nodes were left out: {reason}");
            Finding::new(Code::GraphRefused, field, message, about)
        })
        .collect()
}

/// Takes out the triples whose literal is longer than [`long::LITERAL`], with a finding each.
pub fn withhold_long(triples: &mut Vec<Triple>) -> Vec<Finding> {
    let mut found = Vec::new();
    triples.retain(|triple| {
        let Some(text) = long::too_long(triple.object.as_ref()) else {
            return true;
        };
        let field = curie(triple.predicate.as_ref());
        let value = long::beginning(text, text.len());
        let code = Code::GraphRefused;
        found.push(Finding::new(code, field, long::refusal(), &value));
        false
    });
    found
}
