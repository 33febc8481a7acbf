//! The only place where Moisson speaks HTTP to portals.
//!
//! Portals are strangers: every address is checked before a connection is made to it (redirects
//! and DNS answers too), every wait and every body is bounded, one host gets one request at a
//! time, and what a portal says about waiting (`Retry-After`, RFC 9110 §10.2.3) is obeyed. What
//! comes back is bytes: nothing here parses them. Credentials never reach a log, an error message
//! or another origin.

mod address;
mod attempt;
mod backoff;
mod body;
mod client;
mod error;
mod guard;
mod hop;
mod queue;
mod redact;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use tokio::time::{Instant, sleep};
use url::Url;

use self::attempt::Failure;
use self::guard::Guard;
use self::queue::Queues;

pub use self::error::FetchError;
pub use self::redact::RedactedUrl;

/// Which addresses a fetcher may connect to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only addresses of the public internet.
    PublicOnly,
    /// Private and loopback ones as well, for a portal whose configuration says so.
    AllowPrivate,
}

/// The limits and manners of a [`Fetcher`].
#[derive(Clone, Debug)]
pub struct Options {
    /// The `User-Agent` that every request carries.
    pub user_agent: String,
    /// The addresses that may be connected to.
    pub reach: Reach,
    /// The longest wait for a connection, name resolution and TLS included.
    pub connect_timeout: Duration,
    /// The longest wait for the next byte.
    pub read_timeout: Duration,
    /// The longest time one attempt may take, redirects and whole body included, but not the
    /// time it queues for its host.
    pub total_timeout: Duration,
    /// The largest body accepted, in decompressed bytes.
    pub max_bytes: u64,
    /// How many redirects one attempt follows.
    pub max_redirects: usize,
    /// How often a request is tried in all; 0 counts as 1.
    pub attempts: u32,
    /// The wait before the second attempt; it doubles with each further one, give or take half.
    pub backoff: Duration,
    /// The longest wait between two attempts. A longer `Retry-After` ends the retries.
    pub max_wait: Duration,
    /// The pause between the end of a request and the start of the next one to the same host.
    pub delay: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: concat!("moisson/", env!("CARGO_PKG_VERSION")).to_owned(),
            reach: Reach::PublicOnly,
            connect_timeout: Duration::from_secs(20),
            read_timeout: Duration::from_mins(1),
            total_timeout: Duration::from_mins(3),
            max_bytes: 256 << 20,
            max_redirects: 5,
            attempts: 4,
            backoff: Duration::from_secs(1),
            max_wait: Duration::from_mins(1),
            delay: Duration::ZERO,
        }
    }
}

/// What a portal gave to recognise an unchanged answer by, kept exactly as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`, with its quotes and `W/`.
    pub etag: Option<String>,
    /// The `Last-Modified` date.
    pub last_modified: Option<String>,
}

/// One GET request. It has no `Debug`, since its headers may hold secrets.
#[derive(Clone)]
pub struct Request {
    /// The address; a user name and password in it are sent as basic authentication.
    pub url: Url,
    /// The `Accept` header.
    pub accept: &'static str,
    /// Further headers. All but content negotiation is dropped on a redirect to another origin.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Makes the request conditional: unchanged content is answered by a 304.
    pub validators: Option<Validators>,
}

impl Request {
    /// Makes an unconditional request without further headers.
    #[must_use]
    pub fn new(url: Url, accept: &'static str) -> Self {
        Self {
            url,
            accept,
            headers: Vec::new(),
            validators: None,
        }
    }
}

/// A whole answer: a success, or a 304 to a conditional request.
#[derive(Clone, Debug)]
pub struct Response {
    /// The address that answered, after redirects, without user name and password.
    pub url: Url,
    /// The status, 2xx or 304.
    pub status: u16,
    /// The `Content-Type`, as it was sent.
    pub content_type: Option<String>,
    /// What to send next time; on a 304 those that were sent, where it does not renew them.
    pub validators: Validators,
    /// The decompressed body, empty on a 304.
    pub body: Bytes,
    /// How many attempts it took.
    pub attempts: u32,
}

/// Fetches politely within [`Options`]. Clones share connections and the queue of each host.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

struct Shared {
    client: reqwest::Client,
    guard: Guard,
    queues: Queues,
    options: Options,
}

impl Fetcher {
    /// Makes a fetcher.
    ///
    /// # Errors
    /// [`FetchError::Client`] when the HTTP client cannot be set up, as with a user agent that no
    /// header can hold.
    pub fn new(options: Options) -> Result<Self, FetchError> {
        let guard = Guard::new(options.reach);
        Self::guarded(options, guard)
    }

    fn guarded(options: Options, guard: Guard) -> Result<Self, FetchError> {
        Ok(Self {
            shared: Arc::new(Shared {
                client: client::build(&options, &guard)?,
                guard,
                queues: Queues::new(options.delay),
                options,
            }),
        })
    }

    /// Fetches an address, again after a wait where the failure may pass.
    ///
    /// # Errors
    /// The last attempt's [`FetchError`].
    pub async fn get(&self, request: &Request) -> Result<Response, FetchError> {
        let mut attempt = 1;
        loop {
            let started = Instant::now();
            let outcome = self.shared.attempt(request).await;
            log(request, attempt, started.elapsed(), &outcome);
            let failure = match outcome {
                Ok(response) => {
                    return Ok(Response {
                        attempts: attempt,
                        ..response
                    });
                }
                Err(failure) => failure,
            };
            let Some(wait) = self.wait_after(&failure, attempt, &request.url) else {
                return Err(failure.error);
            };
            sleep(wait).await;
            attempt += 1;
        }
    }

    /// How long to wait before the next attempt; `None` when there is none.
    fn wait_after(&self, failure: &Failure, attempt: u32, url: &Url) -> Option<Duration> {
        let options = &self.shared.options;
        if attempt >= options.attempts || !failure.error.is_transient() {
            return None;
        }
        // A shorter one is waited for in the host's queue.
        if failure
            .retry_after
            .is_some_and(|asked| asked > options.max_wait)
        {
            return None;
        }
        let seed = backoff::seed(url, attempt);
        Some(backoff::wait(
            options.backoff,
            options.max_wait,
            attempt,
            seed,
        ))
    }
}

fn log(request: &Request, attempt: u32, elapsed: Duration, outcome: &Result<Response, Failure>) {
    let url = RedactedUrl::from(&request.url);
    let elapsed_ms = elapsed.as_millis();
    match outcome {
        Ok(response) => tracing::debug!(
            %url,
            attempt,
            elapsed_ms,
            status = response.status,
            bytes = response.body.len(),
            "fetched"
        ),
        Err(failure) => tracing::debug!(
            %url,
            attempt,
            elapsed_ms,
            status = failure.error.status(),
            error = &failure.error as &dyn std::error::Error,
            "fetch failed"
        ),
    }
}
