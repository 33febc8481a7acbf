//! Crawls for what was modified.

use std::collections::HashMap;

use super::*;

fn since(since: &str) -> Plan {
    Plan::Incremental {
        since: since.to_owned(),
        known: HashMap::new(),
        memory: None,
    }
}

#[tokio::test]
async fn only_what_was_modified_is_asked_for_and_nothing_counts_as_gone() {
    let data = SampleData::synthetic(30, 1);
    data.change(|records| {
        for (number, package) in records.packages.iter_mut().enumerate() {
            let day = if number < 4 { 20 } else { 10 };
            package["metadata_modified"] = json!(format!("2026-05-{day}T08:00:00.123456"));
        }
    });
    let fake = sound(data).await;
    let mut crawl = crawl(&fake, DATASETS, since("2026-05-20T07:30:00.000000"), None);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages).len(), 4);
    assert_eq!(crawl.seen_whole(), [""; 0]);
    let marks: BTreeSet<_> = pages[0].records.iter().map(|r| r.mark.clone()).collect();
    assert_eq!(
        marks,
        BTreeSet::from([Some("2026-05-20T08:00:00.123456".to_owned())])
    );
}

#[tokio::test]
async fn nothing_new_is_no_empty_portal() {
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = crawl(&fake, DATASETS, since("2030-01-01T00:00:00Z"), None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), [""; 0]);
}

#[tokio::test]
async fn dates_for_people_are_no_marks() {
    let fake = faulty(|_, _| {
        let mut package = package("a");
        package["metadata_modified"] = json!("mar, 10/12/2019 - 09:23");
        json_answer(&json!({"success": true, "result": {"count": 1, "results": [package]}}))
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(pages[0].records[0].mark, None);
}
