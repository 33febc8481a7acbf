//! What a run may cost.

use super::*;

fn request(url: &str) -> Request {
    Request::new(url.parse().unwrap(), "*/*")
}

async fn spend(server: &Server, budget: Budget) -> (usize, FetchError) {
    let fetcher = Fetcher::new(Options {
        budget,
        ..retrying()
    })
    .unwrap();
    let request = request(&server.url("/"));
    for done in 0..100 {
        if let Err(error) = fetcher.get(&request).await {
            return (done, error);
        }
    }
    panic!("a hundred requests, and no end")
}

#[tokio::test]
async fn requests_end_with_their_number_and_the_error_says_so() {
    let server = Server::start(|_| answer("200 OK", &[], "")).await;
    let budget = Budget {
        requests: Some(3),
        ..Budget::default()
    };
    let (done, error) = spend(&server, budget).await;
    assert_eq!((done, server.heads().len()), (3, 3));
    assert_eq!(error.to_string(), "the budget of 3 requests is spent");
    assert!(error.ends_all() && !error.is_transient());
}

#[tokio::test]
async fn repeated_and_redirected_requests_count() {
    let server = Server::start(|number| match number {
        0 => answer("503 Later", &[], ""),
        1 => answer("302 Found", &["Location: /b"], ""),
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let budget = Budget {
        requests: Some(3),
        ..Budget::default()
    };
    assert_eq!(spend(&server, budget).await.0, 1);
}

#[tokio::test]
async fn bytes_end_within_a_body() {
    let body = packed("gzip", &vec![b'x'; 20_000]).await;
    let server = Server::start(move |_| answer("200 OK", &["Content-Encoding: gzip"], &body)).await;
    let budget = Budget {
        bytes: Some(50_000),
        ..Budget::default()
    };
    let (done, error) = spend(&server, budget).await;
    assert_eq!(done, 2);
    assert!(
        matches!(error, FetchError::Spent(Limit::Bytes(50_000))),
        "{error}"
    );
}

#[tokio::test]
async fn time_ends_whatever_is_waited_for() {
    let server = Server::start(|_| Answer::Hang(Vec::new())).await;
    let budget = Budget {
        time: Some(Duration::from_millis(100)),
        ..Budget::default()
    };
    let started = Instant::now();
    let (done, error) = spend(&server, budget).await;
    assert_eq!(done, 0);
    assert!(
        matches!(error, FetchError::Spent(Limit::Time(_))),
        "{error}"
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_portal_that_never_answers_is_given_up() {
    let server = Server::start(|_| Answer::Hang(Vec::new())).await;
    let fetcher = Fetcher::new(Options {
        read_timeout: Duration::from_millis(100),
        patience: Duration::from_millis(250),
        attempts: 100,
        ..options()
    })
    .unwrap();
    let request = request(&server.url("/"));
    let first = fetcher.get(&request).await.unwrap_err();
    assert!(matches!(first, FetchError::Timeout { .. }), "{first}");
    let asked = server.heads().len();
    assert!(asked <= 3, "{asked}");
    // Another question to the same portal is not worth it.
    let second = fetcher.get(&request).await.unwrap_err();
    assert!(matches!(second, FetchError::GivenUp { .. }), "{second}");
    assert!(second.ends_all());
    assert_eq!(server.heads().len(), asked);
}

#[tokio::test]
async fn an_answer_renews_the_patience() {
    let server = Server::start(|number| match number % 2 {
        0 => Answer::Hang(Vec::new()),
        _ => answer("404 Not Found", &[], ""),
    })
    .await;
    let fetcher = Fetcher::new(Options {
        read_timeout: Duration::from_millis(100),
        patience: Duration::from_millis(150),
        attempts: 2,
        ..options()
    })
    .unwrap();
    let request = request(&server.url("/"));
    for _ in 0..3 {
        let error = fetcher.get(&request).await.unwrap_err();
        assert_eq!(error.status(), Some(404), "{error}");
    }
}
