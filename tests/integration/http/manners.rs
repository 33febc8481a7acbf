//! What clients send and proxies change: slashes, tags, aliases of media types, questions before a request.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use moisson::record::Base;
use tokio::net::TcpListener;

use super::{BASE, BROWSER, DATASET, TestApp};
use crate::support::serving;

#[tokio::test(flavor = "multi_thread")]
async fn robots_may_read_everything_but_answers_to_questions() {
    let app = TestApp::sample().await;
    let robots = app.get("robots.txt").await.ok();
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(robots.text(), "User-agent: *\nDisallow: /sparql?\n");
    let below = TestApp::sample_with(|config| {
        config.base_uri = Base::new("https://moisson.example/data/").unwrap();
    })
    .await;
    for address in ["/robots.txt", "/data/robots.txt"] {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let robots = below.send(request).await.ok();
        assert!(
            robots.text().contains("Disallow: /data/sparql?\n"),
            "{address}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slash_too_many_leads_to_the_address_without() {
    let app = TestApp::sample().await;
    for (path, expected) in [
        (format!("{DATASET}/"), format!("/{DATASET}")),
        (format!("/{DATASET}"), format!("/{DATASET}")),
        ("catalog/?page=2".to_owned(), "/catalog?page=2".to_owned()),
        ("sparql/".to_owned(), "/sparql".to_owned()),
        ("/evil.example/".to_owned(), "/evil.example".to_owned()),
    ] {
        let answer = app.get(&path).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        assert_eq!(answer.header("location"), expected, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    app.get("").await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_may_send_what_it_asks_to_send() {
    let app = TestApp::sample().await;
    for path in ["", DATASET, "sparql"] {
        let asked = [
            ("origin", "https://elsewhere.example"),
            ("access-control-request-method", "POST"),
            (
                "access-control-request-headers",
                "x-requested-with, authorization",
            ),
        ];
        let answer = app.call("OPTIONS", path, &asked).await;
        let allowed = answer.listed("access-control-allow-headers");
        assert!(allowed.contains("x-requested-with") && allowed.contains("authorization"));
        assert!(
            answer
                .listed("vary")
                .contains("access-control-request-headers")
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_that_a_proxy_has_marked_is_known() {
    let app = TestApp::sample().await;
    for path in [
        format!("{DATASET}.ttl"),
        "catalog.rdf".to_owned(),
        "sparql?query=ASK%20%7B%7D".to_owned(),
    ] {
        let tag = app.get(&path).await.ok().header("etag").to_owned();
        for mark in ["-gzip", "-br", ";gzip", "--gzip"] {
            let marked = format!("{}{mark}\"", tag.trim_end_matches('"'));
            let again = app.get_with(&path, &[("if-none-match", &marked)]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {marked}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_names_of_a_media_type_are_understood_by_documents_and_the_endpoint() {
    let app = TestApp::sample().await;
    let construct = "sparql?query=CONSTRUCT%20WHERE%20%7B%20%3Fs%20a%20%3Fo%20%7D%20LIMIT%201";
    for (accept, expected) in [
        ("application/x-turtle", "text/turtle; charset=utf-8"),
        ("text/xml", "application/rdf+xml"),
        ("application/xml", "application/rdf+xml"),
        ("application/json", "application/ld+json"),
        ("text/plain", "application/n-triples"),
    ] {
        for path in ["catalog", construct, "sparql"] {
            let answer = app.get_as(path, accept).await.ok();
            assert_eq!(answer.header("content-type"), expected, "{path} {accept}");
        }
        let document = app.follow(DATASET, accept).await.ok();
        assert_eq!(document.header("content-type"), expected);
    }
    for path in ["catalog", "sparql", DATASET] {
        let page = app.follow(path, BROWSER).await.ok();
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
    }
}

/// The length that an answer states, as a client sees it.
async fn stated(
    address: std::net::SocketAddr,
    method: &str,
    path: &str,
    more: &str,
) -> Option<String> {
    let request =
        format!("{method} {path} HTTP/1.1\r\nhost: e.org\r\nconnection: close\r\n{more}\r\n");
    let mut connection = serving::say([127, 0, 0, 1].into(), address, &request).await;
    let most = std::time::Duration::from_mins(1);
    let answer = serving::rest(&mut connection, most).await.unwrap();
    let head = answer
        .split("\r\n\r\n")
        .next()
        .unwrap()
        .to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    length.map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn head_states_the_length_of_get_or_none() {
    let app = TestApp::sample().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = app.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    for path in [
        format!("/{DATASET}.ttl"),
        format!("/{DATASET}.html"),
        "/catalog.nt".to_owned(),
        "/sparql".to_owned(),
        "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20LIMIT%203".to_owned(),
        "/status.json".to_owned(),
        "/health".to_owned(),
    ] {
        for more in ["", "accept-encoding: gzip\r\n"] {
            let get = stated(address, "GET", &path, more).await;
            let head = stated(address, "HEAD", &path, more).await;
            assert!(
                // An answer that is kept has a length; on its way for the first time it has none.
                head.is_none() || get.is_none() && path.contains("query=") || head == get,
                "{path}: {head:?}, not {get:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_asked_for_survives_the_way_to_the_page() {
    let app = TestApp::sample().await;
    let answer = app.get_as(&format!("{DATASET}?lang=en"), BROWSER).await;
    assert_eq!(answer.location(), format!("{DATASET}.html?lang=en"));
    let answer = app.get_as(&format!("{DATASET}?lang=xx"), BROWSER).await;
    assert_eq!(answer.location(), format!("{DATASET}.html"));
    let answer = app.get(&format!("{DATASET}?lang=en")).await;
    assert_eq!(
        answer.location(),
        format!("{DATASET}.ttl"),
        "RDF is in all of them"
    );
    let asked = format!("resolve?lang=en&uri={BASE}{DATASET}");
    assert_eq!(
        app.get(&asked).await.location(),
        format!("{DATASET}?lang=en")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_for_people_say_so_to_programs() {
    let app = TestApp::sample().await;
    for (path, offered) in [
        ("status", "text/html, application/json"),
        ("harvest/exemple", "text/html, application/json"),
    ] {
        let message = app.get_as(path, "text/turtle").await.refused(406);
        assert!(message.contains(offered), "{message}");
        for accept in [BROWSER, "*/*"] {
            let page = app.get_as(path, accept).await.ok();
            assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
            assert!(page.listed("vary").contains("accept"), "{path}");
        }
    }
    let json = app
        .get_as("status", "application/json, text/html;q=0.5")
        .await;
    assert_eq!(json.ok().header("content-type"), "application/json");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_nobody_has_is_no_empty_catalogue() {
    let app = TestApp::sample().await;
    for path in [
        "catalog?portal=typo",
        "catalog.html?portal=typo",
        "catalog.nt?portal=typo&theme=TRAN",
        "list/dataset?portal=typo",
    ] {
        let message = app.get_as(path, "*/*").await.refused(400);
        let explained = message.contains("no portal `typo`") && message.contains("exemple");
        assert!(explained || path.contains("html"), "{path}: {message}");
    }
    app.get("catalog.nt?portal=exemple").await.ok();
}
