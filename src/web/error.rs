//! The one error type of HTTP answers: 4xx explains, 5xx logs its cause and tells the client nothing.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use thiserror::Error;

use super::workers::PoolError;
use crate::ledger::LedgerError;

/// Why a request is not answered as asked.
#[derive(Debug, Clone, Error)]
pub enum WebError {
    /// A parameter or the path cannot be understood.
    #[error("{0}")]
    BadRequest(String),
    /// Nothing is known by that name.
    #[error("nothing is known by this name")]
    NotFound,
    /// What exists is listed.
    #[error("none of the representations on offer is acceptable; there are: {0}")]
    NotAcceptable(String),
    /// It was published and is withdrawn, or is older than the history kept.
    #[error("<{iri}> was withdrawn{}", .time.as_ref().map(|time| format!(" {time}")).unwrap_or_default())]
    Gone {
        /// What.
        iri: String,
        /// When, as an xsd:dateTime, where that is known.
        time: Option<String>,
    },
    /// Nothing has been published yet.
    #[error("nothing has been published yet")]
    Unpublished,
    /// A request of the SPARQL Protocol or its query cannot be understood.
    #[error("{0}")]
    Protocol(String),
    /// The body of a request is of a type that is not read.
    #[error("{0}")]
    MediaType(&'static str),
    /// The body of a request has more bytes than are read.
    #[error("the request has more than {0} bytes")]
    TooLarge(usize),
    /// The body of a request has not come.
    #[error("the request did not come whole in time")]
    TooSlow,
    /// The query workers have no answer.
    #[error(transparent)]
    Query(#[from] PoolError),
    /// Only the administrator may.
    #[error("this is for the administrator: send `Authorization: Bearer` and the token")]
    Unauthorized,
    /// The method is none that is understood here; those that are.
    #[error("this method is not understood here; there are {0}")]
    Method(&'static str),
    /// Every connection is busy.
    #[error("too many clients are being answered: try again later")]
    Busy,
    /// Moisson's own fault.
    #[error("an internal error")]
    Internal(String),
}

impl WebError {
    /// Moisson's own fault; the cause is logged when the answer is made.
    #[expect(clippy::needless_pass_by_value, reason = "errors are mapped to it")]
    pub fn internal<E: ToString>(cause: E) -> Self {
        Self::Internal(cause.to_string())
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::Protocol(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::Gone { .. } => StatusCode::GONE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unpublished | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Query(error) => match error {
                PoolError::Refused(_) | PoolError::TooLarge(_) => StatusCode::BAD_REQUEST,
                PoolError::Timeout(_)
                | PoolError::Memory(_)
                | PoolError::Killed
                | PoolError::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
                PoolError::Quota { .. } | PoolError::Crowded { .. } => {
                    StatusCode::TOO_MANY_REQUESTS
                }
                PoolError::Crashed => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Says in how many seconds the same request may be answered, where waiting helps at all.
    pub(super) fn retry_after(&self, headers: &mut HeaderMap) {
        let seconds = match self {
            Self::Unpublished | Self::Busy => 30,
            // After a timeout none: the same query will not do better later.
            Self::Query(
                PoolError::Busy { retry_after }
                | PoolError::Quota { retry_after }
                | PoolError::Crowded { retry_after },
            ) => retry_after.as_secs().max(1),
            _ => return,
        };
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

impl From<LedgerError> for WebError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Missing(_) => Self::Unpublished,
            other => Self::internal(other),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) = &self {
            tracing::error!(cause, "internal error");
        }
        let mut response = (self.status(), format!("{self}\n")).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::Unauthorized => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Self::Method(known) => {
                headers.insert(header::ALLOW, HeaderValue::from_static(known));
            }
            _ => self.retry_after(headers),
        }
        // Pages for people are made of it by the layer that knows what the client accepts.
        response.extensions_mut().insert(self);
        response
    }
}
