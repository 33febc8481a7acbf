//! What the page of a dataset or a series says of how it came about and what it belongs to.

use std::collections::BTreeMap;

use super::samples::{Sample, texts};
use super::*;
use crate::dcat::view::{
    AccessService, AgentView, DistributionView, Note, Reference, Relation, SelectionView, Texts,
};
use crate::record::Kind;

const OURS: &str = "https://donnees.example.org/dataset/demo/releves";
const SERIES: &str = "https://donnees.example.org/series/demo/comptages";
const LAND: &str = "https://donnees.example.org/organization/demo/etat";

/// What the pages may lead to.
fn names() -> BTreeMap<String, Texts> {
    BTreeMap::from([
        (
            OURS.to_owned(),
            texts(&[("fr", "Relevés bruts"), ("en", "Raw counts")]),
        ),
        (SERIES.to_owned(), texts(&[("fr", "Comptages routiers")])),
        (LAND.to_owned(), texts(&[("fr", "État")])),
    ])
}

fn page_of(sample: &Sample, dataset: &DatasetView, related: Related, language: Language) -> String {
    written(&DatasetPage {
        page: Page {
            names: &names(),
            ..sample.page(language)
        },
        dataset,
        publisher: None,
        contacts: &[],
        provenance: Provenance::default(),
        findings: &[],
        related,
        quality: QualityView::default(),
        measured: BTreeMap::new(),
        metrics: &[],
    })
    .unwrap()
}

fn relation(property: &str, role: Option<&str>, to: &str) -> Relation {
    Relation {
        property: property.to_owned(),
        role: role.map(str::to_owned),
        to: Reference::to(to),
    }
}

fn told() -> DatasetView {
    let representations = vec![
        "http://inspire.ec.europa.eu/metadata-codelist/SpatialRepresentationType/vector".to_owned(),
    ];
    DatasetView {
        titles: texts(&[("fr", "Trafic")]),
        lineage: vec![Reference {
            texts: texts(&[
                ("fr", "Numérisé *à la main*."),
                ("en", "Digitised by hand."),
            ]),
            ..Reference::default()
        }],
        reference_systems: vec![Reference::to("http://www.opengis.net/def/crs/EPSG/0/2154")],
        representations: representations.clone(),
        version_notes: texts(&[("fr", "Deux stations de plus"), ("en", "Two more stations")]),
        relations: vec![
            relation("http://purl.org/dc/terms/source", None, OURS),
            relation(
                "http://purl.org/dc/terms/isReferencedBy",
                None,
                "https://hal.example/etude",
            ),
            relation(
                "http://www.w3.org/ns/dcat#qualifiedRelation",
                Some("http://www.iana.org/assignments/relation/original"),
                "https://geo.example/original",
            ),
            relation(
                "http://purl.org/dc/terms/relation",
                None,
                "https://donnees.example.org/dataset/demo/retire",
            ),
        ],
        series: vec![SERIES.to_owned()],
        pictures: vec![
            "https://static.example/apercu.png".to_owned(),
            "http://static.example/clair.png".to_owned(),
        ],
        samples: vec![DistributionView {
            titles: texts(&[("fr", "Dix lignes")]),
            download_url: Some("https://static.example/dix.csv".to_owned()),
            ..DistributionView::default()
        }],
        distributions: vec![DistributionView {
            iri: "https://donnees.example.org/distribution/demo/a".to_owned(),
            access_url: Some("https://portail.example/trafic".to_owned()),
            download_url: Some("https://static.example/trafic.csv".to_owned()),
            further_access: vec!["https://miroir.example/trafic".to_owned()],
            further_downloads: vec!["https://miroir.example/trafic.csv".to_owned()],
            services: vec![AccessService {
                iri: "https://donnees.example.org/service/demo/wfs".to_owned(),
                titles: texts(&[("fr", "WFS du portail")]),
                endpoints: vec!["https://geo.example/wfs".to_owned()],
            }],
            representations,
            ..DistributionView::default()
        }],
        ..DatasetView::default()
    }
}

#[test]
fn a_dataset_says_how_it_came_about_and_what_it_is_related_to() {
    let sample = Sample::new();
    let french = page_of(&sample, &told(), Related::default(), Language::Fr);
    for shown in [
        "<h2 id=\"lineage\">Généalogie</h2>",
        "Numérisé <em>à la main</em>.",
        "<dt>Système de référence</dt><dd><a href=\"http://www.opengis.net/def/crs/EPSG/0/2154\"",
        ">EPSG:2154 (RGF93 v1 / Lambert-93)</a>",
        "<dt>Représentation</dt>",
        ">Vecteur</a>",
        "Deux stations de plus",
        "<dt>Tiré de</dt><dd><a href=\"/dataset/demo/releves\">Relevés bruts</a></dd>",
        "<dt>Cité par</dt>",
        ">hal.example/etude</a>",
        ">geo.example/original (original)</a>",
        "<dt>Série</dt><dd><a href=\"/series/demo/comptages\">Comptages routiers</a></dd>",
        "src=\"https://static.example/apercu.png\"",
        "href=\"http://static.example/clair.png\"",
        "<dt>Échantillon</dt><dd><a href=\"https://static.example/dix.csv\"",
        ">Dix lignes</a>",
    ] {
        assert!(french.contains(shown), "{shown}\n{french}");
    }
    assert!(!french.contains("src=\"http://static.example/clair.png\""));
    let english = page_of(&sample, &told(), Related::default(), Language::En);
    for shown in [
        "<h2 id=\"lineage\">Lineage</h2>",
        "Digitised by hand.",
        ">Vector</a>",
        "Two more stations",
        ">Raw counts</a>",
        "<span lang=\"fr\">Comptages routiers</span>",
    ] {
        assert!(english.contains(shown), "{shown}\n{english}");
    }
}

