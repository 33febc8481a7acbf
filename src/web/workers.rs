//! The pool of processes that answer SPARQL queries, and the limits that are kept from outside.
//!
//! oxigraph's own cancellation is not looked at while it sorts, so nothing inside the process bounds a
//! query. Here one query has one process, which is killed at the time limit, when its own memory
//! passes the limit, when the client goes away, and when it does not speak the protocol. After the first
//! byte such an end is an error of the body, so that the connection is aborted and never ended cleanly.

mod answer;
mod drive;
mod log;
mod process;
mod quota;
mod turns;

use std::any::Any;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::config::Sparql;
use crate::graph::query::{Format, Overflow};
use crate::graph::worker::frame;
pub use answer::{Answer, Body};
pub use log::{Ended, How, Log, Slow, Standing, Ticket};
use process::{Process, Spawner};
pub use quota::Quota;
use turns::{Turn, Turns, Weight};

/// How the pool works.
#[derive(Debug, Clone)]
pub struct PoolOptions {
    /// The program to run.
    pub program: PathBuf,
    /// Its arguments; the path of the graph follows them.
    pub arguments: Vec<OsString>,
    /// How many public queries run at a time.
    pub workers: usize,
    /// How many queries of Moisson's own pages run beside them.
    pub reserved: usize,
    /// The longest a query may run, its answer's way to the client included.
    pub timeout: Duration,
    /// The most memory of a worker in bytes, the pages of a mapped graph apart.
    pub memory: u64,
    /// The most rows or triples of an answer.
    pub max_rows: u64,
    /// The most bytes of an answer.
    pub max_bytes: u64,
    /// How many queries may wait.
    pub queue: usize,
    /// How many queries of one client may wait.
    pub queue_each: usize,
    /// The longest that a query waits for its turn.
    pub max_wait: Duration,
    /// How many workers one client has for itself; its other queries wait, or run on workers that nobody
    /// else needs.
    pub per_client: usize,
    /// The query time that one client may use a minute.
    pub per_minute: Duration,
}

impl PoolOptions {
    /// The options of a configuration, with `program sparql-worker --store` as the worker.
    #[must_use]
    pub fn new(program: PathBuf, config: &Sparql) -> Self {
        Self {
            program,
            arguments: vec!["sparql-worker".into(), "--store".into()],
            workers: config.workers,
            reserved: 1,
            timeout: config.timeout.duration(),
            memory: config.memory.bytes(),
            max_rows: config.max_rows,
            max_bytes: config.max_bytes.bytes(),
            queue: 256,
            queue_each: 8,
            max_wait: Duration::from_secs(10),
            // One client leaves a worker to the others, where there are several.
            per_client: config.workers.saturating_sub(1).max(1),
            per_minute: Duration::from_secs(config.quota.seconds_per_minute),
        }
    }
}

/// The graph that queries read.
pub struct Snapshot {
    /// The ledger's sequence that it shows.
    pub sequence: u64,
    /// Where the graph is.
    pub path: PathBuf,
    /// Kept until the last worker of the snapshot has ended: a lock, say.
    pub hold: Box<dyn Any + Send + Sync>,
}

/// A query for the pool.
#[derive(Clone)]
pub struct Request {
    /// The query.
    pub query: String,
    /// What its relative IRIs are relative to: an absolute IRI.
    pub base: String,
    /// `default-graph-uri`.
    pub default_graphs: Vec<String>,
    /// `named-graph-uri`.
    pub named_graphs: Vec<String>,
    /// What the answer is written in.
    pub format: Format,
    /// Fewer rows than the pool allows, and what happens beyond them.
    pub rows: Option<(u64, Overflow)>,
    /// Who asks; nobody has no quota.
    pub client: Option<IpAddr>,
    /// What it is known by.
    pub ticket: Arc<Ticket>,
}

/// Which workers a query may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// The public endpoint.
    Public,
    /// Moisson's own pages, which must not wait for the public.
    Pages,
}

/// Why there is no answer.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PoolError {
    /// The query is wrong, or asks for what is not offered.
    #[error("{0}")]
    Refused(String),
    /// The answer is too large.
    #[error("{0}")]
    TooLarge(String),
    /// It ran too long.
    #[error("the query was ended after {0:?}, the time limit: ask for less at a time")]
    Timeout(Duration),
    /// It used too much memory.
    #[error(
        "the query was ended since it needed more than {0} bytes of memory, the limit: sort, group or join \
         less at a time"
    )]
    Memory(u64),
    /// The operator ended it.
    #[error("the query was ended by the operator of this service")]
    Killed,
    /// Too many queries wait, or it waited too long.
    #[error("too many queries are running: try again later")]
    Busy {
        /// When to come back.
        retry_after: Duration,
    },
    /// Too many queries of the same client wait.
    #[error("too many queries of yours are waiting: try again when they have been answered")]
    Crowded {
        /// When to come back.
        retry_after: Duration,
    },
    /// The client has used up its time.
    #[error("you have used up your query time: try again in {} s", .retry_after.as_secs())]
    Quota {
        /// When to come back.
        retry_after: Duration,
    },
    /// The worker failed; the reason is in the log.
    #[error("the query ended its worker")]
    Crashed,
}

/// The pool. A clone is the same pool.
#[derive(Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

struct Inner {
    options: PoolOptions,
    spawner: Spawner,
    snapshot: Mutex<Arc<Snapshot>>,
    idle: Mutex<Vec<Process>>,
    turns: Arc<Turns>,
    pages: Arc<Semaphore>,
    quota: Quota,
    log: Log,
}

