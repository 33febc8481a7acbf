//! A sample portal of any kind that can lose records, between two harvests or while it is read.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use moisson::demo::Sample;
use tower::ServiceExt as _;

/// The largest page that a portal gives which shrinks while it is read.
const PAGE: usize = 20;

#[derive(Default)]
struct Served {
    routes: Router,
    /// What is served from the next later page on, and so on.
    later: Vec<Router>,
}

/// The control of a portal.
#[derive(Clone)]
pub(crate) struct Changing {
    sample: &'static Sample,
    served: Arc<Mutex<Served>>,
}

impl Changing {
    /// A sample portal, with all of its records.
    pub(crate) fn of(sample: &'static Sample) -> (Router, Self) {
        let own = Self {
            sample,
            served: Arc::default(),
        };
        own.keep(|_| true);
        let routes = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&own.served));
        (routes, own)
    }

    /// From now on only these of its datasets are there, by their positions.
    pub(crate) fn keep(&self, keeps: impl Fn(usize) -> bool) {
        *self.served.lock().unwrap() = Served {
            routes: (self.sample.serving)(&keeps),
            later: Vec::new(),
        };
    }

    /// It has shrunk, and stays as it is.
    pub(crate) fn settle(&self) {
        self.served.lock().unwrap().later.clear();
    }

    /// From now on its pages are small, and with each but the first the datasets in the next of these
    /// ranges are gone as well.
    pub(crate) fn shrink(&self, gone: &[Range<usize>]) {
        let later = (1..=gone.len()).rev().map(|so_far| {
            let gone = &gone[..so_far];
            (self.sample.serving)(&|position| !gone.iter().any(|range| range.contains(&position)))
        });
        let mut served = self.served.lock().unwrap();
        served.routes = self.sample.routes();
        served.later = later.collect();
    }
}

async fn answer(State(served): State<Arc<Mutex<Served>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let question = format!("{}&{}", parts.uri, String::from_utf8_lossy(&body));
    let number = |names: &[&str]| {
        let found = names.iter().find_map(|name| {
            let (_, rest) = question.split_once(name)?;
            let digits = rest.trim_start_matches('"');
            let end = digits.find(|c: char| !c.is_ascii_digit());
            digits[..end.unwrap_or(digits.len())].parse::<usize>().ok()
        });
        found.unwrap_or(0)
    };
    let routes = {
        let mut served = served.lock().unwrap();
        if !served.later.is_empty() {
            let size = number(&["page_size=", "rows=", "limit=", "maxRecords="]);
            if size > PAGE {
                return StatusCode::BAD_GATEWAY.into_response();
            }
            let is_later = number(&["?page=", "&page="]) > 1
                || number(&["startPosition="]) > 1
                || number(&["start=", "offset="]) > 0;
            if is_later {
                served.routes = served.later.pop().unwrap();
            }
        }
        served.routes.clone()
    };
    let request = Request::from_parts(parts, Body::from(body));
    routes.oneshot(request).await.unwrap()
}
