//! One document of a feed, fetched into a file and read into an index: its records, to be taken a
//! portion at a time, and what it says of the other documents.

use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use url::Url;

use super::base_of;
use super::hydra::{self, Paging};
use super::records::{Main, Mains};
use crate::address::public;
use crate::fetch::{Download, Watch};
use crate::salvage::index::{Index, IndexError, Room};
use crate::salvage::{End, ReadError, read};
use crate::salvage::{charset, sniff};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::crawl::watch::Watched;

/// Documents up to this many bytes are held in memory.
const SMALL: u64 = 16 << 20;

/// How much of a document is hashed at once.
const PIECE: usize = 64 << 10;

/// A document that has been read.
pub(super) struct Document {
    watched: Option<Watched>,
    /// Where it came from.
    pub(super) url: Url,
    index: Index,
    mains: Mains,
    roots: std::collections::HashSet<oxigraph::model::NamedOrBlankNode>,
    at: usize,
    /// The pages beside it.
    pub(super) paging: Paging,
    /// The documents of catalogues below it.
    pub(super) below: Vec<Url>,
    /// Why it is not whole, where it is not.
    pub(super) cut_off: Option<String>,
}

impl Document {
    /// Reads what was fetched from `asked`, if no process has died on it too often.
    ///
    /// # Errors
    /// [`CrawlError::NotRdf`] where it is no RDF at all, and [`CrawlError::Deadly`].
    pub(super) fn watched(
        mut download: Download,
        asked: &Url,
        feed: &Url,
        watch: Option<Arc<dyn Watch>>,
    ) -> Result<Self, CrawlError> {
        let Some(watch) = watch else {
            return Self::read(download, asked, feed);
        };
        let url = download.url.clone();
        let content = content(&mut download.file).map_err(|error| CrawlError::NotRdf {
            url: url.clone(),
            message: error.to_string(),
        })?;
        let mut watched = Watched::new(watch, public(&url).to_string(), content);
        let read = watched.during(|| Self::read(download, asked, feed));
        let mut document = alive(read, &url)??;
        document.watched = Some(watched);
        Ok(document)
    }

    /// Reads what was fetched from `asked`.
    fn read(download: Download, asked: &Url, feed: &Url) -> Result<Self, CrawlError> {
        let url = download.url.clone();
        // What is relative in the document becomes a name that everybody sees.
        let base = base_of(&url);
        let broken = |message: String| CrawlError::NotRdf {
            url: url.clone(),
            message,
        };
        let fault = |error: IndexError| broken(crate::causes::causes(&error));
        let content_type = download.content_type.as_deref();
        let mut file = download.file;
        let head = head(&mut file).map_err(|error| broken(error.to_string()))?;
        let claimed = sniff::claimed(content_type, Some(asked.as_str()));
        let syntax = sniff::syntax(&head, claimed).map_err(&broken)?;
        let room = if download.bytes > SMALL {
            Room::Disk
        } else {
            Room::Memory
        };
        let mut index = Index::new(room).map_err(fault)?;
        let charset = content_type.and_then(charset::of_media_type);
        let end = read(file, syntax, charset, Some(base.as_str()), &mut index);
        let cut_off = match end {
            Ok(End::Whole) => None,
            Ok(End::CutOff(why)) => Some(why),
            Err(ReadError::NotRdf(why)) => return Err(broken(why)),
            Err(ReadError::Io(error)) => return Err(broken(error.to_string())),
        };
        index.settle().map_err(fault)?;
        let mains = Mains::of(&index, Some(base.as_str())).map_err(fault)?;
        let mut paging = hydra::paging(&index, &base).map_err(fault)?;
        let mut below = hydra::subcatalogues(&index, feed).map_err(fault)?;
        for next in paging.next.iter_mut().chain(&mut below) {
            signed(next, asked);
        }
        Ok(Self {
            roots: mains.roots(&index).map_err(fault)?,
            paging,
            below,
            url: url.clone(),
            index,
            mains,
            at: 0,
            cut_off,
            watched: None,
        })
    }

    /// Does something with the document, noting it where that is watched.
    ///
    /// # Errors
    /// [`CrawlError::Deadly`] where processes have died of it.
    pub(super) fn during<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> Result<T, CrawlError> {
        let Some(mut watched) = self.watched.take() else {
            return Ok(act(self));
        };
        let done = watched.during(|| act(self));
        self.watched = Some(watched);
        alive(done, &self.url)
    }

    /// The resources that are records.
    pub(super) fn mains(&self) -> &[Main] {
        &self.mains.list
    }

    /// Collection and identifier of what catalogues list.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.mains.listed.iter().cloned()
    }

    /// The next record; none where all have been given.
    ///
    /// # Errors
    /// [`CrawlError::NotRdf`] where the index cannot be read.
    pub(super) fn pop(&mut self) -> Result<Option<RawRecord>, CrawlError> {
        let Some(main) = self.mains.list.get(self.at) else {
            return Ok(None);
        };
        self.at += 1;
        let is_root = self.roots.contains(&main.node);
        let record = self.mains.record(main, is_root, &self.index);
        record.map(Some).map_err(|error| self.fault(&error))
    }

    /// What was noted of the document as a whole, once its records have been taken.
    ///
    /// # Errors
    /// [`CrawlError::NotRdf`] where the index cannot be read.
    pub(super) fn notes(&mut self) -> Result<Vec<String>, CrawlError> {
        self.index
            .note_unmarked()
            .map_err(|error| self.fault(&error))?;
        Ok(self.index.remarks.notes())
    }

    fn fault(&self, error: &IndexError) -> CrawlError {
        CrawlError::NotRdf {
            url: self.url.clone(),
            message: crate::causes::causes(error),
        }
    }
}

/// Gives an address the user name and password of the one that leads to it, on the same host.
fn signed(next: &mut Url, asked: &Url) {
    if next.origin() == asked.origin() && next.username().is_empty() && next.password().is_none() {
        // Both fail only on addresses without a host, and `next` is on a host.
        let _none = next.set_username(asked.username());
        let _none = next.set_password(asked.password());
    }
}

/// What was done, unless it has ended too many processes.
fn alive<T>(done: Result<T, u32>, url: &Url) -> Result<T, CrawlError> {
    done.map_err(|deaths| CrawlError::Deadly {
        url: url.clone(),
        deaths,
    })
}

/// The digest of a file, which is then read from its start.
pub(super) fn content(file: &mut File) -> std::io::Result<[u8; 32]> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece)?;
        match piece.get(..length) {
            Some(read) if length > 0 => hash.update(read),
            _ => break,
        }
    }
    file.rewind()?;
    Ok(hash.finalize().into())
}

/// The beginning of a file, which is then read from its start.
fn head(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let length = u64::try_from(sniff::HEAD).unwrap_or(u64::MAX);
    file.by_ref().take(length).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}
