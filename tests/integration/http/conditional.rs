//! Entity tags and dates (RFC 9110 §13): a client that has a document is not sent it again, and one whose
//! document depends on something that changed is.

use axum::http::StatusCode;
use moisson::harvest::Scope;
use moisson::rdf::syntax::Syntax;

use super::{BASE, DATASET, TestApp, few, values};
use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_has_the_document_is_told_so() {
    let app = TestApp::sample().await;
    for path in [
        format!("{DATASET}.ttl"),
        format!("{DATASET}.html"),
        "catalog.rdf".to_owned(),
        "catalog.html".to_owned(),
        "portal/exemple.html".to_owned(),
    ] {
        let first = app.get(&path).await.ok();
        let (tag, date) = (first.header("etag"), first.header("last-modified"));
        assert!(!tag.is_empty() && !date.is_empty(), "{path}");
        for held in [
            ("if-none-match", tag),
            ("if-none-match", "*"),
            ("if-modified-since", date),
        ] {
            let again = app.get_with(&path, &[held]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {held:?}");
            assert!(again.body.is_empty());
            // RFC 9110 §15.4.5: what a 200 would have had.
            for name in ["etag", "last-modified", "cache-control"] {
                assert_eq!(again.header(name), first.header(name), "{path} {name}");
            }
            let coding = "accept-encoding".to_owned();
            let (mut got, mut wanted) = (again.listed("vary"), first.listed("vary"));
            got.remove(&coding);
            wanted.remove(&coding);
            assert_eq!(got, wanted, "{path}");
        }
        for other in [
            ("if-none-match", "\"other\""),
            ("if-modified-since", "Thu, 01 Jan 1970 00:00:01 GMT"),
            ("if-modified-since", "no date"),
        ] {
            app.get_with(&path, &[other]).await.ok();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_representation_has_a_tag_of_its_own() {
    let app = TestApp::sample().await;
    let mut tags = std::collections::BTreeSet::new();
    for extension in ["ttl", "jsonld", "rdf", "nt", "trig", "nq", "n3", "html"] {
        for stem in [DATASET, "catalog"] {
            let answer = app.get(&format!("{stem}.{extension}")).await.ok();
            assert!(
                tags.insert(answer.header("etag").to_owned()),
                "{stem}.{extension}"
            );
        }
    }
    for query in ["?lang=en", "?lang=fr"] {
        tags.insert(
            app.get(&format!("{DATASET}.html{query}"))
                .await
                .ok()
                .header("etag")
                .to_owned(),
        );
    }
    // One of the two languages is the default, whose tag was there.
    assert_eq!(tags.len(), 17);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_publisher_dates_its_datasets_again_and_no_others() {
    let data = few();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let mut by_publisher = Vec::new();
    for iri in app.datasets().await {
        let triples = app
            .get(&format!("{iri}.nt"))
            .await
            .ok()
            .triples(Syntax::NTriples);
        let publisher = values(&triples, &iri, "http://purl.org/dc/terms/publisher")
            .pop()
            .unwrap();
        by_publisher.push((iri, publisher));
    }
    let changed = by_publisher[0].1.clone();
    let key = changed.rsplit('/').next().unwrap().to_owned();
    let state = |answer: super::Answer| {
        (
            answer.header("etag").to_owned(),
            answer.header("last-modified").to_owned(),
        )
    };
    let mut before = Vec::new();
    for (iri, _) in &by_publisher {
        for extension in ["ttl", "html"] {
            before.push(state(app.get(&format!("{iri}.{extension}")).await.ok()));
        }
    }
    data.change(|records| {
        for organization in &mut records.organizations {
            if organization["id"] == key.as_str() {
                organization["name"] = "Un autre nom".into();
            }
        }
        for dataset in &mut records.datasets {
            if dataset["organization"]["id"] == key.as_str() {
                dataset["organization"]["name"] = "Un autre nom".into();
            }
        }
    });
    farm.sleep(3600);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    let mut others = 0;
    let mut before = before.into_iter();
    for (iri, publisher) in &by_publisher {
        for extension in ["ttl", "html"] {
            let (tag, changed_on) = before.next().unwrap();
            let answer = app.get(&format!("{iri}.{extension}")).await.ok();
            let after = state(answer);
            if *publisher == changed {
                assert_ne!(after.0, tag, "{iri}");
                assert_ne!(after.1, changed_on, "{iri}");
                let since = [("if-modified-since", changed_on.as_str())];
                app.get_with(&format!("{iri}.{extension}"), &since)
                    .await
                    .ok();
            } else if extension == "ttl" {
                others += 1;
                assert_eq!(after, (tag, changed_on), "{iri}");
            }
        }
    }
    assert!(others > 0);
    let organization = app.get(&format!("{changed}.ttl")).await.ok();
    assert!(organization.text().contains("Un autre nom"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_lists_datasets_is_new_when_one_of_them_is() {
    let data = few();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let iri = app.datasets().await[0].clone();
    let key = iri.rsplit('/').next().unwrap().to_owned();
    let triples = app
        .get(&format!("{iri}.nt"))
        .await
        .ok()
        .triples(Syntax::NTriples);
    let publisher = values(&triples, &iri, "http://purl.org/dc/terms/publisher")
        .pop()
        .unwrap();
    let pages = [
        format!("{publisher}.html"),
        format!("{BASE}portal/exemple.html"),
        format!("{BASE}catalog.html?page_size=1000"),
    ];
    let mut before = Vec::new();
    for page in &pages {
        let answer = app.get(page).await.ok();
        before.push(answer.header("last-modified").to_owned());
    }
    data.change(|records| {
        for dataset in &mut records.datasets {
            if dataset["id"] == key.as_str() {
                dataset["title"] = "Un titre tout neuf".into();
            }
        }
    });
    farm.sleep(3600);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    for (page, date) in pages.iter().zip(&before) {
        let answer = app
            .get_with(page, &[("if-modified-since", date)])
            .await
            .ok();
        assert!(answer.text().contains("Un titre tout neuf"), "{page}");
    }
}
