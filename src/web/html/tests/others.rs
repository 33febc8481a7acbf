//! Services, reuses, discussions, topics, source portals and others' files, as triples of their kinds:
//! what their views read, their pages show.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Triple};

use super::samples::{Sample, texts};
use super::*;
use crate::dcat::view::{
    AgentView, DatasetView, DiscussionView, DistributionView, Measurement, QualityView, ReuseView,
    SelectionView, ServiceView,
};
use crate::rdf::vocab::{dcat, dct, dqv, duv, foaf, oa, prov, rdf, rdfs, schema, skos, xsd};
use crate::record::Kind;

const BASE: &str = "https://donnees.example.org/";

fn node(path: &str) -> NamedNode {
    let prefix = if path.contains("://") { "" } else { BASE };
    NamedNode::new_unchecked(format!("{prefix}{path}"))
}

fn says(subject: &str, property: NamedNodeRef<'_>, text: &str) -> Triple {
    let text = Literal::new_language_tagged_literal_unchecked(text, "fr");
    Triple::new(node(subject), property, text)
}

fn plain(subject: &str, property: NamedNodeRef<'_>, text: &str) -> Triple {
    Triple::new(node(subject), property, Literal::new_simple_literal(text))
}

fn leads(subject: &str, property: NamedNodeRef<'_>, object: &str) -> Triple {
    Triple::new(node(subject), property, node(object))
}

fn service() -> ServiceView {
    let it = "service/demo/s";
    ServiceView::of(
        &node(it),
        &[
            says(it, dct::TITLE, "API Comptages routiers"),
            says(
                it,
                dct::DESCRIPTION,
                "Interroge les **comptages** par section et par heure.",
            ),
            plain(it, dct::IDENTIFIER, "s"),
            leads(
                it,
                dcat::ENDPOINT_URL,
                "https://api.mobilites.example/comptages/v2",
            ),
            leads(
                it,
                dcat::ENDPOINT_DESCRIPTION,
                "https://api.mobilites.example/openapi.json",
            ),
            leads(it, foaf::PAGE, "https://api.mobilites.example/doc"),
            leads(
                it,
                dcat::LANDING_PAGE,
                "https://portail.example/dataservices/comptages",
            ),
            leads(it, dcat::SERVES_DATASET, "dataset/demo/d"),
            leads(it, dct::RIGHTS, "x/limits"),
            says(
                "x/limits",
                rdfs::LABEL,
                "50 requêtes par seconde et par adresse",
            ),
            leads(
                "x/limits",
                rdfs::SEE_ALSO,
                "https://api.mobilites.example/limites",
            ),
            leads(it, dqv::HAS_QUALITY_ANNOTATION, "x/note"),
            leads("x/note", oa::HAS_BODY, "x/body"),
            says("x/body", rdf::VALUE, "99,5 %"),
            plain(it, dct::MODIFIED, "2026-05-02"),
        ],
    )
}

fn reuse() -> ReuseView {
    let it = "reuse/demo/r";
    ReuseView::of(
        &node(it),
        &[
            says(it, dct::TITLE, "Carte du trafic"),
            says(
                it,
                dct::DESCRIPTION,
                "Le trafic de chaque section, année par année, sur une carte.",
            ),
            plain(it, schema::GENRE, "visualization"),
            leads(it, foaf::HOMEPAGE, "https://carte.example/trafic"),
            leads(it, foaf::PAGE, "https://portail.example/reuses/carte"),
            leads(it, foaf::DEPICTION, "https://static.example/carte.png"),
            leads(it, dct::CREATOR, "organization/demo/asso"),
            leads(it, duv::REFERS_TO, "dataset/demo/d"),
            plain(it, dcat::KEYWORD, "carte"),
            plain(it, dct::ISSUED, "2024-02-11"),
        ],
    )
}

