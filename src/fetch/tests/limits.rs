//! Answers that are too slow, too large or not whole end within the limits.

use super::*;

const SHORT: Duration = Duration::from_millis(100);

/// Far above the limits under test, far below the patience of [`options`].
const SOON: Duration = Duration::from_secs(10);

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

#[track_caller]
fn assert_timeout(outcome: &Result<Response, FetchError>, started: Instant) {
    assert!(
        matches!(outcome, Err(FetchError::Timeout { .. })),
        "{outcome:?}"
    );
    assert!(started.elapsed() < SOON);
}

#[tokio::test]
async fn silence_before_the_head_times_out() {
    let server = Server::start(|_| Answer::Hang(Vec::new())).await;
    let started = Instant::now();
    let short = Options {
        read_timeout: SHORT,
        ..options()
    };
    assert_timeout(&get(short, &server.url("/")).await, started);
}

#[tokio::test]
async fn silence_within_the_body_times_out() {
    let server = Server::start(|_| Answer::Hang(HEAD.into())).await;
    let started = Instant::now();
    let short = Options {
        read_timeout: SHORT,
        max_bytes: 1 << 20,
        ..options()
    };
    assert_timeout(&get(short, &server.url("/")).await, started);
}

#[tokio::test]
async fn a_body_that_drips_forever_times_out() {
    let server = Server::start(|_| Answer::Drip(HEAD.into())).await;
    let started = Instant::now();
    let short = Options {
        total_timeout: SHORT,
        max_bytes: 1 << 20,
        ..options()
    };
    assert_timeout(&get(short, &server.url("/")).await, started);
}

#[tokio::test]
async fn a_head_that_drips_forever_times_out() {
    let server = Server::start(|_| Answer::Drip(b"HTTP/1.1 200 OK\r\nX: ".to_vec())).await;
    let started = Instant::now();
    let short = Options {
        total_timeout: SHORT,
        ..options()
    };
    assert_timeout(&get(short, &server.url("/")).await, started);
}

#[tokio::test]
async fn redirects_share_one_time_limit() {
    let pause = SHORT * 2 / 3;
    let server = Server::start(move |_| {
        let Answer::Bytes(_, bytes) = answer("302 Found", &["Location: /"], "") else {
            unreachable!("that is how it is made")
        };
        Answer::Bytes(pause, bytes)
    })
    .await;
    let started = Instant::now();
    let short = Options {
        total_timeout: SHORT,
        max_redirects: 1000,
        ..options()
    };
    assert_timeout(&get(short, &server.url("/")).await, started);
    assert!(server.heads().len() <= 2);
}

#[tokio::test]
async fn a_body_cut_short_is_an_error() {
    for whole in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1,2",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[1,2\r\n",
    ] {
        let server = Server::start(|_| Answer::Bytes(Duration::ZERO, whole.into())).await;
        let error = get(options(), &server.url("/")).await.unwrap_err();
        assert!(matches!(error, FetchError::Transport { .. }), "{error}");
        assert!(error.is_transient());
    }
}

#[tokio::test]
async fn a_compressed_body_cut_short_is_an_error() {
    let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
    for coding in ["gzip", "br", "zstd"] {
        let whole = packed(coding, &text).await;
        for length in [whole.len() / 2, whole.len() - 1] {
            let cut = whole[..length].to_vec();
            let server = Server::start(move |_| {
                answer("200 OK", &[&format!("Content-Encoding: {coding}")], &cut)
            })
            .await;
            let large = Options {
                max_bytes: 1 << 20,
                ..options()
            };
            let error = get(large, &server.url("/")).await.unwrap_err();
            assert!(
                matches!(error, FetchError::Garbled { .. }),
                "{coding}: {error}"
            );
            assert!(error.is_transient(), "{coding}");
        }
    }
}

#[tokio::test]
async fn a_compressed_body_on_a_connection_cut_short_is_an_error() {
    let whole = packed("gzip", b"[1,2,3]").await;
    let server = Server::start(move |_| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            whole.len() + 1
        );
        Answer::Bytes(Duration::ZERO, [head.as_bytes(), &whole].concat())
    })
    .await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Transport { .. }), "{error}");
}

#[tokio::test]
async fn bytes_after_a_compressed_body_are_an_error() {
    let whole = [packed("br", b"[1,2,3]").await, b"and more".to_vec()].concat();
    let server = Server::start(move |_| answer("200 OK", &["Content-Encoding: br"], &whole)).await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Garbled { .. }), "{error}");
}

#[tokio::test]
async fn a_coding_that_nobody_asked_for_is_named() {
    let server = Server::start(|_| answer("200 OK", &["Content-Encoding: compress"], "x")).await;
    let error = get(retrying(), &server.url("/")).await.unwrap_err();
    assert!(error.to_string().contains("`compress`"), "{error}");
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_body_at_the_limit_is_read_and_one_above_refused() {
    for (length, fits) in [(64 << 10, true), ((64 << 10) + 1, false)] {
        let server = Server::start(move |_| answer("200 OK", &[], vec![b'x'; length])).await;
        let outcome = get(retrying(), &server.url("/")).await;
        if fits {
            assert_eq!(outcome.unwrap().body.len(), length);
        } else {
            let error = outcome.unwrap_err();
            assert!(
                matches!(error, FetchError::TooLarge { limit: 65536, .. }),
                "{error}"
            );
        }
        assert_eq!(
            server.heads().len(),
            1,
            "size is no reason for another attempt"
        );
    }
}

#[tokio::test]
async fn a_body_without_length_stops_at_the_limit() {
    let server = Server::start(|_| {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let body = "x".repeat(1 << 20);
        Answer::Bytes(Duration::ZERO, (head.to_owned() + &body).into_bytes())
    })
    .await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn a_bomb_stops_at_the_limit() {
    let bomb = packed("zstd", &vec![0; 4 << 20]).await;
    assert!(bomb.len() < 32 << 10, "small enough on the wire");
    let server = Server::start(move |_| answer("200 OK", &["Content-Encoding: zstd"], &bomb)).await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn a_bomb_stops_at_what_it_grew_from() {
    for coding in ["gzip", "br", "zstd"] {
        let bomb = packed(coding, &vec![0; 64 << 20]).await;
        let server = Server::start(move |_| {
            answer("200 OK", &[&format!("Content-Encoding: {coding}")], &bomb)
        })
        .await;
        let generous = Options {
            max_bytes: 1 << 30,
            ..retrying()
        };
        let error = get(generous, &server.url("/")).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Bomb { limit: 200, .. }),
            "{coding}: {error}"
        );
        assert_eq!(server.heads().len(), 1, "{coding}");
    }
}

#[tokio::test]
async fn repetitive_text_is_no_bomb() {
    let text = "<dcat:Dataset>always the same</dcat:Dataset>".repeat(20_000);
    let body = packed("zstd", text.as_bytes()).await;
    assert!(body.len() * 200 < text.len(), "beyond the ratio");
    let server = Server::start(move |_| answer("200 OK", &["Content-Encoding: zstd"], &body)).await;
    let large = Options {
        max_bytes: 1 << 20,
        ..options()
    };
    let response = get(large, &server.url("/")).await.unwrap();
    assert_eq!(response.body, text);
}
