//! A request for a page of `/catalog`, understood, and the links to the pages around it.

use serde::Deserialize;
use url::form_urlencoded;

use super::document::Links;
use super::error::WebError;
use super::state::App;
use crate::ledger::{Filter, Reader, Resolved};
use crate::publish::Manifest;
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
    pub(super) lang: Option<String>,
}

/// How pages are linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `hydra:PartialCollectionView`, the current one.
    View,
    /// `hydra:PagedCollection`, which older harvesters read.
    Paged,
}

/// A request for a page, understood.
pub(super) struct Asked {
    /// The parameters as given.
    pub(super) given: Query_,
    pub(super) filter: Filter,
    pub(super) page: u64,
    pub(super) page_size: u64,
    pub(super) dialect: Dialect,
    pub(super) links: Links,
    /// The name under which the page was asked for: `catalog` or `catalog.ttl`.
    pub(super) name: String,
}

/// What the parameters ask for.
pub(super) fn understand(app: &App, given: Query_, name: String) -> Result<Asked, WebError> {
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
        kinds: vec![Kind::Dataset, Kind::Series],
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

/// Refuses an IRI that nobody ever knew, and that nothing ever was in the set of: an empty list would say
/// that all of it is gone.
pub(super) fn known(reader: &Reader, set: Set, iri: &str, at: u64) -> Result<(), WebError> {
    if !matches!(reader.resolve(iri, at)?, Resolved::Unknown) || reader.was_ever(set, iri, at)? {
        return Ok(());
    }
    let (name, what) = match set {
        Set::Publisher => ("publisher", "no publisher"),
        other => (other.as_str(), "nothing in this catalogue"),
    };
    let message = format!("`{name}`: `{iri}` is the IRI of {what}");
    Err(WebError::BadRequest(message))
}

/// Refuses a theme and a publisher that nobody ever knew.
pub(super) fn known_filters(
    app: &App,
    reader: &Reader,
    asked: &Asked,
    at: u64,
) -> Result<(), WebError> {
    if let Some(theme) = &asked.given.theme {
        let is_concept = app.vocabularies.align(Alignment::Theme, theme).is_some()
            || app.vocabularies.contains(theme);
        if !is_concept && !reader.was_ever(Set::Theme, theme, at)? {
            return Err(WebError::BadRequest(format!(
                "`theme`: `{theme}` is no theme of the EU's list (`TRAN`, say) or of any dataset"
            )));
        }
    }
    match &asked.given.publisher {
        Some(publisher) => known(reader, Set::Publisher, publisher, at),
        None => Ok(()),
    }
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

/// The sequence that is asked for: the one published, if none is.
pub(super) fn at(asked: &Asked, reader: &Reader, manifest: &Manifest) -> Result<u64, WebError> {
    match asked.given.at {
        None => Ok(manifest.sequence),
        Some(at) if at == manifest.sequence => Ok(at),
        // An empty catalogue would say that all of it is gone.
        Some(at) if at < manifest.sequence && !reader.was_published_by(at)? => {
            Err(WebError::BadRequest(format!(
                "at sequence {at} nothing was published yet; {} is",
                manifest.sequence
            )))
        }
        Some(at) if at < manifest.sequence => Ok(at),
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

    /// The sequence asked for, where one is.
    pub(super) fn at(&self) -> Option<u64> {
        self.given.at
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
}
