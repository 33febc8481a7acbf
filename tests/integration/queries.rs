//! Every file of `queries/` says what it is for, is used, and answers something on the sample data.

use std::path::{Path, PathBuf};

use moisson::config::PortalKind;
use moisson::demo::udata::SampleData;
use moisson::graph::Opened;
use moisson::graph::query::{Form, Format, Limits, Overflow, Query, ResultsSyntax, evaluate, form};
use moisson::harvest::Scope;
use moisson::publish::Snapshot;
use moisson::rdf::syntax::Syntax;
use moisson::search::Deferred;

use crate::support::Farm;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files with this extension under a folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found
}

/// Those of the page at `/sparql`; the named ones are tried in `named`.
fn queries() -> Vec<(String, String)> {
    let named = root().join("queries/public");
    let queries: Vec<_> = files(&root().join("queries"), "rq")
        .into_iter()
        .filter(|path| !path.starts_with(&named))
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            (name.to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!queries.is_empty());
    queries
}

#[test]
fn every_query_says_what_it_is_for_and_is_used() {
    let code: String = files(&root().join("src"), "rs")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for (name, text) in queries() {
        let header = text.lines().take_while(|line| line.starts_with("# "));
        assert!(header.count() >= 2, "{name} has no header");
        assert!(
            code.contains(&format!("../{name}\")")),
            "{name} is used nowhere"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_query_answers_something_on_the_sample_data() {
    let farm = Farm::of(SampleData::bundled()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    for (name, text) in queries() {
        let (rows, answer) = answer(&farm, &text);
        let answered = rows > 0 && !answer.starts_with("false");
        assert!(answered, "{name} finds nothing");
    }
}

/// What a query over what a farm has published answers, and in how many rows.
fn answer(farm: &Farm, text: &str) -> (u64, String) {
    let snapshot = Snapshot::current(&farm.layout()).unwrap().unwrap();
    let graph = Opened::open(&snapshot.graph()).unwrap();
    let search = Deferred::beside(&snapshot.graph());
    let asked = form(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let format = match asked {
        Form::Select | Form::Ask => Format::Results(ResultsSyntax::Tsv),
        Form::Construct | Form::Describe => Format::Graph(Syntax::NTriples),
    };
    let query = Query {
        text,
        base: None,
        default_graphs: &[],
        named_graphs: &[],
        format,
        limits: Limits {
            rows: u64::MAX,
            bytes: u64::MAX,
            overflow: Overflow::Abort,
        },
        search: Some(&search),
    };
    let mut answer = Vec::new();
    let summary = evaluate(&graph, &query, &mut answer);
    let summary = summary.unwrap_or_else(|error| panic!("{text}: {error}"));
    (summary.rows, String::from_utf8(answer).unwrap())
}

/// A feed with a dataset for each of these dates of change, which are their titles too.
async fn dated(dates: &[(&str, &str)]) -> Farm {
    let mut text = String::from(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n",
    );
    for (date, datatype) in dates {
        let part = format!("<https://e.org/d/{date}#part>");
        let described = format!(
            "<https://e.org/d/{date}> a dcat:Dataset ; dct:title \"{date}\" ; dct:modified \"{date}\"^^xsd:{datatype} ;
             dcat:spatialResolutionInMeters \"10.50\"^^xsd:decimal ; dcat:distribution {part} .
             {part} a dcat:Distribution ; dcat:accessURL <https://e.org/f> ; dcat:byteSize \"42\"^^xsd:nonNegativeInteger .\n"
        );
        text.push_str(&described);
    }
    let feed = axum::routing::get(move || async move { ([("content-type", "text/turtle")], text) });
    let routes = axum::Router::new().route("/flux", feed);
    let farm = Farm::of_kind(PortalKind::Dcat, "/flux", routes).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    farm
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_are_found_whatever_the_datatypes_of_their_dates() {
    let farm = dated(&[
        ("2023", "gYear"),
        ("2025-06-01", "date"),
        ("2024-06-01T10:00:00Z", "dateTime"),
        ("2026-01", "gYearMonth"),
    ])
    .await;
    let latest = std::fs::read_to_string(root().join("queries/latest.rq")).unwrap();
    let (_, found) = answer(&farm, &latest);
    let years: Vec<&str> = found
        .lines()
        .skip(1)
        .filter_map(|line| line.split('"').nth(1)?.get(..4))
        .collect();
    assert_eq!(years, ["2026", "2025", "2024", "2023"], "{found}");
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

#[tokio::test(flavor = "multi_thread")]
async fn datatypes_in_answers_are_those_of_the_documents() {
    let farm = dated(&[("2024-06-01T10:00:00Z", "dateTime")]).await;
    for (property, value, datatype) in [
        ("dcat#byteSize", "42", "nonNegativeInteger"),
        ("dcat#spatialResolutionInMeters", "10.50", "decimal"),
    ] {
        let pattern = format!("?s <http://www.w3.org/ns/{property}> ?o");
        for query in [
            format!("SELECT ?o WHERE {{ {pattern} }}"),
            format!("SELECT DISTINCT ?o WHERE {{ {pattern} }} ORDER BY ?o"),
            format!("SELECT ?o WHERE {{ {pattern} . ?d ?p ?s FILTER(?o > 1) }}"),
            format!("SELECT ?o (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?o"),
            format!("SELECT (?o AS ?x) WHERE {{ {pattern} }}"),
            format!("CONSTRUCT WHERE {{ {pattern} }}"),
        ] {
            let (_, found) = answer(&farm, &query);
            let typed = format!("\"{value}\"^^<{XSD}{datatype}>");
            // A decimal stands as it is in tab-separated values.
            let is_there = found.contains(&typed)
                || (datatype == "decimal" && found.split_whitespace().any(|word| word == value));
            assert!(is_there, "{query}: {found}");
        }
    }
}
