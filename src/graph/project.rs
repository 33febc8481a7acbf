//! Catching up: a store of oxigraph's follows the ledger's events, batch by batch.
//!
//! A batch is a range of events applied in one transaction together with the sequence it reaches, so a
//! crash leaves the store at a sequence that it names, and replaying from there is exact.

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::{NamedNodeRef, Quad, Term};
use oxigraph::store::Store;

use super::bulk::load;
use super::make::Change;
use super::quads::{self, Fixed};
use super::{GraphError, provenance};
use crate::ledger::{Reader, RecordNumber};
use crate::rdf::vocab::{dcat, dct};
use crate::record::Set;

/// Events applied in one transaction.
const BATCH: u32 = 500;

/// Brings a store to the sequence `at`; none where it has to be loaded anew, because it is empty, of
/// another layout or beyond `at`, or because more than half of it would change.
pub(super) fn go_on(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    at: u64,
) -> Result<Option<Change>, GraphError> {
    let Some(from) = reached(store, reader, fixed)? else {
        return Ok(None);
    };
    let change = difference(reader, from, at)?;
    if let Some(Change::Difference(_)) = change {
        follow(store, reader, fixed, from, at)?;
    }
    Ok(change)
}

/// What a graph at the sequence `from` has to go through to be at `at`; none where making it anew is
/// the shorter way, or the only one.
pub(super) fn difference(
    reader: &Reader,
    from: u64,
    at: u64,
) -> Result<Option<Change>, GraphError> {
    if from >= at {
        return Ok((from == at).then_some(Change::None));
    }
    let changed = u64::try_from(reader.changed(from, at)?.len()).unwrap_or(u64::MAX);
    let is_small = changed.saturating_mul(2) <= reader.live(at)?;
    Ok(is_small.then_some(Change::Difference(changed)))
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
        let records: BTreeSet<RecordNumber> = events.iter().map(|event| event.record).collect();
        apply(store, reader, fixed, &records, from, to)?;
        from = to;
    }
}

/// Applies what happened to `records` between two sequences, in one transaction.
fn apply(
    store: &Store,
    reader: &Reader,
    fixed: Fixed<'_>,
    records: &BTreeSet<RecordNumber>,
    from: u64,
    to: u64,
) -> Result<(), GraphError> {
    let mut difference = Difference::default();
    for record in records {
        let old = quads::as_of(reader, *record, from)?;
        let new = quads::as_of(reader, *record, to)?;
        difference.take(&old.own, &new.own)?;
        for line in old.shared.difference(&new.shared) {
            if !reader.others_in(Set::States, line, *record, to)? {
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
    for quad in &difference.removed {
        transaction.remove(quad);
    }
    for quad in &difference.added {
        transaction.insert(quad);
    }
    transaction.commit()?;
    Ok(())
}

/// Quads to remove and to add, as the store holds them.
#[derive(Default)]
struct Difference {
    removed: HashSet<Quad>,
    added: HashSet<Quad>,
}

impl Difference {
    fn take(&mut self, old: &[Quad], new: &[Quad]) -> Result<(), GraphError> {
        let (old, new) = (quads::as_stored(old)?, quads::as_stored(new)?);
        self.removed.extend(old.difference(&new).cloned());
        self.added
            .extend(new.into_iter().filter(|quad| !old.contains(quad)));
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
