//! The pages of organizations and contact points: what they publish, what names them.

use super::One;
use crate::dcat::view::{AgentView, ContactView};
use crate::ledger::Filter;
use crate::record::{Kind, Set};
use crate::web::error::WebError;
use crate::web::html::{self, AgentPage, ContactPage, Group};

/// Datasets listed.
const FEW_DATASETS: u64 = 15;
/// Records of any other kind listed.
const FEW: u64 = 6;

pub(super) fn organization(one: &One<'_>) -> Result<String, WebError> {
    let agent = AgentView::of(&one.iri, &one.document.triples);
    let published = [
        (Kind::Dataset, FEW_DATASETS),
        (Kind::Service, FEW),
        (Kind::Topic, FEW),
    ];
    // Whoever made a reuse or added a distribution is no publisher of it.
    let made = [(Kind::Reuse, FEW), (Kind::Distribution, FEW)];
    let mut all = groups(one, Set::Publisher, "publisher", &published)?;
    all.extend(groups(one, Set::Uses, "uses", &made)?);
    Ok(html::written(&AgentPage {
        page: one.page(),
        agent: &agent,
        groups: &all,
        quality: one.quality(),
        metrics: &one.metrics(),
        provenance: one.provenance(),
    })?)
}

pub(super) fn contact(one: &One<'_>) -> Result<String, WebError> {
    let contact = ContactView::of(&one.iri, &one.document.triples);
    let kinds = [(Kind::Dataset, FEW_DATASETS), (Kind::Service, FEW)];
    Ok(html::written(&ContactPage {
        page: one.page(),
        contact: &contact,
        groups: &groups(one, Set::Uses, "uses", &kinds)?,
        provenance: one.provenance(),
    })?)
}

fn groups(
    one: &One<'_>,
    set: Set,
    name: &str,
    kinds: &[(Kind, u64)],
) -> Result<Vec<Group>, WebError> {
    let iri = one.iri.as_str();
    let group = |(kind, few): &(Kind, u64)| {
        let filter = Filter {
            kinds: vec![*kind],
            sets: vec![(set, Some(iri.to_owned()))],
            ..Filter::default()
        };
        one.relations.group(&filter, *kind, *few, name, iri)
    };
    kinds.iter().map(group).collect()
}