#[test]
fn a_page_leads_to_no_record_that_is_not_published() {
    let html = page_of(&Sample::new(), &told(), Related::default(), Language::Fr);
    assert!(!html.contains("dataset/demo/retire"), "{html}");
}

#[test]
fn every_address_of_a_distribution_is_shown() {
    let html = page_of(&Sample::new(), &told(), Related::default(), Language::Fr);
    for address in [
        "https://portail.example/trafic",
        "https://static.example/trafic.csv",
        "https://miroir.example/trafic",
        "https://miroir.example/trafic.csv",
        "/service/demo/wfs",
        "https://geo.example/wfs",
    ] {
        assert!(html.contains(&format!("href=\"{address}\"")), "{address}");
    }
}

#[test]
fn a_series_lists_its_members_and_has_no_empty_list_of_files() {
    let sample = Sample::new();
    let series = DatasetView {
        iri: SERIES.to_owned(),
        titles: texts(&[("fr", "Comptages routiers")]),
        ..DatasetView::default()
    };
    let of = |members: Group| {
        let related = Related {
            members: Some(members),
            ..Related::default()
        };
        page_of(&sample, &series, related, Language::En)
    };
    let html = of(Group {
        kind: Kind::Dataset,
        listed: vec![Listed::of(&sample.dataset, None)],
        total: 130,
        all: Some("/list/dataset?of=x".to_owned()),
    });
    for shown in [
        "<li>Series</li>",
        "130\u{a0}datasets",
        "href=\"/dataset/demo/d\"",
        "<a class=\"button second\" href=\"/list/dataset?of=x\">See all 130\u{a0}datasets</a>",
    ] {
        assert!(html.contains(shown), "{shown}\n{html}");
    }
    assert!(!html.contains("announces no file"), "{html}");
    let empty = of(Group {
        kind: Kind::Dataset,
        listed: Vec::new(),
        total: 0,
        all: None,
    });
    assert!(empty.contains("Nothing is listed here."), "{empty}");
}

#[test]
fn an_agent_names_what_it_is_a_part_of_and_lists_name_publishers_with_a_link() {
    let sample = Sample::new();
    let agent = AgentView {
        part_of: vec![LAND.to_owned()],
        ..sample.agent.clone()
    };
    let listed = Listed::of(&sample.dataset, Some(&sample.agent));
    let html = written(&AgentPage {
        page: Page {
            names: &names(),
            ..sample.page(Language::Fr)
        },
        agent: &agent,
        groups: &[Group {
            kind: Kind::Dataset,
            listed: vec![listed],
            total: 1,
            all: None,
        }],
        quality: QualityView::default(),
        metrics: &[],
        provenance: Provenance::default(),
    })
    .unwrap();
    let parent = "<dt>Fait partie de</dt><dd><a href=\"/organization/demo/etat\">État</a></dd>";
    assert!(html.contains(parent), "{html}");
    let publisher = "<span class=\"by\"><a href=\"/organization/demo/mmt\">Ministère";
    assert!(html.contains(publisher), "{html}");
}

#[test]
fn records_of_ours_are_shown_by_name_and_never_by_address() {
    let sample = Sample::new();
    let html = sample.dataset(Language::Fr);
    assert!(html.contains(">Voir la notice</a>"), "{html}");
    assert!(!html.contains(">donnees.example.org/"), "{html}");
    let element = |item: &str| Note {
        descriptions: texts(&[("fr", "À montrer aux élus")]),
        item: Some(item.to_owned()),
        ..Note::default()
    };
    let topic = SelectionView {
        notes: vec![element(OURS)],
        ..SelectionView::default()
    };
    let html = written(&ThingPage {
        page: Page {
            names: &names(),
            ..sample.page(Language::En)
        },
        thing: Thing::Topic(&topic),
        publisher: None,
        contacts: &[],
        provenance: Provenance::default(),
        findings: &[],
        related: Related::default(),
        quality: QualityView::default(),
        metrics: &[],
    })
    .unwrap();
    let named = "<h3><a href=\"/dataset/demo/releves\">Raw counts</a></h3>";
    assert!(html.contains(named), "{html}");
}
