//! `/queries`: every named query over all sample portals, and what programs are told of them.
//!
//! What each answers is in `tests/golden/queries/`; `MOISSON_BLESS=1` writes what is there now: read the
//! difference.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use moisson::operate::Moisson;
use moisson::publish::Build;
use moisson::web::{App, router};
use serde_json::Value;
use tower::ServiceExt as _;

use crate::recognition::demonstration::harvested;

/// Parameters of the queries that want some, and of the one that asks what day it is.
const SENT: &[(&str, &str)] = &[
    (
        "about-a-place",
        "place=http://id.insee.fr/geo/departement/17",
    ),
    (
        "datasets-of-a-publisher",
        "publisher=https://moisson.example/organization/udata/534f19806b8e88af1960e49c&since=2020-01-01",
    ),
    (
        "one-dataset",
        "dataset=https://moisson.example/dataset/udata/53ecd295a31c646e5bb9c6a7",
    ),
    ("stale-datasets", "on=2026-06-01"),
    ("words-in-titles", "text=EAU"),
];

struct Site {
    router: axum::Router,
    /// The addresses that the sample portals had.
    addresses: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn new() -> Self {
        let (folder, config) = harvested().await;
        let moisson = Moisson::with_clock(config.clone(), Arc::new(|| 1_700_000_000));
        moisson.publish(Build::CatchUp).unwrap();
        let addresses = config.portals.iter().map(|portal| {
            let url = url::Url::parse(&portal.url).unwrap();
            let (host, port) = (url.host_str().unwrap(), url.port().unwrap());
            (format!("{host}:{port}"), format!("{{{}}}", portal.id))
        });
        let addresses = addresses.collect();
        let app = App::new(config, env!("CARGO_BIN_EXE_moisson").into());
        app.refresh().unwrap();
        Self {
            router: router(&app),
            addresses,
            _folder: folder,
        }
    }

    async fn get(&self, path: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header("accept", accept);
        let request = request.body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let mut text = String::from_utf8(body.into()).unwrap();
        for (address, name) in &self.addresses {
            text = text.replace(address, name);
        }
        (parts.status, parts.headers, text)
    }
}

fn golden(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/queries");
    folder.join(name)
}

