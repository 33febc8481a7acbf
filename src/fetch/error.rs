//! Why a fetch failed, and whether it is worth another attempt.
//!
//! Messages name the address without its credentials and leave the cause to `source`.

use std::error::Error;
use std::io;
use std::net::IpAddr;

use url::Url;

use super::guard::PrivateAddress;
use super::redact::RedactedUrl;

/// A fetch that failed. `url` is the address where it did, which after a redirect is not the one
/// that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The HTTP client cannot be set up.
    #[error("cannot set up the http client")]
    Client(#[source] reqwest::Error),
    /// The address asked for is neither http nor https.
    #[error("{url} is not an http address")]
    InvalidUrl {
        /// The address.
        url: RedactedUrl,
    },
    /// The host has no public address, and only those may be connected to.
    #[error("{url} is at {address}, which is not a public address")]
    Private {
        /// The address asked for or redirected to.
        url: RedactedUrl,
        /// The host's (first) network address.
        address: IpAddr,
    },
    /// Connection, next byte or whole body did not come in time.
    #[error("{url} did not answer in time")]
    Timeout {
        /// The address.
        url: RedactedUrl,
    },
    /// The body is larger than the limit.
    #[error("{url} answers with more than {limit} bytes")]
    TooLarge {
        /// The address.
        url: RedactedUrl,
        /// The limit, in decompressed bytes.
        limit: u64,
    },
    /// The body grows out of all proportion to what was sent.
    #[error("{url} answers with a body that grows to more than {limit} times what was sent")]
    Bomb {
        /// The address.
        url: RedactedUrl,
        /// Decompressed bytes allowed for each byte that was sent.
        limit: u32,
    },
    /// The body is compressed in a way that was not asked for.
    #[error("{url} answers in the content coding `{coding}`, which was not asked for")]
    Coding {
        /// The address.
        url: RedactedUrl,
        /// The coding.
        coding: String,
    },
    /// The body cannot be decompressed, as when it was cut off.
    #[error("the body that {url} answers with cannot be decompressed")]
    Garbled {
        /// The address.
        url: RedactedUrl,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The temporary file cannot be written.
    #[error("cannot write a temporary file")]
    Spool(#[source] io::Error),
    /// The answer is no success.
    #[error("{url} answers {status}: {excerpt}")]
    Status {
        /// The address.
        url: RedactedUrl,
        /// The HTTP status.
        status: u16,
        /// The beginning of the body, at most 300 characters on one line.
        excerpt: String,
    },
    /// The redirects do not end within the limit.
    #[error("{url} redirects too often")]
    TooManyRedirects {
        /// The address asked for.
        url: RedactedUrl,
    },
    /// A redirect leads away from http and https.
    #[error("{url} redirects to {target}, which is not an http address")]
    Redirect {
        /// The address that redirects.
        url: RedactedUrl,
        /// The scheme, or the text that is no URL.
        target: String,
    },
    /// No connection, or none that carried the whole answer.
    #[error("no whole answer from {url}")]
    Transport {
        /// The address.
        url: RedactedUrl,
        /// What the HTTP client says, without the address.
        source: reqwest::Error,
    },
}

impl FetchError {
    /// Tells whether another attempt may succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Timeout { .. } | Self::Garbled { .. } => true,
            Self::Transport { source, .. } => !source.is_builder(),
            Self::Status { status, .. } => {
                matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
            }
            Self::Client(_)
            | Self::InvalidUrl { .. }
            | Self::Private { .. }
            | Self::TooLarge { .. }
            | Self::Bomb { .. }
            | Self::Coding { .. }
            | Self::Spool(_)
            | Self::TooManyRedirects { .. }
            | Self::Redirect { .. } => false,
        }
    }

    /// The HTTP status, where that is the failure.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    pub(super) fn private(url: &Url, refusal: &PrivateAddress) -> Self {
        Self::Private {
            url: url.into(),
            address: refusal.address,
        }
    }

    /// What went wrong while a body was read and decompressed.
    pub(super) fn from_reading(url: &Url, error: io::Error) -> Self {
        match error.downcast() {
            Ok(error) => Self::from_client(url, error),
            Err(source) => Self::Garbled {
                url: url.into(),
                source,
            },
        }
    }

    pub(super) fn from_client(url: &Url, error: reqwest::Error) -> Self {
        if let Some(refusal) = refusal(&error) {
            return Self::private(url, refusal);
        }
        if error.is_timeout() {
            return Self::Timeout { url: url.into() };
        }
        Self::Transport {
            url: url.into(),
            // It would show the whole URL.
            source: error.without_url(),
        }
    }
}

/// The resolver's refusal among the causes of an error.
fn refusal(error: &reqwest::Error) -> Option<&PrivateAddress> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(refusal) = error.downcast_ref() {
            return Some(refusal);
        }
        cause = error.source();
    }
    None
}