fn talk() -> Discussed {
    let it = "discussion/demo/q";
    let message = |key: &str| format!("{it}#{key}");
    let (first, second) = (message("m1"), message("m2"));
    Discussed {
        discussion: DiscussionView::of(
            &node(it),
            &[
                says(it, dct::TITLE, "Section absente du fichier 2024"),
                leads(it, oa::HAS_TARGET, "dataset/demo/d"),
                leads(
                    it,
                    foaf::PAGE,
                    "https://portail.example/datasets/tmja/discussions?discussion_id=q",
                ),
                plain(it, dct::CREATED, "2026-03-01T09:00:00Z"),
                plain(it, dct::MODIFIED, "2026-03-04T10:30:00Z"),
                plain(it, prov::INVALIDATED_AT_TIME, "2026-03-05T08:00:00Z"),
                leads(it, oa::HAS_BODY, &first),
                says(
                    &first,
                    rdf::VALUE,
                    "Bonjour,\n\nla section **A17** manque. Est-ce voulu ?",
                ),
                plain(&first, dct::CREATED, "2026-03-01T09:00:00Z"),
                leads(it, oa::HAS_BODY, &second),
                says(&second, rdf::VALUE, "C’est corrigé, merci."),
                plain(&second, dct::CREATED, "2026-03-04T10:30:00Z"),
                leads(&second, dct::CREATOR, "organization/demo/mmt"),
            ],
        ),
        authors: vec![Named {
            iri: node("organization/demo/mmt").into_string(),
            names: texts(&[("fr", "Ministère des Mobilités et des Territoires")]),
        }],
    }
}

fn selection(it: &str, title: &str) -> SelectionView {
    SelectionView::of(
        &node(it),
        &[
            says(it, dct::TITLE, title),
            says(
                it,
                dct::DESCRIPTION,
                "Ce qui sert à suivre les déplacements.",
            ),
            leads(it, foaf::PAGE, "https://portail.example/topics/mobilites"),
            leads(it, foaf::HOMEPAGE, "https://geo.valdaure.example/"),
            plain(it, dct::TYPE, "csw-iso-19139"),
            leads(it, dcat::DATASET, "dataset/demo/d"),
            leads(it, schema::ITEM_LIST_ELEMENT, &format!("{it}#e1")),
            says(&format!("{it}#e1"), dct::TITLE, "Plans de circulation"),
            says(&format!("{it}#e1"), dct::DESCRIPTION, "Attendus pour 2027."),
        ],
    )
}

fn file() -> Contributed {
    let it = "distribution/demo/c";
    Contributed {
        distribution: DistributionView::of(
            &node(it),
            &[
                says(it, dct::TITLE, "TMJA en GeoPackage"),
                says(it, dct::DESCRIPTION, "Les fichiers CSV, mis en une couche."),
                leads(it, dcat::ACCESS_URL, "https://asso.example/tmja.gpkg"),
                leads(it, dcat::DOWNLOAD_URL, "https://asso.example/tmja.gpkg"),
                leads(it, dct::CREATOR, "organization/demo/asso"),
                leads(it, prov::WAS_DERIVED_FROM, "dataset/demo/d"),
                plain(it, dct::MODIFIED, "2026-04-20"),
            ],
        ),
        authors: vec![Named {
            iri: node("organization/demo/asso").into_string(),
            names: texts(&[("fr", "Association des cartographes")]),
        }],
    }
}

/// Services and reuses, as pages list them.
pub(super) fn groups() -> [Group; 2] {
    let maker = AgentView {
        names: texts(&[("fr", "Association des cartographes")]),
        ..AgentView::default()
    };
    let list = |kind: Kind| Some(format!("/list/{}?about=x", kind.segment()));
    let reuse = Listed::reuse(&reuse(), Some(&maker));
    let bare = Listed {
        titles: texts(&[("fr", "Itinéraires sans poids lourds")]),
        picture: None,
        genre: "application".to_owned(),
        ..reuse.clone()
    };
    [
        Group {
            kind: Kind::Service,
            listed: vec![Listed::of(&service().common, None)],
            total: 1,
            all: list(Kind::Service),
        },
        Group {
            kind: Kind::Reuse,
            listed: vec![reuse, bare],
            total: 14,
            all: list(Kind::Reuse),
        },
    ]
}

