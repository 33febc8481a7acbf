//! A bulk load of the ledger into an empty store of oxigraph's, and the quads that it loads.

use std::collections::HashSet;

use oxigraph::model::Quad;
use oxigraph::store::Store;
use sha2::{Digest as _, Sha256};

use super::quads::{self, Fixed, Graphs};
use super::{GraphError, provenance};
use crate::ledger::RecordNumber;
use crate::ledger::{Alias, Description, Reader};
use crate::record::PortalId;

/// Records read from the ledger at a time: no statement stays open longer.
const BATCH: u32 = 500;

/// Memory of a bulk load, in megabytes.
const LOADING: usize = 512;

/// Loads the ledger as of `at` into an empty store.
pub(super) fn load(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<(), GraphError> {
    // oxigraph would take 2 GB a thread; a small server has less, and loads hardly slower.
    let mut loader = store
        .bulk_loader()
        .with_max_memory_size_in_megabytes(LOADING)
        .without_atomicity();
    loader.load_ok_quads::<GraphError, GraphError>(every_quad(reader, fixed, at)?)?;
    // The last, so that a store which has them is whole.
    loader.load_quads(quads::state(reader, fixed, at)?)?;
    loader.commit()?;
    Ok(())
}

/// Every quad of the graph at the sequence `at`, with its terms as the ledger has them.
///
/// # Errors
/// The ledger's.
pub fn every_quad<'a>(
    reader: &'a Reader,
    fixed: Fixed<'a>,
    at: u64,
) -> Result<impl Iterator<Item = Result<Quad, GraphError>> + 'a, GraphError> {
    let records = Records::new(reader, None, at).flat_map(|record| match record {
        Ok(quads) => quads.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    let mut last = provenance::quads(reader, None, at)?;
    last.extend(quads::catalogue_date(reader, at)?);
    Ok(fixed
        .quads()
        .map(Ok)
        .chain(records)
        .chain(last.into_iter().map(Ok)))
}

/// The quads of every record of a portal, or of all, one record at a time; each shared statement once.
/// Last come the aliases.
pub struct Records<'a> {
    reader: &'a Reader,
    portal: Option<&'a PortalId>,
    at: u64,
    after: RecordNumber,
    batch: std::vec::IntoIter<Description>,
    aliases: Option<std::vec::IntoIter<Alias>>,
    stated: HashSet<[u8; 16]>,
    done: bool,
}

impl<'a> Records<'a> {
    /// The records live at the sequence `at`.
    #[must_use]
    pub fn new(reader: &'a Reader, portal: Option<&'a PortalId>, at: u64) -> Self {
        Self {
            reader,
            portal,
            at,
            after: RecordNumber::BEFORE_ALL,
            batch: Vec::new().into_iter(),
            aliases: None,
            stated: HashSet::new(),
            done: false,
        }
    }

    /// The statement about the next alias.
    fn step_aliases(
        &mut self,
        mut batch: std::vec::IntoIter<Alias>,
    ) -> Result<Option<Vec<Quad>>, GraphError> {
        loop {
            if let Some(alias) = batch.next() {
                self.after = alias.record;
                let is_asked = self.portal.is_none_or(|portal| *portal == alias.id.portal);
                if let Some(quad) = quads::same_as(&alias).filter(|_| is_asked) {
                    self.aliases = Some(batch);
                    return Ok(Some(vec![quad]));
                }
                continue;
            }
            let next = self.reader.scan_aliases(self.after, BATCH, self.at)?;
            if next.is_empty() {
                return Ok(None);
            }
            batch = next.into_iter();
        }
    }

    fn step(&mut self) -> Result<Option<Vec<Quad>>, GraphError> {
        if let Some(aliases) = self.aliases.take() {
            return self.step_aliases(aliases);
        }
        loop {
            if let Some(description) = self.batch.next() {
                if self
                    .portal
                    .is_some_and(|portal| *portal != description.id.portal)
                {
                    continue;
                }
                let record = quads::of_record(self.reader, &description, self.at, Graphs::All)?;
                let mut all = record.own;
                for line in &record.shared {
                    if self.stated.insert(fingerprint(line)) {
                        all.extend(quads::shared(line)?);
                    }
                }
                return Ok(Some(all));
            }
            let batch = self.reader.scan(self.after, BATCH, self.at)?;
            let Some(last) = batch.last() else {
                self.after = RecordNumber::BEFORE_ALL;
                return self.step_aliases(Vec::new().into_iter());
            };
            self.after = last.record;
            self.batch = batch.into_iter();
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<Quad>, GraphError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step().transpose();
        self.done = !matches!(step, Some(Ok(_)));
        step
    }
}

/// 128 bits of a statement's hash: enough to tell statements apart in a set of millions.
fn fingerprint(line: &str) -> [u8; 16] {
    let hash: [u8; 32] = Sha256::digest(line.as_bytes()).into();
    hash.first_chunk().copied().unwrap_or_default()
}
