//! An IRI leads to the document that fits `Accept` (DESIGN.md §5), and says that it depends on it.

use axum::http::StatusCode;
use moisson::config::Dereference;
use moisson::rdf::syntax::Syntax;

use super::{BROWSER, DATASET, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn an_iri_leads_to_the_document_that_is_asked_for() {
    let app = TestApp::sample().await;
    for (accept, extension) in [
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("application/trig", "trig"),
        ("application/n-quads", "nq"),
        ("text/n3", "n3"),
        ("text/html", "html"),
        (BROWSER, "html"),
        ("*/*", "ttl"),
        ("", "ttl"),
        ("text/*", "ttl"),
        ("application/*", "jsonld"),
        // What rdflib, Jena and piveau send, shortened.
        (
            "text/turtle;q=0.5, application/rdf+xml;q=0.9, */*;q=0.1",
            "rdf",
        ),
        (
            "application/ld+json; profile=\"http://www.w3.org/ns/json-ld#compacted\"",
            "jsonld",
        ),
        ("text/turtle; charset=utf-8", "ttl"),
        ("text/html;q=0.1, text/turtle", "ttl"),
        ("text/html;q=0.5, text/turtle;q=0.5", "html"),
        ("text/turtle;q=0, */*", "jsonld"),
        ("text/html;q=0, */*;q=0.1", "ttl"),
        ("image/png, application/n-triples;q=0.01", "nt"),
    ] {
        let answer = app.get_as(DATASET, accept).await;
        assert_eq!(
            answer.location(),
            format!("{DATASET}.{extension}"),
            "{accept}"
        );
        assert!(answer.listed("vary").contains("accept"), "{accept}");
        assert_eq!(
            app.get(answer.location()).await.status,
            StatusCode::OK,
            "{accept}"
        );
    }
    assert_eq!(app.get(DATASET).await.location(), format!("{DATASET}.ttl"));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_accept_headers_count_as_one() {
    let app = TestApp::sample().await;
    let headers = [("accept", "image/png"), ("accept", "application/rdf+xml")];
    let answer = app.get_with(DATASET, &headers).await;
    assert_eq!(answer.location(), format!("{DATASET}.rdf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_given_is_refused_with_the_list_of_what_can() {
    let app = TestApp::sample().await;
    for path in [DATASET, "catalog", "", "portal/exemple"] {
        for accept in ["image/png", "*/*;q=0", "application/pdf"] {
            let answer = app.get_as(path, accept).await;
            assert!(answer.listed("vary").contains("accept"), "{path}");
            let message = answer.refused(406);
            for syntax in Syntax::ALL {
                assert!(message.contains(syntax.media_type()), "{message}");
            }
            assert!(message.contains("text/html"), "{message}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_named_by_its_extension_is_given_whatever_is_accepted() {
    let app = TestApp::sample().await;
    let answer = app.get_as(&format!("{DATASET}.nt"), BROWSER).await.ok();
    assert_eq!(answer.header("content-type"), "application/n-triples");
    assert!(!answer.listed("vary").contains("accept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn dereferencing_without_a_redirect_gives_the_document_itself() {
    let app = TestApp::sample_with(|config| config.server.dereference = Dereference::Direct).await;
    let direct = app.get_as(DATASET, "application/rdf+xml").await.ok();
    assert_eq!(direct.header("content-type"), "application/rdf+xml");
    assert!(direct.listed("vary").contains("accept"));
    let named = app.get(&format!("{DATASET}.rdf")).await.ok();
    assert_eq!(direct.body, named.body);
    assert_eq!(direct.header("etag"), named.header("etag"));
    let page = app.get_as(DATASET, BROWSER).await.ok();
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let held = [
        ("accept", "application/rdf+xml"),
        ("if-none-match", direct.header("etag")),
    ];
    let again = app.get_with(DATASET, &held).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.listed("vary").contains("accept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn head_has_the_headers_of_get_and_no_body() {
    let app = TestApp::sample().await;
    for path in [
        DATASET,
        &format!("{DATASET}.ttl"),
        &format!("{DATASET}.html"),
        "catalog.rdf",
        "",
        "health",
    ] {
        let get = app.get(path).await;
        let head = app.call("HEAD", path, &[]).await;
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        for name in [
            "content-type",
            "etag",
            "last-modified",
            "location",
            "vary",
            "link",
        ] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_rdf_xml_for_programs_and_the_root_is_the_catalogue() {
    let app = TestApp::sample().await;
    for accept in ["", "*/*"] {
        let feed = app.get_as("catalog", accept).await.ok();
        assert_eq!(feed.header("content-type"), "application/rdf+xml");
        let root = app.get_as("", accept).await.ok();
        assert_eq!(root.header("content-type"), "text/turtle; charset=utf-8");
        assert!(root.listed("vary").contains("accept"));
        let catalogue = format!("{}catalog", super::BASE);
        for (answer, syntax) in [(&feed, Syntax::RdfXml), (&root, Syntax::Turtle)] {
            let catalogues =
                super::of_class(&answer.triples(syntax), "http://www.w3.org/ns/dcat#Catalog");
            assert!(catalogues.contains(&catalogue), "{catalogues:?}");
        }
    }
    for path in ["", "catalog"] {
        let page = app.get_as(path, BROWSER).await.ok();
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.listed("vary").contains("accept"));
    }
    let turtle = app.get_as("catalog", "text/turtle").await.ok();
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_compressed_where_that_is_asked_for() {
    let app = TestApp::sample().await;
    let path = format!("{DATASET}.ttl");
    let plain = app.get(&path).await.ok();
    for coding in ["gzip", "br", "zstd"] {
        let small = app
            .get_with(&path, &[("accept-encoding", coding)])
            .await
            .ok();
        assert_eq!(small.header("content-encoding"), coding);
        assert!(small.body.len() < plain.body.len() / 2, "{coding}");
        assert!(small.listed("vary").contains("accept-encoding"));
        assert_eq!(small.header("etag"), plain.header("etag"));
    }
}
