//! The page of a dataset or a series: its document, its members, and what others made of it.

use super::One;
use crate::dcat::view::{AgentView, DatasetView, QualityView, ServiceView};
use crate::record::Kind;
use crate::web::error::WebError;
use crate::web::html::{self, DatasetPage};

pub(super) fn page(one: &One<'_>) -> Result<String, WebError> {
    let mut dataset = DatasetView::of(&one.iri, &one.document.triples);
    let record = one.document.description.record;
    dataset.arrange(&one.reader.arrangement(record)?);
    // A series that lists it says so as well as its own description does.
    dataset.series.extend_from_slice(&one.series);
    dataset.series.sort_unstable();
    dataset.series.dedup();
    name_services(one, &mut dataset);
    let publisher = one.beside(dataset.publisher.as_deref(), AgentView::of);
    let contacts = one.contacts(&dataset);
    let iri = one.iri.as_str();
    let mut related = one.relations.about(iri, &[Kind::Service, Kind::Reuse])?;
    one.relations.community(&mut related, iri)?;
    if one.document.description.id.kind == Kind::Series {
        related.members = Some(one.relations.series(iri, &dataset.members)?);
    }
    Ok(html::written(&DatasetPage {
        page: one.page(),
        dataset: &dataset,
        publisher: publisher.as_ref(),
        contacts: &contacts,
        provenance: one.provenance(),
        findings: &one.findings(),
        related,
        quality: one.quality(),
        measured: QualityView::every(&one.document.quality),
        metrics: &one.metrics(),
    })?)
}

/// Services that give access are records of their own: their names and addresses are theirs.
fn name_services(one: &One<'_>, dataset: &mut DatasetView) {
    let services = dataset
        .distributions
        .iter_mut()
        .flat_map(|distribution| &mut distribution.services);
    for service in services {
        if let Some(view) = one.beside(Some(&service.iri), ServiceView::of) {
            service.titles = view.common.titles;
            service.endpoints = view.endpoints;
        }
    }
}
