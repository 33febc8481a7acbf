//! Rewrites what it understands of a description: coded values into concepts, originals kept beside.
//!
//! Sources write the portal's own words under their final property (`dct:format "csv"`). Each pass
//! here turns those that the vocabularies know into concepts, keeps the words in the origin graph
//! under the owning IRI, and leaves what it does not know as it is or, where a bare text would break
//! DCAT-AP, as a labelled node. It never fetches and never guesses, and doing it twice is doing it
//! once.

mod checksum;
mod coded;
mod double;
mod format;
mod high_value;
mod licence;
mod own;
mod pass;
mod text;
mod theme;

use crate::dcat::RecordGraph;
use crate::finding::Finding;
use crate::vocabulary::Vocabularies;

/// One step; it may be repeated without effect.
type Pass = fn(&mut RecordGraph, &Vocabularies) -> Vec<Finding>;

/// The passes in their order.
const PASSES: [Pass; 10] = [
    // First, so that what goes to the origin graph goes there as the source said it.
    own::own,
    // Before all that reads texts.
    text::texts,
    // Before all that reads formats; media types and formats are told from each other in one pass.
    format::formats,
    licence::licences,
    // Removes checksums whole, which the coded values below need not look at.
    checksum::checksums,
    coded::coded,
    // Themes before HVD categories: both read keywords, neither changes them, and tags that mean an
    // HVD category often mean a theme as well, so that each has the tags as the source wrote them.
    theme::themes,
    high_value::categories,
    // After all that may make two nodes equal.
    double::doubles,
    // Last, since the others may replace what a blank node hung from.
    own::prune,
];

/// Normalises `graph`, and says what it met that is not in the vocabularies.
pub fn normalise(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pass in PASSES {
        findings.extend(pass(graph, vocabularies));
    }
    graph.dedup();
    findings
}

#[cfg(test)]
mod tests;
