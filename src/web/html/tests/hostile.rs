//! Every page, made of one text that stands wherever a text or an address can stand.

mod views;

use std::collections::BTreeMap;

use views::{
    agent, contact, contributed, dataset, discussed, group, many, named, quality, references,
    related, reuse, said, some,
};

use super::samples::Sample;
use super::*;
use crate::dcat::view::{Note, SelectionView, ServiceView, Texts};
use crate::record::Kind;

/// Every page, made of `text`.
pub(super) fn pages_with(sample: &Sample, text: &str) -> Vec<(&'static str, String)> {
    let page = Page {
        iri: Some(text.to_owned()),
        ..sample.page(Language::Fr)
    };
    let mut pages = pages_of_records(&page, text);
    pages.extend(pages_of_things(&page, text));
    pages.extend(pages_of_lists(&page, text));
    pages
}

fn pages_of_records(page: &Page<'_>, text: &str) -> Vec<(&'static str, String)> {
    let page = || page.clone();
    let (named, point, publisher) = (named(text), contact(text), agent(text));
    let noticed = [noticed(text)];
    let also = also(text, &named);
    let provenance = provenance(text, &named, &also);
    let groups = [group(text)];
    let all = [
        (
            "dataset",
            written(&DatasetPage {
                page: page(),
                dataset: &dataset(text),
                publisher: Some(&publisher),
                contacts: std::slice::from_ref(&point),
                provenance,
                findings: &noticed,
                related: related(text),
                quality: quality(text),
                measured: BTreeMap::from([(text.to_owned(), quality(text))]),
                metrics: &[],
            }),
        ),
        (
            "agent",
            written(&AgentPage {
                page: page(),
                agent: &publisher,
                groups: &groups,
                quality: quality(text),
                metrics: &[],
                provenance,
            }),
        ),
        (
            "contact",
            written(&ContactPage {
                page: page(),
                contact: &point,
                groups: &groups,
                provenance,
            }),
        ),
        (
            "triples",
            written(&TriplesPage {
                page: page(),
                subject: text,
                triples: &statements(text),
            }),
        ),
        (
            "discussion",
            written(&DiscussionPage {
                page: page(),
                discussed: &discussed(text),
                targets: std::slice::from_ref(&named),
                provenance,
            }),
        ),
    ];
    all.map(|(name, html)| (name, html.unwrap())).into()
}

fn pages_of_things(page: &Page<'_>, text: &str) -> Vec<(&'static str, String)> {
    let (named, point, publisher) = (named(text), contact(text), agent(text));
    let service = ServiceView {
        common: dataset(text),
        endpoints: many(text),
        endpoint_descriptions: many(text),
        serves: many(text),
        formats: many(text),
        availability: references(text),
    };
    let selection = SelectionView {
        common: dataset(text),
        homepage: some(text),
        members: many(text),
        notes: vec![Note {
            titles: said(text),
            descriptions: said(text),
            item: some(text),
        }],
    };
    let (reuse, view, contributed) = (reuse(text), dataset(text), contributed(text));
    let all = [
        ("service", Thing::Service(&service)),
        ("reuse", Thing::Reuse(&reuse)),
        ("topic", Thing::Topic(&selection)),
        ("origin", Thing::Origin(&selection)),
        ("community", Thing::Contributed(&view, &contributed)),
    ];
    let html = |thing| {
        written(&ThingPage {
            page: page.clone(),
            thing,
            publisher: Some(&publisher),
            contacts: std::slice::from_ref(&point),
            provenance: provenance(text, &named, &also(text, &named)),
            findings: &[noticed(text)],
            related: related(text),
            quality: quality(text),
            metrics: &[],
        })
    };
    all.map(|(name, thing)| (name, html(thing).unwrap())).into()
}

fn pages_of_lists(page: &Page<'_>, text: &str) -> Vec<(&'static str, String)> {
    let page = || page.clone();
    let (named, data, listed) = (named(text), dataset(text), group(text).listed);
    let chips = [Chip {
        kind: Facet::Publisher,
        value: text.to_owned(),
        names: Texts::default(),
        remove: "/catalog".to_owned(),
    }];
    let counts = [Counted {
        persons: true,
        kind: Kind::Reuse,
        number: 1,
        all: None,
    }];
    let all = [
        (
            "portal",
            written(&PortalPage {
                page: page(),
                portal: &named,
                descriptions: &data.descriptions,
                homepage: Some(text),
                counts: &counts,
                last_run: Some(LastRun {
                    ended: Some(text),
                    ..LastRun::default()
                }),
                groups: &[group(text)],
            }),
        ),
        (
            "catalogue",
            written(&CataloguePage {
                page: page(),
                kind: Kind::Reuse,
                persons: false,
                listed: &listed,
                total: 1,
                filters: &chips,
                clear: None,
                pager: Pager::default(),
            }),
        ),
        (
            "home",
            written(&HomePage {
                page: page(),
                descriptions: &data.descriptions,
                counts: &counts,
                portals: &[(named.clone(), 1)],
                latest: &listed,
            }),
        ),
        (
            "error",
            written(&ErrorPage {
                page: page(),
                problem: Problem::BadRequest(text),
            }),
        ),
    ];
    all.map(|(name, html)| (name, html.unwrap())).into()
}

fn noticed(text: &str) -> Noticed<'_> {
    Noticed {
        others: &[],
        code: text,
        field: text,
        message: text,
        value: text,
    }
}

fn also(text: &str, named: &Named) -> [Also; 1] {
    [Also {
        portal: named.clone(),
        iri: text.to_owned(),
        names: vec![text.to_owned()],
        is_derived: false,
        why: Some(text.to_owned()),
        since: Some(text.to_owned()),
    }]
}

fn provenance<'a>(text: &'a str, named: &'a Named, also: &'a [Also]) -> Provenance<'a> {
    Provenance {
        portal: Some(named),
        origins: std::slice::from_ref(named),
        source: Some(text),
        issued: Some(text),
        modified: Some(text),
        also,
    }
}
