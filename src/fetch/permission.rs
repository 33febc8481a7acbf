//! Asking a host's robots.txt before anything else is asked of it, where that is wanted.
//!
//! RFC 9309 §2.3: a file that is not there allows everything; a host that fails disallows everything for
//! now. A file is asked for once for each fetcher, thus once a run.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::LOCATION;
use tokio::sync::Mutex;
use tokio::time::timeout;
use url::Url;

use super::attempt::is_redirect;
use super::hop::Hop;
use super::options::Robots;
use super::robots::{self, Rules};
use super::{FetchError, Request, Shared, Way, body};

/// RFC 9309 §2.3.1.2: so many redirects are followed at least.
const REDIRECTS: usize = 5;

/// The rules of the hosts that were asked, by origin.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<String, Arc<Rules>>>);

impl Shared {
    /// Whether an address may be asked for, and the pause that its host is left alone for afterwards.
    pub(super) async fn permitted(&self, url: &Url) -> Result<Duration, FetchError> {
        if self.options.robots == Robots::Ignore {
            return Ok(self.options.delay);
        }
        let rules = self.rules(url).await?;
        if !rules.allow(url) {
            return Err(FetchError::Disallowed { url: url.into() });
        }
        // A host that wants to be asked once a day is asked once in a while: a run has its budget.
        let asked = rules.delay.unwrap_or_default().min(self.options.max_wait);
        Ok(self.options.delay.max(asked))
    }

    async fn rules(&self, url: &Url) -> Result<Arc<Rules>, FetchError> {
        let origin = url.origin().ascii_serialization();
        // Locked while the file is fetched: nobody else needs to ask for it.
        let mut known = self.known.0.lock().await;
        if let Some(rules) = known.get(&origin) {
            return Ok(Arc::clone(rules));
        }
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        address.set_fragment(None);
        let rules = self.fetch_rules(&address).await;
        let rules = Arc::new(rules.map_err(|source| FetchError::NoRobots {
            url: url.into(),
            source: Box::new(source),
        })?);
        known.insert(origin, Arc::clone(&rules));
        Ok(rules)
    }

    async fn fetch_rules(&self, url: &Url) -> Result<Rules, FetchError> {
        let request = Request::new(url.clone(), "text/plain,*/*;q=0.5");
        let mut hop = Hop::first(&request)?;
        for _ in 0..=REDIRECTS {
            let way = self.way(&hop.url)?;
            let _turn = self.queues.turn(&hop.url, self.options.delay).await;
            self.spending.request()?;
            let time = self.options.total_timeout;
            match timeout(time, self.ask_rules(&way, &hop)).await {
                Ok(Ok(Asked::Rules(rules))) => return Ok(rules),
                Ok(Ok(Asked::Redirected(next))) => hop = next,
                Ok(Err(error)) => return Err(error.through(way.proxy)),
                Err(_elapsed) => {
                    let url = (&hop.url).into();
                    return Err(FetchError::Timeout { url }.through(way.proxy));
                }
            }
        }
        Ok(Rules::default())
    }

    async fn ask_rules(&self, way: &Way<'_>, hop: &Hop) -> Result<Asked, FetchError> {
        let sending = way.client.get(hop.url.clone()).headers(hop.headers.clone());
        let response = sending
            .send()
            .await
            .map_err(|error| FetchError::from_client(&hop.url, error))?;
        let status = response.status();
        if is_redirect(status)
            && let Some(location) = response.headers().get(LOCATION)
        {
            return Ok(Asked::Redirected(hop.clone().follow(status, location)?));
        }
        if status.is_success() {
            let text = body::beginning(response, &hop.url, robots::MAX_BYTES).await?;
            self.spending.bytes(text.len())?;
            return Ok(Asked::Rules(Rules::parse(&text)));
        }
        // A host that is asked too often is no host without rules.
        if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS {
            return Ok(Asked::Rules(Rules::default()));
        }
        Err(FetchError::Status {
            url: (&hop.url).into(),
            status: status.as_u16(),
            excerpt: body::excerpt(response, &hop.url).await,
        })
    }
}

enum Asked {
    Rules(Rules),
    Redirected(Hop),
}
