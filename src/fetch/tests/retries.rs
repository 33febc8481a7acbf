//! What may pass is tried again, after the wait that was asked for; nothing else is.

use super::*;

#[tokio::test]
async fn passing_failures_are_tried_again() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let server = Server::start(move |number| match number {
            0 => answer(&format!("{status} Oops"), &[], "wait"),
            _ => answer("200 OK", &[], "[]"),
        })
        .await;
        let response = get(retrying(), &server.url("/")).await.unwrap();
        assert_eq!(response.attempts, 2, "{status}");
        assert_eq!(server.heads().len(), 2, "{status}");
    }
}

#[tokio::test]
async fn other_statuses_are_final() {
    for status in [206, 304, 400, 401, 403, 404, 410, 451, 501, 505] {
        let server = Server::start(move |_| answer(&format!("{status} No"), &[], "")).await;
        let error = get(retrying(), &server.url("/")).await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert_eq!(server.heads().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn attempts_end() {
    let server =
        Server::start(|_| answer("503 Later", &[], "<h1>Maintenance\u{1b}[0m</h1>\r\n")).await;
    let error = get(retrying(), &server.url("/")).await.unwrap_err();
    let message = format!("{} answers 503: <h1>Maintenance[0m</h1>", server.url("/"));
    assert_eq!(error.to_string(), message);
    assert_eq!(server.heads().len(), 3);
}

#[tokio::test]
async fn broken_answers_are_tried_again() {
    let server = Server::start(|number| match number {
        0 => Answer::Bytes(
            Duration::ZERO,
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[".to_vec(),
        ),
        1 => Answer::Bytes(Duration::ZERO, Vec::new()),
        _ => answer("200 OK", &[], "[]"),
    })
    .await;
    let response = get(retrying(), &server.url("/")).await.unwrap();
    assert_eq!(
        (response.attempts, response.body.as_ref()),
        (3, b"[]".as_slice())
    );
}

#[tokio::test]
async fn timeouts_are_tried_again() {
    let server = Server::start(|number| match number {
        0 => Answer::Hang(Vec::new()),
        _ => answer("200 OK", &[], "[]"),
    })
    .await;
    let short = Options {
        read_timeout: Duration::from_millis(500),
        ..retrying()
    };
    assert_eq!(get(short, &server.url("/")).await.unwrap().attempts, 2);
}

#[tokio::test]
async fn a_refused_connection_is_a_passing_failure() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let error = get(retrying(), &url).await.unwrap_err();
    assert!(matches!(error, FetchError::Transport { .. }), "{error}");
    assert!(error.is_transient());
    assert_eq!(error.to_string(), format!("no whole answer from {url}"));
}

#[tokio::test]
async fn retry_after_is_obeyed_by_the_whole_queue() {
    let server = Server::start(|number| match number {
        0 => answer("429 Too Many Requests", &["Retry-After: 1"], ""),
        _ => answer("200 OK", &[], "[]"),
    })
    .await;
    let fetcher = Fetcher::new(retrying()).unwrap();
    let request = Request::new(server.url("/").parse().unwrap(), "*/*");
    let started = Instant::now();
    let timed = async || {
        (
            fetcher.get(&request).await.unwrap().attempts,
            started.elapsed(),
        )
    };
    let (first, second) = tokio::join!(timed(), timed());
    assert_eq!((first.0, second.0), (2, 1));
    let asked = Duration::from_secs(1);
    assert!(
        first.1 >= asked && second.1 >= asked,
        "{first:?} {second:?}"
    );
}

#[tokio::test]
async fn a_wait_too_long_ends_the_attempts() {
    for header in [
        "Retry-After: 3",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let server = Server::start(|_| answer("503 Later", &[header], "")).await;
        let error = get(retrying(), &server.url("/")).await.unwrap_err();
        assert_eq!(error.status(), Some(503));
        assert_eq!(server.heads().len(), 1);
    }
}
