//! DKAN 2 (<https://dkan.readthedocs.io/>), whose API is another one: what it has of CKAN's is the name.
//!
//! All that it publishes stands in its `data.json`, a catalogue in JSON-LD that is read as any feed is. A
//! portal is taken for one only where it answers as DKAN 2 does: a CKAN portal whose API is down may have
//! a `data.json` as well, in which its packages have other identifiers.

use serde_json::Value;

use super::Crawl;
use crate::fetch::{Fetcher, Request};
use crate::source::contract::{CrawlError, Plan, Start};
use crate::source::crawl::answer::{self, json};
use crate::source::feed::{self, Asked};

/// What DKAN 2 says of the schema of its datasets.
const SCHEMA: [&str; 5] = ["api", "1", "metastore", "schemas", "dataset"];

impl Crawl {
    /// Goes over to the feed of a DKAN 2 portal; whether it is one.
    pub(super) async fn turn_to_feed(&mut self, fetcher: &Fetcher) -> Result<bool, CrawlError> {
        let url = super::super::below(&self.site.root, &SCHEMA);
        let response = match fetcher
            .get(&Request::new(url.clone(), "application/json"))
            .await
        {
            Ok(response) => response,
            Err(error) if error.ends_all() => return Err(error.into()),
            Err(_) => return Ok(false),
        };
        let text = answer::text(&response).text;
        let schema: Result<Value, CrawlError> = json(&text, &url);
        if !schema.is_ok_and(|schema| schema.get("properties").is_some()) {
            return Ok(false);
        }
        let plan = self.plan.clone();
        let opened = self.open_feed(plan, None);
        opened.map_err(|message| CrawlError::Shape { url, message })?;
        Ok(true)
    }

    /// Begins the feed, or goes on with it.
    pub(super) fn open_feed(&mut self, plan: Plan, cursor: Option<&str>) -> Result<(), String> {
        let url = super::super::below(&self.site.root, &["data.json"]);
        let asked = Asked::everything(url, self.site.include.clone());
        let start = Start {
            site: self.site.clone(),
            plan,
            cursor,
            how: self.how,
        };
        self.feed = Some(feed::feed(&asked, start)?);
        Ok(())
    }
}
