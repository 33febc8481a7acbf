//! Catching up: the store follows the ledger's events, batch by batch.
//!
//! A batch is a range of events applied in one transaction together with the sequence it reaches, so a
//! crash leaves the store at a sequence that it names, and replaying from there is exact.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oxigraph::model::{NamedNodeRef, Quad, Term};
use oxigraph::store::Store;

use super::bulk::{clear_leftovers, load, rebuild};
use super::quads::{self, Fixed, Graphs, RecordQuads};
use super::{GraphError, provenance};
use crate::ledger::Reader;
use crate::rdf::vocab::{dcat, dct};

/// Events applied in one transaction.
const BATCH: u32 = 500;

/// What catching up did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing: the store was there already.
    None,
    /// So many records were changed by difference.
    Difference(u64),
    /// The store was loaded anew.
    Rebuilt,
}

/// Opens the store in `folder` and brings it to the sequence `at`. It is loaded anew where it is empty,
/// of another layout, beyond `at` or unreadable, or where more than half of it would change.
///
/// # Errors
/// The ledger's, the store's and the file system's.
pub fn catch_up(
    folder: &Path,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<(Store, Change), GraphError> {
    clear_leftovers(folder)?;
    match go_on(folder, reader, fixed, at) {
        Ok(Some(done)) => return Ok(done),
        Ok(None) => {}
        // The store is only a projection: what is wrong with it is not worth an end of publishing.
        Err(GraphError::Store(error)) => {
            tracing::warn!(folder = %folder.display(), %error, "the graph store is made again");
        }
        Err(error) => return Err(error),
    }
    rebuild(folder, reader, fixed, at)?;
    Ok((Store::open(folder)?, Change::Rebuilt))
}

/// Goes on from where the store is; none where it has to be loaded anew.
fn go_on(
    folder: &Path,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<Option<(Store, Change)>, GraphError> {
    if !folder.exists() {
        return Ok(None);
    }
    let store = Store::open(folder)?;
    let Some(from) = reached(&store, reader, fixed)?.filter(|from| *from <= at) else {
        return Ok(None);
    };
    if from == at {
        return Ok(Some((store, Change::None)));
    }
    let (changed, live) = (changed_records(reader, from, at)?, reader.live(at)?);
    if changed * 2 > live {
        return Ok(None);
    }
    follow(&store, reader, fixed, from, at)?;
    Ok(Some((store, Change::Difference(changed))))
}

/// The sequence that the store has come to; none where it is empty or was made otherwise.
///
/// # Errors
/// The store's.
pub fn reached(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
) -> Result<Option<u64>, GraphError> {
    let graph = quads::state_graph(reader.base());
    let value = |predicate: NamedNodeRef<'_>| -> Result<Option<String>, GraphError> {
        let mut found = store.quads_for_pattern(
            Some(graph.as_ref().into()),
            Some(predicate),
            None,
            Some(graph.as_ref().into()),
        );
        Ok(match found.next().transpose()?.map(|quad| quad.object) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        })
    };
    if value(dct::IDENTIFIER)? != Some(quads::fingerprint(fixed)) {
        return Ok(None);
    }
    Ok(value(dcat::VERSION)?.and_then(|sequence| sequence.parse().ok()))
}

fn changed_records(reader: &Reader, from: u64, at: u64) -> Result<u64, GraphError> {
    let mut changed = BTreeSet::new();
    let mut after = from;
    loop {
        let events = reader.events(after, at, 10_000)?;
        let Some(last) = events.last() else {
            return Ok(u64::try_from(changed.len()).unwrap_or(u64::MAX));
        };
        after = last.sequence;
        changed.extend(events.iter().map(|event| event.record));
    }
}

fn follow(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    from: u64,
    at: u64,
) -> Result<(), GraphError> {
    let mut from = from;
    loop {
        let events = reader.events(from, at, BATCH)?;
        let Some(last) = events.last() else {
            return Ok(());
        };
        let to = last.sequence;
        let records: BTreeSet<i64> = events.iter().map(|event| event.record).collect();
        apply(store, reader, fixed, &records, from, to)?;
        from = to;
    }
}

/// Applies what happened to `records` between two sequences, in one transaction.
fn apply(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    records: &BTreeSet<i64>,
    from: u64,
    to: u64,
) -> Result<(), GraphError> {
    let mut difference = Difference::default();
    for record in records {
        let quads_at = |at: u64| match reader.description(*record, at)? {
            Some(description) => quads::of_record(reader, &description, at, Graphs::All),
            None => Ok(RecordQuads {
                own: reader
                    .same(*record, at)?
                    .as_ref()
                    .and_then(quads::same_as)
                    .into_iter()
                    .collect(),
                ..RecordQuads::default()
            }),
        };
        let (old, new) = (quads_at(from)?, quads_at(to)?);
        difference.take(&old.own, &new.own)?;
        for line in old.shared.difference(&new.shared) {
            if !reader.others_in(crate::record::Set::States, line, *record, to)? {
                difference.take(&quads::shared(line)?, &[])?;
            }
        }
        for line in new.shared.difference(&old.shared) {
            difference.take(&[], &quads::shared(line)?)?;
        }
    }
    difference.take(&[], &provenance::quads(reader, Some(from), to)?)?;
    difference.take(
        &quads::state(reader, fixed, from)?,
        &quads::state(reader, fixed, to)?,
    )?;
    let mut transaction = store.start_transaction()?;
    for quad in difference.removed.values() {
        transaction.remove(quad);
    }
    for quad in difference.added.values() {
        transaction.insert(quad);
    }
    transaction.commit()?;
    Ok(())
}

/// Quads to remove and to add, keyed by their text as the store holds them.
#[derive(Default)]
struct Difference {
    removed: BTreeMap<String, Quad>,
    added: BTreeMap<String, Quad>,
}

impl Difference {
    fn take(&mut self, old: &[Quad], new: &[Quad]) -> Result<(), GraphError> {
        let (old, new) = (quads::as_stored(old)?, quads::as_stored(new)?);
        for (text, quad) in &old {
            if !new.contains_key(text) {
                self.removed.insert(text.clone(), quad.clone());
            }
        }
        for (text, quad) in new {
            if !old.contains_key(&text) {
                self.added.insert(text, quad);
            }
        }
        Ok(())
    }
}

/// Loads the ledger into a store in memory: what every projection must equal.
///
/// # Errors
/// The ledger's and the store's.
pub fn reference(reader: &Reader, fixed: Fixed<'_>, at: u64) -> Result<Store, GraphError> {
    let store = Store::new()?;
    load(&store, reader, fixed, at)?;
    Ok(store)
}
