//! A resource's IRI and its documents: 303 to the one that fits `Accept`, or 410 for what is withdrawn.
//!
//! Cool URIs (<https://www.w3.org/TR/cooluris/>), FAIR Signposting links (<https://signposting.org/FAIR/>).

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::NamedNode;

use super::alias;
use super::conditional::Validators;
use super::document::{self, Links, Scope};
use super::error::WebError;
use super::extract::{Path, Query};
use super::gone::gone;
use super::headers::{insert, vary};
use super::pages::{self, Parameters};
use super::reply::rdf;
use super::representation::Representation;
use super::state::App;
use crate::config::Dereference;
use crate::ledger::{Reader, Resolved, RunRow};
use crate::publish::Manifest;

/// `/{kind}/{portal}/{name}`: the resource, or one of its documents.
pub(super) async fn resource(
    State(app): State<Arc<App>>,
    Path((kind, portal, name)): Path<(String, String, String)>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    answer(
        &app,
        format!("{kind}/{portal}/{name}"),
        parameters,
        &headers,
    )
    .await
}

/// `/portal/{name}`: a portal, or one of its documents.
pub(super) async fn portal(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    answer(&app, format!("portal/{name}"), parameters, &headers).await
}

async fn answer(
    app: &Arc<App>,
    path: String,
    parameters: Parameters,
    headers: &HeaderMap,
) -> Result<Response, WebError> {
    // Keys have no dot, so what follows one is the extension.
    let (resource, extension) = match path.rsplit_once('.') {
        Some((resource, extension)) => (resource.to_owned(), Some(extension.to_owned())),
        None => (path, None),
    };
    let representation = Representation::asked(extension.as_deref(), headers)?;
    let direct = extension.is_some() || app.config.server.dereference == Dereference::Direct;
    let negotiated = extension.is_none();
    if direct && let Some(mut unchanged) = held(app, &resource, representation, headers) {
        if negotiated {
            vary(unchanged.headers_mut(), "Accept");
        }
        return Ok(unchanged);
    }
    let headers = headers.clone();
    let answered = app.read(move |app, reader, manifest| {
        let iri = app.config.base_uri.iri(&resource);
        let found = match reader.resolve(iri.as_str(), manifest.sequence)? {
            Resolved::Unknown => return Err(WebError::NotFound),
            Resolved::Gone {
                iri: record, time, ..
            } => return gone(&iri, &record, time, representation),
            Resolved::Same(same) => {
                let asked = if negotiated {
                    alias::Asked::Resource
                } else {
                    alias::Asked::Document
                };
                let parameters = &parameters;
                return alias::answer(&iri, &same, asked, representation, parameters, &headers);
            }
            Resolved::Live(found) => *found,
        };
        if direct {
            let asked = Asked {
                iri: &iri,
                representation,
                parameters: &parameters,
                headers: &headers,
            };
            document(app, reader, manifest, found, &asked)
        } else {
            let query = parameters.query();
            Ok(see_other(
                app,
                &resource,
                &iri,
                &found.iri,
                representation,
                &query,
            ))
        }
    });
    let mut response = answered.await?;
    if negotiated {
        vary(response.headers_mut(), "Accept");
    }
    Ok(response)
}

/// The answer to a client that has the RDF document which was last given, out of memory.
fn held(
    app: &App,
    resource: &str,
    representation: Representation,
    headers: &HeaderMap,
) -> Option<Response> {
    if representation == Representation::Html || !Validators::asked_by(headers) {
        return None;
    }
    let iri = app.config.base_uri.iri(resource);
    let manifest = app.current()?.manifest;
    unchanged(app, &manifest, &name(&iri, representation), headers)
}

/// The answer to a client that has the representation of this name.
fn unchanged(app: &App, manifest: &Manifest, name: &str, headers: &HeaderMap) -> Option<Response> {
    if !Validators::asked_by(headers) {
        return None;
    }
    let validators = app.known.get(manifest, name)?;
    validators
        .held_by(headers)
        .then(|| validators.not_modified())
}

/// What an RDF document is called in memory.
fn name(iri: &NamedNode, representation: Representation) -> String {
    format!("{}.{}", iri.as_str(), representation.extension())
}

/// What a page is called in memory: it shows more than the publication, its own language and what the
/// portal's last run has found.
fn page_name(app: &App, asked: &Asked<'_>, run: Option<&RunRow>) -> String {
    let language = pages::parameter(app, asked.parameters, asked.headers).tag();
    let run = run.map(|run| (run.id, run.ended));
    format!(
        "{} {language} {run:?}",
        name(asked.iri, asked.representation)
    )
}

/// Whether an IRI is that of a catalogue record, whose page says what it says and not what it is about.
fn is_entry(app: &App, iri: &NamedNode) -> bool {
    let path = app.config.base_uri.path(iri.as_str());
    path.is_some_and(|path| path.starts_with("record/"))
}

