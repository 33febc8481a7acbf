//! The pages: gathers from the ledger what the templates of [`super::html`] show.

mod harvest;
mod list;
mod listing;
mod one;
mod related;

use axum::http::{HeaderMap, header};
use axum::response::Response;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use serde::Deserialize;
use url::form_urlencoded;

use super::conditional::{Inputs, REVALIDATE, Validators};
use super::error::WebError;
use super::headers::vary;
use super::html::{
    self, Document, ErrorPage, Fragment, FramedPage, GraphPage, Language, Page, Problem, Site,
    TriplesPage,
};
use super::negotiate;
use super::reply;
use super::state::App;
use crate::config::{Config, Localised};
use crate::dcat::view::Texts;
use crate::graph::named::{NamedGraph, Said};
use crate::publish::Manifest;
use crate::rdf::syntax::Syntax;
use crate::vocabulary::{Alignment, Vocabularies};

pub(super) use harvest::{RECORDS as HARVEST_RECORDS, harvest, harvests, status};
pub(super) use list::{
    Asked as ListAsked, Found, PAGE_SIZE as LIST_SIZE, address as list_address, list,
};
pub(super) use listing::{catalogue, home};
pub(super) use one::resource;

/// What the address of a page may say.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Parameters {
    /// The language of the page.
    pub(super) lang: Option<String>,
}

impl Parameters {
    /// The query of the address of a page in the same language; empty where none was asked for.
    pub(super) fn query(&self) -> String {
        let language = self.lang.as_deref().and_then(Language::known);
        language.map_or(String::new(), |language| {
            format!("?lang={}", language.tag())
        })
    }
}

/// A page, ready to be sent.
pub(super) struct Rendered {
    /// The HTML.
    pub(super) body: String,
    language: Language,
}

impl Rendered {
    /// Adds what the page depends on: all that it shows. Every page shows the publication, and pages of
    /// lists what is listed, so that none is older than the publication.
    pub(super) fn depends(&self, inputs: &mut Inputs, manifest: &Manifest) {
        inputs.add(&self.body);
        inputs.changed(Some(manifest.time));
    }

    /// The page, or nothing for a client that has it.
    pub(super) fn answer(self, validators: &Validators, request: &HeaderMap) -> Response {
        let mut response = if validators.held_by(request) {
            validators.not_modified()
        } else {
            let mut response = reply::page(self.language, REVALIDATE, self.body);
            validators.write(response.headers_mut());
            response
        };
        vary(response.headers_mut(), "Accept-Language");
        response
    }
}

/// What every page of one answer has in common.
struct Frame {
    titles: Texts,
    language: Language,
    licence: Option<String>,
    published: Option<String>,
    sequence: Option<u64>,
}

impl Frame {
    fn new(app: &App, manifest: Option<&Manifest>, language: Language) -> Self {
        let published = manifest.and_then(|manifest| crate::graph::date_time(manifest.time));
        Self {
            titles: texts(&app.config.catalogue.title),
            language,
            licence: licence(&app.config, app.vocabularies),
            published: published.map(|time| time.value().to_owned()),
            sequence: manifest.map(|manifest| manifest.sequence),
        }
    }

    fn page<'a>(&'a self, app: &'a App) -> Page<'a> {
        let site = Site {
            base: &app.config.base_uri,
            titles: &self.titles,
            vocabularies: app.vocabularies,
            licence: self.licence.as_deref(),
            sequence: self.sequence,
            published: self.published.as_deref(),
        };
        Page::new(site, self.language)
    }

    fn rendered(&self, body: String) -> Rendered {
        Rendered {
            body,
            language: self.language,
        }
    }
}

/// A page around content that has a form or an answer of the endpoint.
pub(super) fn framed(
    app: &App,
    language: Language,
    title: &str,
    content: &Fragment,
) -> Result<String, askama::Error> {
    let frame = Frame::new(app, None, language);
    html::written(&FramedPage {
        page: frame.page(app),
        title,
        style: "sparql/page.css",
        script: "sparql/page.js",
        content,
    })
}

/// The licence of the metadata: a concept where the vocabulary knows it, else as configured.
fn licence(config: &Config, vocabularies: &Vocabularies) -> Option<String> {
    let licence = config.catalogue.licence.clone()?;
    let concept = vocabularies.align(Alignment::Licence, &licence);
    Some(concept.map_or(licence.clone(), |concept| concept.as_str().to_owned()))
}

/// A text of the configuration in its languages.
fn texts(value: &Localised) -> Texts {
    value
        .texts()
        .into_iter()
        .map(|(language, text)| (language.unwrap_or_default().to_owned(), text.to_owned()))
        .collect()
}

/// The language of a page: `lang=`, else `Accept-Language`, else the configuration's first.
fn chosen(app: &App, lang: Option<&str>, headers: &HeaderMap) -> Language {
    let available: Vec<String> = app
        .config
        .languages
        .iter()
        .filter(|tag| Language::known(tag).is_some())
        .cloned()
        .collect();
    if let Some(language) = lang.and_then(Language::known) {
        return language;
    }
    let header = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let position = negotiate::language(header, &available);
    available
        .get(position)
        .map_or(Language::Fr, |tag| Language::of(tag))
}

