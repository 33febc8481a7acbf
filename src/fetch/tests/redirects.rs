//! Every step of a redirect is checked like the first address.

use super::*;

fn to(location: &str) -> Answer {
    answer("302 Found", &[&format!("Location: {location}")], "moved")
}

#[tokio::test]
async fn redirects_are_followed_to_the_end() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start(move |number| match number {
            0 => answer(&format!("{status} There"), &["Location: next?a=%C3%A9"], ""),
            _ => answer("200 OK", &[], "[]"),
        })
        .await;
        let response = get(options(), &server.url("/a/b")).await.unwrap();
        assert_eq!(response.url.as_str(), server.url("/a/next?a=%C3%A9"));
        assert_eq!((response.status, response.attempts), (200, 1));
    }
}

#[tokio::test]
async fn a_redirect_loop_ends() {
    let server = Server::start(|_| to("/")).await;
    let error = get(retrying(), &server.url("/")).await.unwrap_err();
    assert!(
        matches!(error, FetchError::TooManyRedirects { .. }),
        "{error}"
    );
    assert_eq!(
        server.heads().len(),
        4,
        "the first request and three redirects"
    );
}

#[tokio::test]
async fn a_redirect_without_location_is_an_error() {
    let server = Server::start(|_| answer("302 Found", &[], "")).await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert_eq!(error.status(), Some(302));
}

#[tokio::test]
async fn redirects_away_from_http_are_refused() {
    for location in [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
    ] {
        let server = Server::start(|_| to(location)).await;
        let error = get(retrying(), &server.url("/")).await.unwrap_err();
        assert!(matches!(error, FetchError::Redirect { .. }), "{error}");
        assert_eq!(server.heads().len(), 1);
    }
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_refused() {
    let private = Server::start(|_| answer("200 OK", &[], "secret")).await;
    let port = private.address.port();
    for target in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
    ] {
        let location = target.clone();
        let public = Server::start(move |_| to(&location)).await;
        let options = Options {
            reach: Reach::PublicOnly,
            ..retrying()
        };
        let fetcher = Fetcher::guarded(options, Guard::public_and(public.address)).unwrap();
        let request = Request::new(public.url("/").parse().unwrap(), "*/*");
        let error = fetcher.get(&request).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Private { .. }),
            "{target}: {error}"
        );
        assert_eq!(
            public.heads().len(),
            1,
            "the first step is allowed, and taken once"
        );
    }
    assert_eq!(private.heads().len(), 0);
}

#[tokio::test]
async fn private_addresses_are_refused_before_a_connection() {
    let server = Server::start(|_| answer("200 OK", &[], "secret")).await;
    let port = server.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",
    ] {
        let options = Options {
            reach: Reach::PublicOnly,
            ..retrying()
        };
        let error = get(options, &format!("http://{host}:{port}/"))
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::Private { .. }),
            "{host}: {error}"
        );
    }
    assert_eq!(server.heads().len(), 0);
}

#[tokio::test]
async fn localhost_is_reached_where_allowed() {
    let server = Server::start(|_| answer("200 OK", &[], "mine")).await;
    let url = format!("http://localhost:{}/", server.address.port());
    let allowed = Options {
        reach: Reach::AndHost("localhost".to_owned()),
        ..options()
    };
    assert_eq!(get(allowed, &url).await.unwrap().body, "mine");
    // Another name of the same machine is another host.
    let error = get(options(), &url).await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
}

#[tokio::test]
async fn a_private_portal_redirects_to_no_other_host() {
    let server = Server::start(|_| {
        answer(
            "302 Found",
            &["Location: http://169.254.169.254/latest/meta-data/"],
            "",
        )
    })
    .await;
    let error = get(options(), &server.url("/")).await.unwrap_err();
    assert!(
        matches!(&error, FetchError::Private { address, .. } if address.to_string() == "169.254.169.254"),
        "{error}"
    );
}
