//! What a record is in the graph, as quads: its description, its origin graph, its place in the
//! catalogue; and what the graph holds beside the records.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, SecondsFormat};
use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple,
};
use oxigraph::store::Store;
use sha2::{Digest as _, Sha256};

use super::GraphError;
use super::text::{self, RecordText};
use crate::ledger::RecordNumber;
use crate::ledger::{Alias, Description, Reader};
use crate::rdf::blank::apart;
use crate::rdf::lines::parse;
use crate::rdf::vocab::{dcat, dct, owl, xsd};
use crate::record::Base;

/// Changes when the quads made of the same ledger change: the store is then rebuilt.
const LAYOUT: &str = "5";

/// The name of the graph that says how far a store has come.
const STATE: &str = "projection";

/// What the store holds beside the ledger's records: the vocabularies, and the terms of our own.
#[derive(Clone, Copy)]
pub struct Fixed<'a> {
    /// The triples, each once, without blank nodes.
    pub triples: &'a [Triple],
    /// The terms that are defined under the base IRI (metrics), likewise.
    pub own: &'a [Triple],
    /// Changes whenever the vocabularies do.
    pub release: &'a str,
}

impl<'a> Fixed<'a> {
    /// Everything as quads of the default graph.
    pub fn quads(self) -> impl Iterator<Item = Quad> + 'a {
        let all = self.triples.iter().chain(self.own);
        all.map(|triple| triple.clone().in_graph(GraphName::DefaultGraph))
    }
}

/// Which graphs of a record are read: the named ones are as large as the catalogue's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graphs {
    /// The catalogue's.
    Catalogue,
    /// The measurements too.
    Measured,
    /// All of them.
    All,
}

/// The quads of one record: those that are its own, and the statements that others may share.
#[derive(Debug, Default)]
pub(super) struct RecordQuads {
    pub(super) own: Vec<Quad>,
    pub(super) shared: BTreeSet<String>,
}

/// The quads of a record as of a sequence.
pub(super) fn of_record(
    reader: &Reader,
    description: &Description,
    at: u64,
    graphs: Graphs,
) -> Result<RecordQuads, GraphError> {
    let record = text::of_record(reader, description, at, graphs)?;
    of_text(reader.base(), record, &description.iri)
}

/// The quads of whatever a record is as of a sequence: live, an alias, or nothing.
pub(super) fn as_of(
    reader: &Reader,
    record: RecordNumber,
    at: u64,
) -> Result<RecordQuads, GraphError> {
    let text = text::as_of(reader, record, at)?;
    of_text(reader.base(), text, &format!("record {record}"))
}

fn of_text(base: &Base, record: RecordText, name: &str) -> Result<RecordQuads, GraphError> {
    let mut own = Vec::new();
    for (part, text) in &record.own {
        let graph = match part.name() {
            Some(name) => base.graph(name).into(),
            None => GraphName::DefaultGraph,
        };
        let triples = parse(text).map_err(|error| GraphError::Damaged {
            iri: name.to_owned(),
            message: error.to_string(),
        })?;
        let prefix = part.labels(&record.prefix);
        let triples = triples.into_iter();
        own.extend(triples.map(|triple| apart(triple, &prefix).in_graph(graph.clone())));
    }
    Ok(RecordQuads {
        own,
        shared: record.shared,
    })
}

/// What the catalogue says of an alias: whose it is, and nothing else.
#[must_use]
pub fn same_as(alias: &Alias) -> Option<Quad> {
    let node = |iri: &str| NamedNode::new(iri).ok();
    Some(Quad::new(
        node(&alias.iri)?,
        owl::SAME_AS,
        node(&alias.canonical)?,
        GraphName::DefaultGraph,
    ))
}

/// A record as documents show it.
pub struct Shown {
    /// Its description and the dates of its catalogue record, blank nodes labelled apart.
    pub triples: Vec<Triple>,
    /// The statements of the catalogues that list it.
    pub catalogue: Vec<Quad>,
    /// Its origin graph.
    pub origin: Vec<Quad>,
    /// What is measured of it.
    pub quality: Vec<Quad>,
    /// The statements that other records may need as well, as N-Triples.
    pub shared: BTreeSet<String>,
}

