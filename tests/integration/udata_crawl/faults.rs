//! Portals that fail: what is tried again, and why the crawl ends.

use super::*;

#[tokio::test]
async fn a_refused_page_size_is_replaced_by_a_smaller_one() {
    for status in [
        StatusCode::BAD_GATEWAY,
        StatusCode::BAD_REQUEST,
        StatusCode::PAYLOAD_TOO_LARGE,
    ] {
        let fake = serve(plain(230), move |uri, _| {
            (number(uri, "page_size") > 100).then(|| status.into_response())
        })
        .await;
        let found = pages(&mut crawl(&fake, DATASETS, Plan::Full, None))
            .await
            .unwrap();
        assert_eq!((found.len(), keys(&found).len()), (3, 230), "{status}");
    }
}

#[tokio::test]
async fn a_size_that_is_refused_half_way_loses_and_repeats_nothing() {
    // Only a page of 20 gets past the record at 130.
    let fake = serve(plain(230), |uri, _| {
        let (page, size) = (number(uri, "page"), number(uri, "page_size"));
        let refused = size > 20 && ((page - 1) * size..page * size).contains(&130);
        refused.then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let found = pages(&mut paged(&fake, DATASETS, Plan::Full, None, 50))
        .await
        .unwrap();
    let keys = keys(&found);
    assert_eq!(keys.len(), 230);
    assert!(keys.is_sorted_by(|one, other| one < other));
}

#[tokio::test]
async fn a_portal_that_caps_the_size_is_paged_by_its_own() {
    let fake = serve(plain(25), |uri, _| {
        let (page, size) = (number(uri, "page"), number(uri, "page_size").min(10));
        let data: Vec<Value> = ((page - 1) * size..(page * size).min(25))
            .map(|n| json!({"id": format!("d{n}")}))
            .collect();
        let next = (page * size < 25).then_some("http://elsewhere.example/");
        Some(json_answer(
            &json!({"data": data, "page": page, "page_size": size, "total": 25, "next_page": next}),
        ))
    })
    .await;
    assert_eq!(
        keys(
            &pages(&mut crawl(&fake, DATASETS, Plan::Full, None))
                .await
                .unwrap()
        )
        .len(),
        25
    );
}

#[tokio::test]
async fn a_page_that_is_html_once_is_asked_for_again() {
    let fake = serve(plain(5), |_, number| {
        (number == 0).then(|| axum::response::Html("<p>Maintenance").into_response())
    })
    .await;
    assert_eq!(
        keys(
            &pages(&mut crawl(&fake, DATASETS, Plan::Full, None))
                .await
                .unwrap()
        )
        .len(),
        5
    );
}

async fn fails(fake: &Fake) -> CrawlError {
    let mut crawl = paged(fake, DATASETS, Plan::Full, None, 10);
    pages(&mut crawl).await.expect_err("the crawl should fail")
}

#[tokio::test]
async fn a_portal_that_sends_html_ends_the_crawl() {
    let fake = serve(plain(5), |_, _| {
        Some(axum::response::Html("<p>Maintenance").into_response())
    })
    .await;
    let error = fails(&fake).await;
    assert!(matches!(error, CrawlError::NotJson { .. }), "{error}");
    assert!(error.to_string().contains("/api/1/datasets/"), "{error}");
    assert_eq!(fake.requests(), 3);
}

#[tokio::test]
async fn truncated_json_ends_the_crawl() {
    let fake = serve(plain(5), |_, _| {
        Some(Body::from("{\"data\": [{\"id\": \"d1\"}, {\"id\"").into_response())
    })
    .await;
    assert!(matches!(fails(&fake).await, CrawlError::NotJson { .. }));
}

#[tokio::test]
async fn json_of_another_shape_ends_the_crawl() {
    for body in ["{\"message\": \"oups\"}", "[]", "{\"data\": {}}"] {
        let fake = serve(plain(5), move |_, _| Some(body.into_response())).await;
        assert!(
            matches!(fails(&fake).await, CrawlError::Shape { .. }),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_error_on_a_later_page_ends_the_crawl() {
    let fake = serve(plain(35), |uri, _| {
        (number(uri, "page") > 2 || number(uri, "page_size") != 10)
            .then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let error = fails(&fake).await;
    assert!(
        matches!(&error, CrawlError::Fetch(cause) if cause.status() == Some(500)),
        "{error}"
    );
}

#[tokio::test]
async fn endless_pages_end_the_crawl() {
    let page = |first: usize, total: Option<usize>| {
        let data: Vec<Value> = (first..first + 10)
            .map(|n| json!({"id": format!("d{n}")}))
            .collect();
        json_answer(
            &json!({"data": data, "page_size": 10, "total": total, "next_page": "http://portal.example/?page=2"}),
        )
    };
    // The same page again and again; new records beyond the total; empty pages.
    let same = serve(plain(1), move |_, _| Some(page(0, Some(10_000)))).await;
    assert!(matches!(
        fails(&same).await,
        CrawlError::EndlessPages { .. }
    ));
    let beyond = serve(plain(1), move |uri, _| {
        Some(page(number(uri, "page") * 10, Some(30)))
    })
    .await;
    assert!(matches!(
        fails(&beyond).await,
        CrawlError::EndlessPages { .. }
    ));
    let empty = serve(plain(1), |_, _| {
        Some(json_answer(
            &json!({"data": [], "total": 30, "next_page": "http://portal.example/?page=2"}),
        ))
    })
    .await;
    assert!(matches!(
        fails(&empty).await,
        CrawlError::EndlessPages { .. }
    ));
}

#[tokio::test]
async fn a_shrinking_or_short_list_ends_the_crawl() {
    let page = |first: usize, total: usize, next: bool| {
        let data: Vec<Value> = (first..first + 10)
            .map(|n| json!({"id": format!("d{n}")}))
            .collect();
        let next = next.then_some("http://portal.example/?page=2");
        json_answer(&json!({"data": data, "page_size": 10, "total": total, "next_page": next}))
    };
    let shrinking = serve(plain(1), move |uri, _| {
        Some(page(
            number(uri, "page") * 10,
            100 / number(uri, "page"),
            true,
        ))
    })
    .await;
    assert!(matches!(
        fails(&shrinking).await,
        CrawlError::Shrunk {
            before: 100,
            after: 50,
            ..
        }
    ));
    let short = serve(plain(1), move |uri, _| {
        Some(page(number(uri, "page") * 10, 100, number(uri, "page") < 3))
    })
    .await;
    assert!(matches!(
        fails(&short).await,
        CrawlError::Shrunk {
            before: 100,
            after: 30,
            ..
        }
    ));
}

#[tokio::test]
async fn a_record_deleted_meanwhile_does_not_end_the_crawl() {
    let data = plain(30);
    let fake = {
        let data = data.clone();
        serve(data.clone(), move |_, number| {
            if number == 1 {
                data.change(|records| records.datasets.truncate(28));
            }
            None
        })
        .await
    };
    let found = pages(&mut paged(&fake, DATASETS, Plan::Full, None, 10))
        .await
        .unwrap();
    assert_eq!(keys(&found).len(), 28);
}

#[tokio::test]
async fn an_empty_portal_is_a_fault() {
    let fake = sound(plain(0)).await;
    assert!(matches!(fails(&fake).await, CrawlError::Empty { .. }));
}
