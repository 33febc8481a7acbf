//! A page of a list for programs: a Hydra collection (<https://www.hydra-cg.com/spec/latest/core/>) with the
//! classes, names and dates of its members, or the same as JSON.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use axum::response::Response;
use oxigraph::model::{
    GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple,
};
use serde::Serialize;

use crate::ledger::Reader;
use crate::publish::Manifest;
use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::{dct, foaf, hydra, rdf as rdfns, rdfs, vcard, xsd};
use crate::web::conditional::Inputs;
use crate::web::document::summary;
use crate::web::error::WebError;
use crate::web::harvests;
use crate::web::pages::{Found, LIST_SIZE, ListAsked, list_address};
use crate::web::reply;
use crate::web::state::App;

/// What a record is called.
const NAMES: [NamedNodeRef<'static>; 4] = [dct::TITLE, foaf::NAME, vcard::FN, rdfs::LABEL];

/// The pages around one.
struct Paging {
    collection: String,
    this: String,
    first: String,
    previous: Option<String>,
    next: Option<String>,
    last: String,
}

impl Paging {
    /// The paging of a list; with an extension for a page that was asked for by one format alone.
    fn of(app: &App, asked: &ListAsked, found: &Found, extension: Option<&str>) -> Self {
        let (number, pages) = (asked.page, found.pages());
        let link = |page| list_address(app, asked, extension, page);
        let numbered = |page: u64| match page {
            // The address of the list itself names the collection.
            1 => {
                let list = link(1);
                let mark = if list.contains('?') { '&' } else { '?' };
                format!("{list}{mark}page=1")
            }
            page => link(page),
        };
        Self {
            collection: list_address(app, asked, None, 1),
            this: numbered(number),
            first: numbered(1),
            previous: (number > 1).then(|| numbered(number - 1)),
            next: (number < pages).then(|| numbered(number + 1)),
            last: numbered(pages),
        }
    }
}

/// A member of a list, with what is said of it there.
struct Member {
    iri: NamedNode,
    said: Vec<Triple>,
}

fn member(reader: &Reader, record: &crate::ledger::Description) -> Result<Member, WebError> {
    let iri = NamedNode::new(record.iri.as_str()).map_err(WebError::internal)?;
    let itself = NamedOrBlankNode::from(iri.clone());
    let mut said = summary(reader, record)?;
    said.retain(|triple| {
        let property = triple.predicate.as_ref();
        let is_shown =
            property == rdfns::TYPE || property == dct::MODIFIED || NAMES.contains(&property);
        triple.subject == itself && is_shown && !triple.object.is_blank_node()
    });
    Ok(Member { iri, said })
}

/// The page in an RDF syntax.
pub(super) fn rdf(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    asked: &ListAsked,
    syntax: Syntax,
    headers: &HeaderMap,
) -> Result<Response, WebError> {
    let found = Found::of(reader, asked, manifest.sequence)?;
    let paging = Paging::of(app, asked, &found, None);
    let (mut quads, mut members) = (Vec::new(), Vec::new());
    let mut say = |subject: &NamedNode, property: NamedNodeRef<'_>, value: Term| {
        quads.push(Quad::new(
            subject.clone(),
            property,
            value,
            GraphName::DefaultGraph,
        ));
    };
    let node = |iri: &str| NamedNode::new(iri).map_err(WebError::internal);
    let number =
        |number: u64| Term::from(Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    let (list, view) = (node(&paging.collection)?, node(&paging.this)?);
    say(&list, rdfns::TYPE, hydra::COLLECTION.into());
    say(&list, hydra::TOTAL_ITEMS, number(found.total));
    say(&list, hydra::VIEW, view.clone().into());
    say(&view, rdfns::TYPE, hydra::PARTIAL_COLLECTION_VIEW.into());
    say(&view, hydra::ITEMS_PER_PAGE, number(LIST_SIZE));
    for (property, page) in [
        (hydra::FIRST, Some(&paging.first)),
        (hydra::PREVIOUS, paging.previous.as_ref()),
        (hydra::NEXT, paging.next.as_ref()),
        (hydra::LAST, Some(&paging.last)),
    ] {
        if let Some(page) = page {
            say(&view, property, node(page)?.into());
        }
    }
    for record in &found.records {
        let Member { iri, said } = member(reader, record)?;
        say(&list, hydra::MEMBER, iri.into());
        members.extend(
            said.into_iter()
                .map(|triple| triple.in_graph(GraphName::DefaultGraph)),
        );
    }
    quads.extend(members);
    let mut inputs = Inputs::default();
    inputs.add(syntax.extension());
    inputs.changed(Some(manifest.time));
    for quad in &quads {
        inputs.add(quad.to_string());
    }
    inputs
        .finish()
        .answer(headers, || reply::rdf(syntax, &quads))
}

/// A page as JSON.
#[derive(Serialize)]
struct Listing {
    list: String,
    total: u64,
    page: u64,
    pages: u64,
    items_per_page: u64,
    first: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    last: String,
    items: Vec<Item>,
}

/// A record as JSON.
#[derive(Serialize)]
struct Item {
    iri: String,
    /// Its names by language tag; `und` where none is stated.
    names: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

impl From<Member> for Item {
    fn from(member: Member) -> Self {
        let (mut names, mut modified) = (BTreeMap::new(), None);
        for triple in member.said {
            let Term::Literal(value) = &triple.object else {
                continue;
            };
            if triple.predicate == dct::MODIFIED {
                modified = modified.max(Some(value.value().to_owned()));
            } else {
                let language = value.language().unwrap_or("und").to_owned();
                names
                    .entry(language)
                    .or_insert_with(|| value.value().to_owned());
            }
        }
        Self {
            iri: member.iri.into_string(),
            names,
            modified,
        }
    }
}

/// The page as JSON.
pub(super) fn json(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    asked: &ListAsked,
    headers: &HeaderMap,
) -> Result<Response, WebError> {
    let found = Found::of(reader, asked, manifest.sequence)?;
    let paging = Paging::of(app, asked, &found, Some("json"));
    let items = found
        .records
        .iter()
        .map(|record| Ok(member(reader, record)?.into()));
    let page = Listing {
        list: paging.collection,
        total: found.total,
        page: asked.page,
        pages: found.pages(),
        items_per_page: LIST_SIZE,
        first: paging.first,
        previous: paging.previous,
        next: paging.next,
        last: paging.last,
        items: items.collect::<Result<_, WebError>>()?,
    };
    harvests::json(&page, headers)
}
