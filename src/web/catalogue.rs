//! `/catalog`: the dcat:Catalog with its datasets in the order of their IRIs, paged with Hydra
//! (<https://www.hydra-cg.com/spec/latest/core/>).
//!
//! Every link carries the sequence it was made at, so a harvester that follows them sees one state of
//! the catalogue whatever is published meanwhile: never a short page, never a moving sort.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term, Triple};
use serde::Deserialize;
use url::form_urlencoded;

use super::conditional::Inputs;
use super::dereference::{Parameters, Representation, rdf};
use super::document::{self, Links};
use super::error::WebError;
use super::pages;
use super::state::App;
use crate::graph::date_time;
use crate::ledger::{Description, Filter, Page, Position, Reader, Resolved};
use crate::publish::Manifest;
use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::{dcat, dct, hydra, rdf as rdfns, xsd};
use crate::record::{Kind, PortalId, Set};
use crate::vocabulary::Alignment;

/// Datasets on a page, when the client does not say.
const PAGE_SIZE: u64 = 100;
/// The most datasets on a page.
const LARGEST: u64 = 1000;

/// The parameters of `/catalog`. Unknown ones are refused: a filter that is silently ignored would give
/// a wrong catalogue.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Query_ {
    page: Option<u64>,
    page_size: Option<u64>,
    at: Option<u64>,
    portal: Option<String>,
    publisher: Option<String>,
    theme: Option<String>,
    hvd: Option<bool>,
    modified_since: Option<String>,
    paging: Option<String>,
    links: Option<String>,
    lang: Option<String>,
}

/// How pages are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    /// `hydra:PartialCollectionView`, the current one.
    View,
    /// `hydra:PagedCollection`, which older harvesters read.
    Paged,
}

/// A request for a page, understood.
pub(super) struct Asked {
    /// The parameters as given.
    given: Query_,
    filter: Filter,
    page: u64,
    page_size: u64,
    dialect: Dialect,
    links: Links,
    /// The name under which the page was asked for: `catalog` or `catalog.ttl`.
    name: String,
}

