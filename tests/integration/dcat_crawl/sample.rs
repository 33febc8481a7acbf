//! The sample feed, in each of its syntaxes.

use moisson::demo::dcat::{SampleData, router};
use moisson::harvest::Scope;
use moisson::ledger::RunState;

use super::*;
use crate::support::Farm;

#[tokio::test]
async fn every_syntax_of_the_sample_feed_has_the_same_records() {
    let (address, _server) = demo::spawn(router(SampleData::bundled()), 0).await.unwrap();
    let mut keys: Vec<String> = Vec::new();
    for file in [
        "catalog.ttl",
        "catalogue-complet.ttl",
        "catalog.n3",
        "catalog.rdf",
        "catalog.jsonld",
        "catalog.nt",
    ] {
        let walked = walk(&portal(&format!("http://{address}/{file}")), Plan::Full).await;
        assert!(walked.error.is_none(), "{file}: {:?}", walked.error);
        assert_eq!(
            counts(&walked.records),
            BTreeMap::from([
                ("catalogues", 2),
                ("datasets", 34),
                ("series", 1),
                ("services", 1)
            ]),
            "{file}"
        );
        let mut found: Vec<String> = walked.records.iter().map(|r| r.key.clone()).collect();
        found.sort();
        if keys.is_empty() {
            keys = found;
        } else {
            assert_eq!(found, keys, "{file}");
        }
    }
}

#[tokio::test]
async fn a_feed_may_be_a_compressed_file() {
    let (address, _server) = demo::spawn(router(SampleData::bundled()), 0).await.unwrap();
    let mut files = BTreeMap::new();
    for (name, kind) in [
        ("catalog.rdf", "application/gzip"),
        ("catalog.nt", "application/octet-stream"),
        ("catalog.jsonld", "text/plain"),
    ] {
        let url = format!("http://{address}/{name}").parse().unwrap();
        let plain = fetcher()
            .get(&moisson::fetch::Request::new(url, "*/*"))
            .await
            .unwrap();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, &plain.body).unwrap();
        files.insert(format!("/{name}.gz"), (kind, packed.finish().unwrap()));
    }
    let feed = feed(move |path, _, _| match files.get(path) {
        Some((kind, body)) => ([(header::CONTENT_TYPE, *kind)], body.clone()).into_response(),
        None => missing(),
    })
    .await;
    for path in ["/catalog.rdf.gz", "/catalog.nt.gz", "/catalog.jsonld.gz"] {
        let mut crawl = start(&portal(&format!("{}{path}", feed.origin)), Plan::Full);
        // The pages after it are the sample's own, which are not there.
        let page = crawl.next(&fetcher()).await.unwrap().unwrap();
        assert!(page.records.len() > 5, "{path}: {}", page.records.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_feed_is_harvested_and_a_second_run_changes_nothing() {
    let farm = Farm::of_kind(
        PortalKind::Dcat,
        "catalog.ttl",
        router(SampleData::bundled()),
    )
    .await;
    let first = farm.harvest(Scope::Full).await;
    assert_eq!(first.state, RunState::Done, "{first:?}");
    assert_eq!(first.counts.rejected, 1, "{first:?}");
    let second = farm.harvest(Scope::Full).await;
    assert_eq!(second.state, RunState::Done, "{second:?}");
    assert_eq!(
        (second.counts.created, second.counts.updated),
        (0, 0),
        "{second:?}"
    );
}
