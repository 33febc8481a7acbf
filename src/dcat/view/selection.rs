//! A catalogue within the catalogue: a portal's topic, or a portal that it harvests.

use oxigraph::model::{NamedNode, Triple};

use super::read::Index;
use super::{DatasetView, Reference, Texts};
use crate::rdf::vocab::{dcat, dct, foaf};

/// A dcat:Catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelectionView {
    /// What it shares with datasets: titles, publisher, keywords, places, dates…
    pub common: DatasetView,
    /// Its own site.
    pub homepage: Option<String>,
    /// What kind of portal it is.
    pub kinds: Vec<Reference>,
    /// The datasets, services and reuses in it.
    pub members: Vec<String>,
    /// What it says of things that have no record: titles and descriptions.
    pub notes: Vec<(Texts, Texts)>,
}

impl SelectionView {
    /// The catalogue `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let mut members = Vec::new();
        let mut notes = Vec::new();
        for property in [
            dcat::DATASET,
            dcat::SERVICE,
            dct::HAS_PART,
            dcat::HAS_RESOURCE,
        ] {
            for node in about.nodes(property) {
                let titles = node.texts(dct::TITLE);
                if titles.is_empty() {
                    members.extend(node.name().map(str::to_owned));
                } else {
                    notes.push((titles, node.texts(dct::DESCRIPTION)));
                }
            }
        }
        members.sort_unstable();
        members.dedup();
        notes.sort_unstable();
        Self {
            common: DatasetView::of(iri, triples),
            homepage: about.iri(foaf::HOMEPAGE),
            kinds: Reference::all(about, dct::TYPE),
            members,
            notes,
        }
    }
}
