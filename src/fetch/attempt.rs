//! One attempt at a request: the redirect chain, each step checked, queued and timed.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use tokio::time::{Instant, timeout};
use url::Url;

use super::hop::{Hop, text, validators};
use super::{FetchError, Request, Response, Shared, backoff, body};

/// A failed attempt, with the wait that the portal asked for.
pub(super) struct Failure {
    pub(super) error: FetchError,
    pub(super) retry_after: Option<Duration>,
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self {
            error,
            retry_after: None,
        }
    }
}

/// What one step of the chain led to.
enum Step {
    Arrived(Response),
    Redirected(HeaderValue),
}

impl Shared {
    /// Tries once. The time limit counts what the portal takes, not what the queue does.
    pub(super) async fn attempt(&self, request: &Request) -> Result<Response, Failure> {
        let mut hop = Hop::first(request)?;
        let mut time = self.options.total_timeout;
        for _ in 0..=self.options.max_redirects {
            self.guard
                .check(&hop.url)
                .map_err(|refusal| FetchError::private(&hop.url, &refusal))?;
            let mut turn = self.queues.turn(&hop.url).await;
            let started = Instant::now();
            let outcome = match timeout(time, self.step(&hop, request)).await {
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
            match outcome? {
                Step::Arrived(response) => return Ok(response),
                Step::Redirected(location) => hop = hop.follow(&location)?,
            }
        }
        Err(Failure::from(FetchError::TooManyRedirects {
            url: (&request.url).into(),
        }))
    }

    async fn step(&self, hop: &Hop, request: &Request) -> Result<Step, Failure> {
        let sending = self
            .client
            .get(hop.url.clone())
            .headers(hop.headers.clone())
            .send();
        let mut response = sending
            .await
            .map_err(|error| FetchError::from_client(&hop.url, error))?;
        let status = response.status();
        if is_redirect(status)
            && let Some(location) = response.headers().get(LOCATION)
        {
            return Ok(Step::Redirected(location.clone()));
        }
        let unchanged = status == StatusCode::NOT_MODIFIED && request.validators.is_some();
        // Part of a body that was asked for whole is no success.
        let success = status.is_success() && status != StatusCode::PARTIAL_CONTENT;
        if !unchanged && !success {
            return Err(refused(&hop.url, &mut response).await);
        }
        let body = if unchanged || status == StatusCode::NO_CONTENT {
            bytes::Bytes::new()
        } else {
            body::read(&mut response, &hop.url, self.options.max_bytes).await?
        };
        let sent = request.validators.as_ref().filter(|_| unchanged);
        Ok(Step::Arrived(Response {
            url: hop.url.clone(),
            status: status.as_u16(),
            content_type: text(response.headers(), &CONTENT_TYPE),
            validators: validators(response.headers(), sent),
            body,
            attempts: 1,
        }))
    }
}

fn timed_out(url: &Url) -> Failure {
    Failure::from(FetchError::Timeout { url: url.into() })
}

async fn refused(url: &Url, response: &mut reqwest::Response) -> Failure {
    Failure {
        retry_after: backoff::retry_after(response.headers(), SystemTime::now()),
        error: FetchError::Status {
            url: url.into(),
            status: response.status().as_u16(),
            excerpt: body::excerpt(response).await,
        },
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
