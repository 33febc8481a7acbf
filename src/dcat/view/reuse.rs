//! A reuse as pages and schema.org read it: something made with datasets and services.

use oxigraph::model::{NamedNode, Triple};

use super::DatasetView;
use super::read::Index;
use crate::rdf::vocab::{dct, duv, foaf, schema};

/// A duv:Usage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReuseView {
    /// What it shares with datasets: titles, keywords, dates…
    pub common: DatasetView,
    /// What it is (an application, a visualisation), as text.
    pub genre: Option<String>,
    /// Where it is to be seen.
    pub homepage: Option<String>,
    /// A picture of it.
    pub picture: Option<String>,
    /// Who made it.
    pub creators: Vec<String>,
    /// The datasets and services that it uses.
    pub uses: Vec<String>,
}

impl ReuseView {
    /// The reuse `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        Self {
            common: DatasetView::of(iri, triples),
            genre: about.named(schema::GENRE).into_iter().next(),
            homepage: about.iri(foaf::HOMEPAGE),
            picture: about.iri(foaf::DEPICTION),
            creators: about.iris(dct::CREATOR),
            uses: about.iris(duv::REFERS_TO),
        }
    }
}
