//! Whatever a query does, it ends within its limits, and the others go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::*;
use futures_util::StreamExt as _;
use moisson::graph::query::{Format, Overflow, ResultsSyntax};
use moisson::graph::worker::frame;
use moisson::web::workers::{self, Lane};
use rustix::process::{Pid, Signal, kill_process};

fn kill(process: u32) {
    let pid = Pid::from_raw(i32::try_from(process).unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
}

fn request(query: &str) -> workers::Request {
    workers::Request {
        query: query.to_owned(),
        base: "http://e.org/".to_owned(),
        default_graphs: Vec::new(),
        named_graphs: Vec::new(),
        format: Format::Results(ResultsSyntax::Csv),
        rows: None,
        client: None,
        ticket: workers::Log::default().open(query),
    }
}

#[tokio::test]
async fn a_query_that_runs_too_long_ends_while_others_are_answered() {
    for bomb in [ENDLESS, SORT] {
        let endpoint = Endpoint::new(|options| {
            options.workers = 2;
            options.timeout = Duration::from_secs(2);
            options.memory = 8_000_000_000;
        });
        let started = Instant::now();
        let router = endpoint.router.clone();
        let request = Request::get(path(bomb)).body(Body::empty()).unwrap();
        let bombed = tokio::spawn(async move { router.oneshot(request).await.unwrap() });
        let mut answered = 0;
        while !bombed.is_finished() {
            assert_eq!(endpoint.get(SMALL, "text/csv").await.ok(), "v\r\n7\r\n");
            answered += 1;
        }
        assert!(answered > 3, "{answered} answered beside {bomb}");
        assert_eq!(
            bombed.await.unwrap().status(),
            StatusCode::SERVICE_UNAVAILABLE
        );
        // The limit, starting a process on a busy machine, and nothing like the minutes of the sort.
        assert!(
            started.elapsed() < Duration::from_secs(15),
            "{:?}",
            started.elapsed()
        );
    }
}

#[tokio::test]
async fn a_query_that_needs_too_much_memory_is_ended() {
    // The rows to be sorted are twenty million numbers at least, whoever holds them.
    let endpoint = Endpoint::new(|options| options.memory = 70_000_000);
    endpoint.warm().await;
    let message = endpoint.get(SORT, "text/csv").await.refused(503);
    assert!(message.contains("memory"), "{message}");
    endpoint.warm().await;
}

#[tokio::test]
async fn the_memory_of_a_worker_is_looked_at_from_the_start() {
    let endpoint = Endpoint::new(|options| options.memory = 1);
    // Below any process's size.
    let message = endpoint.get(ENDLESS, "text/csv").await.refused(503);
    assert!(message.contains("memory"), "{message}");
    assert_eq!(endpoint.pool.idle(), [] as [u32; 0]);
}

#[tokio::test]
async fn a_client_that_goes_away_ends_its_query() {
    let endpoint = Endpoint::new(|options| options.workers = 1);
    let address = endpoint.listen().await;
    for query in [ENDLESS, LARGE] {
        let process = endpoint.warm().await;
        let mut connection = connect(address, query).await;
        endpoint.until_busy().await;
        if query == LARGE {
            // In the middle of an answer.
            let mut some = [0; 4096];
            connection.read_exact(&mut some).await.unwrap();
        }
        drop(connection);
        until_gone(process).await;
        assert_ne!(
            endpoint.warm().await,
            process,
            "its place is free for the next"
        );
    }
}

#[tokio::test]
async fn an_answer_over_the_row_limit_is_broken_off_and_never_ends_cleanly() {
    let endpoint = Endpoint::new(|options| options.max_rows = 50_000);
    let address = endpoint.listen().await;
    let text = read_to_end(&mut connect(address, LARGE).await).await;
    assert!(
        text.starts_with("HTTP/1.1 200"),
        "{}",
        text.lines().next().unwrap_or_default()
    );
    assert!(text.contains("transfer-encoding: chunked"));
    assert!(text.len() > 100_000);
    assert!(
        !text.ends_with("0\r\n\r\n"),
        "the last chunk would say that all is there"
    );

    // The same over the row limit of a whole answer, as a check of the check.
    let whole = read_to_end(&mut connect(address, "SELECT * { ?s ?p ?o }").await).await;
    assert!(whole.ends_with("0\r\n\r\n"));
}

#[tokio::test]
async fn an_answer_over_the_byte_limit_is_broken_off() {
    let endpoint = Endpoint::new(|options| options.max_bytes = 1_000_000);
    let answer = endpoint.get(LARGE, "text/csv").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.is_err());
}

