//! Portals on loopback that serve what somebody's file holds.
//!
//! The APIs answer with the file's records in their own envelopes and pages; a catalogue service with the
//! records in answers to `GetRecords`; a feed with the file, byte for byte.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use moisson::config::PortalKind;
use moisson::demo::{csw, ods, transport, udata};
use moisson::source::RawRecord;
use serde_json::{Value, json};

use crate::support::Farm;
use crate::support::crawling::json_answer;

/// Whether a feed is served with the content type that fits.
#[derive(Clone, Default)]
pub(super) struct Label(Arc<AtomicBool>);

impl Label {
    /// From now on it has none.
    pub(super) fn remove(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A farm whose portal serves a file, which holds these records.
pub(super) async fn serve(kind: PortalKind, body: &[u8], records: &[RawRecord]) -> (Farm, Label) {
    let label = Label::default();
    let of = |collection: &str| -> Vec<Value> {
        let records = records.iter().filter(|it| it.collection == collection);
        records
            .map(|it| serde_json::from_slice(&it.payload).unwrap())
            .collect()
    };
    let (path, routes) = match kind {
        PortalKind::Udata => ("", udata::router(of_udata(of).into())),
        PortalKind::Ckan => ("", ckan(of("datasets"), of("organizations"))),
        PortalKind::Ods => ("", ods::router(of("datasets").into())),
        PortalKind::Transport => ("", transport::router(of("datasets").into())),
        PortalKind::Csw => {
            let record = |it: &RawRecord| csw::Record::new(&String::from_utf8_lossy(&it.payload));
            let records: Vec<_> = records.iter().map(record).collect();
            (csw::PATH, csw::router(records.into()))
        }
        PortalKind::Dcat => ("/flux", feed(body, label.clone())),
    };
    let mut farm = Farm::of_kind(kind, path, routes).await;
    // A list that the file has nothing of is none that its portal has.
    if matches!(kind, PortalKind::Udata | PortalKind::Ckan) {
        let mut lists: Vec<String> = records.iter().map(|it| it.collection.to_owned()).collect();
        lists.sort();
        lists.dedup();
        farm.config.portals[0].include = Some(lists);
    }
    farm.config.harvest.max_withdrawn_share = 1.0;
    (farm, label)
}

fn of_udata(of: impl Fn(&str) -> Vec<Value>) -> udata::Records {
    udata::Records {
        datasets: of("datasets"),
        organizations: of("organizations"),
        dataservices: of("dataservices"),
        reuses: of("reuses"),
        discussions: of("discussions"),
        topics: of("topics"),
        community_resources: of("community_resources"),
        harvest_sources: of("harvest_sources"),
    }
}

/// A CKAN portal that lists what it is given, whatever that says of itself: of DKAN what is published is
/// `private` too.
fn ckan(packages: Vec<Value>, organizations: Vec<Value>) -> Router {
    let part = |list: &[Value], query: Option<String>, from: &str, count: &str| -> Vec<Value> {
        let query = query.unwrap_or_default();
        let number = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            let found = pairs.find(|(key, _)| key == name)?;
            found.1.parse::<usize>().ok()
        };
        let list = list.iter().skip(number(from).unwrap_or(0));
        list.take(number(count).unwrap_or(10)).cloned().collect()
    };
    let search = move |RawQuery(query): RawQuery| async move {
        let results = part(&packages, query, "start", "rows");
        success(&json!({ "count": packages.len(), "results": results }))
    };
    let list = move |RawQuery(query): RawQuery| async move {
        // All names, where nobody asks for more.
        if query.is_none() {
            let names = organizations.iter().map(|it| it["name"].clone());
            return success(&names.collect());
        }
        success(&json!(part(&organizations, query, "offset", "limit")))
    };
    Router::new()
        .route("/api/3/action/package_search", get(search))
        .route("/api/3/action/organization_list", get(list))
}

fn success(result: &Value) -> Response {
    json_answer(&json!({ "help": "", "success": true, "result": result }))
}

/// A feed of one document, which every link that it has leads to again.
fn feed(body: &[u8], label: Label) -> Router {
    let body = body.to_vec();
    let fitting = match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => "application/ld+json",
        Some(b'<') => "application/rdf+xml",
        _ => "text/turtle",
    };
    let answer = move || async move {
        let response: Response = if label.0.load(Ordering::SeqCst) {
            let mut response = body.into_response();
            response.headers_mut().remove(header::CONTENT_TYPE);
            response
        } else {
            ([(header::CONTENT_TYPE, fitting)], body).into_response()
        };
        response
    };
    Router::new()
        .route("/robots.txt", get(|| async { StatusCode::NOT_FOUND }))
        .fallback(get(answer))
}
