//! What a record's graph says by blank nodes that nobody could canonicalise, and by literals that nobody
//! could carry: left out alone or cut, and told.

use oxigraph::model::Triple;

use crate::finding::{Code, Finding};
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

/// Cuts the texts that are longer than [`long::LITERAL`], and takes out other literals that are, with a
/// finding each.
pub fn withhold_long(triples: &mut Vec<Triple>) -> Vec<Finding> {
    let mut found = Vec::new();
    let fitting = std::mem::take(triples).into_iter().filter_map(|triple| {
        let (triple, told) = long::fit(triple);
        let finding = |told: long::Told| {
            Finding::too_long(told.is_cut, &told.field, &told.message, &told.shown)
        };
        found.extend(told.map(finding));
        triple
    });
    *triples = fitting.collect();
    found
}
