//! The one error type of HTTP answers: 4xx explains, 5xx logs its cause and tells the client nothing.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use thiserror::Error;

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
    /// Every connection is busy.
    #[error("too many clients are being answered: try again later")]
    Busy,
    /// Moisson's own fault.
    #[error("an internal error")]
    Internal(String),
}

impl WebError {
    /// Moisson's own fault; the cause is logged when the answer is made.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Unpublished | Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<LedgerError> for WebError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Missing(_) => Self::Unpublished,
            other => Self::internal(&other),
        }
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> Self {
        Self::internal(&error)
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
        if matches!(self, Self::NotAcceptable(_)) {
            headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        }
        if matches!(self, Self::Unpublished | Self::Busy) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
        }
        // Pages for people are made of it by the layer that knows what the client accepts.
        response.extensions_mut().insert(self);
        response
    }
}
