//! One query from its worker to its client, under watch.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use super::answer::Piece;
use super::log::{Ended, How, Ticket};
use super::process::{self, Pipes};
use super::{Inner, Place, PoolError, Weight};
use crate::graph::worker::frame::{End, Failure, Head, Kind};

/// How often a worker's memory is looked at.
const SAMPLING: Duration = Duration::from_millis(50);

/// How long a query has a lent worker while others of its client wait: what takes longer is not light.
pub(super) const TRIAL: Duration = Duration::from_secs(1);

/// The most bytes of an answer that are kept until the worker is its client's own, or the answer whole.
const KEPT: usize = 256 << 10;

/// A query that has its place.
pub(super) struct Query {
    pub(super) message: Vec<u8>,
    pub(super) client: Option<IpAddr>,
    pub(super) place: Place,
    pub(super) ticket: Arc<Ticket>,
}

/// Where the outcome before the first byte goes: the sequence that answers, or why nothing does.
type HeadSender = oneshot::Sender<Result<u64, PoolError>>;

/// Runs a query to its end, whatever end that is, and gives its worker and its place back before the
/// client hears of it, so that the client's next query finds them. A query that had a lent worker and has
/// to give it back begins again when it is its turn: its client has heard nothing yet.
pub(super) async fn drive(
    inner: Arc<Inner>,
    query: Query,
    head: HeadSender,
    pieces: mpsc::Sender<Piece>,
) {
    let Query {
        message,
        client,
        mut place,
        ticket,
    } = query;
    let mut way = Way {
        inner: &inner,
        ticket: &ticket,
        head: Some(head),
        pieces,
        begun: None,
        kept: Vec::new(),
    };
    let end = loop {
        let ended = run(client, &message, &place, &mut way).await;
        ticket.rest();
        let weight = match ended {
            Ok(end) => break end,
            Err(Stop::Recalled) => Weight::Unknown,
            Err(Stop::Heavy) => Weight::Heavy,
            Err(Stop::ClientGone) => return way.end(Ended::by(How::Left)),
            Err(stop) => {
                way.fail(stop.into());
                break None;
            }
        };
        way.begun = None;
        way.kept.clear();
        drop(place);
        tokio::select! {
            turn = inner.turns.turn(client, weight) => match turn {
                Ok(turn) => place = Place::Public(turn),
                Err(error) => {
                    way.fail(error);
                    return;
                }
            },
            () = ticket.killed() => return way.fail(PoolError::Killed),
            () = way.pieces.closed() => return way.end(Ended::by(How::Left)),
        }
    };
    drop(place);
    way.show().await;
    // The last bytes may wait for a slow client as long as they like: nothing is kept busy by them.
    if let Some(end) = end {
        way.end(Ended::from(&end));
        let _ = way.pieces.send(Piece::End(end.outcome)).await;
    }
}

/// The way to the client, and what is kept of an answer that may have to begin again.
struct Way<'a> {
    inner: &'a Inner,
    ticket: &'a Ticket,
    head: Option<HeadSender>,
    pieces: mpsc::Sender<Piece>,
    begun: Option<u64>,
    kept: Vec<Bytes>,
}

impl Way<'_> {
    /// Sends what was kept.
    async fn show(&mut self) {
        if let Some((sequence, head)) = self.begun.take().zip(self.head.take()) {
            let _ = head.send(Ok(sequence));
        }
        for bytes in std::mem::take(&mut self.kept) {
            // A client that is gone is seen by the watch.
            let _ = self.pieces.send(Piece::Data(bytes)).await;
        }
    }

    /// Notes how the query ended.
    fn end(&self, ended: Ended) {
        self.inner.log.end(self.ticket, ended);
    }

    fn fail(&mut self, error: PoolError) {
        self.end(Ended::failed(error.clone()));
        if let Some(head) = self.head.take() {
            // Nobody may be waiting for it any more.
            let _ = head.send(Err(error));
        }
    }
}

/// Runs a query once, and charges its client for it.
async fn run(
    client: Option<IpAddr>,
    message: &[u8],
    place: &Place,
    way: &mut Way<'_>,
) -> Result<Option<End>, Stop> {
    let inner = way.inner;
    let started = Instant::now();
    if let Some(client) = client {
        inner.quota.begin(client, started);
    }
    let ended = attempt(message, started, place, way).await;
    if let Some(client) = client {
        let now = Instant::now();
        inner.quota.charge(client, now - started, now);
    }
    ended
}

