//! Obeying robots.txt.

use super::*;

fn obedient() -> Options {
    Options {
        robots: Robots::Obey,
        ..retrying()
    }
}

async fn two(server: &Server, options: Options) -> [Result<Response, FetchError>; 2] {
    let fetcher = Fetcher::new(options).unwrap();
    let request = |path| Request::new(server.url(path).parse().unwrap(), "text/turtle");
    [
        fetcher.get(&request("/catalog.ttl?page=1")).await,
        fetcher.get(&request("/catalog.ttl?page=2")).await,
    ]
}

#[tokio::test]
async fn what_is_disallowed_is_not_asked_for() {
    let server = Server::start(|number| match number {
        0 => answer("200 OK", &[], "User-agent: *\nDisallow: /*page=2\n"),
        _ => answer("200 OK", &[], "[]"),
    })
    .await;
    let [first, second] = two(&server, obedient()).await;
    assert!(first.is_ok());
    let error = second.unwrap_err();
    assert!(matches!(error, FetchError::Disallowed { .. }), "{error}");
    let paths: Vec<String> = server
        .heads()
        .iter()
        .map(|head| head.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(paths, ["/robots.txt", "/catalog.ttl?page=1"]);
}

#[tokio::test]
async fn where_it_is_ignored_it_is_not_asked_for() {
    let server = Server::start(|_| answer("200 OK", &[], "User-agent: *\nDisallow: /")).await;
    let outcomes = two(&server, retrying()).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(server.heads().len(), 2);
}

#[tokio::test]
async fn a_file_that_is_not_there_allows_everything() {
    for status in ["404 Not Found", "403 Forbidden", "410 Gone"] {
        let server = Server::start(move |number| match number {
            0 => answer(status, &[], "User-agent: *\nDisallow: /"),
            _ => answer("200 OK", &[], ""),
        })
        .await;
        let outcomes = two(&server, obedient()).await;
        assert!(outcomes.iter().all(Result::is_ok), "{status}");
        assert_eq!(server.heads().len(), 3, "asked for once");
    }
}

#[tokio::test]
async fn a_host_that_fails_disallows_everything_for_now() {
    let server = Server::start(|_| answer("500 Oops", &[], "")).await;
    let [first, _] = two(&server, obedient()).await;
    let error = first.unwrap_err();
    assert!(matches!(error, FetchError::NoRobots { .. }), "{error}");
    let heads = server.heads();
    assert!(
        heads.iter().all(|head| head.starts_with("get /robots.txt")),
        "{heads:?}"
    );
    assert_eq!(heads.len(), 6, "each request has its attempts");
}

#[tokio::test]
async fn a_host_that_recovers_is_asked() {
    let server = Server::start(|number| match number {
        0 => answer("503 Later", &[], ""),
        1 => answer("200 OK", &[], "User-agent: *\nAllow: /\n"),
        _ => answer("200 OK", &[], "[]"),
    })
    .await;
    let [first, second] = two(&server, obedient()).await;
    assert_eq!((first.unwrap().attempts, second.unwrap().attempts), (2, 1));
}

#[tokio::test]
async fn redirects_of_the_file_are_followed_and_their_targets_guarded() {
    let server = Server::start(|number| match number {
        0 => answer("301 Moved", &["Location: /other/robots.txt"], ""),
        1 => answer("200 OK", &[], "User-agent: moisson\nDisallow: /catalog\n"),
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let [first, _] = two(&server, obedient()).await;
    assert!(matches!(first, Err(FetchError::Disallowed { .. })));
    let public = Server::start(|_| answer("302 Found", &["Location: http://127.0.0.2/"], "")).await;
    let options = Options {
        reach: Reach::PublicOnly,
        ..obedient()
    };
    let fetcher = Fetcher::guarded(options, Guard::public_and(public.address)).unwrap();
    let request = Request::new(public.url("/a").parse().unwrap(), "*/*");
    let error = fetcher.get(&request).await.unwrap_err();
    assert!(matches!(error, FetchError::NoRobots { .. }), "{error}");
    assert_eq!(public.heads().len(), 1);
}

#[tokio::test]
async fn a_file_without_end_is_read_to_its_limit() {
    let server = Server::start(|number| match number {
        0 => {
            let mut file = b"User-agent: *\nDisallow: /*page=2\n#".to_vec();
            file.resize(2 << 20, b'x');
            answer("200 OK", &[], file)
        }
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let [first, second] = two(&server, obedient()).await;
    assert!(first.is_ok() && second.is_err());
}

#[tokio::test]
async fn the_pause_that_a_host_asks_for_is_kept() {
    let server = Server::start(|number| match number {
        0 => answer("200 OK", &[], "User-agent: *\nCrawl-delay: 0.2\n"),
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let started = Instant::now();
    let outcomes = two(&server, obedient()).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert!(started.elapsed() >= Duration::from_millis(195));
}