#[tokio::test]
async fn a_limit_met_before_the_first_byte_has_a_status() {
    let endpoint = Endpoint::new(|options| options.max_rows = 10);
    let message = endpoint.get(LARGE, "text/csv").await.refused(400);
    assert!(message.contains("more than 10 rows"), "{message}");
    // Refused at once, however many rows there are.
    let message = endpoint
        .get("SELECT ?v { <http://e.org/s7> ?p ?v } LIMIT 11", "text/csv")
        .await
        .refused(400);
    assert!(
        message.contains("LIMIT 11 asks for more than 10 rows"),
        "{message}"
    );
    let inner = "SELECT * { { SELECT ?v { <http://e.org/s7> ?p ?v } LIMIT 11 } } LIMIT 10";
    assert_eq!(endpoint.get(inner, "text/csv").await.ok(), "v\r\n7\r\n");
}

#[tokio::test]
async fn a_slow_client_is_subject_to_the_time_limit_too() {
    let endpoint = Endpoint::new(|options| options.timeout = Duration::from_secs(2));
    let answer = endpoint
        .pool
        .query(request(LARGE), Lane::Public)
        .await
        .unwrap();
    let process_is_busy = endpoint.pool.idle().is_empty();
    assert!(process_is_busy);
    // Nothing is read until the worker has been killed and replaced.
    endpoint.warm().await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let pieces: Vec<_> = answer.body.collect().await;
    assert!(pieces.last().unwrap().is_err());
}

#[tokio::test]
async fn a_full_queue_refuses_and_the_pages_have_a_worker_of_their_own() {
    let endpoint = Endpoint::new(|options| {
        options.workers = 1;
        options.queue = 0;
    });
    endpoint.warm().await;
    let running = tokio::spawn(
        endpoint
            .router
            .clone()
            .oneshot(Request::get(path(ENDLESS)).body(Body::empty()).unwrap()),
    );
    endpoint.until_busy().await;
    let busy = endpoint.get(SMALL, "text/csv").await;
    assert_ne!(busy.header("retry-after"), "");
    busy.refused(503);
    let (bytes, _) = endpoint
        .pool
        .query(request(SMALL), Lane::Pages)
        .await
        .unwrap()
        .read(1000)
        .await
        .unwrap();
    assert_eq!(bytes, b"v\r\n7\r\n");
    running.abort();
}

#[tokio::test]
async fn a_worker_killed_from_outside_is_replaced() {
    let endpoint = Endpoint::new(|options| options.workers = 1);
    let idle = endpoint.warm().await;
    kill(idle);
    let busy = endpoint.warm().await;
    assert_ne!(busy, idle);

    // In the middle of an answer, which must not look whole.
    let mut body = endpoint
        .pool
        .query(request(LARGE), Lane::Public)
        .await
        .unwrap()
        .body;
    assert!(body.next().await.unwrap().is_ok());
    kill(busy);
    let rest: Vec<_> = body.collect().await;
    assert!(rest.last().unwrap().is_err());

    // Before the first byte.
    let busy = endpoint.warm().await;
    let running = tokio::spawn(
        endpoint
            .router
            .clone()
            .oneshot(Request::get(path(ENDLESS)).body(Body::empty()).unwrap()),
    );
    endpoint.until_busy().await;
    kill(busy);
    assert_eq!(
        running.await.unwrap().unwrap().status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );
    endpoint.warm().await;
}

