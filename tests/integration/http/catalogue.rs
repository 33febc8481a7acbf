//! The catalogue's filters and parameters: what they select, and that none is ignored.

use std::collections::BTreeSet;

use moisson::harvest::Scope;
use moisson::rdf::syntax::Syntax;
use oxigraph::model::Triple;

use super::{BASE, TestApp, few, values};
use crate::support::Farm;

/// The datasets and data services of a page, and how many there are in all.
async fn listed(app: &TestApp, query: &str) -> (BTreeSet<String>, usize) {
    let triples = app
        .get(&format!("catalog.nt?page_size=1000{query}"))
        .await
        .ok()
        .triples(Syntax::NTriples);
    let total = values(
        &triples,
        &format!("{BASE}catalog"),
        "http://www.w3.org/ns/hydra/core#totalItems",
    );
    (on(&triples), total[0].parse().unwrap())
}

/// What a page of the catalogue lists.
fn on(triples: &[Triple]) -> BTreeSet<String> {
    ["dataset", "service"]
        .into_iter()
        .flat_map(|list| {
            let property = format!("http://www.w3.org/ns/dcat#{list}");
            values(triples, &format!("{BASE}catalog"), &property)
        })
        .collect()
}

/// What the whole catalogue lists that states `property` with a value that fits.
async fn stating(app: &TestApp, property: &str, fits: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let triples = app
        .get("catalog.nt?page_size=1000")
        .await
        .ok()
        .triples(Syntax::NTriples);
    on(&triples)
        .into_iter()
        .filter(|iri| {
            values(&triples, iri, property)
                .iter()
                .any(|value| fits(value))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_select_what_states_their_value() {
    let app = TestApp::sample().await;
    let whole = listed(&app, "").await.0;
    let publisher = format!("{BASE}organization/exemple/534f19806b8e88af1960e49c");
    let theme = "http://publications.europa.eu/resource/authority/data-theme/TRAN";
    let law = "http://data.europa.eu/eli/reg_impl/2023/138/oj";
    for (query, property, value) in [
        (
            format!("&publisher={publisher}"),
            "http://purl.org/dc/terms/publisher",
            publisher.as_str(),
        ),
        (
            format!("&theme={theme}"),
            "http://www.w3.org/ns/dcat#theme",
            theme,
        ),
        (
            "&theme=TRAN".to_owned(),
            "http://www.w3.org/ns/dcat#theme",
            theme,
        ),
        (
            "&hvd=true".to_owned(),
            "http://data.europa.eu/r5r/applicableLegislation",
            law,
        ),
    ] {
        let expected = stating(&app, property, |stated| stated == value).await;
        let (found, total) = listed(&app, &query).await;
        assert!(
            !expected.is_empty() && expected.len() < whole.len(),
            "{query}"
        );
        assert_eq!(found, expected, "{query}");
        assert_eq!(total, expected.len(), "{query}");
    }
    assert_eq!(listed(&app, "&portal=exemple").await.0, whole);
    // Known, and nobody's.
    let nothing = listed(&app, "&theme=TRAN&modified_since=2999-01-01").await;
    assert_eq!(nothing, (BTreeSet::new(), 0));
    for (typo, parameter) in [
        ("publisher=https://e.org/", "`publisher`"),
        ("theme=https://e.org/", "`theme`"),
        ("theme=typo", "`theme`"),
    ] {
        let message = app.get(&format!("catalog.nt?{typo}")).await.refused(400);
        assert!(message.contains(parameter), "{typo}: {message}");
    }
    let high_value = listed(&app, "&hvd=true").await.0;
    let both = listed(&app, "&hvd=true&theme=TRAN").await.0;
    assert_eq!(
        both,
        high_value
            .intersection(&listed(&app, "&theme=TRAN").await.0)
            .cloned()
            .collect()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_stay_in_the_links_of_pages() {
    let app = TestApp::sample().await;
    let answer = app
        .get("catalog.ttl?hvd=true&portal=exemple&page_size=2")
        .await
        .ok();
    let next = &answer.links("next")[0].0;
    assert!(
        next.contains("hvd=true") && next.contains("portal=exemple"),
        "{next}"
    );
    assert!(next.starts_with(&format!("{BASE}catalog.ttl?")), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_asks_for_changes_gets_what_changed_since() {
    let data = few();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let whole = listed(&app, "").await.0;
    // The clock of the tests stands at 2023-11-14T22:13:20Z.
    assert_eq!(listed(&app, "&modified_since=2023-11-14").await.0, whole);
    assert_eq!(
        listed(&app, "&modified_since=2023-11-14T22:13:20Z").await.0,
        whole
    );
    assert_eq!(listed(&app, "&modified_since=2023-11-15").await.1, 0);
    let changed = whole
        .first()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    data.change(|records| {
        for dataset in &mut records.datasets {
            if dataset["id"] == changed.as_str() {
                dataset["title"] = "Un titre tout neuf".into();
            }
        }
    });
    farm.sleep(86_400);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    let since = "&modified_since=2023-11-15T10:00:00%2B01:00";
    assert_eq!(
        listed(&app, since).await.0,
        BTreeSet::from([whole.first().unwrap().clone()])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_is_not_understood_is_refused() {
    let app = TestApp::sample().await;
    for query in [
        "colour=blue",
        "Page=2",
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999999",
        "page_size=0",
        "page_size=1001",
        "portal=Pas%20un%20nom",
        "hvd=peut-etre",
        // There is no filter for the others, and none is ignored.
        "hvd=false",
        "modified_since=hier",
        "modified_since=2023-02-31",
        "paging=scroll",
        "links=some",
        "at=x",
        "page=1&page=2",
    ] {
        for name in ["catalog", "catalog.ttl", "catalog.html"] {
            let message = app.get(&format!("{name}?{query}")).await.refused(400);
            assert!(!message.trim().is_empty(), "{query}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_beyond_the_last_does_not_exist() {
    let app = TestApp::sample().await;
    let last = app.listed().await.len().div_ceil(10);
    for query in [
        format!("page={}&page_size=10", last + 1),
        "page=2&theme=TRAN".to_owned(),
        "page=18446744073709551615".to_owned(),
    ] {
        for extension in ["ttl", "html"] {
            app.get(&format!("catalog.{extension}?{query}"))
                .await
                .refused(404);
        }
    }
    app.get(&format!("catalog.ttl?page={last}&page_size=10"))
        .await
        .ok();
}
