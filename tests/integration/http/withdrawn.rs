//! What was withdrawn answers 410 for good, and says so in RDF and in HTML.

use axum::http::StatusCode;
use moisson::harvest::Scope;
use moisson::ledger::{EventKind, Standing};
use moisson::rdf::syntax::Syntax;

use super::{BROWSER, TestApp, few, values};
use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_dataset_and_its_parts_are_gone_and_say_so() {
    let data = few();
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let iri = app.datasets().await[0].clone();
    let triples = app
        .get(&format!("{iri}.nt"))
        .await
        .ok()
        .triples(Syntax::NTriples);
    let distributions = values(&triples, &iri, "http://www.w3.org/ns/dcat#distribution");
    assert!(!distributions.is_empty());
    let record = iri.replace("/dataset/", "/record/");
    let alias = values(&triples, &record, "http://purl.org/dc/terms/source").remove(0);
    let key = iri.rsplit('/').next().unwrap().to_owned();
    data.change(|records| {
        records
            .datasets
            .retain(|dataset| dataset["id"] != key.as_str());
    });
    farm.sleep(3600);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();

    for gone in distributions.iter().chain([&iri, &record]) {
        for syntax in Syntax::ALL {
            for answer in [
                app.get(&format!("{gone}.{}", syntax.extension())).await,
                app.get_as(gone, syntax.media_type()).await,
            ] {
                assert_eq!(answer.status, StatusCode::GONE, "{gone}");
                assert_eq!(answer.header("content-type"), syntax.content_type());
                let said = answer.triples(syntax);
                let status = values(&said, gone, "http://www.w3.org/ns/adms#status");
                assert_eq!(status, ["http://purl.org/adms/status/Withdrawn"], "{gone}");
                let when = values(&said, gone, "http://purl.org/dc/terms/modified");
                assert_eq!(when, ["2023-11-14T23:13:20Z"]);
            }
        }
        for answer in [
            app.get_as(gone, BROWSER).await,
            app.get_as(&format!("{gone}.html"), BROWSER).await,
        ] {
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert!(
                answer
                    .refused(410)
                    .to_lowercase()
                    .contains("<!doctype html>")
            );
        }
        let negotiated = app.get_as(gone, BROWSER).await;
        assert!(negotiated.listed("vary").contains("accept"));
        // Whatever the client accepts, an address that names HTML is answered with it.
        let named = app.get(&format!("{gone}.html")).await;
        assert_eq!(named.status, StatusCode::GONE);
        assert_eq!(
            named.header("content-type"),
            "text/html; charset=utf-8",
            "{gone}"
        );
    }
    for name in [&alias, &iri] {
        let asked: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let answer = app.get(&format!("resolve?uri={asked}")).await;
        assert_eq!(answer.status, StatusCode::GONE, "{name}");
    }
    let listed = app.datasets().await;
    assert!(!listed.contains(&iri));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_out_of_the_configuration_answers_until_it_is_withdrawn_and_its_harvests_after_that()
 {
    let mut farm = Farm::of(few()).await;
    farm.harvest(Scope::Full).await;
    let portal = farm.config.portals.remove(0).id;
    farm.moisson().describe_self().unwrap();
    farm.publish();
    let app = TestApp::over(&farm);
    let iri = app.datasets().await[0].clone();
    let status = async |path: &str| app.follow(path, "text/turtle").await.status;
    for path in [iri.as_str(), "portal/exemple"] {
        assert_eq!(status(path).await, StatusCode::OK, "{path}");
    }
    for standing in [Standing::Withdrawn, Standing::Admitted] {
        farm.sleep(60);
        farm.moisson().set_standing(&portal, standing).unwrap();
        app.app.refresh().unwrap();
        let expected = match standing {
            Standing::Withdrawn => StatusCode::GONE,
            Standing::Admitted => StatusCode::OK,
        };
        for path in [iri.as_str(), "portal/exemple"] {
            assert_eq!(status(path).await, expected, "{path} {standing:?}");
        }
        let harvests = app.get_as("harvest/exemple", BROWSER).await;
        assert_eq!(harvests.status, StatusCode::OK);
    }
    assert_eq!(status("harvest/nobody").await, StatusCode::NOT_ACCEPTABLE);
    let nobody = app.get_as("harvest/nobody", BROWSER).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_taken_out_leaves_tombstones_and_comes_back_under_its_iris() {
    let farm = Farm::of(few()).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    let before = app.listed().await;
    let portal = farm.config.portals[0].id.clone();
    let last = |iri: &str| {
        let reader = farm.reader();
        let events = reader
            .events(0, reader.sequence().unwrap(), 100_000)
            .unwrap();
        let of_it = events.iter().filter(|event| event.iri == iri);
        of_it.map(|event| event.kind).next_back()
    };
    farm.sleep(60);
    farm.moisson()
        .set_standing(&portal, Standing::Withdrawn)
        .unwrap();
    app.app.refresh().unwrap();
    assert!(app.listed().await.is_empty());
    for iri in &before {
        let answer = app.get_as(iri, "text/turtle").await;
        assert_eq!(answer.status, StatusCode::GONE, "{iri}");
        assert_eq!(last(iri), Some(EventKind::Delete), "{iri}");
    }
    // A harvest of it says nothing more of what is out.
    farm.sleep(60);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    assert!(app.listed().await.is_empty());
    farm.sleep(60);
    farm.moisson()
        .set_standing(&portal, Standing::Admitted)
        .unwrap();
    app.app.refresh().unwrap();
    assert_eq!(app.listed().await, before);
    for iri in &before {
        let answer = app.follow(iri, "text/turtle").await;
        assert_eq!(answer.status, StatusCode::OK, "{iri}");
        assert_eq!(last(iri), Some(EventKind::Create), "{iri}");
    }
}
