//! What a record's graph says by blank nodes that nobody could canonicalise: left out alone, and told.

use oxigraph::model::Triple;

use crate::finding::{Code, Finding};
use crate::rdf::canon;

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
