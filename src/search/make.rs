//! Making the index of a sequence of the ledger: from an older one and what changed since, or anew.
//!
//! The files of an index are never changed once they are written: the next index shares those of the older
//! one by hard links and adds its own. What is made stands in a folder of its own until it is published.

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexSettings, IndexWriter, SegmentMeta, TantivyDocument, Term};

use super::analysis::analyzers;
use super::gather::{Gatherer, concerned};
use super::schema::{Fields, LAYOUT};
use super::{Index, SearchError};
use crate::ledger::{Reader, RecordNumber};

/// The memory of whoever writes, in bytes.
const HEAP: usize = 50 << 20;

/// More pieces than this make every question slower, and are made one.
const MOST_PIECES: usize = 8;

/// What an index is of, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) layout: String,
    pub(super) base: String,
    pub(super) sequence: u64,
}

/// The index that is wanted.
#[derive(Clone, Copy)]
pub struct Projection<'a> {
    /// The ledger.
    pub reader: &'a Reader,
    /// The sequence.
    pub at: u64,
    /// The folder that it is made in; whatever is there is deleted.
    pub folder: &'a Path,
}

/// What making an index was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing changed: it is the older one.
    None,
    /// So many records were read again.
    Difference(u64),
    /// It was made anew.
    Rebuilt,
}

