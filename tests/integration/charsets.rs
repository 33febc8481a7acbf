//! Texts in the encodings of Europe, from every kind of portal, rightly and wrongly called: the text comes
//! out, and what had to be guessed for it is a finding.

use axum::Router;
use axum::http::header;
use axum::routing::get;
use encoding_rs::Encoding;
use moisson::config::PortalKind;
use moisson::demo::{SAMPLES, Shown};
use moisson::source::{self, Plan, RawRecord};

use crate::support::crawling::{begin, pages, portal, serve};
use crate::support::with_context;

/// Encodings, and a title that each has.
const TITLES: [(&str, &str); 9] = [
    ("windows-1250", "Główny rejestr „żłobków“"),
    ("windows-1251", "Реестр организаций № 5"),
    ("windows-1253", "Θέσεις στάθμευσης"),
    ("windows-1257", "Žemės ūkio naudmenos"),
    ("iso-8859-2", "Główny rejestr żłobków"),
    ("iso-8859-5", "Реестр организаций"),
    ("iso-8859-7", "Θέσεις στάθμευσης"),
    ("iso-8859-15", "Cœur à 5 €"),
    ("iso-8859-1", "Été à Orléans"),
];

/// A record of a kind that has a title, as JSON or as XML without its declaration.
fn body(kind: PortalKind, title: &str) -> String {
    let mut samples = SAMPLES.iter();
    let sample = samples.find(|sample| sample.kind == kind.name()).unwrap();
    (sample.record)(&Shown {
        key: "1",
        title,
        slug: "jeu",
        files: &[],
    })
}

fn is_xml(kind: PortalKind) -> bool {
    body(kind, "").starts_with('<')
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!lossy, "{label}: {text}");
    bytes.into_owned()
}

/// What a record becomes, and what is told of its encoding.
fn described(kind: PortalKind, record: &RawRecord) -> (String, Vec<String>) {
    let described = with_context("https://portail.example.org/", None, |context| {
        source::describe(kind, record.collection, &record.payload, context).unwrap()
    });
    let triples = described.parts.iter().flat_map(|part| part.graph.triples());
    let text: Vec<_> = triples.map(ToString::to_string).collect();
    let told = described.findings.iter();
    let told = told.filter(|finding| finding.code.as_str() == "text-cleaned");
    let told = told.map(|finding| format!("{} ({})", finding.message, finding.value));
    (text.join("\n"), told.collect())
}

/// The first record of a file.
fn converted(kind: PortalKind, body: &[u8]) -> (String, Vec<String>) {
    let split = (source::of(kind).split)(body, None).unwrap();
    described(kind, &split.records[0])
}

#[test]
fn xml_is_read_in_the_encoding_that_it_declares() {
    for kind in PortalKind::ALL.into_iter().filter(|kind| is_xml(*kind)) {
        for (label, title) in TITLES {
            let xml = body(kind, title);
            let xml = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>\n{xml}");
            let (text, told) = converted(kind, &encoded(label, &xml));
            assert!(text.contains(&format!("\"{title}\"")), "{label}: {text}");
            assert_eq!(told, [""; 0], "{label}");
        }
    }
}

#[test]
fn a_text_that_is_not_what_it_is_said_to_be_is_read_as_what_it_is_and_told() {
    let title = "Été à Orléans";
    for kind in PortalKind::ALL {
        let text = body(kind, title);
        let latin = if is_xml(kind) {
            format!("<?xml version='1.0' encoding='UTF-8'?>{text}")
        } else {
            text.clone()
        };
        let (read, told) = converted(kind, &encoded("iso-8859-1", &latin));
        assert!(read.contains(&format!("\"{title}\"")), "{kind:?}: {read}");
        let why = "bytes that are no UTF-8 were read as Windows-1252 ()";
        assert_eq!(told, [why], "{kind:?}");
        let (read, told) = converted(kind, text.as_bytes());
        assert!(read.contains(&format!("\"{title}\"")), "{kind:?}: {read}");
        assert_eq!(told, [""; 0], "{kind:?}");
        if is_xml(kind) {
            for (label, why) in [
                (
                    "ISO-8859-1",
                    "the document is not in the encoding that it is said to be in",
                ),
                (
                    "klingon",
                    "nothing is known by the name of the document's encoding",
                ),
            ] {
                let xml = format!("<?xml version='1.0' encoding='{label}'?>{text}");
                let (read, told) = converted(kind, xml.as_bytes());
                assert!(read.contains(&format!("\"{title}\"")), "{kind:?}: {read}");
                assert_eq!(told, [format!("read as UTF-8: {why} ({label})")]);
            }
        }
    }
}

