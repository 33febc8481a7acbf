//! A ledger of an earlier version, whose rule made other keys of the names in a feed: after an upgrade every
//! record has the IRI that it had, whatever the feed calls it by now.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::routing::get;
use moisson::config::PortalKind;
use moisson::harvest::Scope;
use moisson::ledger::Resolved;

use super::{BASE, TestApp};
use crate::support::Farm;

/// What the earlier version wrote of [`feed`], whose addresses had `http:`, `www.` and slashes then.
const LEDGER: &str = include_str!("../../ledgers/spelled.sql");

/// The IRIs that it published. It had two records of the second dataset, which was in the feed under two names.
const PUBLISHED: [&str; 10] = [
    "contact/exemple/x-mfv756jtnragknrmnezlco6laf",
    "dataset/exemple/x-ate6zv66kowzopu6xh3s5n4lxj",
    "dataset/exemple/x-d7ki6c2vphqxo3pv5tirbn343n",
    "dataset/exemple/x-dqssvkcj3pqfvkwlvfgdi2275z",
    "distribution/exemple/x-7k4yozkydhj45eu4ftn6gflvt6",
    "distribution/exemple/x-kdu3xtahbs7tigp2xpx6nmwr3m",
    "distribution/exemple/x-oqdfi27areclqrwsc7fl6wloao",
    "organization/exemple/x-3o5rrxj66snagscx7ilvabqpae",
    "portal/exemple",
    "topic/exemple/x-lk7ahp42d75xcgmcfdabwmwjmc",
];

/// The second record of the second dataset.
const SECOND: &str = "dataset/exemple/x-fs2li36hsqo5lnwvrgn57vnn3u";

