//! Giving the records of a feed, some at a time: those that point to what is not known yet wait until the
//! whole feed has been seen.

use url::Url;

use super::Feed;
use crate::finding::{Code, Finding};
use crate::rdf::canon::Digest;
use crate::source::contract::{CrawlError, Page, RawRecord};
use crate::source::feed::document::Document;
use crate::source::feed::{CATALOGUES, payload};

/// Records of one portion.
const PORTION: usize = 100;

/// Different descriptions of one record that are taken, and one.
const DESCRIBED: usize = 10;

/// What a payload says, whatever the page knew of other records.
fn said(payload: &[u8]) -> Digest {
    let head = payload.iter().position(|byte| *byte == b'\n');
    Digest::of(head.and_then(|end| payload.get(end..)).unwrap_or(payload))
}

/// The payload of a description that is not the first of its record, with the finding that says so.
fn twice(payload: Vec<u8>, key: &str) -> Vec<u8> {
    let Ok((mut head, body)) = payload::split(&payload) else {
        return payload;
    };
    let message =
        "the feed describes it more than once, and differently: the descriptions are merged";
    let finding = Finding::new(Code::ConflictingValues, "dct:identifier", message, key);
    head.findings.push(finding);
    payload::with_body(&head, body)
}

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
            let mut record = record;
            if !self.include.contains(&record.collection) || !self.is_new(&mut record) {
                continue;
            }
            let name = (record.collection, record.key.clone());
            let digest = said(&record.payload);
            let (record, open) = self.known.resolve(record);
            if may_wait && !open.is_empty() {
                self.known.ask(&open);
                self.held.insert(name, digest);
                self.wait(&record, &document.url)?;
            } else {
                self.given.insert(name, digest);
                page.records.push(record);
            }
        }
        if is_through {
            self.listed.extend(document.listed());
            for note in document.notes()? {
                self.note(note);
            }
        }
        page.position = self.position();
        Ok(((!page.records.is_empty()).then_some(page), is_through))
    }

    /// Whether a record was not given yet. One that is described again, and otherwise, is given under a name
    /// of its own beside the first: both contribute to the one record that their identifier names, in
    /// whichever order they come.
    fn is_new(&mut self, record: &mut RawRecord) -> bool {
        // One without an identifier is told every time, and rejected.
        if record.key.is_empty() {
            return true;
        }
        let digest = said(&record.payload);
        let key = record.key.clone();
        for number in 2..=DESCRIBED {
            let name = (record.collection, record.key.clone());
            match self.given.get(&name).or_else(|| self.held.get(&name)) {
                None => return true,
                Some(known) if *known == digest => return false,
                // Every page has the catalogue, with what it lists there.
                Some(_) if record.collection == CATALOGUES => return false,
                Some(_) => record.key = format!("{key} ({number})"),
            }
            if number == 2 {
                record.payload = twice(std::mem::take(&mut record.payload), &key);
            }
        }
        self.note(format!(
            "{key} is described in many ways: the others are left out"
        ));
        false
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
            let digest = said(&record.payload);
            if self.given.insert(name, digest).is_none() || record.key.is_empty() {
                page.records.push(self.known.resolve(record).0);
            }
        }
        if page.records.is_empty() {
            page.skipped_unchanged = self.undescribed();
        }
        page.position = self.position();
        let is_empty = page.records.is_empty() && page.skipped_unchanged.is_empty();
        Ok((!is_empty).then_some(page))
    }

    /// What the feed lists and does not describe: it is there, and what is known of it stays.
    fn undescribed(&mut self) -> Vec<(&'static str, String)> {
        let listed = std::mem::take(&mut self.listed).into_iter();
        let undescribed: Vec<_> = listed
            .filter(|name| !self.given.contains_key(name) && self.include.contains(&name.0))
            .collect();
        // Catalogues below have documents of their own.
        let records = undescribed.iter().filter(|name| name.0 != CATALOGUES);
        match records.count() {
            0 => {}
            number => self.note(format!(
                "{number} resources are listed and not described: what is known of them stays"
            )),
        }
        undescribed
    }

    /// How many records were given; a walk that begins anew gives some of them again.
    fn position(&self) -> u64 {
        let given = u64::try_from(self.given.len()).unwrap_or(u64::MAX);
        let given = given.saturating_add(self.given_before);
        self.total.map_or(given, |total| given.min(total))
    }
}
