//! Crawls of what has changed.

use super::*;

pub(super) fn known(data: &SampleData) -> HashMap<String, String> {
    data.change(|records| {
        let mark = |record: &Value| {
            record["internal"]["last_modified_internal"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        records
            .datasets
            .iter()
            .map(|record| (record["id"].as_str().unwrap().to_owned(), mark(record)))
            .collect()
    })
}

pub(super) fn incremental(known: HashMap<String, String>) -> Plan {
    Plan::Incremental {
        since: known.values().max().unwrap().clone(),
        known: HashMap::from([("datasets", known)]),
        memory: None,
    }
}

#[tokio::test]
async fn an_incremental_crawl_brings_what_changed_and_only_that() {
    let data = plain(2000);
    let plan = incremental(known(&data));
    data.change(|records| {
        for (position, id) in [(17, "d00017"), (1500, "d01500")] {
            assert_eq!(records.datasets[position]["id"], id);
            records.datasets[position]["internal"]["last_modified_internal"] =
                json!("2025-01-01T00:00:00.000000+00:00");
        }
        let mut new = records.datasets[0].clone();
        new["id"] = json!("new");
        new["internal"]["last_modified_internal"] = json!("2025-01-02T00:00:00.000000+00:00");
        records.datasets.push(new);
    });
    let fake = sound(data).await;
    let mut crawl = crawl(&fake, DATASETS, plan, None);
    let found = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&found), ["d00017", "d01500", "new"]);
    let payloads = found
        .iter()
        .flat_map(|page| &page.records)
        .map(|record| serde_json::from_slice::<Value>(&record.payload));
    assert!(
        payloads
            .into_iter()
            .all(|record| record.unwrap()["resources"].is_array()),
        "version 1 is asked"
    );
    // Two pages of the search reach far enough back: the first has old and new entries.
    assert_eq!(fake.requests(), 2 + 3);
    assert!(!found[0].skipped_unchanged.is_empty());
}

#[tokio::test]
async fn a_dataset_that_is_gone_when_asked_for_is_noted() {
    let data = plain(40);
    let plan = incremental(HashMap::from([(
        "d00000".to_owned(),
        "2023-01-01T00:00:00+00:00".to_owned(),
    )]));
    let fake = serve(data, |uri, _| {
        uri.path()
            .ends_with("/d00007/")
            .then(|| StatusCode::GONE.into_response())
    })
    .await;
    let found = pages(&mut crawl(&fake, DATASETS, plan, None))
        .await
        .unwrap();
    assert_eq!(keys(&found).len(), 39);
    assert_eq!(
        found.iter().flat_map(|page| &page.gone).collect::<Vec<_>>(),
        [&("datasets", "d00007".to_owned())]
    );
}

#[tokio::test]
async fn more_changes_than_the_search_shows_ask_for_a_full_run() {
    let data = plain(10_400);
    let plan = incremental(HashMap::from([(
        "d00000".to_owned(),
        "2023-01-01T00:00:00+00:00".to_owned(),
    )]));
    let fake = sound(data).await;
    let error = pages(&mut crawl(&fake, DATASETS, plan, None))
        .await
        .expect_err("the window is too small");
    assert!(
        matches!(error, CrawlError::WindowExhausted { .. }),
        "{error}"
    );
    assert_eq!(fake.requests(), 20, "no dataset is fetched in vain");
}
