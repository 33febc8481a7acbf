//! `moisson convert` gives what a document would show, and nothing that nobody answers.

use crate::support::program::{Done, Site};

/// Converts a text by the program.
fn convert(kind: &str, text: &str, more: &[&str]) -> Done {
    let site = Site::at(([127, 0, 0, 1], 9).into());
    std::fs::write(site.folder.path().join("input"), text).unwrap();
    let arguments = [
        "convert",
        "--kind",
        kind,
        "--base",
        "http://m.example/",
        "--portal",
        "t",
    ];
    site.run(&[&arguments[..], more, &["input"]].concat())
}

const TOPIC: &str = r#"{"id": "688767106190dc16fdefaefa", "name": "Eau", "description": "d", "private": false,
    "tags": ["eau"], "uri": "/api/1/topics/eau/", "elements": {"total": 0}}"#;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_host_is_of_the_root_or_left_out_with_a_finding() {
    let without = convert("udata", TOPIC, &["--format", "nq"]);
    assert_eq!(without.status, Some(0), "{without:#?}");
    for nobody in ["document.invalid", "/api/1/topics"] {
        assert!(!without.out.contains(nobody), "{without:#?}");
    }
    assert!(
        without.err.contains("its root is not known"),
        "{without:#?}"
    );
    let root = ["--format", "nq", "--root", "https://portail.example/"];
    let with = convert("udata", TOPIC, &root);
    let address = "\"https://portail.example/api/1/topics/eau/\"";
    assert!(with.out.contains(address), "{with:#?}");
    assert!(!with.err.contains("root"), "{with:#?}");
    assert_eq!(
        convert("udata", TOPIC, &["--root", "portail"]).status,
        Some(2)
    );
}

const DATASET: &str = r#"[{"id": "5e1f20058b4c414d3f94460d", "title": "Bornes", "description": "d", "license": "lov2",
    "last_modified": "2026-03-14T09:30:00+00:00", "quality": {"score": 0.5},
    "organization": {"id": "5a83f81fc751df6f8573eb8a", "name": "Ville"},
    "resources": [{"id": "3a6e1f1c-9a70-4c58-8f0a-0d6c3a1f8a10", "title": "Bornes", "format": "csv",
        "url": "https://e.example/b.csv"}]},
    {"id": "5e1f20058b4c414d3f94460e", "title": "Secret", "private": true, "resources": []}]"#;

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_a_document_says_and_fails_only_for_what_was_refused() {
    let done = convert("udata", DATASET, &["--format", "nq"]);
    assert_eq!(done.status, Some(0), "{done:#?}");
    assert!(
        done.err.contains("is private and is not published"),
        "{done:#?}"
    );
    for said in [
        "licence/ETALAB_2_0> <http://www.w3.org/2004/02/skos/core#prefLabel>",
        "licence/ETALAB_2_0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/dc/terms/LicenseDocument>",
        "<http://m.example/graph/origin>",
        "<http://m.example/graph/quality>",
        "<http://m.example/record/t/5e1f20058b4c414d3f94460d> <http://purl.org/dc/terms/modified>",
    ] {
        assert!(done.out.contains(said), "{said}: {done:#?}");
    }
    let nameless = r#"[{"title": "Sans identifiant", "resources": []}]"#;
    let refused = convert("udata", nameless, &[]);
    assert_eq!(refused.status, Some(1), "{refused:#?}");
}

fn iso(id: &str, level: &str, more: &str) -> String {
    format!(
        r#"<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" xmlns:srv="http://www.isotc211.org/2005/srv"><gmd:fileIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:fileIdentifier>{more}<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="{level}"/></gmd:hierarchyLevel></gmd:MD_Metadata>"#
    )
}

fn parent(id: &str) -> String {
    format!(
        "<gmd:parentIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:parentIdentifier>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn references_lead_to_the_records_of_the_file_or_to_the_source() {
    let records = [
        iso("enfant", "dataset", &parent("mere")),
        iso("autre", "dataset", &parent("enfant")),
        iso("perdu", "dataset", &parent("ailleurs")),
        iso("mere", "series", ""),
    ];
    let answer = format!(
        r#"<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults>{}</csw:SearchResults></csw:GetRecordsResponse>"#,
        records.concat()
    );
    let root = ["--format", "nq", "--root", "https://geo.example/csw"];
    let done = convert("csw", &answer, &root);
    let series = "<http://m.example/dataset/t/enfant> <http://www.w3.org/ns/dcat#inSeries> <http://m.example/series/t/mere>";
    let relation = "<http://m.example/dataset/t/autre> <http://purl.org/dc/terms/relation> <http://m.example/dataset/t/enfant>";
    let elsewhere = "<http://m.example/dataset/t/perdu> <http://purl.org/dc/terms/relation> <https://geo.example/csw?";
    for said in [series, relation, elsewhere] {
        assert!(done.out.contains(said), "{said}: {done:#?}");
    }
    assert!(!done.out.contains("x-moisson"), "{done:#?}");
    assert_eq!(
        done.err.matches("reference-unknown").count(),
        1,
        "{done:#?}"
    );
    let rootless = convert("csw", &answer, &["--format", "nq"]);
    assert!(!rootless.out.contains("ailleurs>"), "{rootless:#?}");
    assert!(
        rootless
            .out
            .contains("\"ailleurs\" <http://m.example/graph/origin>"),
        "{rootless:#?}"
    );
}
