//! Views that have one text wherever a text or an address can stand.

use crate::dcat::view::{
    AccessService, AgentView, ContactView, DatasetView, DiscussionView, DistributionView,
    Identifier, Measurement, MessageView, Place, QualityView, RecordView, Reference, Relation,
    ReuseView, Role, Texts,
};
use crate::record::Kind;
use crate::web::html::tests::samples::texts;
use crate::web::html::{Contributed, Discussed, Group, Listed, Named, Related};

pub(super) fn said(text: &str) -> Texts {
    texts(&[("fr", text), (text, text)])
}

pub(super) fn many(text: &str) -> Vec<String> {
    vec![text.to_owned()]
}

#[expect(clippy::unnecessary_wraps, reason = "what the fields of views take")]
pub(super) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(super) fn references(text: &str) -> Vec<Reference> {
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

pub(super) fn distribution(text: &str) -> DistributionView {
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
        further_access: many(text),
        further_downloads: many(text),
        representations: many(text),
        creators: many(text),
        derived_from: many(text),
        ..DistributionView::default()
    }
}

const DCT_RELATION: &str = "http://purl.org/dc/terms/relation";
const QUALIFIED: &str = "http://www.w3.org/ns/dcat#qualifiedRelation";

pub(super) fn dataset(text: &str) -> DatasetView {
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
        reference_systems: references(text),
        representations: many(text),
        version: some(text),
        version_notes: said(text),
        lineage: references(text),
        relations: [DCT_RELATION, QUALIFIED]
            .map(|property| Relation {
                property: property.to_owned(),
                role: some(text),
                to: Reference::to(text),
            })
            .into(),
        series: many(text),
        pictures: many(text),
        samples: vec![distribution(text)],
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

pub(super) fn agent(text: &str) -> AgentView {
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
        part_of: many(text),
        see_also: many(text),
    }
}

pub(super) fn contact(text: &str) -> ContactView {
    ContactView {
        iri: text.to_owned(),
        names: said(text),
        emails: many(text),
        urls: many(text),
        telephones: many(text),
    }
}

pub(super) fn reuse(text: &str) -> ReuseView {
    ReuseView {
        common: dataset(text),
        genre: some(text),
        homepage: some(text),
        picture: some(text),
        creators: many(text),
        uses: many(text),
    }
}

pub(super) fn named(text: &str) -> Named {
    Named {
        iri: text.to_owned(),
        names: said(text),
    }
}

pub(super) fn contributed(text: &str) -> Contributed {
    Contributed {
        distribution: distribution(text),
        authors: vec![named(text)],
    }
}

pub(super) fn discussed(text: &str) -> Discussed {
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

pub(super) fn group(text: &str) -> Group {
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

pub(super) fn related(text: &str) -> Related {
    Related {
        members: Some(group(text)),
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

pub(super) fn quality(text: &str) -> QualityView {
    QualityView {
        measurements: vec![Measurement {
            metric: text.to_owned(),
            value: text.to_owned(),
        }],
    }
}