impl Pool {
    /// A pool for `snapshot`; workers start when they are needed.
    ///
    /// # Errors
    /// When no thread can be started.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn new(options: PoolOptions, snapshot: Snapshot) -> std::io::Result<Self> {
        let inner = Inner {
            spawner: Spawner::start()?,
            snapshot: Mutex::new(Arc::new(snapshot)),
            idle: Mutex::default(),
            turns: Turns::new(&options),
            pages: Arc::new(Semaphore::new(options.reserved.max(1))),
            quota: Quota::new(options.per_minute),
            log: Log::default(),
            options,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// What became of each query.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.inner.log
    }

    /// The sequence that new queries see.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        lock(&self.inner.snapshot).sequence
    }

    /// Gives new queries a new snapshot; those that run finish on the old one.
    pub fn switch(&self, snapshot: Snapshot) {
        *lock(&self.inner.snapshot) = Arc::new(snapshot);
        let old = std::mem::take(&mut *lock(&self.inner.idle));
        drop(old);
    }

    /// The processes that wait for a query, for operators and tests.
    #[must_use]
    pub fn idle(&self) -> Vec<u32> {
        lock(&self.inner.idle)
            .iter()
            .filter_map(Process::id)
            .collect()
    }

    /// Runs a query and returns when its first bytes are there.
    ///
    /// # Errors
    /// Whatever keeps it from having a first byte.
    pub async fn query(&self, request: Request, lane: Lane) -> Result<Answer, PoolError> {
        let ticket = Arc::clone(&request.ticket);
        let admitted = self.inner.admit(&request, lane).await;
        let admitted = admitted.and_then(|place| Ok((place, self.inner.encode(&request)?)));
        let (place, message) = admitted.inspect_err(|error| {
            self.inner.log.end(&ticket, Ended::failed(error.clone()));
        })?;
        let (head, begun) = oneshot::channel();
        // Two chunks on their way: a slow client must not fill the server's memory.
        let (pieces, body) = mpsc::channel(2);
        let query = drive::Query {
            message,
            client: request.client,
            place,
            ticket,
        };
        let body = Body::new(body);
        tokio::spawn(drive::drive(Arc::clone(&self.inner), query, head, pieces));
        match begun.await {
            Ok(Ok(sequence)) => Ok(Answer {
                content_type: request.format.content_type(),
                sequence,
                body,
            }),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(PoolError::Crashed),
        }
    }
}

/// A query's right to run.
enum Place {
    Public(Turn),
    Pages { _worker: OwnedSemaphorePermit },
}

impl Place {
    /// Whether somebody else may want the worker back.
    fn is_lent(&self) -> bool {
        matches!(self, Self::Public(turn) if turn.is_lent())
    }

    /// Whether another query of the same client could be tried on a lent worker.
    fn is_waited_for(&self) -> bool {
        matches!(self, Self::Public(turn) if turn.is_waited_for())
    }

    /// Returns when somebody wants the worker back.
    async fn recalled(&self) {
        match self {
            Self::Public(turn) => turn.recalled().await,
            Self::Pages { .. } => std::future::pending().await,
        }
    }
}

impl Inner {
    /// Waits for a place, in a queue of bounded length and for a bounded time.
    async fn admit(&self, request: &Request, lane: Lane) -> Result<Place, PoolError> {
        let client = request.client;
        if let Some(client) = client {
            let admitted = self.quota.admit(client, Instant::now());
            admitted.map_err(|retry_after| PoolError::Quota { retry_after })?;
        }
        if lane == Lane::Public {
            let weight = match self.log.cost(&request.ticket) {
                Some(cost) if cost > drive::TRIAL => Weight::Long,
                _ => Weight::Unknown,
            };
            let turn = self.turns.turn(client, weight).await?;
            return Ok(Place::Public(turn));
        }
        let wait = self.options.max_wait;
        let worker = tokio::time::timeout(wait, Arc::clone(&self.pages).acquire_owned()).await;
        match worker {
            Ok(Ok(worker)) => Ok(Place::Pages { _worker: worker }),
            Ok(Err(_)) | Err(_) => Err(PoolError::Busy { retry_after: wait }),
        }
    }

    fn encode(&self, request: &Request) -> Result<Vec<u8>, PoolError> {
        let (rows, overflow) = request
            .rows
            .unwrap_or((self.options.max_rows, Overflow::Abort));
        let message = frame::Request {
            query: request.query.clone(),
            base: request.base.clone(),
            default_graphs: request.default_graphs.clone(),
            named_graphs: request.named_graphs.clone(),
            format: request.format.media_type().to_owned(),
            max_rows: rows.min(self.options.max_rows),
            max_bytes: self.options.max_bytes,
            overflow,
        };
        frame::encode_request(&message).map_err(|error| PoolError::Refused(error.to_string()))
    }

    /// An idle worker of the newest snapshot, or a new one.
    async fn worker(&self) -> std::io::Result<Process> {
        let snapshot = Arc::clone(&*lock(&self.snapshot));
        loop {
            let Some(mut process) = lock(&self.idle).pop() else {
                break;
            };
            if process.serves(&snapshot) && process.is_alive() {
                return Ok(process);
            }
        }
        self.spawner.spawn(&self.options, snapshot).await
    }

    /// Takes a worker back, unless its snapshot is old or it has grown.
    fn give_back(&self, mut process: Process) {
        process.mark_used();
        let current = lock(&self.snapshot);
        if process.serves(&current)
            && process
                .memory()
                .is_some_and(|bytes| bytes < self.options.memory / 2)
        {
            lock(&self.idle).push(process);
        }
    }
}

/// Locks a mutex whose content is whole at every moment, also after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
