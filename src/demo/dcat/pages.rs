//! The pages of the sample feed, in any syntax.

use std::fmt::Write as _;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser, RdfSerializer};
use serde::Deserialize;

use super::SampleData;

/// Entries a page: ckanext-dcat has 100, and a sample is small.
const PAGE: usize = 10;

#[derive(Deserialize)]
pub(super) struct Asked {
    page: Option<String>,
}

/// A page of the catalogue.
pub(super) async fn catalogue(
    State(data): State<SampleData>,
    Path(file): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Some(extension) = file.strip_prefix("catalog.") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let number = match asked.page.as_deref().unwrap_or("1").parse::<usize>() {
        Ok(number) if number > 0 => number,
        // What the software itself answers.
        _ => return (StatusCode::CONFLICT, "page must be a positive integer").into_response(),
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost");
    let address = format!("http://{host}/catalog.{extension}");
    let count = data.entries.len();
    let last = count.div_ceil(PAGE).max(1);
    let entries: Vec<&String> = data
        .entries
        .iter()
        .skip((number - 1) * PAGE)
        .take(PAGE)
        .collect();
    let mut text = document(&data, &entries);
    let link = |page: usize| format!("\"{address}?page={page}\"");
    let _ = write!(
        text,
        "<{address}?page={number}> a hydra:PagedCollection ;\n    hydra:firstPage {} ;\n    hydra:lastPage {} ;\n",
        link(1),
        link(last)
    );
    if number < last {
        let _ = writeln!(text, "    hydra:nextPage {} ;", link(number + 1));
    }
    if number > 1 {
        let _ = writeln!(text, "    hydra:previousPage {} ;", link(number - 1));
    }
    let _ = writeln!(
        text,
        "    hydra:itemsPerPage {PAGE} ;\n    hydra:totalItems {count} ."
    );
    match extension {
        "ttl" => turtle("text/turtle", text),
        "n3" => turtle("text/n3", text),
        "rdf" | "xml" => other(&text, RdfFormat::RdfXml, "application/rdf+xml"),
        "nt" => other(&text, RdfFormat::NTriples, "application/n-triples"),
        "jsonld" => {
            let format = RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            };
            other(&text, format, "application/ld+json")
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The whole catalogue, as a plain web server has it.
pub(super) async fn whole(State(data): State<SampleData>, headers: HeaderMap) -> Response {
    let entries: Vec<&String> = data.entries.iter().collect();
    let text = document(&data, &entries);
    let tag = format!("\"{:x}-{:x}\"", data.entries.len(), text.len());
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok());
    if known == Some(tag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let mut answer = turtle("text/turtle", text);
    if let Ok(tag) = tag.parse() {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}

/// Declarations, catalogue, entries.
fn document(data: &SampleData, entries: &[&String]) -> String {
    let mut text = format!("{}\n{}\n", data.prefixes, data.catalogue);
    for entry in entries {
        for line in entry.lines() {
            let listed = |class: &str| line.starts_with('<') && line.contains(class);
            let name = line.split(' ').next().unwrap_or_default();
            for (class, property) in [
                ("> a dcat:DatasetSeries", "dcat:dataset"),
                ("> a dcat:Dataset ", "dcat:dataset"),
                ("> a dcat:DataService ", "dcat:service"),
            ] {
                if listed(class) {
                    let _ = writeln!(
                        text,
                        "<https://data.val-armance.example/catalogue> {property} {name} ."
                    );
                }
            }
        }
        text.push_str(entry);
        text.push('\n');
    }
    text
}

fn turtle(content_type: &'static str, text: String) -> Response {
    let content_type = format!("{content_type}; charset=utf-8");
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}

fn other(text: &str, format: RdfFormat, content_type: &'static str) -> Response {
    let quads = RdfParser::from_format(RdfFormat::Turtle)
        .lenient()
        .for_slice(text);
    let mut serializer = RdfSerializer::from_format(format).for_writer(Vec::new());
    for quad in quads.flatten() {
        let _ = serializer.serialize_quad(&quad);
    }
    match serializer.finish() {
        Ok(body) => ([(header::CONTENT_TYPE, content_type)], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