impl Projection<'_> {
    /// Makes the index, from the one in the folder `old` where that serves.
    ///
    /// # Errors
    /// The ledger's, the index's and the file system's; nothing is left in the folder then.
    pub fn make(&self, old: Option<&Path>) -> Result<Change, SearchError> {
        clear(self.folder)?;
        let made = self.made(old);
        if made.is_err() {
            // Where the disk is full, half an index must not keep it so.
            clear(self.folder)?;
        }
        made
    }

    fn made(&self, old: Option<&Path>) -> Result<Change, SearchError> {
        if let Some((old, from)) = old.and_then(|old| self.sound(old)) {
            if from == self.at {
                share(old, self.folder)?;
                return Ok(Change::None);
            }
            let records = concerned(self.reader, from, self.at)?;
            let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
            if count.saturating_mul(2) <= self.reader.live(self.at)? {
                share(old, self.folder)?;
                self.follow(records)?;
                return Ok(Change::Difference(count));
            }
        }
        self.anew()?;
        Ok(Change::Rebuilt)
    }

    /// An older index that can be gone on from, with its sequence.
    fn sound<'p>(&self, old: &'p Path) -> Option<(&'p Path, u64)> {
        let opened = Index::open(old).and_then(|index| index.verify().map(|()| index));
        match opened {
            Ok(index) => {
                let mark = index.mark();
                let fits = mark.base == self.reader.base().as_str() && mark.sequence <= self.at;
                fits.then_some((old, mark.sequence))
            }
            // The index is only a projection: what is wrong with it is not worth an end of publishing.
            Err(error) => {
                tracing::warn!(%error, "the search index is made again");
                None
            }
        }
    }

    fn anew(&self) -> Result<(), SearchError> {
        let folder = self.folder;
        std::fs::create_dir_all(folder).map_err(SearchError::file(folder))?;
        let (schema, fields) = Fields::schema();
        let directory = MmapDirectory::open(folder)
            .map_err(|error| SearchError::index(folder)(error.into()))?;
        let mut index = tantivy::Index::create(directory, schema, IndexSettings::default())
            .map_err(SearchError::index(folder))?;
        index.set_tokenizers(analyzers());
        let mut writer = writer(&index).map_err(SearchError::index(folder))?;
        Gatherer::new(self.reader, self.at).every(|entry| {
            let added = writer.add_document(entry.document(&fields));
            added.map(drop).map_err(SearchError::index(folder))
        })?;
        self.finish(&mut writer)?;
        self.unite(writer, &index, 1)
    }

    fn follow(&self, records: impl IntoIterator<Item = RecordNumber>) -> Result<(), SearchError> {
        let folder = self.folder;
        let mut index = tantivy::Index::open_in_dir(folder).map_err(SearchError::index(folder))?;
        index.set_tokenizers(analyzers());
        let (_, fields) = Fields::schema();
        let mut writer = writer(&index).map_err(SearchError::index(folder))?;
        let mut gatherer = Gatherer::new(self.reader, self.at);
        for record in records {
            let number = u64::try_from(i64::from(record)).unwrap_or_default();
            writer.delete_term(Term::from_field_u64(fields.record, number));
            if let Some(entry) = gatherer.one(record)? {
                writer
                    .add_document(entry.document(&fields))
                    .map_err(SearchError::index(folder))?;
            }
        }
        self.finish(&mut writer)?;
        self.unite(writer, &index, MOST_PIECES)
    }

    /// Commits, with what the index is of.
    fn finish(&self, writer: &mut IndexWriter<TantivyDocument>) -> Result<(), SearchError> {
        let mark = Mark {
            layout: LAYOUT.to_owned(),
            base: self.reader.base().to_string(),
            sequence: self.at,
        };
        let mark = serde_json::to_string(&mark).map_err(|error| self.damaged(&error))?;
        let mut commit = writer
            .prepare_commit()
            .map_err(SearchError::index(self.folder))?;
        commit.set_payload(&mark);
        commit
            .commit()
            .map(drop)
            .map_err(SearchError::index(self.folder))
    }

    /// Makes one piece of all where there are more than `most`, or where a fifth of the records are gone.
    fn unite(
        &self,
        writer: IndexWriter<TantivyDocument>,
        index: &tantivy::Index,
        most: usize,
    ) -> Result<(), SearchError> {
        united(writer, index, most).map_err(SearchError::index(self.folder))?;
        // Nobody writes any more.
        for lock in [".tantivy-writer.lock", ".tantivy-meta.lock"] {
            let path = self.folder.join(lock);
            match std::fs::remove_file(&path) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(SearchError::File { path, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn damaged(&self, error: &dyn std::fmt::Display) -> SearchError {
        SearchError::Unreadable {
            path: self.folder.to_owned(),
            message: error.to_string(),
        }
    }
}

/// Makes one piece of all, where there is reason to, and deletes what is of no use any more.
fn united(
    mut writer: IndexWriter<TantivyDocument>,
    index: &tantivy::Index,
    most: usize,
) -> tantivy::Result<()> {
    let pieces = index.searchable_segment_metas()?;
    let sum =
        |of: fn(&SegmentMeta) -> u32| -> u64 { pieces.iter().map(|one| u64::from(of(one))).sum() };
    let (deleted, all) = (
        sum(SegmentMeta::num_deleted_docs),
        sum(SegmentMeta::max_doc),
    );
    if pieces.len() > most || deleted.saturating_mul(5) > all {
        let ids: Vec<_> = pieces.iter().map(SegmentMeta::id).collect();
        writer.merge(&ids).wait()?;
    }
    // What is still named is not deleted.
    drop(pieces);
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()
}

fn writer(index: &tantivy::Index) -> tantivy::Result<IndexWriter<TantivyDocument>> {
    let writer = index.writer_with_num_threads(1, HEAP)?;
    // Pieces are made one here, when all is written.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

/// Puts an index into another folder: what is never changed by hard links, the lists of files by copies.
fn share(from: &Path, to: &Path) -> Result<(), SearchError> {
    std::fs::create_dir_all(to).map_err(SearchError::file(to))?;
    for entry in std::fs::read_dir(from).map_err(SearchError::file(from))? {
        let path = entry.map_err(SearchError::file(from))?.path();
        let (Some(name), true) = (path.file_name(), path.is_file()) else {
            continue;
        };
        let place = to.join(name);
        let is_list = path
            .extension()
            .is_some_and(|extension| extension == "json");
        let linked = if is_list {
            None
        } else {
            std::fs::hard_link(&path, &place).ok()
        };
        // Another file system may know no hard links.
        if linked.is_none() {
            std::fs::copy(&path, &place).map_err(SearchError::file(&path))?;
        }
    }
    Ok(())
}

/// Deletes what a crash left of making an index, or what making it left over.
///
/// # Errors
/// The file system's.
pub fn clear(folder: &Path) -> Result<(), SearchError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(SearchError::file(folder)(source))
        }
        _ => Ok(()),
    }
}
