//! The reserve: what is still answered when every place is busy.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::web::error::WebError;
use crate::web::state::App;

/// Marks the requests of a connection that has a place in the reserve.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Reserved;

/// What supervisors ask for, under the base.
const ESSENTIAL: [&str; 3] = ["health", "ready", "metrics"];

/// Who may always ask: whoever has the administrator's token.
#[derive(Debug, Clone, Default)]
pub(in crate::web) struct Admin {
    /// Of the token, so that comparing takes the same time whatever is sent.
    digest: Option<[u8; 32]>,
}

impl Admin {
    /// The administrator whose token is in the environment variable `name`.
    pub(in crate::web) fn of_environment(name: &str) -> Self {
        let token = std::env::var(name).ok().filter(|token| !token.is_empty());
        Self {
            digest: token.map(|token| Sha256::digest(token).into()),
        }
    }

    fn asks(&self, headers: &HeaderMap) -> bool {
        let sent = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match (sent, self.digest) {
            (Some(sent), Some(digest)) => <[u8; 32]>::from(Sha256::digest(sent)) == digest,
            _ => false,
        }
    }
}

/// Keeps the reserve for those it is for.
pub(in crate::web) async fn keep(
    State((app, admin)): State<(Arc<App>, Admin)>,
    request: Request,
    next: Next,
) -> Response {
    let reserved = request.extensions().get::<Reserved>().is_some();
    let path = request.uri().path();
    let essential = path
        .strip_prefix(app.config.base_uri.folder())
        .is_some_and(|name| ESSENTIAL.contains(&name));
    if !reserved || essential || admin.asks(request.headers()) {
        return next.run(request).await;
    }
    let mut response = WebError::Busy.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_opens_the_reserve() {
        let admin = Admin {
            digest: Some(Sha256::digest("geheim").into()),
        };
        let asks = |admin: &Admin, value: &'static str| {
            admin.asks(&HeaderMap::from_iter([(
                AUTHORIZATION,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(asks(&admin, "Bearer geheim"));
        for wrong in ["Bearer geheim2", "Bearer ", "geheim", "Basic geheim"] {
            assert!(!asks(&admin, wrong), "{wrong}");
            assert!(!asks(&Admin::default(), wrong), "{wrong}");
        }
        assert!(!admin.asks(&HeaderMap::new()));
    }
}