async fn attempt(
    message: &[u8],
    started: Instant,
    place: &Place,
    way: &mut Way<'_>,
) -> Result<Option<End>, Stop> {
    let (inner, ticket) = (way.inner, way.ticket);
    let pieces = way.pieces.clone();
    let (worker, pumped) = loop {
        let mut worker = match inner.worker().await {
            Ok(worker) => worker,
            Err(error) => {
                tracing::error!(%error, program = %inner.options.program.display(), "no SPARQL worker can be started");
                way.fail(PoolError::Crashed);
                return Ok(None);
            }
        };
        let id = worker.id();
        ticket.begin(worker.sequence());
        let mut answer = Passage {
            sequence: worker.sequence(),
            accepted: false,
            place,
            way: &mut *way,
        };
        let pumped = tokio::select! {
            biased;
            pumped = answer.pump(&mut worker.pipes, message) => pumped,
            stopped = watch(inner, id, started, place, &pieces) => Err(stopped),
            () = ticket.killed() => Err(Stop::Killed),
        };
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
            Ok(end)
        }
        Err(stop) => {
            worker.kill().await;
            tracing::info!(?id, %stop, elapsed = ?started.elapsed(), "SPARQL worker killed");
            Err(stop)
        }
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
    #[error("the operator ended it")]
    Killed,
    /// Somebody has a right to it.
    #[error("the worker was lent, and is needed")]
    Recalled,
    /// It is not light, and not on a worker of its client's own.
    #[error("the worker was lent, and the query is heavy")]
    Heavy,
    /// It ended, or does not speak the protocol.
    #[error("the worker does not answer: {0}")]
    Broken(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<Stop> for PoolError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Timeout(limit) => Self::Timeout(limit),
            Stop::Memory(limit) => Self::Memory(limit),
            Stop::Killed => Self::Killed,
            Stop::ClientGone | Stop::Broken(_) | Stop::Recalled | Stop::Heavy => Self::Crashed,
        }
    }
}

/// The way of an answer from its worker to its client.
struct Passage<'a, 'b> {
    sequence: u64,
    /// Whether the worker has begun the query.
    accepted: bool,
    place: &'a Place,
    way: &'a mut Way<'b>,
}

impl Passage<'_, '_> {
    /// Sends the request and passes the answer on. No end: it failed before its first byte.
    async fn pump(&mut self, pipes: &mut Pipes, message: &[u8]) -> Result<Option<End>, Stop> {
        pipes.send(message).await?;
        loop {
            let (kind, content) = pipes.receive().await?;
            match kind {
                Kind::Accepted => self.accepted = true,
                Kind::Head => {
                    if self.way.head.is_none() || self.way.begun.is_some() {
                        return Err(Stop::Broken("a second head".to_owned()));
                    }
                    match self.begun(serde_json::from_slice(&content)?) {
                        Ok(sequence) => self.way.begun = Some(sequence),
                        Err(error) => {
                            self.way.fail(error);
                            return Ok(None);
                        }
                    }
                    self.pass().await?;
                }
                Kind::Data => {
                    self.way.kept.push(content.into());
                    self.pass().await?;
                }
                Kind::End => return Ok(Some(serde_json::from_slice(&content)?)),
            }
        }
    }

    /// Sends what there is, unless the query may still have to begin again.
    async fn pass(&mut self) -> Result<(), Stop> {
        if !self.place.is_lent() {
            self.way.show().await;
            return Ok(());
        }
        let kept: usize = self.way.kept.iter().map(Bytes::len).sum();
        if kept > KEPT {
            Err(Stop::Heavy)
        } else {
            Ok(())
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
    place: &Place,
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
            () = place.recalled() => return Stop::Recalled,
            _ = samples.tick() => {
                if id.and_then(process::memory).is_some_and(|bytes| bytes > options.memory) {
                    return Stop::Memory(options.memory);
                }
                if started.elapsed() > TRIAL && place.is_waited_for() {
                    return Stop::Heavy;
                }
            }
        }
    }
}
