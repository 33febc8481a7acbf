//! Lists that do not say how many entries they have: another list, of all names, does.
//!
//! Portals cap such a list, and some ignore where it should begin. It counts as whole when it has as many
//! entries as there are names.

use super::{Crawl, CrawlError, DATASETS, ORGANIZATIONS, Page, raw};
use crate::fetch::Fetcher;
use crate::source::crawl::listing::{count_of, endless};

/// Packages that are fetched one by one for one page of the crawl.
const CHUNK: usize = 50;

impl Crawl {
    /// The next page of the organizations.
    pub(super) async fn organizations(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        let parameters = [("all_fields", "true"), ("include_extras", "true")];
        let action = "organization_list";
        self.listed(ORGANIZATIONS, action, action, &parameters, fetcher)
            .await
    }

    /// The next page of a list, of which `names` lists all names.
    pub(super) async fn listed(
        &mut self,
        collection: &'static str,
        action: &str,
        names: &str,
        parameters: &[(&'static str, &str)],
        fetcher: &Fetcher,
    ) -> Result<Page, CrawlError> {
        let mount = self.cursor.mount.unwrap_or_default();
        if self.cursor.list.position == 0 {
            let url = self.api.url(mount, names, &[]);
            let total = count_of(self.api.names(&url, fetcher).await?.len());
            if total == 0 {
                return self.nothing(collection, &url);
            }
            self.cursor.list.total = Some(total);
        }
        let list = &mut self.cursor.list;
        let total = list.total.unwrap_or_default();
        let (url, items) = loop {
            let mut asked: Vec<(&str, String)> = parameters
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect();
            asked.push(("limit", list.size.to_string()));
            asked.push(("offset", list.position.to_string()));
            let url = self.api.url(mount, action, &asked);
            match self.api.objects(&url, fetcher).await {
                Ok(items) => break (url, items),
                Err(error) if error.is_absent() => return Err(error),
                Err(error) => list.shrink(&url, error)?,
            }
        };
        let count = count_of(items.len());
        let records = items
            .into_iter()
            .map(|item| raw(collection, item))
            .collect();
        let records = list.fresh(records);
        list.position += count;
        let is_short = list.end(&url, Some(total)).is_err();
        if records.is_empty() && count > 0 && is_short {
            return Err(endless(&url));
        }
        let page = Page {
            total: Some(total),
            position: total.min(list.position),
            records,
            ..Page::default()
        };
        if page.records.is_empty() || list.seen >= total {
            list.end(&url, Some(total))?;
            self.finish_list();
        }
        Ok(page)
    }

    /// The next packages by the names of `package_list`, each by itself.
    pub(super) async fn each(&mut self, fetcher: &Fetcher) -> Result<Page, CrawlError> {
        let mount = self.cursor.mount.unwrap_or_default();
        let url = self.api.url(mount, "package_list", &[]);
        let names = if let Some(names) = self.names.take() {
            names
        } else {
            let mut names = self.api.names(&url, fetcher).await?;
            // Sorted, so that an interrupted run goes on where it was.
            names.sort_unstable();
            names.dedup();
            names
        };
        if names.is_empty() {
            return self.nothing(DATASETS, &url);
        }
        let total = count_of(names.len());
        self.cursor.list.announce(&url, Some(total))?;
        let start = usize::try_from(self.cursor.list.position).unwrap_or(usize::MAX);
        let mut page = Page {
            total: Some(total),
            ..Page::default()
        };
        let mut records = Vec::new();
        for name in names.iter().skip(start).take(CHUNK) {
            let show = self.api.url(mount, "package_show", &[("id", name.clone())]);
            match self.api.object(&show, fetcher).await {
                Ok(package) => records.push(raw(DATASETS, package)),
                Err(error)
                    if error.is_absent() && self.cursor.list.seen + count_of(records.len()) > 0 =>
                {
                    page.gone.push((DATASETS, name.clone()));
                }
                Err(error) => return Err(error),
            }
        }
        let list = &mut self.cursor.list;
        list.position = (list.position + count_of(CHUNK)).min(total);
        page.position = list.position;
        page.records = list.fresh(records);
        if list.position >= total {
            self.finish_list();
        } else {
            self.names = Some(names);
        }
        Ok(page)
    }
}
