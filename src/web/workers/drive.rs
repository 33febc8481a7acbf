//! One query from its worker to its client, under watch.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot};

use super::answer::Piece;
use super::process::{self, Pipes, Process};
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
pub(super) async fn drive(inner: Arc<Inner>, query: Query, head: HeadSender, pieces: mpsc::Sender<Piece>) {
    let Query { message, started, client, places } = query;
    let end = match inner.worker().await {
        Ok(worker) => run(&inner, worker, &message, started, head, &pieces).await,
        Err(error) => {
            tracing::error!(%error, program = %inner.options.program.display(), "no SPARQL worker can be started");
            let _ = head.send(Err(PoolError::Crashed));
            None
        }
    };
    if let Some(client) = client {
        inner.quota.charge(client, started.elapsed(), Instant::now());
    }
    drop(places);
    // The last bytes may wait for a slow client as long as they like: nothing is kept busy by them.
    if let Some(End { outcome, .. }) = end {
        let _ = pieces.send(Piece::End(outcome)).await;
    }
}

async fn run(
    inner: &Inner,
    mut worker: Process,
    message: &[u8],
    started: Instant,
    head: HeadSender,
    pieces: &mpsc::Sender<Piece>,
) -> Option<End> {
    let id = worker.id();
    let sequence = worker.sequence();
    let mut head = Some(head);
    let end = tokio::select! {
        biased;
        pumped = pump(&mut worker.pipes, message, sequence, &mut head, pieces) => match pumped {
            Ok(end) => Ok(end),
            Err(error) => Err((PoolError::Crashed, error.to_string())),
        },
        stopped = watch(inner, id, started, pieces) => Err((stopped.clone(), stopped.to_string())),
    };
    match end {
        Ok(end) => {
            inner.give_back(worker);
            tracing::debug!(?id, ?end, elapsed = ?started.elapsed(), "SPARQL query ended");
            end
        }
        Err((error, reason)) => {
            worker.kill().await;
            tracing::info!(?id, reason, elapsed = ?started.elapsed(), "SPARQL worker killed");
            if let Some(head) = head {
                let _ = head.send(Err(error));
            }
            None
        }
    }
}

/// Sends the request and passes the answer on. No end: it failed before its first byte.
async fn pump(
    pipes: &mut Pipes,
    message: &[u8],
    sequence: u64,
    head: &mut Option<HeadSender>,
    pieces: &mpsc::Sender<Piece>,
) -> io::Result<Option<End>> {
    pipes.send(message).await?;
    loop {
        let (kind, content) = pipes.receive().await?;
        match kind {
            Kind::Head => {
                let begun = match serde_json::from_slice(&content)? {
                    Head::Begun => Ok(sequence),
                    Head::Failed { failure: Failure::Refused, message } => Err(PoolError::Refused(message)),
                    Head::Failed { failure: Failure::TooLarge, message } => Err(PoolError::TooLarge(message)),
                    Head::Failed { failure: Failure::Internal, message } => {
                        tracing::error!(error = message, "a SPARQL query failed");
                        Err(PoolError::Crashed)
                    }
                };
                let failed = begun.is_err();
                let head = head.take().ok_or_else(|| io::Error::other("a second head"))?;
                let _ = head.send(begun);
                if failed {
                    return Ok(None);
                }
            }
            Kind::Data => {
                // A client that is gone is seen by the watch.
                let _ = pieces.send(Piece::Data(content.into())).await;
            }
            Kind::End => return Ok(Some(serde_json::from_slice(&content)?)),
        }
    }
}

/// Returns when the query must stop.
async fn watch(inner: &Inner, id: Option<u32>, started: Instant, pieces: &mpsc::Sender<Piece>) -> PoolError {
    let options = &inner.options;
    let deadline = tokio::time::sleep_until((started + options.timeout).into());
    tokio::pin!(deadline);
    let mut samples = tokio::time::interval(SAMPLING);
    loop {
        tokio::select! {
            () = &mut deadline => return PoolError::Timeout(options.timeout),
            () = pieces.closed() => return PoolError::Refused("the client is gone".to_owned()),
            _ = samples.tick() => {
                if id.and_then(process::memory).is_some_and(|bytes| bytes > options.memory) {
                    return PoolError::Memory(options.memory);
                }
            }
        }
    }
}
