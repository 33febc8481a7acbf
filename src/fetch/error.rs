//! Why a fetch failed, and whether it is worth another attempt.
//!
//! Messages name the address without its credentials and leave the cause to `source`.

use std::error::Error;
use std::io;
use std::net::IpAddr;

use url::Url;

use super::budget::Limit;
use super::guard::PrivateAddress;
use super::redact::RedactedUrl;

/// A fetch that failed. `url` is the address where it did, which after a redirect is not the one
/// that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The HTTP client cannot be set up.
    #[error("cannot set up the http client")]
    Client(#[source] reqwest::Error),
    /// What should be a proxy is none.
    #[error("{key}: {message}")]
    Proxy {
        /// The key of the configuration, or the variable of the environment.
        key: &'static str,
        /// What is wrong with it, without credentials.
        message: String,
    },
    /// The proxy wants other credentials, or any.
    #[error(
        "the proxy refused to fetch {url}: it wants a user name and a password, or other ones (407)"
    )]
    ProxyLogin {
        /// The address.
        url: RedactedUrl,
    },
    /// The host is of somebody's own network by its name, which is all that is known of it.
    #[error("{url} is not fetched through a proxy: the name of its host is one of an own network")]
    PrivateName {
        /// The address asked for or redirected to.
        url: RedactedUrl,
    },
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
    /// The host's robots.txt disallows it.
    #[error("{url} must not be fetched: the host's robots.txt disallows it")]
    Disallowed {
        /// The address.
        url: RedactedUrl,
    },
    /// Nobody knows whether the host's robots.txt allows it.
    #[error("{url} must not be fetched while the host's robots.txt cannot be had")]
    NoRobots {
        /// The address.
        url: RedactedUrl,
        /// Why not.
        source: Box<FetchError>,
    },
    /// There was too much of something in all.
    #[error("the budget of {0} is spent")]
    Spent(Limit),
    /// Nothing but passing failures came for too long.
    #[error("{url} is given up: no usable answer came for {seconds} seconds")]
    GivenUp {
        /// The address.
        url: RedactedUrl,
        /// How long.
        seconds: u64,
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
            Self::NoRobots { source, .. } => source.is_transient(),
            Self::Status { status, .. } => {
                matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
            }
            Self::Client(_)
            | Self::Proxy { .. }
            | Self::ProxyLogin { .. }
            | Self::InvalidUrl { .. }
            | Self::Private { .. }
            | Self::PrivateName { .. }
            | Self::TooLarge { .. }
            | Self::Bomb { .. }
            | Self::Coding { .. }
            | Self::Disallowed { .. }
            | Self::Spent(_)
            | Self::GivenUp { .. }
            | Self::Spool(_)
            | Self::TooManyRedirects { .. }
            | Self::Redirect { .. } => false,
        }
    }

    /// Tells whether nothing else of the portal can be had either, for now.
    #[must_use]
    pub fn ends_all(&self) -> bool {
        matches!(
            self,
            Self::Client(_)
                | Self::Proxy { .. }
                | Self::ProxyLogin { .. }
                | Self::Spent(_)
                | Self::GivenUp { .. }
                | Self::Spool(_)
        )
    }

    /// The HTTP status, where that is the failure.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The same failure of a request that a proxy was asked for: it says so.
    pub(super) fn through(self, proxy: Option<&RedactedUrl>) -> Self {
        let Some(proxy) = proxy else { return self };
        let mut error = match self {
            Self::Status {
                url, status: 407, ..
            } => Self::ProxyLogin { url },
            Self::Transport { url, source } if wants_login(&source) => Self::ProxyLogin { url },
            error => error,
        };
        match &mut error {
            Self::ProxyLogin { url }
            | Self::Timeout { url }
            | Self::TooLarge { url, .. }
            | Self::Bomb { url, .. }
            | Self::Coding { url, .. }
            | Self::Garbled { url, .. }
            | Self::Status { url, .. }
            | Self::Redirect { url, .. }
            | Self::Transport { url, .. } => url.through(proxy),
            _ => {}
        }
        error
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

/// Whether a proxy answered `CONNECT` with 407. The client says so in words only.
fn wants_login(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.to_string().contains("proxy authorization required") {
            return true;
        }
        cause = error.source();
    }
    false
}
