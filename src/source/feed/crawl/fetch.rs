//! Fetching of a feed's documents, again where an answer cannot be used.

use url::Url;

use super::{Feed, Part, Paths, State, Todo};
use crate::address::public;
use crate::fetch::{FetchError, Fetcher, Request};
use crate::source::contract::CrawlError;
use crate::source::feed::document::{Document, content as content_of};

/// How often an unusable answer is asked for, unless it is the same twice.
const ATTEMPTS: u32 = 3;

/// What a feed may be asked for, best first: what can be read as a stream before what cannot.
const ACCEPT: &str = "text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.9, \
     application/trig;q=0.8, application/n-quads;q=0.8, application/ld+json;q=0.7, text/n3;q=0.6, \
     application/xml;q=0.3, application/json;q=0.3, */*;q=0.1";

impl Feed {
    /// Fetches and reads a document. What goes wrong ends the walk, once what was read is given.
    pub(super) async fn open(&mut self, todo: Todo, fetcher: &Fetcher) {
        self.visited.insert(todo.url.clone());
        let mut outcome = self.fetch(&todo.url, fetcher).await;
        if let (Err(error), Some(other)) = (&outcome, &todo.other) {
            let error = error.to_string();
            tracing::debug!(%other, error, "the page is not there, asking elsewhere");
            let is_own_host = other.origin() == todo.url.origin();
            outcome = self.fetch(other, fetcher).await;
            if is_own_host && outcome.is_ok() {
                self.paths = Paths::Unmounted;
                self.visited.insert(other.clone());
                self.note(format!(
                    "the feed's links to its pages lead to {}: taken at the feed's own path",
                    todo.url.path()
                ));
            }
        } else if let Some(other) = &todo.other
            && other.origin() != self.address.origin()
            && other.host() != todo.url.host()
        {
            let host = other.host_str().unwrap_or_default();
            self.note(format!(
                "the feed's links to its pages lead to {host}: taken on the feed's own host"
            ));
        }
        match outcome {
            Ok(None) => self.state = State::Unchanged,
            Ok(Some(document)) => self.opened(document, &todo),
            Err(error) if todo.part == Part::Below && is_no_feed(&error) => {
                self.note(format!("a catalogue below has no feed of its own: {error}"));
            }
            Err(error) if self.may_pause && is_spent(&error) => self.pause(error),
            Err(error) => self.fail(error),
        }
    }

    /// The document at an address; none where the server says that it is known.
    async fn fetch(
        &mut self,
        url: &Url,
        fetcher: &Fetcher,
    ) -> Result<Option<Document>, CrawlError> {
        let mut request = Request::new(url.clone(), ACCEPT);
        if self.documents == 0 {
            request.validators = self.validators.clone();
        }
        let mut attempt = 1;
        let mut before = None;
        loop {
            let download = fetcher.download(&request).await?;
            if download.status == 304 {
                self.first = Some(download.validators);
                return Ok(None);
            }
            let validators = download.validators.clone();
            let mut file = download.file.try_clone().ok();
            let (asked, feed) = (url.clone(), self.address.clone());
            let watch = fetcher.watch();
            // To its end, whatever becomes of the run: who stops the program is no death of a reader.
            let reading = tokio::task::spawn_blocking(move || {
                Document::watched(download, &asked, &feed, watch)
            });
            let outcome = match reading.await {
                Ok(outcome) => outcome,
                Err(error) => Err(CrawlError::NotRdf {
                    url: url.clone(),
                    message: error.to_string(),
                }),
            };
            let is_usable = match &outcome {
                Ok(document) => document.cut_off.is_none(),
                Err(error) => !error.may_pass(),
            };
            // What comes twice is what there is: nothing was lost on the way.
            let content = file.as_mut().filter(|_| !is_usable);
            let content = content.and_then(|file| content_of(file).ok());
            let is_the_same = content.is_some() && content == before;
            before = content;
            if is_usable || is_the_same || attempt >= ATTEMPTS {
                if self.documents == 0 {
                    self.first = Some(validators);
                }
                return outcome.map(Some);
            }
            tracing::debug!(url = %public(url), attempt, "unusable answer");
            let wait = self.settings.retry_wait.saturating_mul(1 << (attempt - 1));
            tokio::time::sleep(wait).await;
            attempt += 1;
        }
    }
}

/// Whether an address answers with something that is no feed, rather than not at all.
fn is_no_feed(error: &CrawlError) -> bool {
    match error {
        CrawlError::NotRdf { .. } => true,
        CrawlError::Fetch(error) => {
            matches!(
                error.status(),
                Some(400 | 401 | 403 | 404 | 405 | 406 | 410)
            )
        }
        _ => false,
    }
}

/// Whether the budget of the run is spent.
fn is_spent(error: &CrawlError) -> bool {
    matches!(error, CrawlError::Fetch(FetchError::Spent(_)))
}