/// A record as documents show it.
///
/// # Errors
/// The ledger's, and a damaged body.
pub fn shown(
    reader: &Reader,
    description: &Description,
    graphs: Graphs,
) -> Result<Shown, GraphError> {
    let mut triples = Vec::new();
    let (mut catalogue, mut origin, mut quality) = (Vec::new(), Vec::new(), Vec::new());
    let measures = GraphName::from(reader.base().graph("quality"));
    let RecordQuads { own, shared } = of_record(reader, description, description.sequence, graphs)?;
    let lists = [
        reader.base().catalogue(),
        reader.base().portal(&description.id.portal),
    ]
    .map(NamedOrBlankNode::from);
    let itself = NamedOrBlankNode::from(NamedNode::new_unchecked(description.iri.as_str()));
    for quad in own {
        if quad.graph_name == measures {
            quality.push(quad);
        } else if !quad.graph_name.is_default_graph() {
            origin.push(quad);
        } else if quad.subject != itself && lists.contains(&quad.subject) {
            catalogue.push(quad);
        } else {
            triples.push(Triple::new(quad.subject, quad.predicate, quad.object));
        }
    }
    Ok(Shown {
        triples,
        catalogue,
        origin,
        quality,
        shared,
    })
}

/// Unix seconds as xsd:dateTime in UTC.
#[must_use]
pub fn date_time(seconds: i64) -> Option<Literal> {
    let at = DateTime::from_timestamp(seconds, 0)?;
    Some(Literal::new_typed_literal(
        at.to_rfc3339_opts(SecondsFormat::Secs, true),
        xsd::DATE_TIME,
    ))
}

/// The quads that say how far a store of oxigraph's has come, and when the catalogue was last changed. A
/// frozen file says the first in its head.
pub(super) fn state(reader: &Reader, fixed: Fixed<'_>, at: u64) -> Result<Vec<Quad>, GraphError> {
    let graph = state_graph(reader.base());
    let mut quads = vec![
        Quad::new(
            graph.clone(),
            dcat::VERSION,
            Literal::new_typed_literal(at.to_string(), xsd::INTEGER),
            graph.clone(),
        ),
        Quad::new(
            graph.clone(),
            dct::IDENTIFIER,
            Literal::new_simple_literal(fingerprint(fixed)),
            graph,
        ),
    ];
    quads.extend(catalogue_date(reader, at)?);
    Ok(quads)
}

/// When the catalogue was last changed, as of a sequence; nothing before its publication.
///
/// # Errors
/// The ledger's.
pub fn catalogue_date(reader: &Reader, at: u64) -> Result<Option<Quad>, GraphError> {
    let time = reader.time_of(at)?.and_then(date_time);
    let catalogue = reader.base().catalogue();
    Ok(time.map(|time| Quad::new(catalogue, dct::MODIFIED, time, GraphName::DefaultGraph)))
}

/// The named graph that says how far a store has come. It is nobody's business: no question is answered
/// from it.
pub(super) fn state_graph(base: &Base) -> NamedNode {
    base.graph(STATE)
}

/// Whether a named graph is the one that says how far a store has come.
pub(super) fn is_state(graph: GraphNameRef<'_>) -> bool {
    let GraphNameRef::NamedNode(name) = graph else {
        return false;
    };
    let end = name.as_str().strip_suffix(STATE);
    end.is_some_and(|folder| folder.ends_with("/graph/"))
}

/// What the layout of the store and the vocabularies in it are.
pub(super) fn fingerprint(fixed: Fixed<'_>) -> String {
    let mut own = Sha256::new();
    for triple in fixed.own {
        own.update(triple.to_string());
    }
    let own = data_encoding::HEXLOWER.encode(&own.finalize());
    format!(
        "{LAYOUT}-{}-{}",
        fixed.release,
        own.get(..16).unwrap_or(&own)
    )
}

/// A statement of the ledger's `states` sets as a quad.
pub(super) fn shared(line: &str) -> Result<Vec<Quad>, GraphError> {
    let triples = parse(line).map_err(|error| GraphError::Damaged {
        iri: line.to_owned(),
        message: error.to_string(),
    })?;
    Ok(triples
        .into_iter()
        .map(|t| Quad::new(t.subject, t.predicate, t.object, GraphName::DefaultGraph))
        .collect())
}

/// Quads as the store holds them: it rewrites literals (derived integers, decimals, time zones), so two
/// of them may become one there. A scratch store is asked rather than its rules repeated; but only for
/// literals of a datatype, since it keeps texts, with a language or without, as they are.
pub(super) fn as_stored(quads: &[Quad]) -> Result<HashSet<Quad>, GraphError> {
    let (typed, kept): (Vec<&Quad>, Vec<&Quad>) = quads.iter().partition(|quad| is_typed(quad));
    let mut stored: HashSet<Quad> = kept.into_iter().cloned().collect();
    if !typed.is_empty() {
        let scratch = Store::new()?;
        scratch.extend(typed.into_iter().cloned())?;
        for quad in &scratch {
            stored.insert(quad?);
        }
    }
    Ok(stored)
}

fn is_typed(quad: &Quad) -> bool {
    matches!(&quad.object, Term::Literal(literal)
        if literal.language().is_none() && literal.datatype() != xsd::STRING)
}
