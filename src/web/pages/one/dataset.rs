//! The page of a dataset: its document, and what others made of it.

use super::One;
use crate::dcat::view::{AgentView, DatasetView};
use crate::record::Kind;
use crate::web::error::WebError;
use crate::web::html::{self, DatasetPage};

pub(super) fn page(one: &One<'_>) -> Result<String, WebError> {
    let dataset = DatasetView::of(&one.iri, &one.document.triples);
    let publisher = one.beside(dataset.publisher.as_deref(), AgentView::of);
    let contacts = one.contacts(&dataset.contacts);
    let iri = one.iri.as_str();
    let mut related = one.relations.about(iri, &[Kind::Service, Kind::Reuse])?;
    one.relations.community(&mut related, iri)?;
    Ok(html::dataset(&DatasetPage {
        page: one.page(),
        dataset: &dataset,
        publisher: publisher.as_ref(),
        contacts: &contacts,
        provenance: one.provenance(),
        findings: &one.findings(),
        related,
        quality: one.quality(),
        metrics: &one.metrics,
    })?)
}
