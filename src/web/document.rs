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
use super::large::{LARGE, Turn};
use super::said::Said;
use super::state::App;
use crate::dcat::terms;
use crate::graph::{Graphs, Shown, inverse, same_as, shown};
use crate::ledger::{Description, Reader};
use crate::rdf::canon::Digest;
use crate::rdf::lines::parse;
use crate::rdf::vocab::{dcat, foaf, prov};
use crate::record::{Base, Kind, Set};

/// Raised when documents of the same records change their bytes.
pub(super) const RELEASE: &str = "4";

/// How far links are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// All of them.
    All,
    /// None that leads from a dataset to another or to a catalogue: aggregators follow IRIs, and would
    /// merge what they find on one page.
    WithinDataset,
}

/// What of a document is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The records one by one, with what is measured of the main one: for a page.
    Records,
    /// The statements of the catalogue.
    Catalogue,
    /// Those of the named graphs too.
    Graphs,
}

/// A document, before it is written in some syntax.
pub(super) struct Document {
    /// The main record.
    pub(super) description: Description,
    /// The main record's own triples; of [`Scope::Records`].
    pub(super) triples: Vec<Triple>,
    /// Everything that the document says, the main record first, the named graphs last; not of
    /// [`Scope::Records`].
    pub(super) quads: Vec<Quad>,
    /// What is measured of the main record.
    pub(super) quality: Vec<Triple>,
    /// What a representation with measurements depends on beside `inputs`: digest and time of each.
    pub(super) measured: Vec<(Digest, Option<i64>)>,
    /// The records that belong to it, with their triples; of [`Scope::Records`].
    pub(super) beside: Vec<(Description, Vec<Triple>)>,
    /// What it depends on.
    pub(super) inputs: Inputs,
    /// The turn to make it, where it is large.
    turn: Option<Turn>,
}

/// Puts a document together as of a sequence.
pub(super) fn compose(
    app: &App,
    reader: &Reader,
    description: Description,
    at: u64,
    links: Links,
    scope: Scope,
) -> Result<Document, WebError> {
    compose_beside(app, reader, description, at, links, scope, None)
}

/// The same for a page of documents: what was said before is left out. The turn is kept until it is written.
pub(super) fn part(
    app: &App,
    reader: &Reader,
    description: Description,
    at: u64,
    links: Links,
    page: &mut Said,
) -> Result<(Vec<Quad>, Option<Turn>), WebError> {
    let scope = Scope::Catalogue;
    let composed = compose_beside(app, reader, description, at, links, scope, Some(page))?;
    Ok((composed.quads, composed.turn))
}

fn compose_beside(
    app: &App,
    reader: &Reader,
    description: Description,
    at: u64,
    links: Links,
    scope: Scope,
    mut page: Option<&mut Said>,
) -> Result<Document, WebError> {
    let about = reader.about(&description.iri, at)?;
    let records = gather(reader, description, &about, at)?;
    let turn = turn(app, reader, &records)?;
    let mut inputs = Inputs::default();
    inputs.add(RELEASE);
    inputs.add(app.vocabularies.release());
    let (mut said, mut measured) = (Vec::new(), Vec::new());
    for (position, record) in records.iter().enumerate() {
        depend(record, &mut inputs);
        let is_new = page.as_mut().is_none_or(|page| page.record(record.record));
        if !is_new && position > 0 {
            continue;
        }
        let mut one = shown(reader, record, graphs(scope, position)).map_err(WebError::internal)?;
        if position == 0 {
            inputs.changed(reader.about_changed(&record.iri, at)?);
            for (kind, other) in &about {
                if let Some(way) = way(*kind, other, &record.iri) {
                    inputs.add(other);
                    one.catalogue.push(way);
                }
            }
            inputs.changed(reader.aliases_changed(record.record, at)?);
            for alias in reader.aliases(record.record, at)? {
                inputs.add(&alias.iri);
                // Aggregators are told of no record that they could not fetch.
                one.catalogue
                    .extend(same_as(&alias).filter(|_| links == Links::All));
            }
        } else {
            one.catalogue.clear();
        }
        if !is_new {
            one.triples.clear();
        }
        measured.extend(record.quality.map(|digest| (digest, record.measured)));
        said.push(one);
    }
    let mut records = records.into_iter();
    let mut document = Document {
        description: records.next().ok_or(WebError::NotFound)?,
        triples: Vec::new(),
        quads: Vec::new(),
        quality: Vec::new(),
        measured,
        beside: Vec::new(),
        inputs,
        turn,
    };
    if scope == Scope::Records {
        let mut said = said.into_iter();
        if let Some(main) = said.next() {
            document.triples = main.triples;
            document.quality = main.quality.into_iter().map(Triple::from).collect();
        }
        document.beside = records.zip(said.map(|one| one.triples)).collect();
    } else {
        document.quads = statements(app, reader.base(), said, links, page)?;
    }
    Ok(document)
}

