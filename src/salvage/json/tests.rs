use serde_json::json;

use crate::rdf::syntax::Syntax;
use crate::salvage::index::{Index, Room};
use crate::salvage::{End, ReadError, read};

fn outcome(document: &str) -> Result<(Vec<String>, Vec<String>, End), ReadError> {
    let mut index = Index::new(Room::Memory).unwrap();
    let base = Some("https://e.org/c");
    let end = read(document.as_bytes(), Syntax::JsonLd, None, base, &mut index)?;
    index.settle().unwrap();
    let mut lines: Vec<String> = index
        .everything()
        .unwrap()
        .iter()
        .map(|triple| {
            let line = triple.to_string();
            line.replace("http://purl.org/dc/terms/", "dct:")
                .replace("http://www.w3.org/ns/dcat#", "dcat:")
                .replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:")
        })
        .collect();
    lines.sort();
    let mut told = index.remarks.notes();
    let odd = index.remarks.findings().into_iter();
    told.extend(odd.map(|finding| finding.value));
    Ok((lines, told, end))
}

#[test]
fn contexts_that_are_known_are_not_asked_for() {
    for (context, key) in [
        (
            json!("https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld"),
            "title",
        ),
        (
            json!("https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld"),
            "title",
        ),
        (
            json!(["https://portail.example.org/api/1/site/context.jsonld"]),
            "title",
        ),
        (json!({"dct": "http://purl.org/dc/terms/"}), "dct:title"),
    ] {
        let document = json!({"@context": context, "@id": "https://e.org/d", key: "T"});
        let (lines, notes, _) = outcome(&document.to_string()).unwrap();
        assert_eq!(lines, ["<https://e.org/d> <dct:title> \"T\""], "{document}");
        assert_eq!(notes, Vec::<String>::new());
    }
}

#[test]
fn an_unknown_context_is_told_and_the_nodes_are_read_all_the_same() {
    let document = json!({
        "@context": "https://ailleurs.example.org/c.jsonld",
        "@id": "https://e.org/d", "@type": "Dataset", "title": "T", "dct:issued": "2024-01-01"
    });
    let (lines, notes, _) = outcome(&document.to_string()).unwrap();
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(notes[0].contains("ailleurs.example.org"), "{notes:?}");
}

#[test]
fn what_the_parser_refuses_is_left_out_alone() {
    let good = json!({"@id": "https://e.org/a", "dct:title": "A"});
    let bad = json!({
        "@id": "https://e.org/b", "dct:title": {"@value": ["x", {}]}, "dct:description": "B",
        "dcat:distribution": [{"dct:title": {"@value": {}}, "dct:format": "csv"}]
    });
    let context = json!({"dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#"});
    for document in [
        json!({"@context": context, "@graph": [good, bad]}),
        json!({"@context": context, "@id": "https://e.org/c", "dcat:dataset": [good, bad]}),
    ] {
        let (lines, _, _) = outcome(&document.to_string()).unwrap();
        for expected in [
            "<https://e.org/a> <dct:title> \"A\"",
            "<https://e.org/b> <dct:description> \"B\"",
        ] {
            assert!(lines.contains(&expected.to_owned()), "{lines:#?}");
        }
        assert!(
            lines
                .iter()
                .any(|line| line.ends_with("<dct:format> \"csv\"")),
            "{lines:#?}"
        );
    }
}

#[test]
fn a_document_that_is_cut_off_gives_its_whole_nodes_and_says_so() {
    let context = json!({"dct": "http://purl.org/dc/terms/"});
    let nodes: Vec<_> = (0..3)
        .map(|n| json!({"@id": format!("https://e.org/{n}"), "dct:title": format!("T{n}")}))
        .collect();
    let text = json!({"@context": context, "@graph": nodes}).to_string();
    let cut = text.find("T2").unwrap();
    let (lines, _, end) = outcome(text.get(..cut).unwrap()).unwrap();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(matches!(end, End::CutOff(_)));
    assert!(outcome("{\"@context\": {").is_err());
    assert!(outcome("3").is_err() && outcome("{]").is_err());
}

