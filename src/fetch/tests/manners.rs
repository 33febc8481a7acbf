//! What a portal sees of us, and what it tells us.

use super::*;

#[tokio::test]
async fn an_answer_arrives_whole() {
    let server = Server::start(|_| {
        let headers = [
            "Content-Type: application/json; charset=utf-8",
            "ETag: W/\"1\"",
            "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT",
        ];
        answer("200 OK", &headers, "{}")
    })
    .await;
    let response = get(options(), &server.url("/a?b")).await.unwrap();
    assert_eq!(response.url.as_str(), server.url("/a?b"));
    assert_eq!((response.status, response.attempts), (200, 1));
    assert_eq!(
        response.content_type.as_deref(),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(response.validators.etag.as_deref(), Some("W/\"1\""));
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    assert_eq!(response.validators.last_modified.as_deref(), Some(date));
    assert_eq!(response.body, "{}");
}

#[tokio::test]
async fn requests_say_who_asks_for_what() {
    let server = Server::start(|_| answer("200 OK", &[], "")).await;
    let mut request = Request::new(server.url("/a?b=c").parse().unwrap(), "text/turtle");
    let header = ("x-own".parse().unwrap(), "yes".parse().unwrap());
    request.headers.push(header);
    let fetcher = Fetcher::new(options()).unwrap();
    fetcher.get(&request).await.unwrap();
    let head = server.heads().remove(0);
    for line in [
        "get /a?b=c http/1.1\r\n",
        "\r\nuser-agent: test/1\r\n",
        "\r\naccept: text/turtle\r\n",
        "\r\nx-own: yes\r\n",
    ] {
        assert!(head.contains(line), "{line:?} is not in {head:?}");
    }
    for encoding in ["gzip", "br", "zstd"] {
        let line = head
            .lines()
            .find(|line| line.starts_with("accept-encoding: "));
        assert!(line.unwrap().contains(encoding), "{encoding}");
    }
    for header in ["if-none-match", "referer", "content-length", "content-type"] {
        assert!(!head.contains(header), "{header}");
    }
}

#[tokio::test]
async fn compressed_answers_are_decompressed() {
    for coding in ["gzip", "br", "zstd"] {
        let body = packed(coding, b"{\"a\":1}").await;
        let server = Server::start(move |_| {
            answer("200 OK", &[&format!("Content-Encoding: {coding}")], &body)
        })
        .await;
        let response = get(options(), &server.url("/")).await.unwrap();
        assert_eq!(response.body, "{\"a\":1}", "{coding}");
    }
}

#[tokio::test]
async fn unchanged_content_is_an_answer() {
    let server = Server::start(|_| {
        let head = "HTTP/1.1 304 Not Modified\r\nETag: \"2\"\r\nContent-Encoding: gzip\r\n\r\n";
        Answer::Bytes(Duration::ZERO, head.into())
    })
    .await;
    let mut request = Request::new(server.url("/").parse().unwrap(), "*/*");
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    request.validators = Some(Validators {
        etag: Some("\"1\"".to_owned()),
        last_modified: Some(date.to_owned()),
    });
    let fetcher = Fetcher::new(options()).unwrap();
    let response = fetcher.get(&request).await.unwrap();
    assert_eq!((response.status, response.body.len()), (304, 0));
    assert_eq!(
        response.validators.etag.as_deref(),
        Some("\"2\""),
        "renewed"
    );
    assert_eq!(
        response.validators.last_modified.as_deref(),
        Some(date),
        "kept"
    );
    let head = server.heads().remove(0);
    assert!(head.contains("\r\nif-none-match: \"1\"\r\n"));
    assert!(head.contains("\r\nif-modified-since: sun, 06 nov 1994 08:49:37 gmt\r\n"));
}

#[tokio::test]
async fn an_empty_answer_stays_empty() {
    for head in [
        "HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n",
    ] {
        let server = Server::start(|_| Answer::Bytes(Duration::ZERO, head.into())).await;
        assert_eq!(get(options(), &server.url("/")).await.unwrap().body, "");
    }
}

#[tokio::test]
async fn a_host_gets_one_request_at_a_time() {
    let slow = |_| {
        let bytes = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        Answer::Bytes(Duration::from_millis(20), bytes.to_vec())
    };
    let server = Server::start(slow).await;
    let fetcher = Fetcher::new(options()).unwrap();
    let request = Request::new(server.url("/").parse().unwrap(), "*/*");
    // A clone shares the queue.
    let clone = fetcher.clone();
    let all = tokio::join!(
        fetcher.get(&request),
        clone.get(&request),
        fetcher.get(&request)
    );
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok());
    assert_eq!((server.heads().len(), server.busiest()), (3, 1));
}

#[tokio::test]
async fn hosts_do_not_wait_for_each_other() {
    let stuck = Server::start(|_| Answer::Hang(Vec::new())).await;
    let quick = Server::start(|_| answer("200 OK", &[], "")).await;
    let fetcher = Fetcher::new(options()).unwrap();
    let waiting = Request::new(stuck.url("/").parse().unwrap(), "*/*");
    let request = Request::new(quick.url("/").parse().unwrap(), "*/*");
    tokio::select! {
        biased;
        outcome = fetcher.get(&waiting) => panic!("{outcome:?}"),
        outcome = fetcher.get(&request) => assert!(outcome.is_ok()),
    }
}

#[tokio::test]
async fn redirects_between_two_hosts_do_not_lock() {
    let other = Server::start(|_| answer("302 Found", &["Location: /end"], "")).await;
    let location = format!("Location: {}", other.url("/"));
    let one = Server::start(move |_| answer("302 Found", &[&location], "")).await;
    let fetcher = Fetcher::new(options()).unwrap();
    let there = Request::new(one.url("/").parse().unwrap(), "*/*");
    let back = Request::new(other.url("/").parse().unwrap(), "*/*");
    let (first, second) = tokio::join!(fetcher.get(&there), fetcher.get(&back));
    assert!(matches!(first, Err(FetchError::TooManyRedirects { .. })));
    assert!(matches!(second, Err(FetchError::TooManyRedirects { .. })));
}

#[tokio::test]
async fn addresses_outside_http_are_refused() {
    for url in [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/plain,x",
    ] {
        let error = get(retrying(), url).await.unwrap_err();
        assert!(matches!(error, FetchError::InvalidUrl { .. }), "{error}");
    }
}

#[test]
fn a_user_agent_that_no_header_can_hold_is_refused() {
    let options = Options {
        user_agent: "two\nlines".to_owned(),
        ..options()
    };
    assert!(matches!(Fetcher::new(options), Err(FetchError::Client(_))));
}
