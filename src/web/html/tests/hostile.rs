//! Every page, made of one text that stands wherever a text or an address can stand.

use std::collections::BTreeMap;

use super::samples::{Sample, texts};
use super::*;
use crate::dcat::view::{
    AccessService, AgentView, ContactView, DatasetView, DiscussionView, DistributionView,
    Identifier, Measurement, MessageView, Note, Place, QualityView, RecordView, Reference,
    ReuseView, Role, SelectionView, ServiceView, Texts,
};
use crate::record::Kind;

fn said(text: &str) -> Texts {
    texts(&[("fr", text), (text, text)])
}

fn many(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

#[expect(clippy::unnecessary_wraps, reason = "what the fields of views take")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn references(text: &str) -> Vec<Reference> {
    vec![
        Reference::to(text),
        Reference {
            iri: some(text),
            texts: said(text),
            version: some(text),
            pages: many(text),
        },
    ]
}

fn distribution(text: &str) -> DistributionView {
    DistributionView {
        iri: text.to_owned(),
        key: text.to_owned(),
        titles: said(text),
        descriptions: said(text),
        access_url: some(text),
        download_url: some(text),
        format: some(text),
        media_type: some(text),
        issued: some(text),
        modified: some(text),
        licences: many(text),
        rights: references(text),
        checksum: Some((text.to_owned(), text.to_owned())),
        conforms_to: references(text),
        services: vec![AccessService {
            iri: text.to_owned(),
            titles: said(text),
            endpoints: many(text),
        }],
        creators: many(text),
        derived_from: many(text),
        ..DistributionView::default()
    }
}

fn dataset(text: &str) -> DatasetView {
    let place = Place {
        iri: some(text),
        labels: many(text),
        bbox: some(text),
        geometry: some(text),
        centroid: some(text),
    };
    DatasetView {
        iri: text.to_owned(),
        titles: said(text),
        descriptions: said(text),
        publisher: some(text),
        contacts: many(text),
        roles: vec![Role {
            role: "https://e.org/owner".to_owned(),
            agent: text.to_owned(),
        }],
        types: many(text),
        granularity: said(text),
        keywords: many(text),
        themes: many(text),
        issued: some(text),
        modified: some(text),
        frequency: some(text),
        licences: vec![text.to_owned(), "https://e.org/l".to_owned()],
        rights: references(text),
        access_rights: references(text),
        languages: many(text),
        spatial: vec![place],
        landing_pages: many(text),
        pages: many(text),
        identifiers: many(text),
        conforms_to: references(text),
        legislation: many(text),
        version: some(text),
        distributions: vec![distribution(text)],
        record: Some(RecordView {
            iri: text.to_owned(),
            source: some(text),
            derived_from: many(text),
            harvester: (some(text), some(text)),
            origins: many(text),
        }),
        ..DatasetView::default()
    }
}

fn agent(text: &str) -> AgentView {
    AgentView {
        iri: text.to_owned(),
        names: said(text),
        description: said(text),
        kind: some(text),
        homepage: some(text),
        page: some(text),
        logo: some(text),
        identifiers: many(text),
        registered: vec![Identifier {
            register: text.to_owned(),
            value: text.to_owned(),
        }],
        see_also: many(text),
    }
}

fn contact(text: &str) -> ContactView {
    ContactView {
        iri: text.to_owned(),
        names: said(text),
        emails: many(text),
        urls: many(text),
        telephones: many(text),
    }
}

fn reuse(text: &str) -> ReuseView {
    ReuseView {
        common: dataset(text),
        genre: some(text),
        homepage: some(text),
        picture: some(text),
        creators: many(text),
        uses: many(text),
    }
}

fn named(text: &str) -> Named {
    Named {
        iri: text.to_owned(),
        names: said(text),
    }
}

fn contributed(text: &str) -> Contributed {
    Contributed {
        distribution: distribution(text),
        authors: vec![named(text)],
    }
}

fn discussed(text: &str) -> Discussed {
    Discussed {
        discussion: DiscussionView {
            iri: text.to_owned(),
            titles: said(text),
            targets: many(text),
            page: some(text),
            created: some(text),
            modified: some(text),
            closed: some(text),
            messages: vec![MessageView {
                created: some(text),
                iri: format!("{text}#{text}"),
                author: some(text),
                texts: said(text),
            }],
        },
        authors: vec![named(text)],
    }
}

fn group(text: &str) -> Group {
    Group {
        kind: Kind::Reuse,
        listed: vec![
            Listed::of(&dataset(text), Some(&agent(text))),
            Listed::reuse(&reuse(text), Some(&agent(text))),
        ],
        total: 3,
        all: Some("/list/reuse".to_owned()),
    }
}

fn related(text: &str) -> Related {
    Related {
        groups: vec![group(text)],
        community: vec![contributed(text)],
        community_total: 2,
        all_community: Some("/list/distribution".to_owned()),
        discussions: vec![discussed(text)],
        discussions_total: 2,
        all_discussions: Some("/list/discussion".to_owned()),
        topics: vec![named(text)],
    }
}

fn quality(text: &str) -> QualityView {
    QualityView {
        measurements: vec![Measurement {
            metric: text.to_owned(),
            value: text.to_owned(),
        }],
    }
}

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
    let provenance = provenance(text, &named);
    let groups = [group(text)];
    let all = [
        (
            "dataset",
            super::dataset(&DatasetPage {
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
            super::agent(&AgentPage {
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
            super::contact(&ContactPage {
                page: page(),
                contact: &point,
                groups: &groups,
                provenance,
            }),
        ),
        (
            "record",
            record(&RecordPage {
                page: page(),
                topic: &named,
                provenance,
                findings: &noticed,
            }),
        ),
        (
            "triples",
            triples(&TriplesPage {
                page: page(),
                subject: text,
                triples: &statements(text),
            }),
        ),
        (
            "discussion",
            discussion(&DiscussionPage {
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
        super::thing(&ThingPage {
            page: page.clone(),
            thing,
            publisher: Some(&publisher),
            contacts: std::slice::from_ref(&point),
            provenance: provenance(text, &named),
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
        kind: Kind::Reuse,
        number: 1,
        all: None,
    }];
    let all = [
        (
            "portal",
            portal(&PortalPage {
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
            catalogue(&CataloguePage {
                page: page(),
                kind: Kind::Reuse,
                listed: &listed,
                total: 1,
                filters: &chips,
                clear: None,
                pager: Pager::default(),
            }),
        ),
        (
            "home",
            home(&HomePage {
                page: page(),
                descriptions: &data.descriptions,
                counts: &counts,
                portals: &[(named.clone(), 1)],
                latest: &listed,
            }),
        ),
        (
            "error",
            error(&ErrorPage {
                page: page(),
                problem: Problem::BadRequest(text),
            }),
        ),
    ];
    all.map(|(name, html)| (name, html.unwrap())).into()
}

fn noticed(text: &str) -> Noticed<'_> {
    Noticed {
        code: text,
        field: text,
        message: text,
        value: text,
    }
}

fn provenance<'a>(text: &'a str, named: &'a Named) -> Provenance<'a> {
    Provenance {
        portal: Some(named),
        origins: std::slice::from_ref(named),
        source: Some(text),
        issued: Some(text),
        modified: Some(text),
    }
}