/// The language that a request asks for.
pub(super) fn language(app: &App, query: Option<&str>, headers: &HeaderMap) -> Language {
    let lang = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "lang")
        .map(|(_, value)| value.into_owned());
    chosen(app, lang.as_deref(), headers)
}

/// The language of a page, as its address or the client asks for it.
pub(super) fn parameter(app: &App, parameters: &Parameters, headers: &HeaderMap) -> Language {
    chosen(app, parameters.lang.as_deref(), headers)
}

/// The address of a page in every language: `address` with `lang` set, whatever it says of that.
fn languages(address: &str) -> Vec<(Language, String)> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let of = |language: Language| {
        let mut own = form_urlencoded::Serializer::new(String::new());
        own.extend_pairs(
            form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "lang"),
        );
        own.append_pair("lang", language.tag());
        (language, format!("{path}?{}", own.finish()))
    };
    Language::ALL.into_iter().map(of).collect()
}

/// The page of terms that are defined under the base, as fragments of `path`.
pub(super) fn terms(
    app: &App,
    path: &str,
    triples: &[Triple],
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let current = app.current();
    let manifest = current.as_ref().map(|current| &current.manifest);
    let frame = Frame::new(app, manifest, parameter(app, parameters, headers));
    let iri = format!("{}{path}", app.config.base_uri);
    let mut page = frame.page(app);
    page.documents = Document::of_path(path, &app.config.base_uri);
    page.languages = languages(&format!("{iri}.html"));
    Ok(frame.rendered(html::written(&TriplesPage {
        page,
        subject: &iri,
        triples,
    })?))
}

/// The page of a catalogue record, of what `quads` say of it and of the nodes without a name that it leads to.
pub(super) fn entry(
    app: &App,
    manifest: &Manifest,
    (iri, quads): (&NamedNode, &[Quad]),
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let mut subjects = vec![NamedOrBlankNode::from(iri.clone())];
    let mut triples = Vec::new();
    let mut next = 0;
    while let Some(subject) = subjects.get(next).cloned() {
        next += 1;
        for quad in quads.iter().filter(|quad| quad.subject == subject) {
            if let Term::BlankNode(node) = &quad.object
                && !subjects.contains(&node.clone().into())
            {
                subjects.push(node.clone().into());
            }
            triples.push(Triple::from(quad.clone()));
        }
    }
    let base = &app.config.base_uri;
    let mut page = frame.page(app);
    page.iri = Some(iri.as_str().to_owned());
    page.documents = Document::of_path(base.path(iri.as_str()).unwrap_or_default(), base);
    page.languages = languages(&format!("{}.html", iri.as_str()));
    Ok(frame.rendered(html::written(&TriplesPage {
        page,
        subject: iri.as_str(),
        triples: &triples,
    })?))
}

/// The page of a named graph of the endpoint.
pub(super) fn graph(
    app: &App,
    manifest: &Manifest,
    graph: &NamedGraph,
    triples: Option<u64>,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let language = parameter(app, parameters, headers);
    let frame = Frame::new(app, Some(manifest), language);
    let base = &app.config.base_uri;
    let iri = base.graph(graph.name).into_string();
    let mut page = frame.page(app);
    page.documents = Document::of_path(&format!("graph/{}", graph.name), base);
    page.languages = languages(&format!("{iri}.html"));
    let query = format!(
        "SELECT * {{\n  GRAPH <{iri}> {{\n    {}\n  }}\n}} LIMIT 20",
        graph.pattern
    );
    page.iri = Some(iri);
    let said = |text: Said| language.either(text.french, text.english);
    Ok(frame.rendered(html::written(&GraphPage {
        page,
        title: said(graph.title),
        description: said(graph.description),
        triples,
        query: &query,
    })?))
}

/// The page of an error; none of what only programs meet.
pub(super) fn error(
    app: &App,
    error: &WebError,
    language: Language,
) -> Result<Option<String>, askama::Error> {
    let current = app.current();
    let frame = Frame::new(
        app,
        current.as_ref().map(|current| &current.manifest),
        language,
    );
    let documents: Vec<Document> = Syntax::ALL
        .into_iter()
        .map(|syntax| Document {
            syntax,
            href: format!("{}catalog.{}", app.config.base_uri, syntax.extension()),
        })
        .collect();
    let problem = match error {
        WebError::BadRequest(message) | WebError::Protocol(message) => Problem::BadRequest(message),
        WebError::NotFound => Problem::NotFound,
        WebError::NotAcceptable(_) => Problem::NotAcceptable(&documents),
        WebError::Gone { time, .. } => Problem::Gone(time.as_deref()),
        WebError::Unpublished | WebError::Busy => Problem::Unavailable,
        WebError::Internal(_) => Problem::Internal,
        WebError::MediaType(_)
        | WebError::TooLarge(_)
        | WebError::TooSlow
        | WebError::Unauthorized
        | WebError::Method(_)
        | WebError::Query(_) => {
            return Ok(None);
        }
    };
    let page = frame.page(app);
    html::written(&ErrorPage { page, problem }).map(Some)
}
