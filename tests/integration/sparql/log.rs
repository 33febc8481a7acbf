//! How queries end is told to who asked, and to the administrator; answers are kept and given again.

use std::time::{Duration, Instant};

use super::*;
use serde_json::Value;

impl Endpoint {
    async fn log(&self, id: &str) -> Value {
        let request = Request::get(format!("/sparql/log/{id}")).body(Body::empty());
        let answer = self.send(request.unwrap()).await;
        serde_json::from_str(&answer.ok()).unwrap()
    }

    async fn admin(&self, method: &str, path: &str, token: &str) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("authorization", format!("Bearer {token}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

/// The token of the tests: the value of a variable that is always set.
fn token() -> String {
    std::env::var("CARGO_PKG_NAME").unwrap()
}

#[tokio::test]
async fn every_answer_to_a_query_says_by_what_its_end_is_known() {
    let endpoint = Endpoint::new(|_| {});
    for (query, status, state, message) in [
        (SMALL, 200, "complete", ""),
        ("SELEC", 400, "failed", "near line 1"),
        (
            "SELECT * { SERVICE <http://127.0.0.1/> {} }",
            400,
            "failed",
            "cannot be evaluated",
        ),
    ] {
        let answer = endpoint.get(query, "text/csv").await;
        assert_eq!(answer.status.as_u16(), status, "{query}");
        let id = answer.header("query-id").to_owned();
        assert_eq!(
            answer.header("link"),
            format!("<http://e.org/sparql/log/{id}>; rel=\"status\"")
        );
        let told = endpoint.log(&id).await;
        assert_eq!(told["state"], state, "{told}");
        assert!(
            told["message"]
                .as_str()
                .unwrap_or_default()
                .contains(message),
            "{told}"
        );
        assert!(
            told.get("query").is_none(),
            "the text is the administrator's: {told}"
        );
    }
    let unknown = Request::get("/sparql/log/0123")
        .body(Body::empty())
        .unwrap();
    endpoint.send(unknown).await.refused(404);
}

#[tokio::test]
async fn what_broke_off_after_its_first_byte_is_told_with_the_limit_that_it_met() {
    let endpoint = Endpoint::new(|options| options.timeout = Duration::from_secs(2));
    let answer = endpoint.get(LARGE, "text/csv").await;
    assert_eq!(answer.status, StatusCode::OK);
    let id = answer.header("query-id").to_owned();
    assert!(answer.body.is_err(), "it is not to look whole");
    let told = endpoint.log(&id).await;
    assert_eq!(told["state"], "failed");
    let message = told["message"].as_str().unwrap();
    assert!(
        message.contains("2s, the time limit: ask for less"),
        "{message}"
    );
    assert_eq!(told["sequence"], 1);
}

#[tokio::test]
async fn the_administrator_sees_what_runs_and_ends_it_and_nobody_else_does() {
    let endpoint = Endpoint::configured(
        quads(),
        |_| {},
        |config| {
            "CARGO_PKG_NAME".clone_into(&mut config.server.admin_token_env);
        },
    );
    let router = endpoint.router.clone();
    let request = Request::get(path(ENDLESS)).body(Body::empty()).unwrap();
    let asked = tokio::spawn(async move { router.oneshot(request).await.unwrap() });
    let id = loop {
        let answer = endpoint.admin("GET", "/admin/queries", &token()).await;
        let told: Value = serde_json::from_str(&answer.ok()).unwrap();
        if let Some(one) = told["running"].get(0)
            && one["state"] == "running"
        {
            assert_eq!(one["query"], ENDLESS);
            break one["id"].as_str().unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    for wrong in ["", "wrong"] {
        let path = format!("/admin/queries/{id}");
        endpoint.admin("DELETE", &path, wrong).await.refused(401);
        endpoint
            .admin("GET", "/admin/queries", wrong)
            .await
            .refused(401);
    }
    assert_eq!(endpoint.log(&id).await["state"], "running");
    // What counts as slow has run for a second.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let path = format!("/admin/queries/{id}");
    let killed = endpoint.admin("DELETE", &path, &token()).await;
    assert_eq!(killed.status, StatusCode::NO_CONTENT);
    let response = asked.await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(
        endpoint.log(&id).await["message"],
        "the query was ended by the operator of this service"
    );
    let answer = endpoint.admin("GET", "/admin/queries", &token()).await;
    let told: Value = serde_json::from_str(&answer.ok()).unwrap();
    assert_eq!(told["slowest"][0]["query"], ENDLESS, "{told}");
}

#[tokio::test]
async fn a_client_that_goes_is_told_of_as_gone() {
    let endpoint = Endpoint::new(|_| {});
    let router = endpoint.router.clone();
    let request = Request::get(path(LARGE)).body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let id = response.headers()["query-id"].to_str().unwrap().to_owned();
    drop(response);
    let started = Instant::now();
    while endpoint.log(&id).await["state"] != "left" {
        assert!(started.elapsed() < Duration::from_secs(20));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_answer_is_given_again_without_a_worker_until_the_catalogue_changes() {
    let endpoint = Endpoint::configured(
        quads(),
        |_| {},
        |config| config.sparql.cache = Size::new(1 << 20),
    );
    let first = endpoint.get(SMALL, "text/csv").await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.ok(), "v\r\n7\r\n");
    // A worker would have to be started.
    for process in endpoint.pool.idle() {
        let pid = rustix::process::Pid::from_raw(i32::try_from(process).unwrap()).unwrap();
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    }
    let again = endpoint.get(SMALL, "text/csv").await;
    assert_eq!(again.header("etag"), tag);
    assert_eq!(again.header("query-id").len(), 32);
    assert_eq!(again.ok(), "v\r\n7\r\n");
    let other = endpoint.get(SMALL, "text/tab-separated-values").await;
    assert_ne!(other.header("etag"), tag);
    // A new catalogue has another answer.
    let path = file(endpoint.folder.path(), "2");
    let value = NamedNode::new("http://e.org/value").unwrap();
    let subject = NamedNode::new("http://e.org/s7").unwrap();
    let quad = Quad::new(subject, value, Literal::from(8), GraphName::DefaultGraph);
    graph::write(&path, vec![quad]).unwrap();
    endpoint.pool.switch(snapshot(path, 2));
    assert_eq!(endpoint.get(SMALL, "text/csv").await.ok(), "v\r\n8\r\n");
}

#[tokio::test]
async fn an_answer_of_the_moment_is_never_given_again() {
    let endpoint = Endpoint::new(|_| {});
    let query = "SELECT (STRUUID() AS ?id) {}";
    let one = endpoint.get(query, "text/csv").await;
    assert_eq!(one.header("etag"), "");
    assert_eq!(one.header("cache-control"), "no-store");
    assert_ne!(one.ok(), endpoint.get(query, "text/csv").await.ok());
}

#[tokio::test]
async fn a_query_is_sent_by_the_method_of_that_name_too() {
    let endpoint = Endpoint::new(|_| {});
    let request = Request::builder().method("QUERY").uri("/sparql");
    let request = request.header("content-type", "application/sparql-query");
    let request = request.header("accept", "text/csv");
    let request = request.body(Body::from(SMALL)).unwrap();
    assert_eq!(endpoint.send(request).await.ok(), "v\r\n7\r\n");
    let request = Request::put("/sparql").body(Body::empty()).unwrap();
    let answer = endpoint.send(request).await;
    assert_eq!(answer.header("allow"), "GET, HEAD, POST, QUERY, OPTIONS");
    answer.refused(405);
}

#[tokio::test]
async fn a_prefix_that_is_misspelt_is_named_with_the_one_that_was_meant() {
    let endpoint = Endpoint::new(|_| {});
    let message = endpoint
        .get("SELECT * { ?s dcta:title ?o }", "text/csv")
        .await
        .refused(400);
    assert!(
        message.contains("did you mean `dcat:` <http://www.w3.org/ns/dcat#>"),
        "{message}"
    );
}
