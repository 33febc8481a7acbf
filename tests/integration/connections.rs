//! Clients that are slow, silent or many: none of them keeps the others out.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get as route, post};
use futures_util::stream;
use moisson::web::connections::{self, Limits};
use moisson::web::{App, router};
use tokio::net::{TcpListener, TcpStream};

use crate::support::program::Site;
use crate::support::serving::{Server, get, rest, say};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const SOON: Duration = Duration::from_millis(500);
const LATE: Duration = Duration::from_secs(20);

/// Half a request.
const HALF: &str = "GET /health HTTP/1.1\r\nhost: e.org\r\nx-half: ";

const SLOW: &str = "GET /slow HTTP/1.1\r\nhost: e.org\r\n\r\n";

/// A server of nothing published, with `/slow`, which never answers, and what `more` adds.
async fn serve(change: impl FnOnce(&mut Limits), more: Router) -> SocketAddr {
    let mut limits = Limits::of(1024);
    change(&mut limits);
    let folder = tempfile::tempdir().unwrap();
    let mut config = moisson::config::Config::default();
    folder.path().clone_into(&mut config.store.path);
    let app = App::new(config, "none".into());
    let slow = Router::new().route("/slow", route(std::future::pending::<String>));
    let router = router(&app).merge(slow).merge(more);
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let _folder = folder;
        let never = std::future::pending();
        connections::serve(listener, router, limits, Vec::new(), never).await;
    });
    (HERE, port).into()
}

/// The same as a program with so many files.
fn program(files: u32) -> (Site, Server) {
    let site = Site::at(([127, 0, 0, 1], 9).into());
    let server = Server::of(&site, files, "--no-harvest");
    (site, server)
}

async fn many(from: IpAddr, address: SocketAddr, number: usize, text: &str) -> Vec<TcpStream> {
    let mut all = Vec::new();
    for _ in 0..number {
        all.push(say(from, address, text).await);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn half_sent_requests_do_not_keep_others_out_even_with_few_files() {
    for files in [64, 128, 1024] {
        let (_site, server) = program(files);
        let mut held = Vec::new();
        let mut slowest = Duration::ZERO;
        for _ in 0..3 {
            held.extend(many(HERE, server.address, 100, HALF).await);
            let asked = Instant::now();
            let answer = get(HERE, server.address, "/health").await;
            assert!(answer.starts_with("HTTP/1.1 200"), "{files}: {answer}");
            slowest = slowest.max(asked.elapsed());
        }
        let log = server.log();
        assert!(!log.contains("cannot be accepted"), "{files}: {log}");
        println!("{files} files, 300 half-sent requests: /health within {slowest:?}");
        assert!(slowest < Duration::from_secs(2), "{slowest:?}");
    }
}

#[tokio::test]
async fn who_does_not_send_a_whole_request_is_let_go() {
    let address = serve(|limits| limits.head = SOON, Router::new()).await;
    let mut all = many(HERE, address, 50, HALF).await;
    all.extend(many(HERE, address, 50, "").await);
    // Kept for another request, which does not come.
    let whole = "GET /health HTTP/1.1\r\nhost: e.org\r\n\r\n";
    all.extend(many(HERE, address, 50, whole).await);
    for connection in &mut all {
        assert!(rest(connection, LATE).await.is_some(), "it is still open");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let echo = Router::new().route("/echo", post(async |body: String| body));
    let address = serve(|limits| limits.body = SOON, echo).await;
    let request = "POST /echo HTTP/1.1\r\nhost: e.org\r\ncontent-length: 9\r\n\r\nhalf";
    let mut connection = say(HERE, address, request).await;
    let answer = rest(&mut connection, LATE).await.expect("it is let go");
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
}

#[tokio::test]
async fn who_does_not_read_is_let_go() {
    /// Says when it is dropped.
    struct Sign(Arc<AtomicBool>);
    impl Drop for Sign {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let ended = Arc::new(AtomicBool::new(false));
    let endless = route({
        let ended = Arc::clone(&ended);
        move || {
            let sign = Sign(Arc::clone(&ended));
            let pieces = stream::repeat(Bytes::from(vec![0; 1 << 16]));
            let pieces = futures_util::StreamExt::map(pieces, move |piece| {
                let _ = &sign;
                Ok::<_, Infallible>(piece)
            });
            std::future::ready(Body::from_stream(pieces))
        }
    });
    let more = Router::new().route("/endless", endless);
    let address = serve(|limits| limits.write = SOON, more).await;
    let request = "GET /endless HTTP/1.1\r\nhost: e.org\r\n\r\n";
    let _unread = say(HERE, address, request).await;
    let asked = Instant::now();
    while !ended.load(Ordering::SeqCst) {
        assert!(asked.elapsed() < LATE, "it is still written to");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn one_address_has_its_share_of_the_connections_and_no_more() {
    let few = |limits: &mut Limits| {
        (limits.connections, limits.each) = (8, 2);
    };
    let address = serve(few, Router::new()).await;
    let _busy = many(HERE, address, 2, SLOW).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let refused = get(HERE, address, "/context.jsonld").await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("retry-after"), "{refused}");
    let other = get(ELSEWHERE, address, "/context.jsonld").await;
    assert!(other.starts_with("HTTP/1.1 200"), "{other}");
}

#[tokio::test]
async fn what_is_reserved_answers_when_every_connection_is_busy() {
    let few = |limits: &mut Limits| {
        (limits.connections, limits.each, limits.reserve) = (4, 4, 2);
    };
    let address = serve(few, Router::new()).await;
    let _busy = many(HERE, address, 4, SLOW).await;
    let _half = many(HERE, address, 20, HALF).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    for _ in 0..5 {
        let health = get(ELSEWHERE, address, "/health").await;
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
        let ready = get(ELSEWHERE, address, "/ready").await;
        assert!(ready.contains("\"ready\":false"), "{ready}");
        let other = get(ELSEWHERE, address, "/context.jsonld").await;
        assert!(other.starts_with("HTTP/1.1 503"), "{other}");
    }
}
