//! What `moisson convert` writes: the records one by one, as documents of a catalogue would show them.
//!
//! The statements that several records need (classes of what nobody owns, labels of concepts) come last,
//! each once, and those of the named graphs where the syntax has graphs.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

use chrono::Utc;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Triple};

use crate::dcat::{derive, terms};
use crate::harvest::Recipe;
use crate::rdf::blank::apart;
use crate::rdf::canon::{CanonError, Digest, canonicalise};
use crate::rdf::order::Line;
use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::{dcat, dct, rdf, xsd};
use crate::rdf::write::Writer;
use crate::record::Base;
use crate::source::Part;
use crate::vocabulary::Vocabularies;

/// A document that is being written.
pub(super) struct Document<'a, W: Write> {
    base: &'a Base,
    vocabularies: &'a Vocabularies,
    writer: Writer<W>,
    /// The mentions that were written: an organization that a list mentions a thousand times is written
    /// once if it reads the same.
    mentioned: HashSet<Digest>,
    /// What is said at the end.
    common: BTreeSet<Line>,
    today: Literal,
}

impl<'a, W: Write> Document<'a, W> {
    /// Begins a document.
    pub(super) fn new(recipe: &Recipe<'a>, syntax: Syntax, out: W) -> io::Result<Self> {
        let today = Utc::now().format("%Y-%m-%d").to_string();
        Ok(Self {
            base: recipe.base,
            vocabularies: recipe.vocabularies,
            writer: Writer::new(syntax, out)?,
            mentioned: HashSet::new(),
            common: BTreeSet::new(),
            today: Literal::new_typed_literal(today, xsd::DATE),
        })
    }

    /// Writes what a record says of itself, or in passing of another; the inner error says why that has no
    /// canonical form, and nothing of it is written.
    pub(super) fn write(
        &mut self,
        part: Part,
        is_mention: bool,
    ) -> io::Result<Result<(), CanonError>> {
        let graph = part.graph;
        let digest = match canonicalise(graph.triples()) {
            Ok(canonical) => canonical.digest,
            Err(why) => return Ok(Err(why)),
        };
        if is_mention && !self.mentioned.insert(digest) {
            return Ok(Ok(()));
        }
        let states = derive(graph.triples(), graph.origin(), self.vocabularies);
        let concepts = terms(graph.triples(), self.vocabularies);
        self.common
            .extend(states.into_iter().chain(concepts).map(Line));
        // Labels mean something only within their part.
        let prefix: String = format!("b{digest}").chars().take(17).collect();
        let named = |name| GraphName::from(self.base.graph(name));
        let in_graph = |triples: &[Triple], name: &GraphName| -> Vec<Quad> {
            let triples = triples.iter().cloned();
            triples
                .map(|triple| apart(triple, &prefix).in_graph(name.clone()))
                .collect()
        };
        let mut quads = in_graph(graph.triples(), &GraphName::DefaultGraph);
        quads.extend(self.entries(graph.triples()));
        quads.extend(in_graph(graph.origin(), &named("origin")));
        quads.extend(in_graph(graph.quality(), &named("quality")));
        self.writer.write(&quads)?;
        Ok(Ok(()))
    }

    /// The date of our own entries about the record: today, since a file has no catalogue that knows
    /// another.
    fn entries(&self, triples: &[Triple]) -> Vec<Quad> {
        let entries = triples.iter().filter(|triple| {
            triple.predicate == rdf::TYPE
                && triple.object == dcat::CATALOG_RECORD.into_owned().into()
        });
        let ours = entries.filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(node) if self.is_ours(node) => Some(node.clone()),
            _ => None,
        });
        let dated = |entry| {
            Quad::new(
                entry,
                dct::MODIFIED,
                self.today.clone(),
                GraphName::DefaultGraph,
            )
        };
        ours.map(dated).collect()
    }

    fn is_ours(&self, node: &NamedNode) -> bool {
        self.base.path(node.as_str()).is_some()
    }

    /// Writes what the records have in common, and ends the document.
    pub(super) fn finish(mut self) -> io::Result<W> {
        let common = self.common.into_iter();
        let quads: Vec<Quad> = common
            .map(|Line(triple)| triple.in_graph(GraphName::DefaultGraph))
            .collect();
        self.writer.write(&quads)?;
        self.writer.finish()
    }
}
