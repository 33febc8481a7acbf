//! What became of each query: those that run, those that ended lately, and those that took long.
//!
//! A query is known by an identifier that only who asked is told, and that nobody can guess: whoever has
//! it may see how the query ended, and nothing else. Of whom it was of, nothing is kept. The text is kept
//! while a query runs, and of the slowest, for the operator.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use quick_cache::sync::Cache;
use tokio_util::sync::CancellationToken;

use super::{PoolError, lock};
use crate::graph::worker::frame::{End, Outcome};

/// Queries that are remembered after their end.
const ENDED: usize = 10_000;

/// Slow queries that are remembered with their text.
const SLOW: usize = 100;

/// What counts as slow.
const SLOWLY: Duration = Duration::from_secs(1);

/// Queries whose cost is remembered.
const COSTS: usize = 20_000;

/// The most bytes of a query that are remembered for the operator.
const TEXT: usize = 10_000;

/// The queries of a pool.
pub struct Log {
    secret: [RandomState; 2],
    opened: AtomicU64,
    held: Mutex<Held>,
    /// What a query cost before, by the hash of its text.
    costs: Cache<u64, Duration>,
}

#[derive(Default)]
struct Held {
    tickets: HashMap<String, Arc<Ticket>>,
    /// Those that have ended, the oldest first.
    ended: VecDeque<String>,
    slow: Vec<Slow>,
}

/// A query that took long.
#[derive(Debug, Clone)]
pub struct Slow {
    /// The query, at most its first 10,000 bytes.
    pub query: String,
    /// When it was asked.
    pub arrived: SystemTime,
    /// How long a worker had it.
    pub evaluated: Duration,
    /// How it ended.
    pub how: How,
}

/// One query, from its arrival until it is forgotten.
pub struct Ticket {
    id: String,
    hash: u64,
    arrived: SystemTime,
    state: Mutex<State>,
    kill: CancellationToken,
}

#[derive(Default)]
struct State {
    text: String,
    sequence: Option<u64>,
    /// Since when a worker has it.
    since: Option<Instant>,
    /// How long workers had it before.
    evaluated: Duration,
    ended: Option<Ended>,
}

/// How a query ended.
#[derive(Debug, Clone)]
pub struct Ended {
    /// In which way.
    pub how: How,
    /// Rows or triples that were sent, where that is known.
    pub rows: Option<u64>,
    /// Bytes of the answer before compression, where that is known.
    pub bytes: Option<u64>,
}

/// In which way a query ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The answer is whole.
    Complete,
    /// It has its first rows only, as was asked.
    Cut,
    /// It was broken off, or there is none.
    Failed(PoolError),
    /// It was broken off by its worker, which says why.
    Broken(String),
    /// Who asked did not wait for it.
    Left,
}

/// What is known of a query.
#[derive(Debug, Clone)]
pub struct Standing {
    /// When it was asked.
    pub arrived: SystemTime,
    /// The sequence of the snapshot that answers, once it does.
    pub sequence: Option<u64>,
    /// Whether a worker has it now.
    pub is_running: bool,
    /// How long workers have had it.
    pub evaluated: Duration,
    /// How it ended, if it has.
    pub ended: Option<Ended>,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            secret: [RandomState::new(), RandomState::new()],
            opened: AtomicU64::new(0),
            held: Mutex::default(),
            costs: Cache::new(COSTS),
        }
    }
}

impl Log {
    /// Notes a query that has arrived.
    pub fn open(&self, query: &str) -> Arc<Ticket> {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        let [first, second] = &self.secret;
        let id = format!(
            "{:016x}{:016x}",
            first.hash_one(number),
            second.hash_one(number)
        );
        let ticket = Arc::new(Ticket {
            id: id.clone(),
            hash: first.hash_one(query),
            arrived: SystemTime::now(),
            state: Mutex::new(State {
                text: clipped(query).to_owned(),
                ..State::default()
            }),
            kill: CancellationToken::new(),
        });
        lock(&self.held).tickets.insert(id, Arc::clone(&ticket));
        ticket
    }

    /// A query by its identifier.
    pub fn get(&self, id: &str) -> Option<Arc<Ticket>> {
        lock(&self.held).tickets.get(id).cloned()
    }

    /// What the same query cost before.
    pub(super) fn cost(&self, ticket: &Ticket) -> Option<Duration> {
        self.costs.get(&ticket.hash)
    }

    /// Notes how a query ended; the first end counts.
    pub fn end(&self, ticket: &Ticket, ended: Ended) {
        let (text, evaluated) = {
            let mut state = lock(&ticket.state);
            if state.ended.is_some() {
                return;
            }
            state.rest();
            state.ended = Some(ended.clone());
            (std::mem::take(&mut state.text), state.evaluated)
        };
        if !evaluated.is_zero() {
            self.costs.insert(ticket.hash, evaluated);
        }
        let mut held = lock(&self.held);
        held.ended.push_back(ticket.id.clone());
        while held.ended.len() > ENDED {
            if let Some(oldest) = held.ended.pop_front() {
                held.tickets.remove(&oldest);
            }
        }
        if evaluated >= SLOWLY {
            held.slow(Slow {
                query: text,
                arrived: ticket.arrived,
                evaluated,
                how: ended.how,
            });
        }
    }

