//! `/openapi.json`: what programs may ask here, as `OpenAPI` 3.1 (<https://spec.openapis.org/oas/v3.1.0>).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::page::english;
use crate::graph::query::ResultsSyntax;
use crate::rdf::syntax::Syntax;
use crate::web::conditional::REVALIDATE;
use crate::web::named::Named;
use crate::web::named::{Parameter, Type};
use crate::web::reply;
use crate::web::sparql::format::has_rows;
use crate::web::state::App;

/// `/openapi.json`.
pub(in crate::web) async fn openapi(State(app): State<Arc<App>>) -> Response {
    let base = app.config.base_uri.as_str().trim_end_matches('/');
    let mut paths = Map::new();
    for (path, item) in fixed() {
        paths.insert(path.to_owned(), item);
    }
    for named in app.queries.all() {
        paths.insert(format!("/queries/{}", named.name), question(named));
    }
    let title = app.config.catalogue.title.best("en");
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A catalogue of open data as DCAT-AP: documents of datasets, the catalogue page by page, SPARQL, and named queries."
        },
        "servers": [{ "url": base }],
        "paths": paths,
        "components": { "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } }
    });
    reply::answer("application/json", REVALIDATE, description.to_string())
}

/// The addresses that every installation has.
fn fixed() -> [(&'static str, Value); 7] {
    let path = |name: &str, title: &str| {
        json!({ "name": name, "in": "path", "required": true, "description": title,
                "schema": { "type": "string" } })
    };
    let query = |name: &str, title: &str| json!({ "name": name, "in": "query", "description": title, "schema": { "type": "string" } });
    let token = json!([{ "token": [] }]);
    [
        (
            "/catalog",
            json!({ "get": {
                "summary": "The catalogue, page by page",
                "operationId": "catalogue",
                "parameters": [
                    query("page", "The page, from 1"), query("page_size", "Datasets of a page"),
                    query("modified_since", "Only what changed since this time"),
                    query("portal", "Only datasets of this portal"),
                    query("publisher", "Only datasets of this publisher, an IRI"),
                    query("theme", "Only datasets of this theme, an IRI or its last part"),
                    query("hvd", "true: only high-value datasets"),
                ],
                "responses": { "200": graphs("A page of the dcat:Catalog"), "406": told("No such syntax") }
            }}),
        ),
        (
            "/dataset/{portal}/{key}",
            json!({ "get": {
                "summary": "A dataset: 303 to the document that fits Accept",
                "operationId": "dataset",
                "parameters": [path("portal", "The portal's id"), path("key", "The dataset's key")],
                "responses": { "303": told("See its document"), "404": told("None such"), "410": told("It was withdrawn") }
            }}),
        ),
        (
            "/resolve",
            json!({ "get": {
                "summary": "The record with an address or identifier of its portal: 303 to its IRI",
                "operationId": "resolve",
                "parameters": [query("uri", "The address or identifier")],
                "responses": { "303": told("See its IRI"), "404": told("None such") }
            }}),
        ),
        (
            "/sparql",
            json!({ "get": {
                "summary": "A query in SPARQL 1.1",
                "operationId": "sparql",
                "parameters": [query("query", "The query"), query("format", "json, csv, tsv, xml, ttl, …")],
                "responses": {
                    "200": rows("The answer"), "400": told("What is wrong with the query"),
                    "429": told("The client has used its query time"), "503": told("A limit was met, or too many wait")
                }
            }}),
        ),
        (
            "/sparql/log/{id}",
            json!({ "get": {
                "summary": "How a query ended, by the Query-Id of its answer",
                "operationId": "ended",
                "parameters": [path("id", "The header Query-Id")],
                "responses": { "200": object("How it ended"), "404": told("None such, or forgotten") }
            }}),
        ),
        (
            "/admin/queries",
            json!({ "get": {
                "summary": "The queries that run, and the slowest that ended",
                "operationId": "running", "security": token.clone(),
                "responses": { "200": object("The queries"), "401": told("The token is missing or wrong") }
            }}),
        ),
        (
            "/admin/queries/{id}",
            json!({ "delete": {
                "summary": "Ends a query",
                "operationId": "kill", "security": token,
                "parameters": [path("id", "Its Query-Id")],
                "responses": { "204": told("It ends"), "401": told("The token is missing or wrong"), "404": told("None such") }
            }}),
        ),
    ]
}

/// One named query.
fn question(named: &Named) -> Value {
    let own = named
        .parameters
        .iter()
        .map(|(name, one)| parameter(name, one));
    let mut parameters: Vec<Value> = own.collect();
    let answer = if has_rows(named.form) {
        for (name, title, most) in [
            ("page", "The page of rows, from 1", u64::from(u32::MAX)),
            ("page_size", "Rows of a page", super::LARGEST),
        ] {
            parameters.push(json!({ "name": name, "in": "query", "description": title,
                "schema": { "type": "integer", "minimum": 1, "maximum": most } }));
        }
        rows("The rows; Link names the pages before and after")
    } else {
        graphs("The graph")
    };
    json!({ "get": {
        "summary": english(&named.title),
        "description": english(&named.description),
        "operationId": named.name,
        "parameters": parameters,
        "responses": { "200": answer, "400": told("A parameter cannot be understood"), "429": told("The client has used its query time") }
    }})
}

fn parameter(name: &str, parameter: &Parameter) -> Value {
    let mut schema = match parameter.r#type {
        Type::Iri => json!({ "type": "string", "format": "iri" }),
        Type::Text => json!({ "type": "string" }),
        Type::Integer => json!({ "type": "integer" }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Date => json!({ "type": "string", "format": "date" }),
    };
    if let Value::Object(schema) = &mut schema {
        if !parameter.choices.is_empty() {
            let choices = parameter.choices.iter().map(|one| one.value.clone());
            schema.insert("enum".to_owned(), choices.collect());
        }
        if let Some(default) = parameter.default() {
            let number = default.parse::<i64>().ok().map(Value::from);
            let number = number.filter(|_| parameter.r#type == Type::Integer);
            schema.insert("default".to_owned(), number.unwrap_or(Value::from(default)));
        }
        for (key, bound) in [("minimum", parameter.least), ("maximum", parameter.most)] {
            if let Some(bound) = bound {
                schema.insert(key.to_owned(), bound.into());
            }
        }
    }
    json!({ "name": name, "in": "query", "required": parameter.is_required(),
            "description": english(&parameter.title), "schema": schema })
}

fn told(description: &str) -> Value {
    json!({ "description": description })
}

fn object(description: &str) -> Value {
    json!({ "description": description,
            "content": { "application/json": { "schema": { "type": "object" } } } })
}

fn rows(description: &str) -> Value {
    content(
        description,
        ResultsSyntax::ALL.iter().map(|one| one.media_type()),
    )
}

fn graphs(description: &str) -> Value {
    content(description, Syntax::ALL.iter().map(|one| one.media_type()))
}

fn content(description: &str, types: impl Iterator<Item = &'static str>) -> Value {
    let content: Map<String, Value> = types.map(|one| (one.to_owned(), json!({}))).collect();
    json!({ "description": description, "content": content })
}
