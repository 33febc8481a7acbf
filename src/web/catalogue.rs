//! `/catalog`: the dcat:Catalog with its datasets in the order of their IRIs, paged with Hydra
//! (<https://www.hydra-cg.com/spec/latest/core/>).
//!
//! Every link carries the sequence it was made at, so a harvester that follows them sees one state of
//! the catalogue whatever is published meanwhile: never a short page, never a moving sort.

mod feed;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use oxigraph::model::Triple;
use serde::Deserialize;
use url::form_urlencoded;

use super::compression::Streamed;
use super::conditional::Inputs;
use super::dereference::written;
use super::document::{self, Links};
use super::error::WebError;
use super::extract::{Path, Query};
use super::headers::vary;
use super::pages::{self, Parameters};
use super::portals;
use super::representation::Representation;
use super::state::App;
use crate::ledger::{Description, Filter, Page, Position, Reader, Resolved};
use crate::publish::Manifest;
use crate::rdf::syntax::Syntax;
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
    vary(response.headers_mut(), "Accept");
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
            page.depends(&mut inputs, manifest);
            let mut response = page.answer(&inputs.finish(), &headers);
            let asked = understand(app, Query_::default(), "catalog".to_owned())?;
            alternates(
                app,
                &asked,
                manifest.sequence,
                representation,
                response.headers_mut(),
            );
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
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

async fn answer(
    app: &Arc<App>,
    query: Query_,
    name: String,
    representation: Representation,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let shared = Arc::clone(app);
    app.read(move |app, reader, manifest| {
        let mut asked = understand(app, query, name)?;
        if let Representation::Rdf(_) = representation {
            asked.filter.kinds.push(Kind::Service);
        }
        let at = at(&asked, manifest)?;
        if let Some(portal) = &asked.filter.portal {
            portals::known(app, reader, portal, at)?;
        }
        known(app, reader, &asked.given, at)?;
        let offset = (asked.page - 1).saturating_mul(asked.page_size);
        let listed = reader.page(&asked.filter, Position::Offset(offset), asked.page_size, at)?;
        if asked.page > 1 && listed.records.is_empty() {
            return Err(WebError::NotFound);
        }
        let mut inputs = Inputs::default();
        inputs.add(at.to_le_bytes());
        inputs.add(manifest.release.as_bytes());
        inputs.add(document::RELEASE);
        inputs.add(representation.extension());
        inputs.add(asked.link(app, asked.page, at));
        inputs.changed(reader.time_of(at)?);
        let mut response = if let Representation::Rdf(syntax) = representation {
            let validators = inputs.finish();
            if validators.held_by(&headers) {
                return Ok(validators.not_modified());
            }
            let feed = feed::Feed::begin(&shared, reader, &asked, &listed, at, syntax)?;
            let mut response = written(syntax, feed.into_body());
            response.extensions_mut().insert(Streamed);
            validators.write(response.headers_mut());
            response
        } else {
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
            page.depends(&mut inputs, manifest);
            page.answer(&inputs.finish(), &headers)
        };
        alternates(app, &asked, at, representation, response.headers_mut());
        asked.http_links(app, &listed, at, response.headers_mut());
        Ok(response)
    })
    .await
}

/// Links to the other representations of the same page.
fn alternates(
    app: &App,
    asked: &Asked,
    at: u64,
    representation: Representation,
    headers: &mut HeaderMap,
) {
    for other in Representation::all().filter(|other| *other != representation) {
        let rel = match (representation, other) {
            (Representation::Html, Representation::Rdf(_)) => "describedby",
            _ => "alternate",
        };
        let name = format!("catalog.{}", other.extension());
        let target = asked.link_as(app, &name, asked.page, Some(at));
        let link = format!("<{target}>; rel=\"{rel}\"; type=\"{}\"", other.media_type());
        if let Ok(value) = HeaderValue::from_str(&link) {
            headers.append(header::LINK, value);
        }
    }
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
        kinds: vec![Kind::Dataset],
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
    match given.hvd {
        None => {}
        Some(true) => filter.sets.push((Set::Hvd, None)),
        Some(false) => return Err(bad("`hvd` is `true` or left out")),
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

/// Refuses a theme and a publisher that nobody ever knew: an empty catalogue would say that all of theirs is
/// gone.
fn known(app: &App, reader: &Reader, given: &Query_, at: u64) -> Result<(), WebError> {
    if let Some(theme) = &given.theme {
        let is_concept = app.vocabularies.align(Alignment::Theme, theme).is_some()
            || app.vocabularies.contains(theme);
        if !is_concept && !reader.was_ever(Set::Theme, theme, at)? {
            return Err(WebError::BadRequest(format!(
                "`theme`: `{theme}` is no theme of the EU's list (`TRAN`, say) or of any dataset"
            )));
        }
    }
    if let Some(publisher) = &given.publisher
        && matches!(reader.resolve(publisher, at)?, Resolved::Unknown)
        && !reader.was_ever(Set::Publisher, publisher, at)?
    {
        return Err(WebError::BadRequest(format!(
            "`publisher`: `{publisher}` is the IRI of no publisher"
        )));
    }
    Ok(())
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

/// The triples of a dataset in a listing.
pub(super) fn summary(reader: &Reader, dataset: &Description) -> Result<Vec<Triple>, WebError> {
    crate::rdf::lines::parse(&reader.body(dataset.digest)?)
        .map_err(|error| WebError::internal(&error))
}
