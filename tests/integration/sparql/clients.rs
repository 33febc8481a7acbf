//! What one client may use, and that it takes nothing from the others.

use std::time::{Duration, Instant};

use super::*;

/// Sends queries of one client that nobody reads.
fn send_as(
    endpoint: &Endpoint,
    client: u8,
    query: &str,
) -> tokio::task::JoinHandle<axum::response::Response> {
    let mut request = Request::get(path(query)).body(Body::empty()).unwrap();
    request
        .extensions_mut()
        .insert(ClientAddress(IpAddr::from([192, 0, 2, client])));
    let router = endpoint.router.clone();
    tokio::spawn(async move { router.oneshot(request).await.unwrap() })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_with_many_open_queries_shuts_nobody_out() {
    let endpoint = Endpoint::new(|options| options.workers = 2);
    endpoint.warm().await;
    for open in [65, 80, 300, 1_000] {
        let greedy: Vec<_> = (0..open).map(|_| send_as(&endpoint, 1, ENDLESS)).collect();
        endpoint.until_busy().await;
        let mut times = Vec::new();
        for _ in 0..20 {
            let asked = Instant::now();
            assert!(endpoint.get_as(2, SMALL).await.ok().contains("\"7\""));
            times.push(asked.elapsed());
        }
        times.sort();
        println!(
            "{open} open queries of one client: a bystander's answer in {:?}, {:?} at most",
            times[10], times[19]
        );
        // Whoever comes after a pause may have to wait for a process to start.
        assert!(times[10] < Duration::from_secs(1), "{times:?}");
        let refused = greedy.iter().filter(|query| query.is_finished()).count();
        assert!(refused >= open - 20, "{refused} of {open} are told to wait");
        greedy.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_light_query_does_not_wait_for_a_heavy_one_of_the_same_client() {
    let endpoint = Endpoint::new(|options| options.workers = 2);
    endpoint.warm().await;
    let heavy = [1, 1, 1].map(|client| send_as(&endpoint, client, ENDLESS));
    endpoint.until_busy().await;
    for _ in 0..3 {
        let asked = Instant::now();
        assert!(endpoint.get_as(1, SMALL).await.ok().contains("\"7\""));
        assert!(
            asked.elapsed() < Duration::from_secs(20),
            "{:?}",
            asked.elapsed()
        );
    }
    assert!(heavy.iter().all(|query| !query.is_finished()));
    heavy.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_whose_lent_worker_is_needed_is_answered_whole_in_its_turn() {
    let endpoint = Endpoint::new(|options| {
        options.workers = 2;
        options.timeout = Duration::from_secs(6);
    });
    let rows = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 3000";
    let heavy = send_as(&endpoint, 1, ENDLESS);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let large = send_as(&endpoint, 1, rows);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(endpoint.get_as(2, SMALL).await.ok().contains("\"7\""));
    assert_eq!(
        heavy.await.unwrap().status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    let answer = large.await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    let found: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        found["results"]["bindings"].as_array().unwrap().len(),
        3_000
    );
}

#[tokio::test]
async fn a_client_that_has_used_up_its_time_is_told_when_to_come_back() {
    let endpoint = Endpoint::new(|options| {
        options.timeout = Duration::from_secs(1);
        options.per_minute = Duration::from_secs(1);
    });
    endpoint.get_as(1, ENDLESS).await.refused(503);
    let refused = endpoint.get_as(1, SMALL).await;
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=3600).contains(&wait), "{wait}");
    refused.refused(429);
    endpoint.get_as(2, SMALL).await.ok();
}

#[tokio::test]
async fn one_client_does_not_take_every_worker() {
    let endpoint = Endpoint::new(|options| {
        options.workers = 2;
        options.per_client = 1;
    });
    let greedy: Vec<_> = (0..4)
        .map(|_| {
            let mut request = Request::get(path(ENDLESS)).body(Body::empty()).unwrap();
            request
                .extensions_mut()
                .insert(ClientAddress(IpAddr::from([192, 0, 2, 1])));
            tokio::spawn(endpoint.router.clone().oneshot(request))
        })
        .collect();
    for _ in 0..5 {
        assert!(endpoint.get_as(2, SMALL).await.ok().contains("\"7\""));
    }
    greedy.iter().for_each(tokio::task::JoinHandle::abort);
}