/// What is said in a document of which so much is read whole and so much held, without labels of nodes.
fn held(limits: [u64; 2], document: &str) -> Result<(Vec<String>, End), ReadError> {
    let mut index = Index::new(Room::Memory).unwrap();
    index.next_document();
    let base = Some("https://portail.example.org/feed");
    let end = super::read_holding(limits, document.as_bytes(), base, &mut index)?;
    index.settle().unwrap();
    let label = |text: String| {
        if text.starts_with("_:") {
            "_:".to_owned()
        } else {
            text
        }
    };
    let mut lines: Vec<String> = index
        .everything()
        .unwrap()
        .iter()
        .map(|triple| {
            let (subject, object) = (triple.subject.to_string(), triple.object.to_string());
            format!("{} {} {}", label(subject), triple.predicate, label(object))
        })
        .collect();
    lines.sort();
    Ok((lines, end))
}

#[test]
fn what_is_read_item_by_item_says_the_same() {
    let dataset = |number: u32| {
        json!({
            "@id": format!("https://e.org/d{number}"), "@type": "dcat:Dataset", "title": "T",
            "distribution": [{"@type": "dcat:Distribution", "downloadURL": {"@id": "https://e.org/f"}}],
            "publisher": {"@id": "_:editor", "@type": "foaf:Agent", "name": "E"}
        })
    };
    let bad = json!({"@id": "https://e.org/bad", "dct:title": {"@value": ["x", {}]}, "title": "B"});
    let all = [dataset(1), bad, dataset(2), dataset(3)];
    let pod = "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld";
    let dcat = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld";
    for document in [
        json!({"@context": dcat, "@graph": all}),
        json!({"@context": dcat, "@graph": all[0]}),
        json!({"@context": pod, "@id": "https://e.org/c", "@type": "dcat:Catalog", "dataset": [dataset(1), dataset(2)]}),
        json!({"@context": pod, "@type": "dcat:Catalog", "dataset": [dataset(1), dataset(2)], "title": "C"}),
        json!({"@context": dcat, "dcat:dataset": "https://e.org/d1", "@id": "https://e.org/c"}),
        json!([{"@context": dcat, "@id": "https://e.org/a", "title": "A"}, {"@context": pod, "@id": "https://e.org/b", "title": "B"}]),
    ] {
        let text = document.to_string();
        let (mut whole, _) = held([1 << 20, 1 << 20], &text).unwrap();
        let (mut pieces, end) = held([1, 1 << 20], &text).unwrap();
        assert_eq!(end, End::Whole);
        assert!(!whole.is_empty(), "{text}");
        // A catalogue without a name is one node whole, and as often another one in pieces.
        whole.dedup();
        pieces.dedup();
        assert_eq!(pieces, whole, "{text}");
    }
}

#[test]
fn no_more_is_held_than_may_be() {
    let nodes: Vec<_> = (0..100)
        .map(|number| json!({"@id": format!("https://e.org/{number}"), "title": "T"}))
        .collect();
    let context = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld";
    let before = json!({"@context": context, "@graph": nodes}).to_string();
    assert_eq!(held([1, 500], &before).unwrap().0.len(), 100);
    let nodes = serde_json::to_string(&nodes).unwrap();
    let behind = format!("{{\"@graph\": {nodes}, \"@context\": \"{context}\"}}");
    assert_eq!(held([1, 100_000], &behind).unwrap().0.len(), 100);
    let error = held([1, 500], &behind).unwrap_err().to_string();
    assert!(error.contains("too much to hold"), "{error}");
    let cut: String = before.chars().take(before.len() / 2).collect();
    let (lines, end) = held([1, 500], &cut).unwrap();
    assert!(matches!(end, End::CutOff(_)) && lines.len() > 10, "{end:?}");
    assert!(matches!(
        held([1, 500], "{\"@graph\": nothing}"),
        Err(ReadError::NotRdf(_))
    ));
}

#[test]
fn a_base_that_no_iri_can_be_is_no_empty_document() {
    let item = r#"{"@id": "d", "http://purl.org/dc/terms/title": "T"}"#;
    let own =
        format!(r#"{{"@context": {{"@base": "https://e.org/?fq[]=tags|a"}}, "@graph": [{item}]}}"#);
    let mut index = Index::new(Room::Memory).unwrap();
    read(
        own.as_bytes(),
        Syntax::JsonLd,
        None,
        Some("https://e.org/c"),
        &mut index,
    )
    .unwrap();
    index.settle().unwrap();
    assert_eq!(index.count(), 1);
    let mut index = Index::new(Room::Memory).unwrap();
    let end = read(
        item.as_bytes(),
        Syntax::JsonLd,
        None,
        Some("https://e.org/?fq[]=tags"),
        &mut index,
    );
    assert!(matches!(end, Err(ReadError::NotRdf(_))), "{end:?}");
}
