//! Crawls over the sample portal, sound and faulty, on loopback.

mod collections;
mod faults;
mod filters;
mod incremental;
mod parts;

use std::collections::HashMap;

use axum::body::Body;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use moisson::config::Portal;
use moisson::demo;
use moisson::demo::udata::{Records, SampleData};
use moisson::source::{CrawlError, Page, Plan};
use serde_json::{Value, json};
use url::Url;

use crate::support::crawling::{self, Crawling, Fake, fetcher, json_answer, keys, pages};

async fn serve(
    data: SampleData,
    fault: impl Fn(&Uri, usize) -> Option<Response> + Send + Sync + 'static,
) -> Fake {
    crawling::serve(demo::udata::router(data), fault).await
}

async fn sound(data: SampleData) -> Fake {
    serve(data, |_, _| None).await
}

fn portal(more: &str) -> Portal {
    crawling::portal("udata", more)
}

fn crawl(fake: &Fake, more: &str, plan: Plan, cursor: Option<&str>) -> Crawling {
    paged(fake, more, plan, cursor, None)
}

/// A crawl that asks for at most so many entries a page.
fn paged(
    fake: &Fake,
    more: &str,
    plan: Plan,
    cursor: Option<&str>,
    page_size: impl Into<Option<u64>>,
) -> Crawling {
    start(&portal(more), fake.root.clone(), plan, cursor, page_size)
}

fn start(
    portal: &Portal,
    root: Url,
    plan: Plan,
    cursor: Option<&str>,
    page_size: impl Into<Option<u64>>,
) -> Crawling {
    crawling::begin(portal, root, plan, cursor, page_size.into()).unwrap()
}

const DATASETS: &str = "include = ['datasets']\n";

/// `count` plain datasets; the later ones are the more recently modified.
fn plain(count: usize) -> SampleData {
    let datasets = (0..count)
        .map(|n| {
            let (day, hour) = (n / 24 + 1, n % 24);
            let at = format!("2024-{:02}-{:02}T{hour:02}:00:00.000000+00:00", day / 28 + 1, day % 28 + 1);
            json!({
                "id": format!("d{n:05}"), "title": format!("Jeu {n}"), "slug": format!("jeu-{n}"), "resources": [],
                "internal": {"created_at_internal": at, "last_modified_internal": at}, "private": false
            })
        })
        .collect();
    SampleData::from(Records {
        datasets,
        ..Records::default()
    })
}

fn number(uri: &Uri, name: &str) -> usize {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .unwrap()
        .1
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a_full_crawl_sees_every_listed_record_once() {
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = paged(&fake, "", Plan::Full, None, 7);
    let pages = pages(&mut crawl).await.unwrap();
    let keys = keys(&pages);
    let mut once = keys.clone();
    once.dedup();
    assert_eq!(once, keys);
    assert!(keys.len() > 75, "{}", keys.len());
    assert!(pages.iter().all(|page| page.records.len() <= 7));
    assert_eq!(
        crawl.collections(),
        [
            "organizations",
            "datasets",
            "community_resources",
            "dataservices",
            "reuses",
            "topics",
            "harvest_sources",
            "discussions"
        ]
    );
    assert_eq!(crawl.notes(), [""; 0]);
    let hosts = pages
        .iter()
        .flat_map(|page| &page.records)
        .map(|record| String::from_utf8_lossy(&record.payload));
    assert!(
        hosts
            .into_iter()
            .all(|payload| !payload.contains("{portal}"))
    );
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_where_it_was() {
    let fake = sound(plain(25)).await;
    let mut first = paged(&fake, DATASETS, Plan::Full, None, 10);
    let fetcher = fetcher();
    let page = first.next(&fetcher).await.unwrap().unwrap();
    let mut second = crawl(&fake, DATASETS, Plan::Full, Some(&first.cursor()));
    let mut all = vec![page];
    all.extend(pages(&mut second).await.unwrap());
    assert_eq!(keys(&all).len(), 25);
    assert_eq!(
        all.iter().map(|page| page.position).collect::<Vec<_>>(),
        [10, 20, 25]
    );
}
