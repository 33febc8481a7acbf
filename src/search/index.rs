//! An index that is open for questions.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

use super::analysis::analyzers;
use super::collect::{Found, Fruit, Gathering};
use super::entry::Shown;
use super::make::Mark;
use super::query::{Asked, Asking, Word, extents};
use super::request::{Answer, Hit, MOST, Matching, Part, Request, Text};
use super::schema::{Fields, LAYOUT};
use super::sealed::Sealed;
use super::snippet::Finder;
use super::{FOLDER, SearchError};

/// Blocks of stored text that are kept unpacked, 16 KiB each.
const BLOCKS: usize = 20;

/// An index, open for reading. Many threads may ask it at once.
pub struct Index {
    folder: PathBuf,
    store: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    mark: Mark,
}

/// A title that goes on as was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The title, in the language in which it was found first.
    pub title: String,
    /// The record's IRI.
    pub iri: String,
}

impl Index {
    /// Opens the index in a folder, which nobody writes to any more.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where it is damaged, not there, or of another layout.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let opened = Self::read(folder);
        let (mut index, payload) = opened.map_err(SearchError::index(folder))?;
        let unreadable = |message: String| SearchError::Unreadable {
            path: folder.to_owned(),
            message,
        };
        let mark: Mark = serde_json::from_str(&payload.unwrap_or_default())
            .map_err(|error| unreadable(format!("it does not say what it is of: {error}")))?;
        let (schema, fields) = Fields::schema();
        if mark.layout != LAYOUT || index.schema() != schema {
            return Err(unreadable("it is of another version".to_owned()));
        }
        index.set_tokenizers(analyzers());
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(BLOCKS)
            .try_into()
            .map_err(SearchError::index(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
            store: index,
            reader,
            fields,
            mark,
        })
    }

    fn read(folder: &Path) -> tantivy::Result<(tantivy::Index, Option<String>)> {
        let index = tantivy::Index::open(Sealed::open(folder)?)?;
        let payload = index.load_metas()?.payload;
        Ok((index, payload))
    }

    /// Reads every byte and compares checksums.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] with the files that changed since they were written.
    pub fn verify(&self) -> Result<(), SearchError> {
        let checked = self.store.validate_checksum();
        let damaged = checked.map_err(SearchError::index(&self.folder))?;
        let mut names: Vec<String> = damaged
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        if names.is_empty() {
            return Ok(());
        }
        names.sort_unstable();
        Err(SearchError::Unreadable {
            path: self.folder.clone(),
            message: format!("{} changed since it was written", names.join(", ")),
        })
    }

    /// Checks that it is the index of this catalogue at this sequence.
    ///
    /// # Errors
    /// [`SearchError::Unreadable`] where it is another one.
    pub fn belongs(&self, base: &str, sequence: u64) -> Result<(), SearchError> {
        if (self.mark.base.as_str(), self.mark.sequence) == (base, sequence) {
            return Ok(());
        }
        Err(SearchError::Unreadable {
            path: self.folder.clone(),
            message: format!(
                "it is of {} at sequence {}, not of {base} at {sequence}",
                self.mark.base, self.mark.sequence
            ),
        })
    }

    pub(super) fn mark(&self) -> &Mark {
        &self.mark
    }

    /// How many records can be found.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Answers a request. Where nothing has all words of a text of [`Matching::Words`], words that are spelt
    /// nearly so count as well ([`Answer::corrected`]).
    ///
    /// # Errors
    /// [`SearchError::Refused`] for more than may be asked, with what may; [`SearchError::Unreadable`] where
    /// the index is damaged.
    pub fn search(&self, request: &Request) -> Result<Answer, SearchError> {
        if request.limit > MOST {
            return Err(SearchError::Refused(format!(
                "a search has at most {MOST} results, not {}",
                request.limit
            )));
        }
        let searcher = self.reader.searcher();
        let found = self.ask(&searcher, request, false)?;
        let may_be_corrected = request
            .texts
            .iter()
            .any(|text| text.matching == Matching::Words);
        let (found, corrected) = match found {
            Some((fruit, _)) if fruit.total == 0 && may_be_corrected => {
                let again = self.ask(&searcher, request, true)?;
                let corrected = again.as_ref().is_some_and(|(fruit, _)| fruit.total > 0);
                (again, corrected)
            }
            found => (found, false),
        };
        let Some((mut fruit, words)) = found else {
            return Ok(Answer {
                total: 0,
                hits: Vec::new(),
                counts: Vec::new(),
                next: None,
                corrected: false,
            });
        };
        let has_more = fruit.first.len() > request.limit;
        fruit.first.truncate(request.limit);
        let hits = self
            .hits(&searcher, request, &fruit.first, &words)
            .map_err(SearchError::index(&self.folder))?;
        Ok(Answer {
            total: fruit.total,
            hits,
            counts: fruit.counts,
            next: fruit.first.last().filter(|_| has_more).map(Found::cursor),
            corrected,
        })
    }

    /// Titles of records that go on as was typed, the best first, each once.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let request = Request {
            texts: vec![Text {
                text: typed.to_owned(),
                matching: Matching::Prefix,
            }],
            parts: vec![Part::Title],
            // Several records may have one title.
            limit: limit.saturating_mul(3).min(MOST),
            ..Request::default()
        };
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for hit in self.search(&request)?.hits {
            let Some(title) = hit.titles.into_iter().next() else {
                continue;
            };
            if suggestions.len() < limit && suggestions.iter().all(|one| one.title != title.text) {
                suggestions.push(Suggestion {
                    title: title.text,
                    iri: hit.iri,
                });
            }
        }
        Ok(suggestions)
    }

    fn ask(
        &self,
        searcher: &Searcher,
        request: &Request,
        nearly: bool,
    ) -> Result<Option<(Fruit, Vec<Word>)>, SearchError> {
        let asked = Asking::new(&self.fields, request, nearly).query()?;
        let Some(Asked { query, words }) = asked else {
            return Ok(None);
        };
        let fruit = searcher
            .search(&query, &Gathering(request))
            .map_err(SearchError::index(&self.folder))?;
        Ok(Some((fruit, words)))
    }

    fn hits(
        &self,
        searcher: &Searcher,
        request: &Request,
        found: &[Found],
        words: &[Word],
    ) -> tantivy::Result<Vec<Hit>> {
        let mut finder = request.snippets.then(|| Finder::new(words));
        let mut pieces = Vec::new();
        for segment in searcher.segment_readers() {
            let extent = match request.near {
                Some(_) => Some(extents(segment)?),
                None => None,
            };
            pieces.push((segment.fast_fields().str("iri")?, extent));
        }
        let mut hits = Vec::with_capacity(found.len());
        for one in found {
            let piece = usize::try_from(one.address.segment_ord);
            let Some((iris, extent)) = piece.ok().and_then(|piece| pieces.get(piece)) else {
                continue;
            };
            let mut iri = String::new();
            if let Some(iris) = iris
                && let Some(number) = iris.term_ords(one.address.doc_id).next()
            {
                iris.ord_to_str(number, &mut iri)?;
            }
            let mut hit = Hit {
                iri,
                score: one.score(),
                titles: Vec::new(),
                snippet: None,
                metres: None,
            };
            if let (Some(near), Some(extent)) = (request.near, extent) {
                hit.metres = extent(one.address.doc_id).map(|place| near.to(&place));
            }
            if request.titles || request.snippets {
                let shown = self.shown(searcher, one.address)?;
                if let Some(finder) = &mut finder {
                    hit.snippet = finder.snippet(&shown.descriptions);
                }
                if request.titles {
                    hit.titles = shown.titles;
                }
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    fn shown(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Shown> {
        let document: TantivyDocument = searcher.doc(address)?;
        let text = document.get_first(self.fields.shown);
        let text = text.as_ref().and_then(Value::as_str);
        Ok(text
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default())
    }
}

/// The index of a snapshot, opened when it is asked first.
pub struct Deferred {
    folder: PathBuf,
    index: OnceCell<Index>,
}

impl std::fmt::Debug for Deferred {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Deferred").field(&self.folder).finish()
    }
}

impl Deferred {
    /// The index beside the graph of a snapshot.
    #[must_use]
    pub fn beside(graph: &Path) -> Self {
        Self {
            folder: graph.with_file_name(FOLDER),
            index: OnceCell::new(),
        }
    }

    /// The index.
    ///
    /// # Errors
    /// Those of [`Index::open`], each time.
    pub fn get(&self) -> Result<&Index, SearchError> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let index = Index::open(&self.folder)?;
        Ok(self.index.get_or_init(|| index))
    }
}
