//! A data service as pages and schema.org read it.

use oxigraph::model::{NamedNode, Triple};

use super::read::Index;
use super::{DatasetView, Reference};
use crate::rdf::vocab::{dcat, dct, dqv, oa, rdf, rdfs};

/// A dcat:DataService.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceView {
    /// What it shares with datasets: titles, publisher, licence, catalogue record…
    pub common: DatasetView,
    /// Where it answers.
    pub endpoints: Vec<String>,
    /// Its description for programs.
    pub endpoint_descriptions: Vec<String>,
    /// The datasets that it serves.
    pub serves: Vec<String>,
    /// Formats of its answers, as IRIs of concepts or texts.
    pub formats: Vec<String>,
    /// What its provider says of its availability.
    pub availability: Vec<Reference>,
}

impl ServiceView {
    /// The service `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let availability = about
            .nodes(dqv::HAS_QUALITY_ANNOTATION)
            .into_iter()
            .map(|note| {
                let bodies = note.nodes(oa::HAS_BODY).into_iter();
                let texts = bodies.map(|body| body.texts(rdf::VALUE));
                Reference {
                    texts: texts
                        .filter(|texts| !texts.is_empty())
                        .min()
                        .unwrap_or_default(),
                    pages: note.iris(rdfs::SEE_ALSO),
                    ..Reference::default()
                }
            })
            .filter(|note| !note.texts.is_empty() || !note.pages.is_empty())
            .collect();
        Self {
            common: DatasetView::of(iri, triples),
            endpoints: about.iris(dcat::ENDPOINT_URL),
            endpoint_descriptions: about.iris(dcat::ENDPOINT_DESCRIPTION),
            serves: about.iris(dcat::SERVES_DATASET),
            formats: about.named(dct::FORMAT),
            availability,
        }
    }
}
