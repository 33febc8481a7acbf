//! Connections: how many there may be, how long a client may take, and how they end.
//!
//! A client that is slow with its headers, its body or with reading an answer is let go; who has sent
//! nothing makes room for who comes. What is left when every place is busy is a small reserve, in which
//! `/health`, `/ready`, `/metrics` and the administrator are answered and everybody else is told to come
//! back. Nothing here needs to be configured: the numbers follow from the files that the process may open.

mod body;
mod door;
mod reserve;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use ipnet::IpNet;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use body::{Held, Timely};
use door::{Door, Place};
pub(super) use reserve::{Reserved, keep};

/// The most bytes of a request's head, and of an answer that waits for its client.
const BUFFER: usize = 96 << 10;

/// The most connections, where the process may open files enough.
const MOST: usize = 1024;

/// Connections beyond them, for those who must get through.
const RESERVE: usize = 16;

/// The most files that the server needs beside its connections: the ledger's, the workers' pipes.
const OWN: usize = 160;

/// The most files that are asked of the system.
const FILES: u64 = 65_536;

/// How long after a failure to accept the next connection is tried.
const BREATH: Duration = Duration::from_millis(20);

/// What is told to those who find no place at all.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 10\r\ncontent-length: 0\r\n\
    connection: close\r\n\r\n";

/// How many connections there may be, and how long a client may take.
#[derive(Debug, Clone)]
pub struct Limits {
    /// To send the head of a request, from the connection or from the end of the last answer.
    pub head: Duration,
    /// To send the body of a request.
    pub body: Duration,
    /// To read anything at all of what is sent.
    pub write: Duration,
    /// For the answers in progress, once the server is asked to stop.
    pub farewell: Duration,
    /// Connections.
    pub connections: usize,
    /// Connections of one address (or IPv6 /64) that is no proxy of ours.
    pub each: usize,
    /// Connections beyond them, for `/health` and the administrator.
    pub reserve: usize,
}

impl Limits {
    /// The limits where a process may open so many files.
    #[must_use]
    pub fn of(files: usize) -> Self {
        let own = OWN.min(files - files / 8 * 3);
        let places = files.saturating_sub(own).max(4);
        let reserve = RESERVE.min(places / 4);
        let connections = MOST.min(places - reserve);
        Self {
            head: Duration::from_secs(15),
            body: Duration::from_secs(30),
            write: Duration::from_secs(30),
            farewell: Duration::from_secs(10),
            connections,
            each: (connections / 4).max(1),
            reserve,
        }
    }

    /// The limits of this process, which is first allowed as many files as the system gives it.
    #[must_use]
    pub fn of_this_process() -> Self {
        let limit = getrlimit(Resource::Nofile);
        let wanted = limit.maximum.map_or(FILES, |most| most.min(FILES));
        let mut files = limit.current.unwrap_or(FILES);
        if files < wanted {
            let raised = Rlimit {
                current: Some(wanted),
                maximum: limit.maximum,
            };
            match setrlimit(Resource::Nofile, raised) {
                Ok(()) => files = wanted,
                Err(error) => tracing::debug!(%error, files, "no more files may be opened"),
            }
        }
        Self::of(usize::try_from(files).unwrap_or(usize::MAX))
    }
}

/// Answers whoever connects to `listener` until `stop`, and then those who are being answered. Proxies in
/// `trusted` have as many connections as there are.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    trusted: Vec<IpNet>,
    stop: impl Future<Output = ()>,
) {
    tracing::info!(
        connections = limits.connections,
        each = limits.each,
        reserve = limits.reserve,
        "answering"
    );
    let door = Door::new(&limits, trusted);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &door) => accepted,
        };
        let (stream, peer, room) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_of_client(&error) => continue,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                door.make_room();
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let Some(place) = door.enter(peer.ip()) else {
            // As much as the socket takes at once; nobody waits for it.
            let _ = stream.try_write(FULL);
            continue;
        };
        let (router, limits) = (router.clone(), limits.clone());
        tokio::spawn(attend(
            stream,
            peer,
            (place, room),
            router,
            limits,
            graceful.watcher(),
        ));
    }
    drop(listener);
    let ended = tokio::time::timeout(limits.farewell, graceful.shutdown()).await;
    if ended.is_err() {
        tracing::warn!("requests that did not end in time are cut off");
    }
}

/// The next connection, once there is room for its file: whoever makes room for others still has one until
/// its task has seen so.
async fn accept(
    listener: &TcpListener,
    door: &Door,
) -> io::Result<(TcpStream, SocketAddr, Option<OwnedSemaphorePermit>)> {
    let room = door.room().await;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, room))
}

/// Whether it was the client that ended a connection before it was accepted.
fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

/// One connection from its first request to its end.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    (place, _room): (Place, Option<OwnedSemaphorePermit>),
    router: Router,
    limits: Limits,
    watcher: Watcher,
) {
    // Small answers are not held back for more to come.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.write));
    let place = Arc::new(place);
    let answering = Arc::clone(&place);
    let service = service_fn(move |request: Request<Incoming>| {
        let busy = answering.begin();
        let mut request = request.map(|body| Body::new(Timely::new(body, limits.body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        if answering.is_reserved() {
            request.extensions_mut().insert(Reserved);
        }
        let router = router.clone();
        async move {
            let response = router.oneshot(request).await;
            response.map(|response| response.map(|body| Held::new(body, busy)))
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(BUFFER)
        .keep_alive(!place.is_reserved());
    let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service);
    tokio::select! {
        ended = watcher.watch(connection) => if let Err(error) = ended {
            tracing::debug!(%error, %peer, "a connection was broken off");
        },
        () = place.asked_to_leave() => tracing::debug!(%peer, "a waiting connection made room"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_leave_enough_for_the_ledger_and_the_workers() {
        for (files, connections) in [(1 << 20, 1024), (1024, 848), (256, 80), (128, 36), (16, 5)] {
            let limits = Limits::of(files);
            assert_eq!(limits.connections, connections, "{files}");
            assert!(limits.connections + limits.reserve < files);
            assert!(limits.each >= 1 && limits.each <= connections / 4 + 1);
        }
    }
}