/// Waits for the turn to make a document of records that are large together.
fn turn(app: &App, reader: &Reader, records: &[Description]) -> Result<Option<Turn>, WebError> {
    let mut size = 0_u64;
    for record in records {
        size = size.saturating_add(reader.size(record.digest)?);
    }
    Ok((size > LARGE).then(|| app.large.enter()))
}

/// The main record, and those that belong into its document.
fn gather(
    reader: &Reader,
    description: Description,
    about: &[(Kind, String)],
    at: u64,
) -> Result<Vec<Description>, WebError> {
    let uses = reader.values(description.record, Set::Uses, at)?;
    let mut known = BTreeSet::from([description.record]);
    let mut records = vec![description];
    let of_others = about
        .iter()
        .filter(|(kind, _)| *kind == Kind::Distribution)
        .map(|(_, iri)| iri);
    for iri in uses.iter().chain(of_others) {
        if let Some(found) = reader.live_of(iri, at)?
            && known.insert(found.record)
        {
            records.push(found);
        }
    }
    Ok(records)
}

/// The graphs that are read of the record at a position of a document.
fn graphs(scope: Scope, position: usize) -> Graphs {
    match (scope, position) {
        (Scope::Graphs, _) => Graphs::All,
        (Scope::Records, 0) => Graphs::Measured,
        (Scope::Records | Scope::Catalogue, _) => Graphs::Catalogue,
    }
}

/// Notes what a document depends on by showing a record.
fn depend(record: &Description, inputs: &mut Inputs) {
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
}

/// Everything that a document says of its records.
fn statements(
    app: &App,
    base: &Base,
    said: Vec<Shown>,
    links: Links,
    page: Option<&mut Said>,
) -> Result<Vec<Quad>, WebError> {
    let plain = |triple: Triple| triple.in_graph(GraphName::DefaultGraph);
    let concepts = terms(said.iter().flat_map(|one| &one.triples), app.vocabularies);
    let (mut quads, mut named, mut states) = (Vec::new(), Vec::new(), BTreeSet::new());
    for one in said {
        quads.extend(one.triples.into_iter().map(plain));
        quads.extend(one.catalogue);
        named.extend(one.origin);
        named.extend(one.quality);
        states.extend(one.shared);
    }
    let mut common = Vec::new();
    for line in states {
        common.extend(parse(&line).map_err(WebError::internal)?);
    }
    common.extend(concepts);
    if links == Links::WithinDataset {
        quads.retain(|quad| !leads_away(quad, base));
    }
    if let Some(page) = page {
        common.retain(|triple| page.statement(triple));
        // A service and what it serves both say so.
        quads
            .retain(|quad| quad.predicate.as_ref() != dcat::SERVES_DATASET || page.statement(quad));
    }
    quads.extend(common.into_iter().map(plain));
    quads.extend(named);
    Ok(quads)
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
    // The record of a dataset leads to the dataset.
    let to_record =
        quad.predicate.as_ref() == prov::WAS_DERIVED_FROM && path.starts_with("record/");
    from_catalogue
        || to_record
        || path == "catalog"
        || ["dataset/", "portal/", "series/", "view/"]
            .iter()
            .any(|kind| path.starts_with(kind))
}

/// The triples of a record alone, as lists need them.
pub(super) fn summary(reader: &Reader, record: &Description) -> Result<Vec<Triple>, WebError> {
    parse(&reader.body(record.digest)?).map_err(WebError::internal)
}