#[test]
fn wide_characters_are_read_with_and_without_a_mark() {
    let title = "Θέσεις 😀";
    for kind in PortalKind::ALL {
        for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            for (mark, findings) in [("\u{FEFF}", 0), ("", 1)] {
                let text = format!("{mark}{}", body(kind, title));
                let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
                let (read, told) = converted(kind, &bytes);
                assert!(read.contains(&format!("\"{title}\"")), "{kind:?}: {read}");
                assert_eq!(told.len(), findings, "{kind:?}: {told:?}");
            }
        }
    }
}

#[test]
fn turtle_and_json_ld_are_read_like_the_others() {
    let turtle = "<https://a.example/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"Été\" .";
    let json = r#"{"@id": "https://a.example/1", "@type": "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/title": "Été"}"#;
    for text in [turtle, json] {
        let (read, told) = converted(PortalKind::Dcat, &encoded("iso-8859-1", text));
        assert!(read.contains("\"Été\""), "{read}");
        assert_eq!(told.len(), 1, "{told:?}");
    }
}

/// The first record that a portal gives whose every answer has this type and body.
async fn crawled(
    kind: PortalKind,
    path: &'static str,
    content_type: String,
    body: Vec<u8>,
) -> RawRecord {
    let answer = move || {
        let answer = ([(header::CONTENT_TYPE, content_type.clone())], body.clone());
        async move { answer }
    };
    let routes = Router::new().route(path, get(answer));
    let fake = serve(routes, |_, _| None).await;
    let root = fake.root.join(path.trim_start_matches('/')).unwrap();
    let mut portal = portal(kind.name(), "");
    let root = if kind == PortalKind::Dcat {
        root
    } else {
        fake.root.clone()
    };
    root.as_str().clone_into(&mut portal.url);
    let mut crawl = begin(&portal, root, Plan::Full, None, None).unwrap();
    let pages = pages(&mut crawl).await.unwrap();
    pages
        .into_iter()
        .flat_map(|page| page.records)
        .next()
        .unwrap()
}

#[tokio::test]
async fn what_a_text_was_sent_in_counts() {
    for (label, title) in TITLES {
        let json = format!(
            r#"{{"@id": "https://a.example/1", "@type": "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/title": "{title}"}}"#
        );
        let turtle = format!(
            "<https://a.example/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"{title}\" ."
        );
        for (kind, path, media_type, text) in [
            (PortalKind::Dcat, "/catalog.ttl", "text/turtle", turtle),
            (
                PortalKind::Ods,
                "/api/explore/v2.1/catalog/datasets",
                "application/json",
                {
                    let item = body(PortalKind::Ods, title);
                    format!(r#"{{"total_count": 1, "results": [{item}]}}"#)
                },
            ),
            (
                PortalKind::Dcat,
                "/catalog.jsonld",
                "application/ld+json",
                json,
            ),
        ] {
            let content_type = format!("{media_type}; charset=\"{label}\"");
            let record = crawled(kind, path, content_type, encoded(label, &text)).await;
            let (read, told) = described(kind, &record);
            assert!(
                read.contains(&format!("\"{title}\"")),
                "{label} {path}: {read}"
            );
            assert_eq!(told, [""; 0], "{label} {path}");
        }
    }
    let sent = "text/turtle; charset=iso-8859-1".to_owned();
    let turtle = "<https://a.example/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"Été\" .";
    let record = crawled(PortalKind::Dcat, "/c.ttl", sent, turtle.into()).await;
    let (read, told) = described(PortalKind::Dcat, &record);
    assert!(read.contains("\"Été\""), "{read}");
    assert_eq!(told.len(), 1, "{told:?}");
}
