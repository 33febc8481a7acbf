//! The catalogue record of something: where its description comes from.

use oxigraph::model::{NamedNode, Triple};

use super::read::{Index, Subject};
use crate::rdf::vocab::{dcat, dct, foaf, prov};

/// A dcat:CatalogRecord.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordView {
    /// Its IRI.
    pub iri: String,
    /// The record of the portal that was harvested.
    pub source: Option<String>,
    /// What that portal had harvested itself: IRIs or addresses of records elsewhere.
    pub derived_from: Vec<String>,
    /// How it had harvested them: the kind of harvester, and the address that it read.
    pub harvester: (Option<String>, Option<String>),
    /// The portals that it had harvested them from.
    pub origins: Vec<String>,
}

impl RecordView {
    /// The catalogue record about `iri` in `triples`.
    #[must_use]
    pub fn about(iri: &NamedNode, triples: &[Triple]) -> Option<Self> {
        Self::of(&Index::of(triples), iri)
    }

    /// The catalogue record about `iri`; the first by its IRI, where there are several.
    pub(super) fn of(index: &Index<'_>, iri: &NamedNode) -> Option<Self> {
        index
            .subjects()
            .filter(|subject| subject.is_a(dcat::CATALOG_RECORD))
            .filter(|subject| {
                subject
                    .objects(foaf::PRIMARY_TOPIC)
                    .any(|topic| topic == iri.as_ref().into())
            })
            .filter_map(Self::read)
            .min_by(|one, other| one.iri.cmp(&other.iri))
    }

    fn read(about: Subject<'_, '_>) -> Option<Self> {
        Some(Self {
            iri: about.name()?.to_owned(),
            source: about.iri(dct::SOURCE),
            derived_from: about.iris(prov::WAS_DERIVED_FROM),
            harvester: about
                .nodes(prov::WAS_GENERATED_BY)
                .into_iter()
                .map(|run| (run.value(dct::TYPE), run.iri(prov::USED)))
                .max()
                .unwrap_or_default(),
            origins: about.iris(prov::HAD_PRIMARY_SOURCE),
        })
    }
}