/// The feed, on a site at `site`, with `/` or nothing at the end of some addresses.
fn feed(site: &str, end: &str) -> String {
    let text = r#"
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
<SITE/cat> a dcat:Catalog ; dct:title "Catalogue"@fr ; dcat:dataset <SITE/jeu/1END>, <SITE/jeu/2>, <SITE/jeu/3> .
<SITE/jeu/1END> a dcat:Dataset ; dct:title "Arbres"@fr ; dct:description "Les arbres de la ville."@fr ;
  dct:publisher <SITE/serviceEND> ; dcat:contactPoint <SITE/contact> ; dct:relation <SITE/jeu/3> ;
  dcat:distribution <SITE/jeu/1/csv>,
    [ a dcat:Distribution ; dcat:accessURL <https://fichiers.example/1.json> ; dct:format "JSON" ] .
<SITE/jeu/1/csv> a dcat:Distribution ; dcat:accessURL <https://fichiers.example/1.csv> .
<SITE/jeu/2> a dcat:Dataset ; dct:title "Bancs"@fr ; dct:description "Des bancs."@fr ; dct:publisher <SITE/serviceEND> .
<SITE/jeu/3> a dcat:Dataset ; dct:title "Fontaines"@fr ; dct:description "Les fontaines."@fr ;
  dct:publisher <SITE/serviceEND> ; dct:relation <SITE/jeu/1END> ; dcat:distribution <SITE/jeu/3/csv> .
<SITE/jeu/3/csv> a dcat:Distribution ; dcat:accessURL <https://fichiers.example/3.csv> .
<SITE/serviceEND> a foaf:Organization ; foaf:name "Service des parcs"@fr .
<SITE/contact> a vcard:Organization ; vcard:fn "Accueil" ; vcard:hasEmail <mailto:parcs@villes.example> .
"#;
    text.replace("SITE", site).replace("END", end)
}

/// A farm with the ledger of the earlier version, and what its portal serves.
async fn farm() -> (Farm, Arc<Mutex<String>>) {
    let served = Arc::new(Mutex::new(String::new()));
    let text = Arc::clone(&served);
    let routes = axum::Router::new().route(
        "/flux",
        get(move || {
            let text = text.lock().unwrap().clone();
            async move { ([("content-type", "text/turtle")], text) }
        }),
    );
    let mut farm = Farm::of_kind(PortalKind::Dcat, "/flux", routes).await;
    farm.config.harvest.max_withdrawn_share = 1.0;
    let ledger = farm.config.store.path.join("ledger.sqlite");
    let connection = rusqlite::Connection::open(ledger).unwrap();
    connection.execute_batch(LEDGER).unwrap();
    drop(connection);
    drop(farm.ledger());
    (farm, served)
}

/// The IRIs of ours of the portal that something is said of.
fn iris(farm: &Farm) -> BTreeSet<String> {
    farm.publish();
    let quads = farm.published_quads().into_iter();
    let subjects = quads.filter(|quad| !quad.contains("/graph/"));
    let own = subjects.filter_map(|quad| {
        let (subject, _) = quad.strip_prefix(&format!("<{BASE}"))?.split_once('>')?;
        (subject.contains("/exemple") && !subject.starts_with("harvest/"))
            .then(|| subject.to_owned())
    });
    own.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_iri_changes_by_an_upgrade_however_the_feed_spells_its_names() {
    let (farm, served) = farm().await;
    let mut expected = iris(&farm);
    for iri in PUBLISHED {
        assert!(expected.contains(iri), "{iri}: {expected:#?}");
    }
    let of_second = |iri: &String| iri.ends_with(SECOND.rsplit('/').next().unwrap());
    expected.retain(|iri| !of_second(iri));
    for (round, (site, end)) in [
        ("https://villes.example", ""),
        ("http://www.villes.example", "/"),
        ("http://villes.example", "/"),
    ]
    .into_iter()
    .enumerate()
    {
        *served.lock().unwrap() = feed(site, end);
        farm.sleep(3600);
        let report = farm.harvest(Scope::Full).await;
        let counts = &report.counts;
        // The feed has one name of the second dataset now, and what was published first stays.
        let withdrawn = u64::from(round == 0);
        assert_eq!(
            (counts.created, counts.withdrawn),
            (0, withdrawn),
            "{site}: {report:?}"
        );
        assert_eq!(iris(&farm), expected, "{site}");
    }
    let findings = farm.reader().findings(None, 1000).unwrap();
    let told = findings
        .iter()
        .filter(|one| one.code == "duplicate-identifier" && one.value == format!("{BASE}{SECOND}"));
    assert_eq!(told.count(), 1, "{findings:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_stored_is_described_again_under_the_same_iris() {
    let (farm, _) = farm().await;
    let mut expected = iris(&farm);
    let moisson = farm.moisson();
    moisson.describe_self().unwrap();
    let reports = moisson.reconvert().unwrap();
    let created: u64 = reports
        .reports
        .iter()
        .map(|report| report.counts.created)
        .sum();
    assert_eq!(created, 0, "{reports:?}");
    expected.retain(|iri| !iri.ends_with(SECOND.rsplit('/').next().unwrap()));
    assert_eq!(iris(&farm), expected);
    // Doing it again finds nothing to do.
    let reports = farm.moisson().reconvert().unwrap();
    assert!(
        reports
            .reports
            .iter()
            .all(|report| report.counts.updated == 0),
        "{reports:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_name_that_a_record_ever_had_leads_to_it() {
    let (farm, served) = farm().await;
    let site = "https://villes.example";
    *served.lock().unwrap() = feed(site, "");
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    for (name, iri) in [
        ("http://www.villes.example/jeu/1/", PUBLISHED[3]),
        ("https://villes.example/jeu/1", PUBLISHED[3]),
        ("http://villes.example/jeu/1", PUBLISHED[3]),
        ("http://www.villes.example/jeu/2", PUBLISHED[1]),
        ("https://villes.example/jeu/2", PUBLISHED[1]),
        ("http://www.villes.example/service/", PUBLISHED[7]),
        ("https://villes.example/service", PUBLISHED[7]),
    ] {
        let asked: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let answer = app.get(&format!("resolve?uri={asked}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
        assert_eq!(answer.location(), iri, "{name}");
        let record = app
            .follow(&format!("resolve?uri={asked}"), "text/turtle")
            .await;
        assert!(record.ok().text().contains(iri), "{name}");
    }
    let gone = app.get(SECOND).await;
    assert_eq!(gone.status, StatusCode::GONE);
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let resolved = reader.resolve(&format!("{BASE}{SECOND}"), at).unwrap();
    assert!(matches!(resolved, Resolved::Gone { .. }), "{resolved:?}");
}
