//! The only place where Moisson speaks HTTP to portals.
//!
//! Portals are strangers: every address is checked before a connection is made to it (redirects
//! and DNS answers too), every wait and every body is bounded, one host gets one request at a
//! time, and what a portal says about waiting (`Retry-After`, RFC 9110 §10.2.3) is obeyed. What
//! comes back is bytes: nothing here parses them. Credentials never reach a log, an error message
//! or another origin.

mod address;
mod attempt;
pub mod authorities;
mod backoff;
mod body;
mod budget;
mod client;
mod error;
mod file;
mod guard;
mod hop;
mod message;
mod options;
mod packed;
mod permission;
mod proxy;
mod queue;
mod redact;
mod robots;
mod watch;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncSeekExt as _;
use tokio::time::{Instant, sleep};
use url::Url;

use self::attempt::{Arrived, Failure};
use self::body::Sink;
use self::budget::{Patience, Spending};
use self::guard::{Guard, is_metadata};
use self::permission::Known;
use self::proxy::{Way, Ways};
use self::queue::Queues;

pub use self::budget::{Budget, Limit};
pub use self::error::FetchError;
pub use self::file::unpacked;
pub use self::message::{Download, Payload, Request, Response, Validators};
pub use self::options::{Options, Reach, Robots};
pub use self::proxy::{Proxies, is_here};
pub use self::redact::RedactedUrl;
pub use self::watch::Watch;
/// Names and values of headers, for whoever sends a [`Request`].
pub use reqwest::header;

/// Fetches politely within [`Options`]. Clones share connections and the budget; the queue of a host is
/// shared by all fetchers of the process.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
    watch: Option<Arc<dyn Watch>>,
}

struct Shared {
    ways: Ways,
    guard: Guard,
    queues: Queues,
    known: Known,
    spending: Spending,
    patience: Patience,
    options: Options,
}

impl Fetcher {
    /// Makes a fetcher.
    ///
    /// # Errors
    /// [`FetchError::Client`] when the HTTP client cannot be set up, as with a user agent that no
    /// header can hold; [`FetchError::Proxy`] for what is no proxy.
    pub fn new(options: Options) -> Result<Self, FetchError> {
        let guard = Guard::new(options.reach.clone());
        Self::guarded(options, guard)
    }

    fn guarded(options: Options, guard: Guard) -> Result<Self, FetchError> {
        Ok(Self {
            shared: Arc::new(Shared {
                ways: Ways::new(&options, &guard)?,
                guard,
                queues: Queues::of_this_process(),
                known: Known::default(),
                spending: Spending::new(options.budget),
                patience: Patience::new(options.patience),
                options,
            }),
            watch: None,
        })
    }

    /// The same, with somebody who watches over the reading of what is downloaded.
    #[must_use]
    pub fn watched(self, watch: Arc<dyn Watch>) -> Self {
        Self {
            watch: Some(watch),
            ..self
        }
    }

    /// Who watches over the reading of what is downloaded.
    #[must_use]
    pub fn watch(&self) -> Option<Arc<dyn Watch>> {
        self.watch.clone()
    }

    /// Fetches an address into memory, again after a wait where the failure may pass.
    ///
    /// # Errors
    /// The last attempt's [`FetchError`].
    pub async fn get(&self, request: &Request) -> Result<Response, FetchError> {
        let (arrived, attempts) = self.tried(request, &mut Sink::Memory).await?;
        Ok(Response {
            url: arrived.url,
            status: arrived.status,
            content_type: arrived.content_type,
            validators: arrived.validators,
            body: arrived.body,
            attempts,
        })
    }

