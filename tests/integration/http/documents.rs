//! What the documents say: the same in every syntax, nothing addressable without an IRI.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use moisson::rdf::jsonld;
use moisson::rdf::syntax::Syntax;
use oxigraph::model::{NamedOrBlankNode, Term};

use super::{BASE, DATASET, TestApp, of_class, values};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const FOAF: &str = "http://xmlns.com/foaf/0.1/";
const VCARD: &str = "http://www.w3.org/2006/vcard/ns#";

/// Everything that one may point to.
const ADDRESSABLE: [(&str, &str); 8] = [
    (DCAT, "Dataset"),
    (DCAT, "Distribution"),
    (DCAT, "DataService"),
    (DCAT, "Catalog"),
    (DCAT, "CatalogRecord"),
    (FOAF, "Agent"),
    (FOAF, "Organization"),
    (VCARD, "Kind"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_syntax_of_a_document_says_the_same() {
    let app = TestApp::sample().await;
    let datasets = app.datasets().await;
    assert!(datasets.len() >= 60);
    // Every ninth dataset: each kind of defect is met, and the test stays quick.
    let sample = datasets.iter().step_by(9).map(String::as_str);
    let others = [
        "portal/exemple",
        "organization/exemple/534f19806b8e88af1960e49c",
    ];
    for path in sample.chain(others) {
        let reference = app
            .get(&format!("{path}.nt"))
            .await
            .ok()
            .canonical(Syntax::NTriples);
        for syntax in Syntax::ALL {
            let answer = app
                .get(&format!("{path}.{}", syntax.extension()))
                .await
                .ok();
            assert_eq!(answer.header("content-type"), syntax.content_type());
            assert_eq!(answer.canonical(syntax), reference, "{path} {syntax:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_states_each_triple_once() {
    let app = TestApp::sample().await;
    let mut paths = vec![
        "catalog.nt?page_size=1000&links=all".to_owned(),
        "catalog.nq?page_size=50".to_owned(),
    ];
    for iri in app.listed().await {
        let path = iri.strip_prefix(BASE).unwrap();
        paths.extend(["nt", "nq"].map(|extension| format!("{path}.{extension}")));
    }
    assert!(paths.len() > 200);
    for path in paths {
        let text = app.get(&path).await.ok().text();
        let lines: BTreeSet<&str> = text.lines().collect();
        assert_eq!(lines.len(), text.lines().count(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_to_every_other_document_and_back_to_the_resource() {
    let app = TestApp::sample().await;
    let iri = format!("{BASE}{DATASET}");
    let turtle = app.get(&format!("{DATASET}.ttl")).await.ok();
    let alternates = turtle.links("alternate");
    assert_eq!(alternates.len(), Syntax::ALL.len());
    assert_eq!(turtle.links("describes")[0].0, iri);
    let page = app.get(&format!("{DATASET}.html")).await.ok();
    let described = page.links("describedby");
    assert_eq!(described.len(), Syntax::ALL.len());
    assert_eq!(
        page.links("cite-as"),
        [(iri, "; rel=\"cite-as\"".to_owned())]
    );
    let types: Vec<String> = page.links("type").into_iter().map(|link| link.0).collect();
    assert_eq!(
        types,
        ["https://schema.org/AboutPage", "https://schema.org/Dataset"]
    );
    for (target, rest) in alternates.into_iter().chain(described) {
        let answer = app.get(&target).await.ok();
        let bare = answer
            .header("content-type")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        assert!(
            rest.contains(&format!("type=\"{bare}\"")),
            "{target} {rest}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_links_to_its_other_representations() {
    let app = TestApp::sample().await;
    for path in [
        "catalog?page_size=20&page=2",
        "catalog.ttl",
        "catalog.html?portal=exemple",
        "",
    ] {
        let answer = app.get(path).await.ok();
        let mut links = answer.links("alternate");
        links.extend(answer.links("describedby"));
        assert!(links.len() >= Syntax::ALL.len(), "{path}: {links:?}");
        for (target, rest) in links {
            let answer = app.get(&target).await.ok();
            let bare = answer
                .header("content-type")
                .split(';')
                .next()
                .unwrap()
                .to_owned();
            assert!(
                rest.contains(&format!("type=\"{bare}\"")),
                "{target} {rest}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_addressable_is_a_blank_node() {
    let app = TestApp::sample().await;
    for path in [
        "catalog.nt?page_size=1000",
        "catalog.nt?page_size=1000&links=all",
    ] {
        let triples = app.get(path).await.ok().triples(Syntax::NTriples);
        for (namespace, name) in ADDRESSABLE {
            let nodes = of_class(&triples, &format!("{namespace}{name}"));
            assert!(
                nodes.iter().all(|node| !node.starts_with("_:")),
                "{name}: {nodes:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_iri_of_ours_in_a_document_answers_in_rdf_and_html() {
    let app = TestApp::sample().await;
    let mut found = BTreeSet::new();
    for page in [
        "catalog.nt?page_size=12",
        "catalog.nt?page_size=12&page=6",
        "portal/exemple.nt",
    ] {
        for triple in app.get(page).await.ok().triples(Syntax::NTriples) {
            let subject = match triple.subject {
                NamedOrBlankNode::NamedNode(node) => Some(node),
                NamedOrBlankNode::BlankNode(_) => None,
            };
            let object = match triple.object {
                Term::NamedNode(node) => Some(node),
                _ => None,
            };
            found.extend(
                subject
                    .into_iter()
                    .chain(object)
                    .map(oxigraph::model::NamedNode::into_string),
            );
        }
    }
    found.retain(|iri| iri.starts_with(BASE));
    let kinds: BTreeSet<&str> = found
        .iter()
        .filter_map(|iri| iri[BASE.len()..].split(['/', '?', '.']).next())
        .collect();
    let expected = [
        "catalog",
        "contact",
        "dataset",
        "distribution",
        "organization",
        "portal",
        "record",
    ];
    assert!(
        expected.iter().all(|kind| kinds.contains(kind)),
        "{kinds:?}"
    );
    // A dozen of each kind.
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for iri in &found {
        let kind = iri[BASE.len()..]
            .split(['/', '?', '.'])
            .next()
            .unwrap_or_default();
        let count = met.entry(kind).or_default();
        *count += 1;
        if *count > 12 {
            continue;
        }
        let rdf = app.follow(iri, "application/n-triples").await;
        assert_eq!(rdf.status, StatusCode::OK, "{iri}");
        if !iri.contains('?') {
            let about = rdf.triples(Syntax::NTriples);
            let said = about
                .iter()
                .any(|triple| triple.subject.to_string() == format!("<{iri}>"));
            assert!(said, "{iri} is not described in its own document");
            let page = app.follow(iri, "text/html").await;
            assert_eq!(
                page.header("content-type"),
                "text/html; charset=utf-8",
                "{iri}"
            );
        }
        assert_eq!(
            app.follow(iri, "text/html").await.status,
            StatusCode::OK,
            "{iri}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_distribution_is_its_datasets_at_its_place() {
    let app = TestApp::sample().await;
    let triples = app
        .get(&format!("{DATASET}.nt"))
        .await
        .ok()
        .triples(Syntax::NTriples);
    let distributions = values(
        &triples,
        &format!("{BASE}{DATASET}"),
        &format!("{DCAT}distribution"),
    );
    assert!(!distributions.is_empty());
    for iri in distributions {
        let answer = app.get_as(&iri, "text/html").await;
        let (document, place) = answer.location().split_once('#').unwrap();
        assert_eq!(document, format!("{DATASET}.html"));
        let page = app.get(document).await.ok().text();
        assert!(page.contains(&format!("id=\"{place}\"")), "{place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_context_serves_all_of_json_ld() {
    let app = TestApp::sample().await;
    let context = app.get("context.jsonld").await.ok();
    assert_eq!(context.header("content-type"), "application/ld+json");
    let shared: serde_json::Value = serde_json::from_slice(&context.body).unwrap();
    // A remote context is a JSON object with `@context` in it (JSON-LD 1.1 §3.1).
    assert_eq!(shared, serde_json::json!({ "@context": jsonld::context() }));
    for path in [
        format!("{DATASET}.jsonld"),
        "catalog.jsonld?page_size=3".to_owned(),
    ] {
        let document: serde_json::Value =
            serde_json::from_slice(&app.get(&path).await.ok().body).unwrap();
        assert_eq!(document["@context"], shared["@context"], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn original_values_are_in_the_origin_graph_of_quads_and_in_no_triples() {
    let app = TestApp::sample().await;
    let quads = app
        .get(&format!("{DATASET}.nq"))
        .await
        .ok()
        .quads(Syntax::NQuads);
    let named = |name: &str| format!("<{BASE}graph/{name}>");
    let graphs: BTreeSet<String> = quads
        .iter()
        .filter(|quad| !quad.graph_name.is_default_graph())
        .map(|quad| quad.graph_name.to_string())
        .collect();
    assert_eq!(graphs, BTreeSet::from([named("origin"), named("quality")]));
    let plain = app
        .get(&format!("{DATASET}.ttl"))
        .await
        .ok()
        .quads(Syntax::Turtle);
    assert!(plain.len() < quads.len());
}