fn link<'a>(headers: &'a HeaderMap, relation: &str) -> Option<&'a str> {
    let relation = format!("rel=\"{relation}\"");
    let mut links = headers.get_all("link").iter();
    links.find_map(|link| link.to_str().ok().filter(|link| link.ends_with(&relation)))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_named_query_answers_on_the_sample_portals_as_is_expected() {
    let site = Site::new().await;
    let (_, _, list) = site.get("/queries", "application/json").await;
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    assert!(list.len() >= 25, "{}", list.len());
    for query in &list {
        let name = query["name"].as_str().unwrap();
        let sent = SENT.iter().find(|(one, _)| *one == name);
        let sent = sent.map_or("", |(_, sent)| sent);
        let extension = if name == "one-dataset" { "nt" } else { "csv" };
        let path = format!("/queries/{name}.{extension}?page_size=12&lang=en&{sent}");
        let (status, _, answer) = site.get(&path, "*/*").await;
        assert_eq!(status, StatusCode::OK, "{name}: {answer}");
        assert!(answer.lines().count() > 1, "{name} finds nothing");
        if name == "harvests" {
            // They run side by side: their numbers are any.
            continue;
        }
        let file = golden(&format!("{name}.{extension}"));
        let answer = answer.replace("\r\n", "\n");
        if std::env::var_os("MOISSON_BLESS").is_some() {
            std::fs::create_dir_all(golden("")).unwrap();
            std::fs::write(&file, &answer).unwrap();
        }
        let expected = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        assert_eq!(answer, expected, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_page_by_page_and_in_the_language_of_who_asks() {
    let site = Site::new().await;
    let (mut address, mut pages, mut rows) =
        ("/queries/formats.csv?page_size=7".to_owned(), 0, Vec::new());
    loop {
        let (status, headers, answer) = site.get(&address, "*/*").await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        rows.extend(answer.lines().skip(1).map(str::to_owned));
        pages += 1;
        let Some(next) = link(&headers, "next") else {
            break;
        };
        let (next, _) = next[1..].split_once('>').unwrap();
        next.strip_prefix("https://moisson.example")
            .unwrap()
            .clone_into(&mut address);
    }
    assert!(pages > 2, "{pages}");
    let (_, headers, all) = site.get("/queries/formats.csv?page_size=1000", "*/*").await;
    assert_eq!(rows, all.lines().skip(1).collect::<Vec<_>>());
    assert_eq!(link(&headers, "next"), None);
    let (_, _, french) = site.get("/queries/themes.csv?lang=fr", "*/*").await;
    assert!(french.contains("Environnement"), "{french}");
    let (_, _, english) = site.get("/queries/themes.csv?lang=en", "*/*").await;
    assert!(english.contains("Environment"), "{english}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_said_and_a_page_that_is_not_filled_in_is_no_mistake() {
    let site = Site::new().await;
    for (path, part) in [
        ("/queries/formats.csv?pge=2", "no parameter `pge`"),
        (
            "/queries/formats.csv?page=0",
            "`page` must be a whole number from 1",
        ),
        (
            "/queries/formats.csv?page_size=10001",
            "`page_size` must be",
        ),
        (
            "/queries/formats.csv?portal=a%20b",
            "`portal` must be an absolute IRI",
        ),
        ("/queries/about-a-place.csv", "`place` is missing"),
        (
            "/queries/most-viewed.csv?metric=x",
            "`metric` must be one of views, downloads",
        ),
    ] {
        let (status, _, answer) = site.get(path, "text/csv").await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}: {answer}");
        assert!(answer.contains(part), "{path}: {answer}");
    }
    let (status, _, page) = site.get("/queries/about-a-place", "text/html").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("<form") && !page.contains("role=\"alert\""),
        "{page}"
    );
    let (status, _, page) = site
        .get("/queries/about-a-place?place=%3Cscript%3E", "text/html")
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(
        page.contains("role=\"alert\"") && !page.contains("<script>"),
        "{page}"
    );
    let (status, _, _) = site.get("/queries/none", "*/*").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _, answer) = site.get("/queries/formats", "image/png").await;
    assert_eq!(status, StatusCode::NOT_ACCEPTABLE, "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_told_to_people_programs_and_editors() {
    let site = Site::new().await;
    let (_, _, page) = site.get("/queries?lang=fr", "text/html").await;
    assert!(page.contains("Les plus réutilisés") && page.contains("href=\"queries/most-reused\""));
    let (_, _, page) = site.get("/queries/formats?lang=fr", "text/html").await;
    assert!(
        page.contains("<table>") && page.contains("formats.csv"),
        "{page}"
    );
    let (_, headers, api) = site.get("/openapi.json", "*/*").await;
    assert_eq!(headers["content-type"], "application/json");
    let api: Value = serde_json::from_str(&api).unwrap();
    assert_eq!(api["openapi"], "3.1.0");
    let viewed = &api["paths"]["/queries/most-viewed"]["get"]["parameters"][0];
    assert_eq!(viewed["schema"]["enum"][1], "downloads");
    for path in ["/sparql", "/catalog", "/resolve", "/dataset/{portal}/{key}"] {
        assert!(api["paths"][path].is_object(), "{path}");
    }
    let (_, _, graph) = site.get("/queries", "text/turtle").await;
    let parsed = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle)
        .for_slice(graph.as_bytes())
        .map(Result::unwrap);
    let selects = parsed.filter(|quad| quad.predicate.as_str().ends_with("shacl#select"));
    let mut count = 0;
    for quad in selects {
        let oxigraph::model::Term::Literal(query) = quad.object else {
            panic!("a query is a text");
        };
        // As it is, without a base of whoever runs it.
        let parsed = spargebra::SparqlParser::new().parse_query(query.value());
        parsed.unwrap_or_else(|error| panic!("{query}: {error}"));
        count += 1;
    }
    assert!(count >= 25, "{count}");
    let (_, _, text) = site.get("/queries/formats.rq", "*/*").await;
    assert!(
        text.starts_with("BASE <https://moisson.example/sparql>\n"),
        "{text}"
    );
}
