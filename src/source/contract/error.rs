//! Why a list could not be seen whole.

use thiserror::Error;
use url::Url;

use crate::address::public;
use crate::fetch::FetchError;

/// A crawl that ended early: what it has seen may be kept, nothing may be withdrawn.
#[derive(Debug, Error)]
pub enum CrawlError {
    /// The portal did not answer, or with an error.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The answer is no JSON, or was cut off.
    #[error("{} answers with something that is no JSON: {message}", public(.url))]
    NotJson {
        /// The address.
        url: Url,
        /// What is wrong with it.
        message: String,
    },
    /// The answer is no XML, or was cut off, or is refused for what it declares.
    #[error("{} answers with something that is no usable XML: {message}", public(.url))]
    NotXml {
        /// The address.
        url: Url,
        /// What is wrong with it.
        message: String,
    },
    /// The answer is no RDF that could be read, or was cut off.
    #[error("{} answers with something that is no usable RDF: {message}", public(.url))]
    NotRdf {
        /// The address.
        url: Url,
        /// What is wrong with it.
        message: String,
    },
    /// Earlier processes died while they read exactly this.
    #[error(
        "{} is left alone until it changes, or Moisson does, or `moisson harvest --full` is asked for its portal: reading it ended the process {deaths} times",
        public(.url)
    )]
    Deadly {
        /// The address.
        url: Url,
        /// How many processes.
        deaths: u32,
    },
    /// The portal says that it cannot or will not answer, whatever the status.
    #[error("{} answers with an error: {message}", public(.url))]
    Refused {
        /// The address.
        url: Url,
        /// What it says.
        message: String,
    },
    /// The answer is of the right format, but no list page or record.
    #[error("{} answers with something of another shape: {message}", public(.url))]
    Shape {
        /// The address.
        url: Url,
        /// What is wrong with it.
        message: String,
    },
    /// Pages lead on and on.
    #[error("{} brings nothing new and still names a next page", public(.url))]
    EndlessPages {
        /// The page where this was noticed.
        url: Url,
    },
    /// The entries of the list keep changing their places.
    #[error("the list at {} moves while it is read: no page begins where the one before ended", public(.url))]
    Moving {
        /// The page where this was noticed.
        url: Url,
    },
    /// The list became shorter while it was read, or ended before its own total.
    #[error("the list at {} is incomplete: {before} entries were announced, then {after}", public(.url))]
    Shrunk {
        /// The page where this was noticed.
        url: Url,
        /// Entries announced.
        before: u64,
        /// Entries announced later, or met.
        after: u64,
    },
    /// The search counts entries and gives none of them.
    #[error("the service at {} announces {announced} entries and gives none of them: another `constraint` of the portal may help", public(.url))]
    NoneGiven {
        /// The address that was asked.
        url: Url,
        /// Entries announced.
        announced: u64,
    },
    /// The search gives the first part of what it counts, and the rest cannot be asked for otherwise.
    #[error(
        "the service gives {position} of {total} records and nothing behind them ({source}), and cannot be asked for the others by identifier, since {why}: narrow the portal by a `constraint`, or make several portals of it, each with its own"
    )]
    Window {
        /// The last position that was reached.
        position: u64,
        /// Entries announced.
        total: u64,
        /// Why it cannot be gone on by identifier.
        why: String,
        /// What comes of the position behind.
        source: Box<CrawlError>,
    },
    /// The list has no entry at all.
    #[error("the list at {} is empty", public(.url))]
    Empty {
        /// The address.
        url: Url,
        /// The collection that it lists.
        collection: &'static str,
    },
    /// A record's parts, which have a list of their own, cannot be had whole.
    #[error("the parts of {collection}/{key} cannot be had whole")]
    Parts {
        /// The record's collection.
        collection: &'static str,
        /// The record.
        key: String,
        /// What is wrong with their list.
        source: Box<CrawlError>,
    },
    /// What a filter names does not exist: some portals then ignore the filter and list everything.
    #[error("{} is what the portal is filtered by, and it does not exist", public(.url))]
    NoSubject {
        /// The address of the record.
        url: Url,
    },
    /// The search reaches no further back: more has changed than an incremental run can see.
    #[error(
        "{} is the last page that the search gives, and it is not old enough: a full run is needed",
        public(.url)
    )]
    WindowExhausted {
        /// The last page within the window.
        url: Url,
    },
}

impl CrawlError {
    /// Whether a smaller page might be answered.
    pub(in crate::source) fn refuses_size(&self) -> bool {
        match self {
            Self::Fetch(FetchError::TooLarge { .. } | FetchError::Timeout { .. }) => true,
            Self::Fetch(error) => matches!(error.status(), Some(400 | 413 | 422 | 500 | 502 | 504)),
            _ => false,
        }
    }

    /// Whether nothing else of the portal can be had either, or should be.
    #[must_use]
    pub fn ends_all(&self) -> bool {
        match self {
            Self::Fetch(error) => error.ends_all(),
            Self::Parts { source, .. } | Self::Window { source, .. } => source.ends_all(),
            Self::NoSubject { .. } | Self::WindowExhausted { .. } => true,
            _ => false,
        }
    }

    /// Whether the portal has no such list, or not for everybody.
    pub(in crate::source) fn is_absent(&self) -> bool {
        match self {
            Self::Fetch(error) => {
                matches!(error.status(), Some(401 | 403 | 404 | 405 | 410 | 501))
            }
            _ => false,
        }
    }

    /// Whether the same address may answer better in a moment.
    pub(in crate::source) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NotJson { .. }
                | Self::NotXml { .. }
                | Self::NotRdf { .. }
                | Self::Refused { .. }
                | Self::Shape { .. }
        )
    }
}