/// What others made of the sample dataset.
pub(super) fn related() -> Related {
    let mut open = talk();
    open.discussion.titles = texts(&[("fr", "Quand paraît le millésime 2025 ?")]);
    open.discussion.closed = None;
    Related {
        members: None,
        groups: groups().into(),
        community: vec![file()],
        community_total: 1,
        all_community: None,
        discussions: vec![open, talk()],
        discussions_total: 12,
        all_discussions: Some("/list/discussion?about=x".to_owned()),
        topics: vec![Named {
            iri: node("topic/demo/t").into_string(),
            names: texts(&[("fr", "Mobilités")]),
        }],
    }
}

/// Measurements, of which the last has no metric.
pub(super) fn quality() -> QualityView {
    let one = |name: &str, value: &str| Measurement {
        metric: format!("{BASE}vocabulary/metric#{name}"),
        value: value.to_owned(),
    };
    QualityView {
        measurements: vec![
            one("score", "0.78"),
            one("licence-stated", "true"),
            one("updated-in-time", "false"),
            one("views", "12345"),
            one("unheard-of", "7"),
        ],
    }
}

/// What was measured of the first files of the sample dataset.
pub(super) fn measured() -> BTreeMap<String, QualityView> {
    let reached = |key: &str, value: &str| {
        let available = Measurement {
            metric: format!("{BASE}vocabulary/metric#available"),
            value: value.to_owned(),
        };
        let view = QualityView {
            measurements: vec![available],
        };
        (format!("{BASE}distribution/demo/{key}"), view)
    };
    BTreeMap::from([reached("a1", "true"), reached("c3", "false")])
}

/// The metrics of most of them.
pub(super) fn metrics() -> Vec<Triple> {
    let metric = |name: &str, label: &str, datatype: NamedNodeRef<'static>| {
        let iri = format!("vocabulary/metric#{name}");
        [
            Triple::new(node(&iri), rdf::TYPE, dqv::METRIC),
            says(&iri, skos::PREF_LABEL, label),
            Triple::new(node(&iri), dqv::EXPECTED_DATA_TYPE, datatype),
        ]
    };
    [
        metric("score", "Score de qualité", xsd::DECIMAL),
        metric("licence-stated", "Licence indiquée", xsd::BOOLEAN),
        metric("updated-in-time", "Mise à jour à temps", xsd::BOOLEAN),
        metric("views", "Consultations", xsd::INTEGER),
    ]
    .concat()
}

/// Their pages in French.
pub(super) fn pages(sample: &Sample) -> Vec<(&'static str, String)> {
    let (service, reuse, file) = (service(), reuse(), file());
    let topic = selection("topic/demo/t", "Mobilités");
    let origin = selection(
        "origin/demo/idg",
        "Infrastructure géographique du Val d’Aure",
    );
    let view = DatasetView {
        iri: file.distribution.iri.clone(),
        titles: file.distribution.titles.clone(),
        modified: file.distribution.modified.clone(),
        ..DatasetView::default()
    };
    let things = [
        ("service", Thing::Service(&service)),
        ("reuse", Thing::Reuse(&reuse)),
        ("topic", Thing::Topic(&topic)),
        ("origin", Thing::Origin(&origin)),
        ("community", Thing::Contributed(&view, &file)),
    ];
    let datasets = Group {
        kind: Kind::Dataset,
        listed: vec![Listed::of(&sample.dataset, Some(&sample.agent))],
        total: 1,
        all: None,
    };
    let mut pages: Vec<_> = things
        .into_iter()
        .map(|(name, thing)| {
            let html = written(&ThingPage {
                page: sample.page(Language::Fr),
                thing,
                publisher: Some(&sample.agent),
                contacts: &[],
                provenance: sample.provenance(),
                findings: &[],
                related: Related {
                    groups: vec![datasets.clone()],
                    ..Related::default()
                },
                quality: QualityView::default(),
                metrics: &[],
            });
            (name, html.unwrap())
        })
        .collect();
    let targets = [Named {
        iri: sample.dataset.iri.clone(),
        names: sample.dataset.titles.clone(),
    }];
    let html = written(&DiscussionPage {
        page: sample.page(Language::Fr),
        discussed: &talk(),
        targets: &targets,
        provenance: sample.provenance(),
    });
    pages.push(("discussion", html.unwrap()));
    pages
}
