//! What a document says: a record, the records that belong to it, and what makes it stand alone.
//!
//! A dataset's document has its distributions (those that others made of it too), its catalogue record,
//! its publisher, contact points and services; links to its reuses, discussions and the services that
//! serve it; the classes of IRIs that nobody owns; types and labels of the concepts used. So it validates
//! by itself, and a changed publisher re-dates its datasets.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term, Triple};

use super::conditional::Inputs;
use super::error::WebError;
use super::state::App;
use crate::dcat::terms;
use crate::graph::{Shown, inverse, shown};
use crate::ledger::{Description, Reader, Resolved};
use crate::rdf::canon::Digest;
use crate::rdf::lines::parse;
use crate::rdf::vocab::{dcat, foaf};
use crate::record::{Base, Kind, Set};

/// Raised when documents of the same records change their bytes.
pub(super) const RELEASE: &str = "2";

/// How far links are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// All of them.
    All,
    /// None that leads from a dataset to another or to a catalogue: aggregators follow IRIs, and would
    /// merge what they find on one page.
    WithinDataset,
}

/// A document, before it is written in some syntax.
pub(super) struct Document {
    /// The main record.
    pub(super) description: Description,
    /// The main record's own triples.
    pub(super) triples: Vec<Triple>,
    /// Everything that the document says, the main record first; the named graphs last.
    pub(super) quads: Vec<Quad>,
    /// What is measured of the main record.
    pub(super) quality: Vec<Triple>,
    /// What a representation with measurements depends on beside `inputs`: digest and time of each.
    pub(super) measured: Vec<(Digest, Option<i64>)>,
    /// The records that belong to it, with their triples.
    pub(super) beside: Vec<(Description, Vec<Triple>)>,
    /// What it depends on.
    pub(super) inputs: Inputs,
}

/// Puts a document together as of a sequence.
pub(super) fn compose(
    app: &App,
    reader: &Reader,
    description: Description,
    at: u64,
    links: Links,
) -> Result<Document, WebError> {
    let base = reader.base();
    let mut inputs = Inputs::default();
    inputs.add(RELEASE);
    inputs.add(app.vocabularies.release());
    let mut records = vec![description];
    let mut known: BTreeSet<i64> = records.iter().map(|one| one.record).collect();
    let main = records.first().map_or(0, |one| one.record);
    let about = match records.first() {
        Some(record) => reader.about(&record.iri, at)?,
        None => Vec::new(),
    };
    let of_others = about.iter().filter(|(kind, _)| *kind == Kind::Distribution);
    let of_others: Vec<String> = of_others.map(|(_, iri)| iri.clone()).collect();
    for iri in reader
        .values(main, Set::Uses, at)?
        .into_iter()
        .chain(of_others)
    {
        if let Resolved::Live(found) = reader.resolve(&iri, at)?
            && known.insert(found.record)
        {
            records.push(*found);
        }
    }
    let (mut quads, mut origin, mut said) = (Vec::new(), Vec::new(), Vec::new());
    let (mut of_main, mut measured) = (Vec::new(), Vec::new());
    let mut states = BTreeSet::new();
    for (position, record) in records.iter().enumerate() {
        inputs.add(record.iri.as_bytes());
        inputs.add(record.digest.as_bytes());
        inputs.add(
            record
                .origin
                .map(|digest| digest.as_bytes().to_vec())
                .unwrap_or_default(),
        );
        inputs.add(record.issued.unwrap_or_default().to_le_bytes());
        inputs.changed(record.modified);
        let Shown {
            triples,
            catalogue,
            origin: original,
            quality,
        } = shown(reader, record).map_err(|error| WebError::internal(&error))?;
        quads.extend(
            triples
                .iter()
                .cloned()
                .map(|triple| triple.in_graph(GraphName::DefaultGraph)),
        );
        if position == 0 {
            quads.extend(catalogue);
            inputs.changed(reader.about_changed(&record.iri, at)?);
            for (kind, other) in &about {
                if let Some(way) = way(*kind, other, &record.iri) {
                    inputs.add(other);
                    quads.push(way);
                }
            }
            of_main.clone_from(&quality);
        }
        origin.extend(original);
        origin.extend(quality);
        measured.extend(record.quality.map(|digest| (digest, record.measured)));
        states.extend(reader.values(record.record, Set::States, at)?);
        said.push(triples);
    }
    for line in states {
        let triples = parse(&line).map_err(|error| WebError::internal(&error))?;
        quads.extend(
            triples
                .into_iter()
                .map(|triple| triple.in_graph(GraphName::DefaultGraph)),
        );
    }
    let concepts = terms(said.iter().flatten(), app.vocabularies);
    quads.extend(
        concepts
            .into_iter()
            .map(|triple| triple.in_graph(GraphName::DefaultGraph)),
    );
    if links == Links::WithinDataset {
        quads.retain(|quad| !leads_away(quad, base));
    }
    quads.extend(origin);
    let mut pairs = records.into_iter().zip(said);
    let (description, triples) = pairs.next().ok_or(WebError::NotFound)?;
    Ok(Document {
        description,
        triples,
        quality: of_main
            .into_iter()
            .map(|quad| Triple::new(quad.subject, quad.predicate, quad.object))
            .collect(),
        measured,
        quads,
        beside: pairs.collect(),
        inputs,
    })
}

/// The statement that ties a record to one that is about it.
fn way(kind: Kind, other: &str, main: &str) -> Option<Quad> {
    let (other, main) = (NamedNode::new(other).ok()?, NamedNode::new(main).ok()?);
    let graph = GraphName::DefaultGraph;
    match inverse(kind) {
        Some((_, property)) => Some(Quad::new(main, property, other, graph)),
        None if kind == Kind::Service => Some(Quad::new(other, dcat::SERVES_DATASET, main, graph)),
        None => None,
    }
}

/// Whether a statement leads to another dataset or to a catalogue of ours.
fn leads_away(quad: &Quad, base: &Base) -> bool {
    const ALWAYS: [NamedNodeRef<'static>; 2] = [dcat::SERVES_DATASET, dcat::SERIES_MEMBER];
    if ALWAYS.contains(&quad.predicate.as_ref()) {
        return true;
    }
    if quad.predicate.as_ref() == foaf::PRIMARY_TOPIC {
        return false;
    }
    let Term::NamedNode(object) = &quad.object else {
        return false;
    };
    let path = base.path(object.as_str()).unwrap_or_default();
    let from_catalogue =
        quad.predicate.as_ref() == dcat::DATASET || quad.predicate.as_ref() == dcat::RECORD;
    from_catalogue
        || path == "catalog"
        || ["dataset/", "portal/", "series/", "view/"]
            .iter()
            .any(|kind| path.starts_with(kind))
}
