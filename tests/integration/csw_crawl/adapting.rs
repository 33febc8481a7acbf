//! Services that refuse the plainest question and answer another one.

use super::*;

#[tokio::test]
async fn a_service_that_cannot_sort_is_asked_without_an_order() {
    for status in [
        StatusCode::OK,
        StatusCode::BAD_REQUEST,
        StatusCode::INTERNAL_SERVER_ERROR,
    ] {
        let service = Service::odd(plain(25), move |asked| {
            let refuses = asked.is_for_records() && asked.is_sorted();
            refuses.then(|| exception(status, "InvalidParameterValue", "no sorting by that"))
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=25));
        let notes = crawl.notes();
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(
            notes[0].contains("without an order") && notes[0].contains("no sorting by that"),
            "{notes:?}"
        );
        assert_eq!(crawl.seen_whole(), ["records"]);
        // Found out once.
        assert_eq!(
            service
                .questions()
                .iter()
                .filter(|asked| !asked.is_sorted())
                .count(),
            3
        );
    }
}

#[tokio::test]
async fn a_service_without_post_is_asked_by_get() {
    for status in [404, 405, 501, 400] {
        let service = Service::odd(plain(25), move |asked| {
            let status = StatusCode::from_u16(status).unwrap();
            (asked.method == Method::POST).then(|| status.into_response())
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        assert_eq!(
            keys(&pages(&mut crawl).await.unwrap()),
            names(1..=25),
            "{status}"
        );
        let notes = crawl.notes();
        assert!(
            notes.len() == 1 && notes[0].contains("by GET"),
            "{status}: {notes:?}"
        );
        assert!(service.questions().last().unwrap().is_sorted(), "{status}");
    }
}

#[tokio::test]
async fn when_nothing_helps_the_first_refusal_is_told() {
    for status in [StatusCode::OK, StatusCode::BAD_REQUEST] {
        let service = Service::odd(plain(25), move |asked| {
            asked.is_for_records().then(|| {
                let way = if asked.is_sorted() && asked.method == Method::POST {
                    "plain"
                } else {
                    "other"
                };
                exception(
                    status,
                    "NoApplicableCode",
                    &format!("the {way} question is refused"),
                )
            })
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        let error = pages(&mut crawl).await.unwrap_err().to_string();
        assert!(error.contains("the plain question is refused"), "{error}");
    }
}

#[tokio::test]
async fn pages_that_are_refused_for_their_size_become_smaller() {
    let service = Service::odd(plain(60), |asked| {
        let refuses = asked.is_for_records() && asked.size > 8;
        refuses.then(|| StatusCode::GATEWAY_TIMEOUT.into_response())
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 50);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=60));
    assert_eq!(crawl.seen_whole(), ["records"]);
    // It does not try the large ones again and again.
    assert!(
        service.questions().len() < 60,
        "{}",
        service.questions().len()
    );
}

#[tokio::test]
async fn a_record_that_its_page_dies_of_is_passed_over_and_nothing_is_withdrawn() {
    let deaths: [fn() -> Response; 3] = [
        || StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        || {
            exception(
                StatusCode::OK,
                "NoApplicableCode",
                "Raised exception while transforming",
            )
        },
        || xml(page("numberOfRecordsMatched='60' nextRecord='38'", &[])),
    ];
    for death in deaths {
        let service = Service::odd(plain(60), move |asked| {
            let holds = (asked.start..asked.start + asked.size).contains(&37);
            (asked.is_for_records() && holds).then(death)
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        assert_eq!(
            keys(&pages(&mut crawl).await.unwrap()),
            names((1..=60).filter(|n| *n != 37))
        );
        assert_eq!(crawl.seen_whole(), [""; 0]);
        assert!(crawl.notes()[0].contains("1 records are listed that the server cannot give"));
        assert!(service.questions().last().unwrap().size > 1);
    }
}

#[tokio::test]
async fn a_service_that_dies_in_the_middle_is_not_passed_over() {
    let service = Service::odd(plain(60), |asked| {
        let is_dead = asked.is_for_records() && asked.start + asked.size > 30;
        is_dead.then(|| exception(StatusCode::OK, "NoApplicableCode", "out of memory"))
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 10);
    let error = pages(&mut crawl).await.unwrap_err().to_string();
    assert!(error.contains("out of memory"), "{error}");
}

#[tokio::test]
async fn a_service_that_cannot_say_what_changed_needs_a_full_run() {
    let service = Service::odd(plain(20), |asked| {
        let refuses = asked.is_for_records() && asked.text.contains("Modified");
        refuses.then(|| exception(StatusCode::OK, "InvalidParameterValue", "unknown property"))
    })
    .await;
    let mut crawl = service.crawl(asking::since("2024-01-15T00:00:00Z"), 10);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(
        matches!(error, CrawlError::WindowExhausted { .. }),
        "{error}"
    );
}

/// An answer that announces records and has none.
fn nothing_of(all: u64) -> Response {
    let text = format!(
        "<csw:GetRecordsResponse xmlns:csw=\"http://www.opengis.net/cat/csw/2.0.2\"><csw:SearchResults numberOfRecordsMatched=\"{all}\" numberOfRecordsReturned=\"0\" nextRecord=\"0\"/></csw:GetRecordsResponse>"
    );
    ([("content-type", "application/xml")], text).into_response()
}

#[tokio::test]
async fn a_service_that_gives_nothing_without_a_constraint_is_asked_once_with_one_that_all_meet() {
    let service = Service::odd(plain(25), |asked| {
        let refuses = asked.is_for_records() && !asked.text.contains("AnyText");
        refuses.then(|| nothing_of(25))
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 10);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=25));
    let notes = crawl.notes();
    assert!(
        notes.iter().any(|note| note.contains("constraint")),
        "{notes:?}"
    );
    assert_eq!(crawl.seen_whole(), ["records"]);

    let service = Service::odd(plain(25), |asked| {
        asked.is_for_records().then(|| nothing_of(25))
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 10);
    let error = pages(&mut crawl).await.unwrap_err().to_string();
    assert!(
        error.contains("`constraint`") && error.contains("25"),
        "{error}"
    );
    assert_eq!(service.questions().len(), 2);
}