/// `/catalog`.
pub(super) async fn negotiated(
    State(app): State<Arc<App>>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let representation = Representation::choose(&headers, Syntax::RdfXml)?;
    let mut response = answer(&app, query, "catalog".to_owned(), representation, headers).await?;
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// `/catalog.{ext}`.
pub(super) async fn named(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Query(query): Query<Query_>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let extension = name.strip_prefix("catalog.").ok_or(WebError::NotFound)?;
    let representation = Representation::from_extension(extension).ok_or(WebError::NotFound)?;
    answer(&app, query, name, representation, headers).await
}

/// `/`: the home page, or the catalogue as RDF.
pub(super) async fn home(
    State(app): State<Arc<App>>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let representation = Representation::choose(&headers, Syntax::Turtle)?;
    let mut response = if representation == Representation::Html {
        let headers = headers.clone();
        app.read(move |app, reader, manifest| {
            let page = pages::home(app, reader, manifest, &parameters, &headers)?;
            let mut inputs = Inputs::default();
            inputs.add(&page.body);
            let validators = inputs.finish();
            if validators.held_by(&headers) {
                return Ok(validators.not_modified());
            }
            let mut response = page.into_response();
            validators.write(response.headers_mut());
            Ok(response)
        })
        .await?
    } else {
        answer(
            &app,
            Query_::default(),
            "catalog".to_owned(),
            representation,
            headers,
        )
        .await?
    };
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

async fn answer(
    app: &Arc<App>,
    query: Query_,
    name: String,
    representation: Representation,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    app.read(move |app, reader, manifest| {
        let asked = understand(app, query, name)?;
        let at = at(&asked, manifest)?;
        let offset = (asked.page - 1).saturating_mul(asked.page_size);
        let listed = reader.page(&asked.filter, Position::Offset(offset), asked.page_size, at)?;
        if asked.page > 1 && listed.records.is_empty() {
            return Err(WebError::NotFound);
        }
        let mut inputs = Inputs::default();
        inputs.add(at.to_le_bytes());
        inputs.add(manifest.release.as_bytes());
        inputs.add(representation.extension());
        inputs.add(asked.link(app, asked.page, at));
        inputs.changed(reader.time_of(at)?);
        if representation == Representation::Html {
            let parameters = Parameters {
                lang: asked.given.lang.clone(),
            };
            let page = pages::catalogue(
                app,
                reader,
                manifest,
                &asked,
                at,
                &listed,
                &parameters,
                &headers,
            )?;
            inputs.add(&page.body);
            let validators = inputs.finish();
            if validators.held_by(&headers) {
                return Ok(validators.not_modified());
            }
            let mut response = page.into_response();
            validators.write(response.headers_mut());
            return Ok(response);
        }
        let validators = inputs.finish();
        if validators.held_by(&headers) {
            return Ok(validators.not_modified());
        }
        let Representation::Rdf(syntax) = representation else {
            return Err(WebError::NotFound);
        };
        let mut response = rdf(syntax, &quads(app, reader, &asked, &listed, at)?)?;
        validators.write(response.headers_mut());
        asked.http_links(app, &listed, at, response.headers_mut());
        Ok(response)
    })
    .await
}

fn understand(app: &App, given: Query_, name: String) -> Result<Asked, WebError> {
    let bad = |message: &str| WebError::BadRequest(message.to_owned());
    let page = given.page.unwrap_or(1);
    let page_size = given.page_size.unwrap_or(PAGE_SIZE);
    if page == 0 || page_size == 0 || page_size > LARGEST {
        return Err(bad("`page` starts at 1, `page_size` is 1 to 1000"));
    }
    let dialect = match given.paging.as_deref() {
        None | Some("partial-collection-view") => Dialect::View,
        Some("paged-collection") => Dialect::Paged,
        Some(_) => {
            return Err(bad(
                "`paging` is `partial-collection-view` or `paged-collection`",
            ));
        }
    };
    let links = match given.links.as_deref() {
        None => Links::WithinDataset,
        Some("all") => Links::All,
        Some(_) => return Err(bad("`links` is `all` or left out")),
    };
    let mut filter = Filter {
        kind: Some(Kind::Dataset),
        ..Filter::default()
    };
    if let Some(portal) = &given.portal {
        filter.portal =
            Some(PortalId::new(portal).map_err(|error| WebError::BadRequest(error.to_string()))?);
    }
    if let Some(publisher) = &given.publisher {
        filter.sets.push((Set::Publisher, Some(publisher.clone())));
    }
    if let Some(theme) = &given.theme {
        let concept = app
            .vocabularies
            .align(Alignment::Theme, theme)
            .map(|concept| concept.as_str().to_owned());
        filter
            .sets
            .push((Set::Theme, Some(concept.unwrap_or_else(|| theme.clone()))));
    }
    if given.hvd == Some(true) {
        filter.sets.push((Set::Hvd, None));
    }
    if let Some(since) = &given.modified_since {
        filter.modified_since =
            Some(moment(since).ok_or_else(|| bad("`modified_since` is no date"))?);
    }
    Ok(Asked {
        given,
        filter,
        page,
        page_size,
        dialect,
        links,
        name,
    })
}

/// A date or moment as Unix seconds.
fn moment(text: &str) -> Option<i64> {
    use chrono::{DateTime, NaiveDate, NaiveTime};
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.timestamp());
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .map(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp())
}

fn at(asked: &Asked, manifest: &Manifest) -> Result<u64, WebError> {
    match asked.given.at {
        None => Ok(manifest.sequence),
        Some(at) if at <= manifest.sequence => Ok(at),
        Some(at) => Err(WebError::BadRequest(format!(
            "sequence {at} is not published yet; {} is",
            manifest.sequence
        ))),
    }
}

impl Asked {
    /// The last page of `total` datasets.
    pub(super) fn last(&self, total: u64) -> u64 {
        total.div_ceil(self.page_size).max(1)
    }

    /// The page asked for.
    pub(super) fn page(&self) -> u64 {
        self.page
    }

    /// The filters given, as name and value.
    pub(super) fn filters(&self) -> Vec<(&'static str, String)> {
        let given = &self.given;
        [
            ("portal", given.portal.clone()),
            ("publisher", given.publisher.clone()),
            ("theme", given.theme.clone()),
            ("hvd", given.hvd.map(|hvd| hvd.to_string())),
            ("modified_since", given.modified_since.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// The absolute link to a page, at a sequence.
    pub(super) fn link(&self, app: &App, page: u64, at: u64) -> String {
        self.link_as(app, &self.name, page, Some(at))
    }

    /// The same under another name (`catalog.ttl`).
    pub(super) fn link_as(&self, app: &App, name: &str, page: u64, at: Option<u64>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.filters() {
            query.append_pair(name, &value);
        }
        if self.page_size != PAGE_SIZE {
            query.append_pair("page_size", &self.page_size.to_string());
        }
        for (name, value) in [
            ("paging", &self.given.paging),
            ("links", &self.given.links),
            ("lang", &self.given.lang),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &page.to_string());
        if let Some(at) = at {
            query.append_pair("at", &at.to_string());
        }
        format!("{}{name}?{}", app.config.base_uri, query.finish())
    }

    fn http_links(&self, app: &App, listed: &Page, at: u64, headers: &mut HeaderMap) {
        let last = self.last(listed.total);
        let mut link = |page: u64, rel: &str| {
            if let Ok(value) =
                HeaderValue::from_str(&format!("<{}>; rel=\"{rel}\"", self.link(app, page, at)))
            {
                headers.append(header::LINK, value);
            }
        };
        link(1, "first");
        if self.page > 1 {
            link(self.page - 1, "prev");
        }
        if self.page < last {
            link(self.page + 1, "next");
        }
        link(last, "last");
    }
}

/// A page as RDF: the catalogue, the paging, and each dataset's document.
fn quads(
    app: &App,
    reader: &Reader,
    asked: &Asked,
    listed: &Page,
    at: u64,
) -> Result<Vec<Quad>, WebError> {
    let catalogue = app.config.base_uri.catalogue();
    let mut quads = Vec::new();
    let mut state =
        |subject: &NamedNode, predicate: oxigraph::model::NamedNodeRef<'_>, object: Term| {
            quads.push(Quad::new(
                subject.clone(),
                predicate,
                object,
                GraphName::DefaultGraph,
            ));
        };
    paging(app, asked, listed, at, &mut state);
    if let Some(time) = reader.time_of(at)?.and_then(date_time) {
        state(&catalogue, dct::MODIFIED, time.into());
    }
    for dataset in &listed.records {
        let iri =
            NamedNode::new(dataset.iri.as_str()).map_err(|error| WebError::internal(&error))?;
        state(&catalogue, dcat::DATASET, iri.into());
        for record in records_of(app, reader, dataset, at)? {
            state(&catalogue, dcat::RECORD, record.into());
        }
    }
    let head = match reader.resolve(catalogue.as_str(), at)? {
        Resolved::Live(found) => {
            document::compose(app, reader, *found, at, Links::WithinDataset)?.quads
        }
        _ => Vec::new(),
    };
    let documents = listed
        .records
        .iter()
        .map(|dataset| Ok(document::compose(app, reader, dataset.clone(), at, asked.links)?.quads))
        .collect::<Result<Vec<_>, WebError>>()?;
    let mut said: HashSet<Quad> = quads.iter().cloned().collect();
    for quad in head.into_iter().chain(documents.into_iter().flatten()) {
        // Agents, contacts and concepts that datasets share are said once a page.
        if quad.graph_name.is_default_graph() && said.insert(quad.clone()) {
            quads.push(quad);
        }
    }
    Ok(quads)
}

fn records_of(
    app: &App,
    reader: &Reader,
    dataset: &Description,
    at: u64,
) -> Result<Vec<NamedNode>, WebError> {
    let prefix = app.config.base_uri.iri("record/");
    let owned = reader.values(dataset.record, Set::Subject, at)?;
    Ok(owned
        .into_iter()
        .filter(|iri| iri.starts_with(prefix.as_str()))
        .filter_map(|iri| NamedNode::new(iri).ok())
        .collect())
}

fn paging(
    app: &App,
    asked: &Asked,
    listed: &Page,
    at: u64,
    state: &mut impl FnMut(&NamedNode, oxigraph::model::NamedNodeRef<'_>, Term),
) {
    let catalogue = app.config.base_uri.catalogue();
    let page = |number: u64| NamedNode::new_unchecked(asked.link(app, number, at));
    let this = page(asked.page);
    let last = asked.last(listed.total);
    let total: Term = Literal::new_typed_literal(listed.total.to_string(), xsd::INTEGER).into();
    let (class, names) = match asked.dialect {
        Dialect::View => (
            hydra::PARTIAL_COLLECTION_VIEW,
            [hydra::FIRST, hydra::PREVIOUS, hydra::NEXT, hydra::LAST],
        ),
        Dialect::Paged => (
            hydra::PAGED_COLLECTION,
            [
                hydra::FIRST_PAGE,
                hydra::PREVIOUS_PAGE,
                hydra::NEXT_PAGE,
                hydra::LAST_PAGE,
            ],
        ),
    };
    if asked.dialect == Dialect::View {
        state(
            &catalogue,
            rdfns::TYPE,
            hydra::COLLECTION.into_owned().into(),
        );
        state(&catalogue, hydra::TOTAL_ITEMS, total.clone());
        state(&catalogue, hydra::VIEW, this.clone().into());
    }
    state(&this, rdfns::TYPE, class.into_owned().into());
    state(&this, hydra::TOTAL_ITEMS, total);
    state(
        &this,
        hydra::ITEMS_PER_PAGE,
        Literal::new_typed_literal(asked.page_size.to_string(), xsd::INTEGER).into(),
    );
    let [first, previous, next, last_of] = names;
    state(&this, first, page(1).into());
    if asked.page > 1 {
        state(&this, previous, page(asked.page - 1).into());
    }
    if asked.page < last {
        state(&this, next, page(asked.page + 1).into());
    }
    state(&this, last_of, page(last).into());
}

/// The triples of a dataset in a listing.
pub(super) fn summary(reader: &Reader, dataset: &Description) -> Result<Vec<Triple>, WebError> {
    crate::rdf::canon::parse(&reader.body(dataset.digest)?)
        .map_err(|error| WebError::internal(&error))
}
