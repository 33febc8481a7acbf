//! The pages of services, reuses, topics, source portals, others' distributions and discussions.

use super::One;
use crate::dcat::view::{DatasetView, DistributionView, ReuseView, SelectionView, ServiceView};
use crate::record::Kind;
use crate::web::error::WebError;
use crate::web::html::{self, DiscussionPage, Group, Related, Thing, ThingPage};
use crate::web::pages::related::about;

/// Members of each kind listed.
const FEW: u64 = 25;

pub(super) fn service(one: &One<'_>) -> Result<String, WebError> {
    let view = ServiceView::of(&one.iri, &one.document.triples);
    let mut related = one.relations.about(one.iri.as_str(), &[Kind::Reuse])?;
    let serves = members(one, &view.serves, &[Kind::Dataset])?;
    related.groups.splice(0..0, serves);
    let publisher = view.common.publisher.clone();
    page(one, Thing::Service(&view), publisher.as_deref(), related)
}

pub(super) fn reuse(one: &One<'_>) -> Result<String, WebError> {
    let view = ReuseView::of(&one.iri, &one.document.triples);
    let mut related = one.relations.about(one.iri.as_str(), &[])?;
    related.groups = members(one, &view.uses, &[Kind::Dataset, Kind::Service])?;
    let creator = view.creators.first().map(String::as_str);
    page(one, Thing::Reuse(&view), creator, related)
}

pub(super) fn topic(one: &One<'_>) -> Result<String, WebError> {
    let view = SelectionView::of(&one.iri, &one.document.triples);
    let mut related = one.relations.about(one.iri.as_str(), &[])?;
    let kinds = [Kind::Dataset, Kind::Service, Kind::Reuse];
    related.groups = members(one, &view.members, &kinds)?;
    let publisher = view.common.publisher.clone();
    page(one, Thing::Topic(&view), publisher.as_deref(), related)
}

pub(super) fn origin(one: &One<'_>) -> Result<String, WebError> {
    let view = SelectionView::of(&one.iri, &one.document.triples);
    let iri = one.iri.as_str();
    let filter = about(Kind::Dataset, iri);
    let datasets = one
        .relations
        .group(&filter, Kind::Dataset, FEW, "about", iri)?;
    let related = Related {
        groups: vec![datasets],
        ..Related::default()
    };
    let publisher = view.common.publisher.clone();
    page(one, Thing::Origin(&view), publisher.as_deref(), related)
}

pub(super) fn distribution(one: &One<'_>) -> Result<String, WebError> {
    let view = DatasetView::of(&one.iri, &one.document.triples);
    let file = DistributionView::of(&one.iri, &one.document.triples);
    let contributed = one.relations.contributed(file)?;
    let from = &contributed.distribution.derived_from;
    let related = Related {
        groups: members(one, from, &[Kind::Dataset])?,
        ..Related::default()
    };
    let creator = contributed.distribution.creators.first().cloned();
    let thing = Thing::Contributed(&view, &contributed);
    page(one, thing, creator.as_deref(), related)
}

pub(super) fn discussion(one: &One<'_>) -> Result<String, WebError> {
    let discussed = one.relations.discussed(&one.document.description)?;
    Ok(html::written(&DiscussionPage {
        page: one.page(),
        discussed: &discussed,
        targets: &one.relations.names(&discussed.discussion.targets)?,
        provenance: one.provenance(),
    })?)
}

fn page(
    one: &One<'_>,
    thing: Thing<'_>,
    publisher: Option<&str>,
    related: Related,
) -> Result<String, WebError> {
    let publisher = one.relations.agent(publisher)?;
    let contacts = match thing {
        Thing::Service(service) => one.contacts(&service.common),
        _ => Vec::new(),
    };
    Ok(html::written(&ThingPage {
        page: one.page(),
        thing,
        publisher: publisher.as_deref(),
        contacts: &contacts,
        provenance: one.provenance(),
        findings: &one.findings(),
        related,
        quality: one.quality(),
        metrics: &one.metrics(),
    })?)
}

fn members(one: &One<'_>, iris: &[String], kinds: &[Kind]) -> Result<Vec<Group>, WebError> {
    let of = one.iri.as_str();
    kinds
        .iter()
        .map(|kind| one.relations.members(iris, *kind, FEW, of))
        .collect()
}