#[tokio::test]
async fn a_query_nested_too_deeply_harms_its_worker_only() {
    let endpoint = Endpoint::new(|options| options.timeout = Duration::from_secs(5));
    let nested = format!(
        "SELECT * {}?s ?p ?o{}",
        "{".repeat(20_000),
        "}".repeat(20_000)
    );
    let body = Request::post("/sparql")
        .header("content-type", "application/sparql-query")
        .body(Body::from(nested));
    let answer = endpoint.send(body.unwrap()).await;
    assert!(!answer.status.is_success(), "{}", answer.status);
    endpoint.warm().await;
}

#[tokio::test]
async fn a_new_snapshot_is_read_by_new_queries_and_the_old_one_is_let_go() {
    struct Hold(Arc<AtomicBool>);
    impl Drop for Hold {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }

    let endpoint = Endpoint::new(|options| options.workers = 2);
    let released = Arc::new(AtomicBool::new(false));
    let mut second = snapshot(file(endpoint.folder.path(), "1"), 2);
    second.hold = Box::new(Hold(Arc::clone(&released)));
    let old = endpoint.warm().await;
    endpoint.pool.switch(second);
    until_gone(old).await;

    let mut running = endpoint
        .pool
        .query(request(LARGE), Lane::Public)
        .await
        .unwrap();
    assert_eq!(running.sequence, 2);
    let path = file(endpoint.folder.path(), "3");
    let seven = NamedNode::new("http://e.org/s7").unwrap();
    let value = NamedNode::new("http://e.org/value").unwrap();
    let new = Quad::new(seven, value, Literal::from("new"), GraphName::DefaultGraph);
    graph::write(&path, [new]).unwrap();
    endpoint.pool.switch(snapshot(path, 3));
    assert_eq!(endpoint.get(SMALL, "text/csv").await.ok(), "v\r\nnew\r\n");
    assert!(
        running.body.next().await.unwrap().is_ok(),
        "it goes on, on the snapshot it began with"
    );
    assert!(!released.load(Ordering::SeqCst));
    drop(running);
    while !released.load(Ordering::SeqCst) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// The kernel's signal comes with the end of the thread that started the process, so a thread stands in
/// for the server here.
#[test]
fn a_worker_does_not_outlive_what_started_it() {
    use std::io::{Read as _, Write as _};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let store = file(folder.path(), "1");
    graph::write(&store, quads()).unwrap();
    let started = std::thread::spawn(move || {
        let mut child = Command::new(env!("CARGO_BIN_EXE_moisson"))
            .args(["sparql-worker", "--store"])
            .arg(store)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let request = frame::Request {
            query: ENDLESS.to_owned(),
            base: "http://e.org/".to_owned(),
            default_graphs: Vec::new(),
            named_graphs: Vec::new(),
            format: "text/csv".to_owned(),
            max_rows: 1,
            max_bytes: 1_000,
            overflow: Overflow::Abort,
        };
        let pipe = child.stdin.as_mut().unwrap();
        pipe.write_all(&frame::encode_request(&request).unwrap())
            .unwrap();
        // It has begun, and so has confined itself before.
        child
            .stdout
            .as_mut()
            .unwrap()
            .read_exact(&mut [0; frame::HEADER])
            .unwrap();
        child
    });
    let mut child = started.join().unwrap();
    let pipes = (child.stdin.take(), child.stdout.take());
    assert_eq!(child.wait().unwrap().signal(), Some(9));
    drop(pipes);
}

#[tokio::test]
async fn a_store_that_cannot_be_opened_is_an_error_of_the_server() {
    let endpoint = Endpoint::new(|_| {});
    endpoint
        .pool
        .switch(snapshot(endpoint.folder.path().join("none"), 2));
    endpoint.get(SMALL, "text/csv").await.refused(500);
}
