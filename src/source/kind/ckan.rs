//! CKAN (<https://ckan.org/>) and DKAN (<https://getdkan.org/>): version 3 of the API as JSON.
//!
//! Packages become datasets, series, reuses or origins by their `type`. What extensions add to a package
//! is read wherever it stands, among its fields or its extras, with what ckanext-dcat makes of it for the
//! measure. Codes are written as the portal has them, as literals under their property; normalisation
//! replaces them. Texts are in the languages that ckanext-fluent gives them, else in the one that the
//! operator states for the portal, or in none. Descriptions stay Markdown, or the HTML of DKAN.
//!
//! Each module has the table of the fields that it maps, and that of what it leaves out and why:
//! `dataset` with its resources (`distribution`), their services (`service`), places (`place`), agents
//! (`agent`), relations (`relation`) and provenance (`provenance`); `organization`, `origin`, `showcase`.

mod agent;
mod coded;
mod crawl;
mod dataset;
mod date;
mod distribution;
mod fields;
mod identifier;
mod licence;
mod organization;
mod origin;
mod people;
mod place;
mod provenance;
mod relation;
mod service;
mod settings;
mod showcase;
mod split;
mod words;

use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use crate::dcat::read_date;
use crate::record::Kind;
use crate::source::contract::{Context, Described, RawRecord, Rejected, Source};
use crate::source::feed;
use crate::source::value::account;
use crate::source::value::field::Text;
use fields::Fields;

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "ckan",
    collections: &[DATASETS, ORGANIZATIONS],
    configure: settings::configure,
    describe,
    split: |body, _| split::split(body),
    marked: &[DATASETS],
};

/// The collection of packages.
pub(in crate::source) const DATASETS: &str = "datasets";
/// The collection of organizations.
pub(in crate::source) const ORGANIZATIONS: &str = "organizations";

/// Describes one record of a collection.
fn describe(
    collection: &str,
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    // What came by the feed is N-Triples, in which no line begins so.
    if !payload.trim_ascii_start().starts_with(b"{") {
        return feed::describe(collection, payload, context);
    }
    let own: Map<String, Value> =
        serde_json::from_slice(payload).map_err(|error| Rejected::Unreadable(error.to_string()))?;
    let (shape, described) = match collection {
        DATASETS => package(&own, context),
        ORGANIZATIONS => (ORGANIZATIONS, organization::record(&own, context)),
        other => (other, Err(Rejected::no_collection(other))),
    };
    let mut described = described?;
    account::of_json(
        &mut described.findings,
        (SOURCE.name, shape),
        payload,
        Some("extras"),
    );
    Ok(described)
}

/// Describes a package, and says of which shape it is.
fn package(
    own: &Map<String, Value>,
    context: &Context<'_>,
) -> (&'static str, Result<Described, Rejected>) {
    let record = Fields::of_record(own);
    if !is_active(&record) {
        return (DATASETS, Err(Rejected::Hidden("not active")));
    }
    if record.is_true("private") && !is_of_dkan(&record) {
        return (DATASETS, Err(Rejected::Hidden("private")));
    }
    match record.peek("type") {
        Some("harvest") => ("harvest", origin::describe(&record, context)),
        Some("showcase") => ("showcase", showcase::describe(&record, context)),
        Some("dataset_series") => (DATASETS, dataset::describe(&record, Kind::Series, context)),
        _ => (DATASETS, dataset::describe(&record, Kind::Dataset, context)),
    }
}

/// Whether a record is in use: neither deleted nor a draft.
fn is_active(record: &Fields<'_>) -> bool {
    record
        .peek("state")
        .is_none_or(|state| state.eq_ignore_ascii_case("active"))
}

/// Whether a package is one of DKAN 1, which writes the words of its own pages.
fn is_of_dkan(record: &Fields<'_>) -> bool {
    record.peek("state") == Some("Active") || record.peek("type") == Some("Dataset")
}

/// The address of an action of the API.
fn action(context: &Context<'_>, action: &str) -> Url {
    below(context.root, &["api", "3", "action", action])
}

/// The address of a page of the portal.
fn page(context: &Context<'_>, path: &[&str]) -> String {
    below(context.root, path).into()
}

fn below(root: &Url, path: &[&str]) -> Url {
    let mut url = root.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

/// A record with its identifier and mark.
fn raw(collection: &'static str, payload: String) -> RawRecord {
    let head: Head = serde_json::from_str(&payload).unwrap_or_default();
    let key = head.id.peek_text().or(head.name.peek_text());
    // DKAN's dates for people cannot be compared.
    let mark = head.metadata_modified.peek_text();
    let mark = mark.filter(|mark| read_date(mark).is_some());
    RawRecord {
        collection,
        key: key.unwrap_or_default().to_owned(),
        mark: mark.map(str::to_owned),
        payload: payload.into_bytes(),
    }
}

/// The fields that paging needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Head {
    id: Text,
    name: Text,
    metadata_modified: Text,
}