/// Leads from a resource to the document about it. A part's page is its record's, at the part.
fn see_other(
    app: &App,
    resource: &str,
    iri: &NamedNode,
    record: &str,
    representation: Representation,
    query: &str,
) -> Response {
    let record_path = app.config.base_uri.path(record).unwrap_or(resource);
    let is_page = representation == Representation::Html;
    let target = if is_page && record != iri.as_str() && !is_entry(app, iri) {
        let key = resource.rsplit('/').next().unwrap_or_default();
        format!("{}{record_path}.html{query}#d-{key}", app.config.base_uri)
    } else {
        // RDF is in every language.
        let query = if representation == Representation::Html {
            query
        } else {
            ""
        };
        let extension = representation.extension();
        format!("{}{resource}.{extension}{query}", app.config.base_uri)
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    insert(response.headers_mut(), header::LOCATION, &target);
    response
}

/// What is asked for of a resource.
struct Asked<'a> {
    iri: &'a NamedNode,
    representation: Representation,
    parameters: &'a Parameters,
    headers: &'a HeaderMap,
}

fn document(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    found: crate::ledger::Description,
    asked: &Asked<'_>,
) -> Result<Response, WebError> {
    let (run, name) = match asked.representation {
        Representation::Html => {
            let run = reader.runs(Some(&found.id.portal), 1)?.pop();
            let name = page_name(app, asked, run.as_ref());
            if let Some(mut unchanged) = unchanged(app, manifest, &name, asked.headers) {
                vary(unchanged.headers_mut(), "Accept-Language");
                return Ok(unchanged);
            }
            (run, name)
        }
        Representation::Rdf(_) => (None, name(asked.iri, asked.representation)),
    };
    let is_entry = is_entry(app, asked.iri);
    let scope = match asked.representation {
        Representation::Html if is_entry => Scope::Catalogue,
        Representation::Html => Scope::Records,
        Representation::Rdf(syntax) if syntax.has_graphs() => Scope::Graphs,
        Representation::Rdf(_) => Scope::Catalogue,
    };
    let at = manifest.sequence;
    let mut document = document::compose(app, reader, found, at, Links::All, scope)?;
    let mut inputs = std::mem::take(&mut document.inputs);
    inputs.add(asked.representation.extension());
    if scope != Scope::Catalogue {
        for (digest, time) in &document.measured {
            inputs.add(digest.as_bytes());
            inputs.changed(*time);
        }
    }
    let page = match asked.representation {
        Representation::Html if is_entry => {
            let entry = (asked.iri, document.quads.as_slice());
            Some(pages::entry(
                app,
                manifest,
                entry,
                asked.parameters,
                asked.headers,
            )?)
        }
        Representation::Html => Some(pages::resource(
            app,
            reader,
            manifest,
            &document,
            asked.parameters,
            asked.headers,
        )?),
        Representation::Rdf(_) => None,
    };
    if let Some(page) = &page {
        page.depends(&mut inputs, manifest);
        inputs.changed(run.map(|run| run.ended.unwrap_or(run.started)));
    }
    let validators = inputs.finish();
    app.known.keep(manifest, name, &validators);
    let mut response = match (asked.representation, page) {
        (Representation::Rdf(_), _) if validators.held_by(asked.headers) => {
            return Ok(validators.not_modified());
        }
        (Representation::Rdf(syntax), _) => {
            validators.answer(asked.headers, || rdf(syntax, &document.quads))?
        }
        (Representation::Html, Some(page)) => page.answer(&validators, asked.headers),
        (Representation::Html, None) => return Err(WebError::NotFound),
    };
    links(app, &document, asked, response.headers_mut());
    Ok(response)
}

/// FAIR Signposting: the resource that the document is about, and its other representations.
fn links(app: &App, document: &document::Document, asked: &Asked<'_>, headers: &mut HeaderMap) {
    let iri = asked.iri.as_str();
    let html = asked.representation == Representation::Html;
    let mut link = |target: &str, rel: &str, media_type: Option<&str>| {
        let kind = media_type.map_or(String::new(), |media_type| {
            format!("; type=\"{media_type}\"")
        });
        if let Ok(value) = HeaderValue::from_str(&format!("<{target}>; rel=\"{rel}\"{kind}")) {
            headers.append(header::LINK, value);
        }
    };
    for other in Representation::all().filter(|other| *other != asked.representation) {
        let rel = if html { "describedby" } else { "alternate" };
        let rel = if other == Representation::Html {
            "alternate"
        } else {
            rel
        };
        link(
            &format!("{iri}.{}", other.extension()),
            rel,
            Some(other.media_type()),
        );
    }
    if html {
        link(iri, "cite-as", None);
        link("https://schema.org/AboutPage", "type", None);
        if document.description.id.kind == crate::record::Kind::Dataset {
            link("https://schema.org/Dataset", "type", None);
        }
    } else {
        link(iri, "describes", None);
    }
    if let Some(licence) = app.config.catalogue.licence.as_deref() {
        let concept = app
            .vocabularies
            .align(crate::vocabulary::Alignment::Licence, licence);
        link(
            concept.map_or(licence, |concept| concept.as_str()),
            "license",
            None,
        );
    }
}
