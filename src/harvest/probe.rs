//! One cheap question to a portal: does it answer, and as what it is said to be?

use std::time::Duration;

use super::start::refused;
use super::{HarvestError, fetch_options};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::fetch::{Budget, FetchError, Fetcher, Limit, Options};
use crate::source::{self, CrawlError, Plan, Settings};

/// No more is read, in bytes: feeds of one document may have gigabytes.
const MOST: u64 = 20_000_000;

/// No longer is waited for one answer, and for all that the question takes.
const ANSWER: Duration = Duration::from_secs(20);
const ALL: Duration = Duration::from_mins(1);

/// What a portal answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// So many records of a list, by its own count.
    Counted(u64, &'static str),
    /// So many records of a list on the first page, and no count.
    Listed(u64, &'static str),
    /// More than so many bytes in one document, of which no more were read.
    Large(u64),
}

/// Asks a portal for the first page of its datasets, once. Nothing is written.
///
/// # Errors
/// What kept it from answering, or from answering as a portal of its kind; names the portal.
pub async fn probe(config: &Config, portal: &Portal) -> Result<Answer, HarvestError> {
    let mut asked = portal.clone();
    // Some kinds list their organizations first.
    let has = |name: &str| source::of(portal.kind()).collections.contains(&name);
    if has("datasets") && portal.include.is_none() {
        asked.include = Some(vec!["datasets".to_owned()]);
    }
    let options = fetch_options(config, portal);
    let fetcher = Fetcher::new(Options {
        connect_timeout: options.connect_timeout.min(ANSWER),
        read_timeout: options.read_timeout.min(ANSWER),
        total_timeout: options.total_timeout.min(ANSWER),
        download_timeout: options.download_timeout.min(ALL),
        max_bytes: MOST,
        max_download: MOST,
        attempts: 1,
        // There may be no store yet.
        spool: std::env::temp_dir(),
        budget: Budget {
            time: Some(ALL),
            requests: Some(20),
            bytes: Some(2 * MOST),
        },
        ..options
    })?;
    let settings = Settings {
        page_size: Some(1),
        retry_wait: Duration::ZERO,
    };
    let refused = |message: String| refused(portal, message);
    let root = portal.root().map_err(refused)?;
    let mut crawl = asked
        .crawl(root, Plan::Full, None, settings)
        .map_err(refused)?;
    let list = crawl.collections().first().copied().unwrap_or("records");
    match crawl.next(&fetcher).await {
        Ok(Some(page)) => {
            let list = page
                .records
                .first()
                .map_or(list, |record| record.collection);
            let listed = u64::try_from(page.records.len()).unwrap_or(u64::MAX);
            Ok(match page.total {
                Some(total) => Answer::Counted(total, list),
                None => Answer::Listed(listed, list),
            })
        }
        Ok(None) | Err(CrawlError::Empty { .. }) => Ok(Answer::Counted(0, list)),
        Err(CrawlError::Fetch(
            FetchError::TooLarge { .. } | FetchError::Spent(Limit::Bytes(_)),
        )) => Ok(Answer::Large(MOST)),
        Err(error) => Err(refused(causes(&error))),
    }
}