    /// Those that have not ended, the oldest first, each with its text.
    #[must_use]
    pub fn open_ones(&self) -> Vec<(Arc<Ticket>, String)> {
        let mut open: Vec<_> = lock(&self.held)
            .tickets
            .values()
            .filter_map(|ticket| {
                let state = lock(&ticket.state);
                let text = || (Arc::clone(ticket), state.text.clone());
                state.ended.is_none().then(text)
            })
            .collect();
        open.sort_by_key(|(ticket, _)| ticket.arrived);
        open
    }

    /// The slowest that have ended, the slowest first.
    #[must_use]
    pub fn slowest(&self) -> Vec<Slow> {
        lock(&self.held).slow.clone()
    }
}

impl Held {
    fn slow(&mut self, one: Slow) {
        let at = self
            .slow
            .partition_point(|other| other.evaluated >= one.evaluated);
        self.slow.insert(at, one);
        self.slow.truncate(SLOW);
    }
}

impl Ticket {
    /// The identifier: 32 hexadecimal digits.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is known of it now.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let state = lock(&self.state);
        let running = state.since.map(|since| since.elapsed());
        Standing {
            arrived: self.arrived,
            sequence: state.sequence,
            is_running: running.is_some(),
            evaluated: state.evaluated + running.unwrap_or_default(),
            ended: state.ended.clone(),
        }
    }

    /// Ends it as soon as may be, on behalf of the operator.
    pub fn kill(&self) {
        self.kill.cancel();
    }

    /// Returns when the operator wants it ended.
    pub(super) async fn killed(&self) {
        self.kill.cancelled().await;
    }

    /// Notes that a worker has it, and of which snapshot.
    pub(super) fn begin(&self, sequence: u64) {
        let mut state = lock(&self.state);
        state.rest();
        state.since = Some(Instant::now());
        state.sequence = Some(sequence);
    }

    /// Notes that no worker has it for now.
    pub(super) fn rest(&self) {
        lock(&self.state).rest();
    }
}

impl State {
    fn rest(&mut self) {
        if let Some(since) = self.since.take() {
            self.evaluated += since.elapsed();
        }
    }
}

impl Ended {
    /// One that failed.
    #[must_use]
    pub fn failed(error: PoolError) -> Self {
        Self::by(How::Failed(error))
    }

    /// One of which no more is known.
    #[must_use]
    pub fn by(how: How) -> Self {
        Self {
            how,
            rows: None,
            bytes: None,
        }
    }
}

impl From<&End> for Ended {
    fn from(end: &End) -> Self {
        let (how, is_whole) = match &end.outcome {
            Outcome::Complete => (How::Complete, true),
            Outcome::Cut => (How::Cut, true),
            Outcome::Broken(reason) => (How::Broken(reason.clone()), false),
        };
        Self {
            how,
            rows: is_whole.then_some(end.rows),
            bytes: is_whole.then_some(end.bytes),
        }
    }
}

/// The beginning of a long text.
fn clipped(text: &str) -> &str {
    let end = text.floor_char_boundary(TEXT);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> Ended {
        Ended::by(How::Complete)
    }

    #[test]
    fn a_query_is_known_by_its_identifier_until_it_is_forgotten() {
        let log = Log::default();
        let first = log.open("ASK {}");
        assert_eq!(first.id().len(), 32);
        assert!(log.get(first.id()).unwrap().standing().ended.is_none());
        assert_eq!(log.open_ones()[0].1, "ASK {}");
        log.end(&first, complete());
        log.end(&first, Ended::by(How::Left));
        let ended = log.get(first.id()).unwrap().standing().ended.unwrap();
        assert_eq!(ended.how, How::Complete, "the first end counts");
        assert!(log.open_ones().is_empty());
        for _ in 0..ENDED {
            log.end(&log.open("ASK {}"), complete());
        }
        assert!(log.get(first.id()).is_none());
        assert_eq!(lock(&log.held).tickets.len(), ENDED);
    }

    #[test]
    fn identifiers_do_not_follow_from_one_another() {
        let log = Log::default();
        let number = |ticket: &Ticket| u128::from_str_radix(ticket.id(), 16).unwrap();
        let (one, two) = (number(&log.open("a")), number(&log.open("a")));
        assert!(one.abs_diff(two) > 1 << 64);
        assert_ne!(one, number(&Log::default().open("a")));
    }

    #[test]
    fn only_the_slowest_are_kept_with_their_texts() {
        let mut held = Held::default();
        for seconds in (0..150).rev().chain(150..300) {
            held.slow(Slow {
                query: seconds.to_string(),
                arrived: SystemTime::now(),
                evaluated: Duration::from_secs(seconds),
                how: How::Left,
            });
        }
        let kept: Vec<u64> = held
            .slow
            .iter()
            .map(|one| one.evaluated.as_secs())
            .collect();
        assert_eq!(kept, (200..300).rev().collect::<Vec<u64>>());
    }

    #[test]
    fn a_long_query_is_remembered_by_its_beginning() {
        let log = Log::default();
        log.open(&"é".repeat(TEXT));
        assert_eq!(log.open_ones()[0].1.len(), TEXT);
    }
}
