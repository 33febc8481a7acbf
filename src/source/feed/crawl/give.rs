//! Giving the records of a feed, some at a time: those that point to what is not known yet wait until the
//! whole feed has been seen.

use url::Url;

use super::Feed;
use crate::source::contract::{CrawlError, Page, RawRecord};
use crate::source::feed::document::Document;

/// Records of one portion.
const PORTION: usize = 100;

impl Feed {
    /// A portion of the document's records; none once it is through.
    pub(super) fn portion(&mut self) -> Result<Option<Page>, CrawlError> {
        match self.document.take() {
            Some(mut document) => {
                let (page, is_through) = document.during(|document| self.some(document))??;
                if !is_through {
                    self.document = Some(document);
                }
                Ok(page)
            }
            None => Ok(None),
        }
    }

    /// Some records of a document, and whether those were the last.
    fn some(&mut self, document: &mut Document) -> Result<(Option<Page>, bool), CrawlError> {
        let may_wait = self.walk == 1 && (self.after.is_resumed || !self.todo.is_empty());
        let mut page = Page {
            total: self.total,
            ..Page::default()
        };
        let mut is_through = false;
        while page.records.len() < PORTION {
            let Some(record) = document.pop()? else {
                is_through = true;
                break;
            };
            let name = (record.collection, record.key.clone());
            // One without an identifier is told every time, and rejected.
            let is_known =
                !record.key.is_empty() && (self.given.contains(&name) || self.held.contains(&name));
            if is_known || !self.include.contains(&record.collection) {
                continue;
            }
            let (record, open) = self.known.resolve(record);
            if may_wait && !open.is_empty() {
                self.known.ask(&open);
                self.held.insert(name);
                self.wait(&record, &document.url)?;
            } else {
                self.given.insert(name);
                page.records.push(record);
            }
        }
        if is_through {
            for note in document.notes()? {
                self.note(note);
            }
        }
        page.position = self.position();
        Ok(((!page.records.is_empty()).then_some(page), is_through))
    }

    fn wait(&mut self, record: &RawRecord, url: &Url) -> Result<(), CrawlError> {
        self.spool.push(record).map_err(|error| CrawlError::NotRdf {
            url: url.clone(),
            message: error.to_string(),
        })
    }

    /// A portion of the records that waited.
    pub(super) fn waiting(&mut self) -> Result<Option<Page>, CrawlError> {
        let mut page = Page {
            total: self.total,
            ..Page::default()
        };
        while page.records.len() < PORTION {
            let record = self.spool.pop().map_err(|error| CrawlError::NotRdf {
                url: self.address.clone(),
                message: error.to_string(),
            })?;
            let Some(record) = record else {
                break;
            };
            // A second walk may have given it.
            let name = (record.collection, record.key.clone());
            if self.given.insert(name) || record.key.is_empty() {
                page.records.push(self.known.resolve(record).0);
            }
        }
        page.position = self.position();
        Ok((!page.records.is_empty()).then_some(page))
    }

    /// How many records were given; a walk that begins anew gives some of them again.
    fn position(&self) -> u64 {
        let given = u64::try_from(self.given.len()).unwrap_or(u64::MAX);
        let given = given.saturating_add(self.given_before);
        self.total.map_or(given, |total| given.min(total))
    }
}
