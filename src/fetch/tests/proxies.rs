//! Requests through a proxy: what it is asked for, what it is never asked for, and what it does wrong.

use super::*;

/// Options with a proxy that has a user name and a password, for everything but `direct`.
fn through(server: &Server, direct: &str) -> Options {
    let address = format!("http://moi:s3cret@{}", server.address);
    let variable = |name: &str| match name {
        "ALL_PROXY" => Some(address.clone()),
        "NO_PROXY" => Some(direct.to_owned()),
        _ => None,
    };
    Options {
        proxies: Proxies::read(None, variable),
        ..options()
    }
}

fn shown(error: &FetchError) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    assert!(!text.contains("s3cret") && !text.contains("moi:"), "{text}");
    text
}

#[tokio::test]
async fn a_proxy_is_asked_for_the_whole_address_and_told_its_own_password() {
    let proxy = Server::start(|_| answer("200 OK", &[], "four")).await;
    let url = "http://user:pass@donnees.example/api?q=1";
    let response = get(through(&proxy, ""), url).await.unwrap();
    assert_eq!(&response.body[..], b"four");
    let head = proxy.heads().remove(0);
    assert!(
        head.starts_with("get http://donnees.example/api?q=1 http/1.1\r\n"),
        "{head}"
    );
    for line in [
        format!("proxy-authorization: basic {}", basic("moi:s3cret")),
        format!("authorization: basic {}", basic("user:pass")),
        "host: donnees.example".to_owned(),
    ] {
        assert!(head.contains(&format!("\r\n{line}\r\n")), "{line}: {head}");
    }
}

/// As the test server shows it: in small letters.
fn basic(login: &str) -> String {
    data_encoding::BASE64
        .encode(login.as_bytes())
        .to_lowercase()
}

#[tokio::test]
async fn a_proxy_is_asked_to_connect_for_https() {
    let proxy = Server::start(|_| answer("502 Bad Gateway", &[], "no route")).await;
    let error = get(through(&proxy, ""), "https://donnees.example/api")
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::Transport { .. }), "{error}");
    let shown = shown(&error);
    let said = format!("through the proxy http://{}/", proxy.address);
    assert!(
        shown.contains("https://donnees.example/api") && shown.contains(&said),
        "{shown}"
    );
    let head = proxy.heads().remove(0);
    assert!(
        head.starts_with("connect donnees.example:443 http/1.1\r\n")
            && head.contains(&basic("moi:s3cret")),
        "{head}"
    );
}

#[tokio::test]
async fn a_proxy_that_wants_another_password_is_asked_once() {
    for url in ["http://donnees.example/", "https://donnees.example/"] {
        let proxy = Server::start(|_| answer("407 Proxy Authentication Required", &[], "")).await;
        let options = Options {
            attempts: 3,
            ..through(&proxy, "")
        };
        let error = get(options, url).await.unwrap_err();
        assert!(matches!(error, FetchError::ProxyLogin { .. }), "{error:?}");
        assert!(error.ends_all() && !error.is_transient());
        let shown = shown(&error);
        assert!(
            shown.contains("the proxy refused to fetch") && shown.contains(url),
            "{shown}"
        );
        assert_eq!(proxy.heads().len(), 1);
    }
}

#[tokio::test]
async fn a_proxy_that_fails_is_named() {
    let proxy = Server::start(|number| match number {
        0 => answer("502 Bad Gateway", &[], "no route to host"),
        _ => answer("403 Forbidden", &[], "category: unknown"),
    })
    .await;
    let options = Options {
        attempts: 2,
        ..through(&proxy, "")
    };
    let error = get(options, "http://donnees.example/").await.unwrap_err();
    assert_eq!(error.status(), Some(403));
    let shown = shown(&error);
    let said = format!("(through the proxy http://{}/) answers 403", proxy.address);
    assert!(shown.contains(&said), "{shown}");
}

#[tokio::test]
async fn a_proxy_that_hangs_is_given_up() {
    for url in ["http://donnees.example/", "https://donnees.example/"] {
        let proxy = Server::start(|_| Answer::Hang(Vec::new())).await;
        let options = Options {
            connect_timeout: Duration::from_millis(200),
            read_timeout: Duration::from_millis(200),
            ..through(&proxy, "")
        };
        let error = get(options, url).await.unwrap_err();
        assert!(matches!(error, FetchError::Timeout { .. }), "{error:?}");
        assert!(shown(&error).contains("through the proxy"), "{error}");
    }
}

#[tokio::test]
async fn a_proxy_is_never_asked_for_what_is_not_public() {
    let proxy = Server::start(|_| answer("200 OK", &[], "secret")).await;
    for url in [
        "http://10.0.0.1/",
        "http://0x0a.1/",
        "http://[fd00::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://[::ffff:169.254.169.254]/",
        "http://metadata.google.internal/",
        "http://ckan:5000/",
        "http://donnees.intranet/",
        "http://localhost/",
        "http://127.0.0.2/",
    ] {
        let error = get(through(&proxy, ""), url).await.unwrap_err();
        let refused = matches!(
            error,
            FetchError::Private { .. } | FetchError::PrivateName { .. }
        );
        assert!(refused, "{url}: {error}");
    }
    let own = Options {
        reach: Reach::AndHost("donnees.intranet".to_owned()),
        ..through(&proxy, "")
    };
    get(own, "http://donnees.intranet/").await.unwrap();
    assert_eq!(proxy.heads().len(), 1);
}

#[tokio::test]
async fn where_a_redirect_leads_is_judged_behind_a_proxy_too() {
    for target in [
        "http://169.254.169.254/",
        "http://2852039166/",
        "http://metadata.google.internal/",
        "http://intranet/",
    ] {
        let location = format!("Location: {target}");
        let proxy = Server::start(move |_| answer("302 Found", &[&location], "")).await;
        let error = get(through(&proxy, ""), "http://donnees.example/")
            .await
            .unwrap_err();
        let refused = matches!(
            error,
            FetchError::Private { .. } | FetchError::PrivateName { .. }
        );
        assert!(refused, "{target}: {error}");
        assert_eq!(proxy.heads().len(), 1, "{target}");
    }
}

#[tokio::test]
async fn what_needs_no_proxy_is_fetched_directly_and_judged_in_full() {
    let proxy = Server::start(|_| answer("200 OK", &[], "proxy")).await;
    let portal = Server::start(|_| answer("200 OK", &[], "portal")).await;
    let response = get(through(&proxy, ""), &portal.url("/")).await.unwrap();
    assert_eq!(&response.body[..], b"portal");
    let direct = through(&proxy, "10.0.0.0/8,localhost.localdomain");
    let error = get(direct, "http://10.0.0.1/").await.unwrap_err();
    assert!(matches!(error, FetchError::Private { .. }), "{error}");
    assert!(!error.to_string().contains("proxy"), "{error}");
    assert!(proxy.heads().is_empty());
}

#[tokio::test]
async fn robots_are_asked_for_through_the_proxy_too() {
    let proxy = Server::start(|number| match number {
        0 => answer("200 OK", &[], "User-agent: *\nDisallow: /secret"),
        _ => answer("200 OK", &[], "four"),
    })
    .await;
    let options = Options {
        robots: Robots::Obey,
        ..through(&proxy, "")
    };
    get(options, "http://donnees.example/catalog.ttl")
        .await
        .unwrap();
    let heads = proxy.heads();
    assert!(
        heads[0].starts_with("get http://donnees.example/robots.txt"),
        "{heads:?}"
    );
}
