//! One attempt at a request: the redirect chain, each step checked, queued and timed.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use tokio::time::{Instant, timeout};
use url::Url;

use super::body::{Limits, Sink, Taken};
use super::hop::{Hop, text, validators};
use super::{FetchError, Request, Shared, Validators, Way, backoff, body};

/// A failed attempt, with the wait that the portal asked for.
pub(super) struct Failure {
    pub(super) error: FetchError,
    pub(super) retry_after: Option<Duration>,
    /// How long it took, without the time in the queue.
    pub(super) took: Duration,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self {
            error,
            retry_after: None,
            took: Duration::ZERO,
        }
    }
}

/// An answer, its body in memory or in the file that it was meant for.
pub(super) struct Arrived {
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) content_type: Option<String>,
    pub(super) validators: Validators,
    pub(super) body: Bytes,
    pub(super) bytes: u64,
}

/// What one step of the chain led to.
enum Step {
    Arrived(Arrived),
    Redirected(StatusCode, HeaderValue),
}

impl Shared {
    /// Tries once. The time limit counts what the portal takes, not what the queue does.
    pub(super) async fn attempt(
        &self,
        request: &Request,
        sink: &mut Sink,
    ) -> Result<Arrived, Failure> {
        let mut hop = Hop::first(request)?;
        let allowed = match sink {
            Sink::Memory => self.options.total_timeout,
            Sink::File(_) => self.options.download_timeout,
        };
        let mut time = allowed;
        for _ in 0..=self.options.max_redirects {
            let way = self.way(&hop.url)?;
            let started = Instant::now();
            let delay = self.permitted(&hop.url).await.map_err(|error| Failure {
                took: started.elapsed(),
                ..Failure::from(error)
            })?;
            let mut turn = self.queues.turn(&hop.url, delay).await;
            self.spending.request()?;
            let started = Instant::now();
            let outcome = match timeout(time, self.step(&way, &hop, request, sink)).await {
                Ok(outcome) => outcome,
                Err(_elapsed) => Err(timed_out(&hop.url)),
            };
            time = time.saturating_sub(started.elapsed());
            if let Err(failure) = &outcome
                && let Some(wait) = failure.retry_after
            {
                // Whoever is next in the queue waits, be it another request or the next attempt.
                turn.postpone(wait.min(self.options.max_wait));
            }
            drop(turn);
            let outcome = outcome.map_err(|failure| Failure {
                took: allowed.saturating_sub(time),
                error: failure.error.through(way.proxy),
                ..failure
            });
            match outcome? {
                Step::Arrived(arrived) => return Ok(arrived),
                Step::Redirected(status, location) => hop = hop.follow(status, &location)?,
            }
        }
        Err(Failure::from(FetchError::TooManyRedirects {
            url: (&request.url).into(),
        }))
    }

    async fn step(
        &self,
        way: &Way<'_>,
        hop: &Hop,
        request: &Request,
        sink: &mut Sink,
    ) -> Result<Step, Failure> {
        let mut sending = way
            .client
            .request(hop.method.clone(), hop.url.clone())
            .headers(hop.headers.clone());
        if let Some(body) = &hop.body {
            sending = sending.body(body.clone());
        }
        let response = sending
            .send()
            .await
            .map_err(|error| FetchError::from_client(&hop.url, error))?;
        let status = response.status();
        if is_redirect(status)
            && let Some(location) = response.headers().get(LOCATION)
        {
            return Ok(Step::Redirected(status, location.clone()));
        }
        let unchanged = status == StatusCode::NOT_MODIFIED && request.validators.is_some();
        // Part of a body that was asked for whole is no success.
        let success = status.is_success() && status != StatusCode::PARTIAL_CONTENT;
        if !unchanged && !success {
            return Err(refused(&hop.url, response).await);
        }
        let sent = request.validators.as_ref().filter(|_| unchanged);
        let content_type = text(response.headers(), &CONTENT_TYPE);
        let validators = validators(response.headers(), sent);
        sink.empty().await.map_err(FetchError::Spool)?;
        let taken = if unchanged || status == StatusCode::NO_CONTENT {
            Taken {
                body: Bytes::new(),
                bytes: 0,
            }
        } else {
            let limits = self.limits(sink);
            body::take(response, &hop.url, limits, &self.spending, sink).await?
        };
        Ok(Step::Arrived(Arrived {
            url: hop.url.clone(),
            status: status.as_u16(),
            content_type,
            validators,
            body: taken.body,
            bytes: taken.bytes,
        }))
    }

    fn limits(&self, sink: &Sink) -> Limits {
        Limits {
            bytes: match sink {
                Sink::Memory => self.options.max_bytes,
                Sink::File(_) => self.options.max_download,
            },
            ratio: self.options.max_ratio.max(1),
            grace: match sink {
                Sink::Memory => None,
                Sink::File(_) => Some(self.options.total_timeout),
            },
        }
    }
}

fn timed_out(url: &Url) -> Failure {
    Failure::from(FetchError::Timeout { url: url.into() })
}

async fn refused(url: &Url, response: reqwest::Response) -> Failure {
    Failure {
        retry_after: backoff::retry_after(response.headers(), SystemTime::now()),
        took: Duration::ZERO,
        error: FetchError::Status {
            url: url.into(),
            status: response.status().as_u16(),
            excerpt: body::excerpt(response, url).await,
        },
    }
}

pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
