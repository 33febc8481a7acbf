//! Paths that no link of ours has: refused as unknown, never a fault of ours.

use axum::http::StatusCode;

use super::{BROWSER, DATASET, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_is_not_found() {
    let app = TestApp::sample().await;
    for path in [
        "nowhere",
        "dataset",
        "dataset/exemple",
        "dataset/exemple/inconnu",
        "dataset/exemple/inconnu.ttl",
        "dataset/autre/53ecd295a31c646e5bb9c6a7",
        "organization/exemple/53ecd295a31c646e5bb9c6a7",
        "portal/autre",
        "portal/autre.html",
        "catalog.csv",
        "assets/inconnu.css",
        "graph/projection",
        "favicon.ico",
    ] {
        for accept in ["text/turtle", BROWSER] {
            app.get_as(path, accept).await.refused(404);
        }
    }
    for extension in ["", ".csv", ".TTL", ".ttl.html", ".html.ttl", ".", ".."] {
        if !extension.is_empty() {
            app.get(&format!("{DATASET}{extension}")).await.refused(404);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_makes_the_server_fail() {
    let app = TestApp::sample().await;
    let long = "a".repeat(20_000);
    let deep = "a/".repeat(500);
    let keys = [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "%2e%2e%2f",
        "..",
        ".ttl",
        "a%2fb",
        "a%5cb",
        "%00",
        "%00.ttl",
        "%ff",
        "%ff.html",
        "%",
        "%zz",
        "%0d%0aSet-Cookie:%20a=b",
        "%0d%0a.ttl",
        "%3Cscript%3E.html",
        "%22%3E",
        "caf%C3%A9",
        "%F0%9F%8D%87.jsonld",
        "'%20OR%20'1'='1",
        "a%20b",
        "%7B%7D",
        "53ecd295a31c646e5bb9c6a7%2Ettl%23x",
        "53ecd295a31c646e5bb9c6a7%20",
        "53ecd295a31c646e5bb9c6a7%00",
        long.as_str(),
        deep.as_str(),
    ];
    let places = [
        "",
        "dataset/exemple/",
        "distribution/exemple/",
        "portal/",
        "assets/",
        "dataset/",
        "sparql/",
    ];
    for key in keys {
        for place in places {
            for accept in ["text/turtle", BROWSER] {
                let answer = app.get_as(&format!("{place}{key}"), accept).await;
                let mut answer = answer;
                // A slash too many leads on.
                if answer.status == StatusCode::PERMANENT_REDIRECT {
                    let target = answer.header("location").trim_start_matches('/').to_owned();
                    answer = app.get_as(&target, accept).await;
                }
                let expected = [StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST];
                assert!(
                    expected.contains(&answer.status),
                    "{place}{key:.60}: {}",
                    answer.status
                );
                assert!(answer.header("set-cookie").is_empty());
                assert!(!answer.text().contains("<script>"));
            }
        }
        for query in [
            "resolve?uri=",
            "catalog.ttl?publisher=",
            "catalog.ttl?theme=",
            "catalog.html?page_size=1&lang=",
        ] {
            let answer = app.get_as(&format!("{query}{key}"), BROWSER).await;
            assert!(
                !answer.status.is_server_error(),
                "{query}{key:.60}: {}",
                answer.status
            );
            assert!(!answer.text().contains("<script>"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_header_makes_the_server_fail() {
    let app = TestApp::sample().await;
    let long = "text/html,".repeat(3_000);
    for value in [
        "",
        ";;;",
        ",,,",
        "q=1",
        "*/*;q=",
        "\"",
        "text/turtle;q=9",
        long.as_str(),
    ] {
        for name in [
            "accept",
            "accept-language",
            "accept-encoding",
            "if-none-match",
            "if-modified-since",
            "host",
            "x-forwarded-for",
        ] {
            for path in [DATASET, "catalog.html?page_size=2"] {
                let answer = app.get_with(path, &[(name, value)]).await;
                assert!(!answer.status.is_server_error(), "{name}: {value:.60}");
            }
        }
    }
}
