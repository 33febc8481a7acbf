//! A catalogue within the catalogue: a portal's topic, or a portal that it harvests.

use oxigraph::model::{NamedNode, Triple};

use super::read::Index;
use super::{DatasetView, Texts};
use crate::rdf::vocab::{dcat, dct, foaf, schema};

/// A dcat:Catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SelectionView {
    /// What it shares with datasets: titles, publisher, keywords, places, dates…
    pub common: DatasetView,
    /// Its own site.
    pub homepage: Option<String>,
    /// The datasets, services and reuses in it.
    pub members: Vec<String>,
    /// What it says of its elements in its own words.
    pub notes: Vec<Note>,
}

/// What a topic says of an element, which may be no record at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What it calls it.
    pub titles: Texts,
    /// What it says of it.
    pub descriptions: Texts,
    /// The record behind it.
    pub item: Option<String>,
}

impl SelectionView {
    /// The catalogue `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let listing = [
            dcat::DATASET,
            dcat::SERVICE,
            dcat::HAS_RESOURCE,
            dct::HAS_PART,
        ];
        let mut members: Vec<String> = listing
            .into_iter()
            .flat_map(|property| about.iris(property))
            .collect();
        members.sort_unstable();
        members.dedup();
        let mut notes: Vec<Note> = about
            .nodes(schema::ITEM_LIST_ELEMENT)
            .into_iter()
            .map(|item| Note {
                titles: item.texts(dct::TITLE),
                descriptions: item.texts(dct::DESCRIPTION),
                item: item.iri(schema::ITEM),
            })
            .filter(|note| !note.titles.is_empty() || !note.descriptions.is_empty())
            .collect();
        notes.sort_unstable();
        Self {
            common: DatasetView::of(iri, triples),
            homepage: about.iri(foaf::HOMEPAGE),
            members,
            notes,
        }
    }
}
