//! Portals that fail: nothing is taken for whole that is not.

use super::*;

#[tokio::test]
async fn what_is_created_or_deleted_meanwhile_costs_no_other_record() {
    for change in [Change::Created, Change::Deleted] {
        let fake = faulty(move |asked, number| {
            let mut all = ids(0..30);
            if number > 0 {
                match change {
                    Change::Created => all.insert(0, "a-new-one".to_owned()),
                    Change::Deleted => {
                        all.remove(2);
                    }
                }
            }
            found(&all, asked)
        })
        .await;
        let mut crawl = crawl(&fake, DATASETS, Plan::Full, 10);
        let keys = keys(&pages(&mut crawl).await.unwrap());
        let mut wanted = ids(0..30);
        if change == Change::Created {
            wanted.insert(0, "a-new-one".to_owned());
        }
        // What was deleted had been met before.
        assert_eq!(keys, wanted, "{change:?}");
        assert_eq!(crawl.seen_whole(), ["datasets"]);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Created,
    Deleted,
}

#[tokio::test]
async fn a_portal_that_always_gives_its_first_page_is_given_up() {
    let fake = faulty(|asked, _| {
        let mut asked = asked.clone();
        for (name, value) in &mut asked.query {
            if name == "start" {
                "0".clone_into(value);
            }
        }
        found(&ids(0..30), &asked)
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, 10);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(matches!(error, CrawlError::Moving { .. }), "{error}");
    assert!(fake.requests().len() < 40);
}

#[tokio::test]
async fn a_list_that_shrinks_to_nothing_is_not_whole() {
    for left in [0, 5] {
        let fake = faulty(move |asked, number| {
            let all = if number < 2 { 100 } else { left };
            found(&ids(0..all), asked)
        })
        .await;
        let mut crawl = crawl(&fake, DATASETS, Plan::Full, 10);
        let error = pages(&mut crawl).await.unwrap_err();
        assert!(matches!(error, CrawlError::Shrunk { .. }), "{error}");
    }
}

#[tokio::test]
async fn a_list_that_ends_before_its_total_is_not_whole() {
    let fake = faulty(|asked, _| {
        let page: Vec<Value> = ids(0..30)
            .iter()
            .skip(asked.number("start"))
            .take(10)
            .map(|id| package(id))
            .collect();
        json_answer(&json!({"success": true, "result": {"count": 100, "results": page}}))
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let error = pages(&mut crawl).await.unwrap_err();
    let is_short = matches!(error, CrawlError::Shrunk { .. } | CrawlError::Moving { .. });
    assert!(is_short, "{error}");
}

#[tokio::test]
async fn an_empty_portal_is_no_catalogue_of_nothing() {
    let fake = faulty(|asked, _| found(&[], asked)).await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(
        matches!(
            error,
            CrawlError::Empty {
                collection: "datasets",
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn no_success_with_status_200_is_an_error() {
    let fake = faulty(|_, _| {
        let error = json!({"__type": "Search Query Error", "message": "Solr does not answer"});
        json_answer(&json!({"help": "", "success": false, "error": error}))
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(
        error.to_string().contains("Solr does not answer"),
        "{error}"
    );
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn an_entry_that_is_none_costs_only_itself() {
    let fake = faulty(|_, _| {
        let mut wild = package("p0001");
        wild["resources"] = json!("aucune");
        wild["extras"] = json!([3, {"key": 1}]);
        let page =
            json!([package("p0000"), wild, 3, {"title": "Sans identifiant"}, package("p0002")]);
        json_answer(&json!({"success": true, "result": {"count": 5, "results": page}}))
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages), ["", "", "p0000", "p0001", "p0002"]);
    assert_eq!(crawl.seen_whole(), ["datasets"]);
    let ckan = source::of(moisson::config::PortalKind::Ckan);
    for record in pages.iter().flat_map(|page| &page.records) {
        let described = crate::support::with_context("https://portail.example/", None, |context| {
            (ckan.describe)(record.collection, &record.payload, context)
        });
        assert_eq!(described.is_ok(), !record.key.is_empty(), "{}", record.key);
    }
}

#[tokio::test]
async fn half_an_answer_is_asked_for_again() {
    let fake = faulty(|asked, number| {
        if number == 1 {
            return "{\"success\": true, \"result\": {\"count\": 30, \"resu".into_response();
        }
        found(&ids(0..30), asked)
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, 10);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ids(0..30));
}

#[tokio::test]
async fn pages_that_are_too_large_are_asked_for_in_smaller_ones() {
    let fake = faulty(|asked, _| {
        if asked.number("rows") > 60 {
            return StatusCode::GATEWAY_TIMEOUT.into_response();
        }
        found(&ids(0..130), asked)
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ids(0..130));
}

#[tokio::test]
async fn organizations_that_cannot_be_read_are_a_fault_and_cost_no_dataset() {
    for answer in [
        json!({"success": false, "error": {"message": "not you"}}),
        json!({"success": true, "result": ["a", "b", "c", "d", "e", "f", "g"]}),
    ] {
        let fake = faulty(move |asked, _| {
            if asked.path.ends_with("organization_list") {
                return json_answer(&answer);
            }
            found(&ids(0..3), asked)
        })
        .await;
        let mut crawl = crawl(&fake, "", Plan::Full, None);
        let fetcher = fetcher();
        let page = crawl.next(&fetcher).await.unwrap().unwrap();
        assert_eq!(keys(&[page]), ids(0..3));
        let error = crawl.next(&fetcher).await.unwrap_err();
        assert_eq!(
            crawl.fail_list(&error.to_string()),
            Some("organizations"),
            "{error}"
        );
        assert_eq!(crawl.next(&fetcher).await.unwrap(), None);
        let cursor = crawl.cursor();
        let root = fake.root.clone();
        let resumed = begin(&portal(""), root, Plan::Full, Some(&cursor), None);
        for crawl in [crawl, resumed] {
            assert_eq!(crawl.seen_whole(), ["datasets"]);
            assert!(crawl.notes()[0].contains("organizations are not harvested"));
        }
    }
}

#[tokio::test]
async fn a_capped_list_of_organizations_is_read_to_its_end_or_left_out() {
    for ignores_offset in [Offset::Kept, Offset::Ignored] {
        let fake = faulty(move |asked, _| {
            let all: Vec<String> = ids(0..12);
            if asked.path.ends_with("package_search") {
                return found(&ids(0..3), asked);
            }
            if asked.parameter("all_fields").is_empty() {
                return json_answer(&json!({"success": true, "result": all}));
            }
            let offset = match ignores_offset {
                Offset::Kept => asked.number("offset"),
                Offset::Ignored => 0,
            };
            let page = all.iter().skip(offset).take(5);
            let page: Vec<Value> = page
                .map(|id| json!({"id": id, "name": id, "title": id, "is_organization": true}))
                .collect();
            json_answer(&json!({"success": true, "result": page}))
        })
        .await;
        let mut crawl = crawl(&fake, "include = ['organizations']\n", Plan::Full, None);
        let pages = pages(&mut crawl).await.unwrap();
        match ignores_offset {
            Offset::Kept => {
                assert_eq!(keys(&pages), ids(0..12));
                assert_eq!(crawl.seen_whole(), ["organizations"]);
            }
            Offset::Ignored => {
                assert_eq!(crawl.seen_whole(), [""; 0]);
                assert_eq!(crawl.notes().len(), 1);
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Offset {
    Kept,
    Ignored,
}
