//! The query part of the W3C's protocol suite, where `MOISSON_SHARED` has it.

use super::*;
use crate::support::shared;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

/// Requests in the order of the manifest. Requests that come in sequences are of updates only.
const REQUESTS: &str = "
    PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
    PREFIX ht: <http://www.w3.org/2011/http#>
    PREFIX cnt: <http://www.w3.org/2011/content#>
    SELECT ?test ?path ?method ?body ?encoding ?type ?status ?boolean ?format WHERE {
        ?test mf:action/ht:requests/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ?request .
        ?request ht:absolutePath ?path ; ht:methodName ?method ; ht:resp ?response .
        ?response mf:expectedStatus ?status .
        OPTIONAL { ?request ht:body [ cnt:chars ?body ; cnt:characterEncoding ?encoding ] }
        OPTIONAL { ?request ht:headers/<http://www.w3.org/1999/02/22-rdf-syntax-ns#first> [ ht:fieldValue ?type ] }
        OPTIONAL { ?response mf:expectedBoolean ?boolean }
        OPTIONAL { ?response mf:expectedFormat ?format }
        FILTER (CONTAINS(STR(?test), \"query\") || CONTAINS(STR(?test), \"queries\"))
        FILTER (STR(?status) != \"http://www.w3.org/2011/http-statusCodes#StatusCode3xx\")
    }";

fn manifest(folder: &Path) -> Store {
    let store = Store::new().unwrap();
    let parser = RdfParser::from_format(RdfFormat::Turtle)
        .with_base_iri("http://suite/")
        .unwrap();
    let file = std::fs::File::open(folder.join("manifest.ttl")).unwrap();
    store.load_from_reader(parser, file).unwrap();
    store
}

fn data(folder: &Path) -> Vec<Quad> {
    let mut quads = Vec::new();
    for n in 1..=3 {
        let name =
            NamedNode::new(format!("http://kasei.us/2009/09/sparql/data/data{n}.rdf")).unwrap();
        let text = std::fs::read(folder.join(format!("data{n}.nt"))).unwrap();
        for quad in RdfParser::from_format(RdfFormat::NTriples).for_slice(&text) {
            quads.push(Quad {
                graph_name: name.clone().into(),
                ..quad.unwrap()
            });
        }
    }
    quads
}

#[tokio::test]
async fn the_protocol_suite_is_passed() {
    let Some(folder) = shared::folder("suites/w3c-sparql-protocol") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("manifest.ttl")).unwrap();
    let tests = text.lines().filter(|line| line.contains("mf:ProtocolTest"));
    let queries = tests.filter(|line| !line.contains("update")).count();
    let manifest = manifest(&folder);
    let endpoint = Endpoint::with(data(&folder), |_| {});
    let results = SparqlEvaluator::new()
        .parse_query(REQUESTS)
        .unwrap()
        .on_store(&manifest)
        .execute()
        .unwrap();
    let QueryResults::Solutions(rows) = results else {
        panic!("not a SELECT")
    };
    let mut passed = 0;
    let mut failed = Vec::new();
    for row in rows {
        let row = row.unwrap();
        let text = |name: &str| {
            row.get(name).map(|term| match term {
                oxigraph::model::Term::Literal(literal) => literal.value().to_owned(),
                other => other.to_string(),
            })
        };
        let (name, path) = (
            text("test").unwrap(),
            text("path").unwrap().replace("/sparql/", "/sparql"),
        );
        let mut request = Request::builder()
            .method(text("method").unwrap().as_str())
            .uri(path);
        if let Some(content_type) = text("type") {
            request = request.header("content-type", content_type);
        }
        let body = text("body").unwrap_or_default();
        let body = if text("encoding").as_deref() == Some("UTF-16") {
            body.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            body.into_bytes()
        };
        let answer = endpoint.send(request.body(Body::from(body)).unwrap()).await;
        let expected = if text("status").unwrap().contains("4xx") {
            4
        } else {
            2
        };
        let content_type = answer.header("content-type").to_owned();
        let fits = match text("format").as_deref() {
            Some("boolean" | "tabular") => content_type.contains("sparql-results"),
            Some("RDF") => content_type.contains("turtle"),
            _ => true,
        };
        let value =
            text("boolean").is_none_or(|value| answer.body.as_ref().unwrap().contains(&value));
        if answer.status.as_u16() / 100 == expected && fits && value {
            passed += 1;
        } else {
            failed.push(format!("{name}: {} {:?}", answer.status, answer.body));
        }
    }
    assert_eq!(failed, [] as [String; 0]);
    assert_eq!(passed, queries, "every query test of the manifest");
}