    /// Fetches an address into a temporary file, again after a wait where the failure may pass: for
    /// what need not fit into memory. What is a gzip file there is unpacked.
    ///
    /// # Errors
    /// The last attempt's [`FetchError`]; [`FetchError::Spool`] when the file cannot be written.
    pub async fn download(&self, request: &Request) -> Result<Download, FetchError> {
        let spool = &self.shared.options.spool;
        let file = tempfile::tempfile_in(spool).map_err(FetchError::Spool)?;
        let mut sink = Sink::File(tokio::fs::File::from_std(file));
        let (arrived, attempts) = self.tried(request, &mut sink).await?;
        let file = match sink {
            Sink::File(mut file) => {
                file.rewind().await.map_err(FetchError::Spool)?;
                file.into_std().await
            }
            Sink::Memory => return Err(FetchError::Spool(std::io::ErrorKind::NotFound.into())),
        };
        Ok(Download {
            url: arrived.url,
            status: arrived.status,
            content_type: arrived.content_type,
            validators: arrived.validators,
            file,
            bytes: arrived.bytes,
            attempts,
        })
    }

    /// Tries until there is an answer, or no hope of one; and how often that was.
    async fn tried(
        &self,
        request: &Request,
        sink: &mut Sink,
    ) -> Result<(Arrived, u32), FetchError> {
        let shared = &self.shared;
        shared.patience.check(&request.url)?;
        shared.spending.in_time(self.attempts(request, sink)).await
    }

    async fn attempts(
        &self,
        request: &Request,
        sink: &mut Sink,
    ) -> Result<(Arrived, u32), FetchError> {
        let mut attempt = 1;
        loop {
            let started = Instant::now();
            let outcome = self.shared.attempt(request, sink).await;
            log(request, attempt, started.elapsed(), &outcome);
            let failure = match outcome {
                Ok(arrived) => {
                    self.shared.patience.answered();
                    return Ok((arrived, attempt));
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
        let (options, patience) = (&self.shared.options, &self.shared.patience);
        if !failure.error.is_transient() {
            patience.answered();
            return None;
        }
        let asked = failure.retry_after.unwrap_or_default();
        patience.lose(failure.took.saturating_add(asked.min(options.max_wait)));
        // A shorter wait than the longest is waited for in the host's queue.
        if attempt >= options.attempts || asked > options.max_wait || patience.check(url).is_err() {
            return None;
        }
        let seed = backoff::seed(url, attempt);
        let wait = backoff::wait(options.backoff, options.max_wait, attempt, seed);
        patience.lose(wait);
        Some(wait)
    }
}

/// Why a portal's own address can never be fetched, as far as it tells by itself: it is written as an
/// address that is not public, or is one of this machine. `own` says whether its host may be private.
#[must_use]
pub fn refusal(url: &Url, own: bool) -> Option<String> {
    let refused = |reach| Guard::new(reach).check(url).is_err();
    let shown = RedactedUrl::from(url);
    if is_metadata(url) || refused(Reach::and_host_of(url)) {
        Some(format!(
            "{shown} is at an address where no portal may be, not even with `allow_private`"
        ))
    } else if !own && (is_here(url) || refused(Reach::PublicOnly)) {
        Some(format!(
            "{shown} is not at a public address: `allow_private = true` says that it is meant so"
        ))
    } else {
        None
    }
}

impl Shared {
    /// How to get to an address that may be fetched.
    ///
    /// # Errors
    /// [`FetchError::Private`] and [`FetchError::PrivateName`] for one that may not.
    fn way(&self, url: &Url) -> Result<Way<'_>, FetchError> {
        let way = self.ways.to(url);
        self.guard
            .check(url)
            .map_err(|refusal| FetchError::private(url, &refusal))?;
        if way.proxy.is_some() && !self.guard.admits_name(url) {
            return Err(FetchError::PrivateName { url: url.into() });
        }
        Ok(way)
    }
}

fn log(request: &Request, attempt: u32, elapsed: Duration, outcome: &Result<Arrived, Failure>) {
    let url = RedactedUrl::from(&request.url);
    let elapsed_ms = elapsed.as_millis();
    match outcome {
        Ok(arrived) => tracing::debug!(
            %url,
            attempt,
            elapsed_ms,
            status = arrived.status,
            bytes = arrived.bytes,
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
