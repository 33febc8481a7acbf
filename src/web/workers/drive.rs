//! One query from its worker to its client, under watch.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::answer::Piece;
use super::process::{self, Pipes};
use super::{Inner, Places, PoolError};
use crate::graph::worker::frame::{End, Failure, Head, Kind};

/// How often a worker's memory is looked at.
const SAMPLING: Duration = Duration::from_millis(50);

/// A query that has its place.
pub(super) struct Query {
    pub(super) message: Vec<u8>,
    pub(super) started: Instant,
    pub(super) client: Option<IpAddr>,
    pub(super) places: Places,
}

/// Where the outcome before the first byte goes: the sequence that answers, or why nothing does.
type HeadSender = oneshot::Sender<Result<u64, PoolError>>;

/// Runs a query to its end, whatever end that is, and gives its worker and its places back before the
/// client hears of it, so that the client's next query finds them.
pub(super) async fn drive(
    inner: Arc<Inner>,
    query: Query,
    head: HeadSender,
    pieces: mpsc::Sender<Piece>,
) {
    let Query {
        message,
        started,
        client,
        places,
    } = query;
    let end = run(&inner, &message, started, head, &pieces).await;
    if let Some(client) = client {
        inner
            .quota
            .charge(client, started.elapsed(), Instant::now());
    }
    drop(places);
    // The last bytes may wait for a slow client as long as they like: nothing is kept busy by them.
    if let Some(End { outcome, .. }) = end {
        let _ = pieces.send(Piece::End(outcome)).await;
    }
}

async fn run(
    inner: &Inner,
    message: &[u8],
    started: Instant,
    head: HeadSender,
    pieces: &mpsc::Sender<Piece>,
) -> Option<End> {
    let mut head = Some(head);
    let (worker, pumped) = loop {
        let mut worker = match inner.worker().await {
            Ok(worker) => worker,
            Err(error) => {
                tracing::error!(%error, program = %inner.options.program.display(), "no SPARQL worker can be started");
                fail(head, PoolError::Crashed);
                return None;
            }
        };
        let id = worker.id();
        let mut answer = Passage {
            sequence: worker.sequence(),
            accepted: false,
            head,
            pieces,
        };
        let pumped = tokio::select! {
            biased;
            pumped = answer.pump(&mut worker.pipes, message) => pumped.map_err(|error| Stop::Broken(error.to_string())),
            stopped = watch(inner, id, started, pieces) => Err(stopped),
        };
        head = answer.head;
        // A worker that had died while it was idle has not begun the query: another may.
        if matches!(pumped, Err(Stop::Broken(_))) && !answer.accepted && worker.is_used() {
            worker.kill().await;
            continue;
        }
        break (worker, pumped);
    };
    let id = worker.id();
    match pumped {
        Ok(end) => {
            tracing::debug!(?id, ?end, elapsed = ?started.elapsed(), "SPARQL query ended");
            inner.give_back(worker);
            end
        }
        Err(stop) => {
            worker.kill().await;
            tracing::info!(?id, %stop, elapsed = ?started.elapsed(), "SPARQL worker killed");
            fail(head, stop.into());
            None
        }
    }
}

fn fail(head: Option<HeadSender>, error: PoolError) {
    if let Some(head) = head {
        // Nobody may be waiting for it any more.
        let _ = head.send(Err(error));
    }
}

/// Why a worker is killed.
#[derive(Debug, Error)]
enum Stop {
    #[error("the query ran for {0:?}")]
    Timeout(Duration),
    #[error("the worker has more than {0} bytes of memory")]
    Memory(u64),
    #[error("the client is gone")]
    ClientGone,
    /// It ended, or does not speak the protocol.
    #[error("the worker does not answer: {0}")]
    Broken(String),
}

impl From<Stop> for PoolError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Timeout(limit) => Self::Timeout(limit),
            Stop::Memory(limit) => Self::Memory(limit),
            Stop::ClientGone | Stop::Broken(_) => Self::Crashed,
        }
    }
}

/// The way of an answer from its worker to its client.
struct Passage<'a> {
    sequence: u64,
    /// Whether the worker has begun the query.
    accepted: bool,
    head: Option<HeadSender>,
    pieces: &'a mpsc::Sender<Piece>,
}

impl Passage<'_> {
    /// Sends the request and passes the answer on. No end: it failed before its first byte.
    async fn pump(&mut self, pipes: &mut Pipes, message: &[u8]) -> io::Result<Option<End>> {
        pipes.send(message).await?;
        loop {
            let (kind, content) = pipes.receive().await?;
            match kind {
                Kind::Accepted => self.accepted = true,
                Kind::Head => {
                    let head = self
                        .head
                        .take()
                        .ok_or_else(|| io::Error::other("a second head"))?;
                    let begun = self.begun(serde_json::from_slice(&content)?);
                    let failed = begun.is_err();
                    let _ = head.send(begun);
                    if failed {
                        return Ok(None);
                    }
                }
                Kind::Data => {
                    // A client that is gone is seen by the watch.
                    let _ = self.pieces.send(Piece::Data(content.into())).await;
                }
                Kind::End => return Ok(Some(serde_json::from_slice(&content)?)),
            }
        }
    }

    fn begun(&self, head: Head) -> Result<u64, PoolError> {
        match head {
            Head::Begun => Ok(self.sequence),
            Head::Failed {
                failure: Failure::Refused,
                message,
            } => Err(PoolError::Refused(message)),
            Head::Failed {
                failure: Failure::TooLarge,
                message,
            } => Err(PoolError::TooLarge(message)),
            Head::Failed {
                failure: Failure::Internal,
                message,
            } => {
                tracing::error!(error = message, "a SPARQL query failed");
                Err(PoolError::Crashed)
            }
        }
    }
}

/// Returns when the query must stop.
async fn watch(
    inner: &Inner,
    id: Option<u32>,
    started: Instant,
    pieces: &mpsc::Sender<Piece>,
) -> Stop {
    let options = &inner.options;
    let deadline = tokio::time::sleep_until((started + options.timeout).into());
    tokio::pin!(deadline);
    let mut samples = tokio::time::interval(SAMPLING);
    loop {
        tokio::select! {
            () = &mut deadline => return Stop::Timeout(options.timeout),
            () = pieces.closed() => return Stop::ClientGone,
            _ = samples.tick() => {
                if id.and_then(process::memory).is_some_and(|bytes| bytes > options.memory) {
                    return Stop::Memory(options.memory);
                }
            }
        }
    }
}
