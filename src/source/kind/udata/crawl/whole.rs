//! Lists that are read at once, all pages of them, because they are a part of something: the elements of
//! a topic, the datasets of a service, the discussions of some records.
//!
//! Half of such a list would be taken for a shorter one, so it counts only when it has exactly as many
//! entries as it announces.

use url::Url;

use super::CrawlError;
use super::answer::{Mask, Reader};
use crate::fetch::Fetcher;
use crate::source::crawl::listing::{Listing, count_of, endless, shrunk};

/// How often a list that changes while it is read is read.
const READINGS: u32 = 2;

impl Reader {
    /// Every entry of the list at `url`, in its order.
    pub(super) async fn whole(
        &self,
        url: &Url,
        mask: Mask,
        largest: u64,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        let mut list = Listing::new(largest);
        let mut reading = 1;
        loop {
            match self.pages(url, mask, list.size, fetcher).await {
                Ok(entries) => return Ok(entries),
                Err(CrawlError::Shrunk { .. }) if reading < READINGS => reading += 1,
                Err(error) => list.shrink(url, error)?,
            }
        }
    }

    async fn pages(
        &self,
        url: &Url,
        mask: Mask,
        mut size: u64,
        fetcher: &Fetcher,
    ) -> Result<Vec<String>, CrawlError> {
        let mut found: Vec<String> = Vec::new();
        let mut before: Vec<String> = Vec::new();
        let mut page = 1;
        loop {
            let mut at = url.clone();
            at.query_pairs_mut()
                .append_pair("page", &page.to_string())
                .append_pair("page_size", &size.to_string());
            let list = self.list(&at, mask, fetcher).await?;
            if let (1, Some(own)) = (page, list.page_size) {
                size = size.min(own.max(1));
            }
            let count = count_of(found.len() + list.items.len());
            let is_beyond = list.total.is_some_and(|total| count > total);
            let repeats = list.items.is_empty() || list.items == before;
            if list.has_next && (repeats || is_beyond) {
                return Err(endless(&at));
            }
            found.extend(list.items.iter().cloned());
            before = list.items;
            if list.has_next {
                page += 1;
                continue;
            }
            return match list.total {
                Some(total) if total != count => Err(shrunk(&at, total, count)),
                _ => Ok(found),
            };
        }
    }
}
