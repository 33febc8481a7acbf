//! The pages of a feed with a series, persons and dates: what a reader is told beside the records
//! themselves.

use std::sync::{Arc, Mutex};

use axum::response::IntoResponse as _;
use moisson::config::PortalKind;
use moisson::demo::udata::SampleData;
use moisson::harvest::Scope;

use super::{BROWSER, TestApp};
use crate::support::Farm;

const FEED: &str = r#"
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://p.example/> a dcat:Catalog ; dct:title "P"@fr ;
  dcat:dataset <https://p.example/s>, <https://p.example/d1>, <https://p.example/d2>,
    <https://p.example/d3>, <https://p.example/d4> .
<https://p.example/s> a dcat:DatasetSeries ; dct:title "Comptages routiers"@fr, "Road counts"@en ;
  dct:publisher <https://p.example/city> ; dcat:seriesMember <https://p.example/d4> .
<https://p.example/d1> a dcat:Dataset ; dct:title "Comptages 2023"@fr ; dcat:inSeries <https://p.example/s> ;
  dct:publisher <https://p.example/city> ; dct:modified "2022-02-01"^^xsd:date .
<https://p.example/d2> a dcat:Dataset ; dct:title "Comptages 2024"@fr ; dcat:inSeries <https://p.example/s> ;
  dct:source <https://p.example/d1> ; dcat:prev <https://p.example/d1> ;
  dct:publisher <https://p.example/ada> ; dct:modified "2021-02-01T10:00:00Z"^^xsd:dateTime .
<https://p.example/d3> a dcat:Dataset ; dct:title "Prévisions"@fr ; dct:publisher <https://p.example/city> ;
  dct:issued "2020-05-01"^^xsd:date ; dct:modified "2999-01-01"^^xsd:date .
<https://p.example/d4> a dcat:Dataset ; dct:title "Archives"@fr ; dct:publisher <https://p.example/city> .
<https://p.example/city> a foaf:Organization, foaf:Agent ; foaf:name "Ville" .
<https://p.example/ada> a foaf:Person, foaf:Agent ; foaf:name "Ada" .
"#;

async fn farm(feed: String) -> (Farm, TestApp) {
    changing(Arc::new(Mutex::new(feed))).await
}

async fn changing(shared: Arc<Mutex<String>>) -> (Farm, TestApp) {
    let routes = axum::Router::new().fallback(move || {
        let feed = shared.lock().unwrap().clone();
        async move { ([("content-type", "text/turtle")], feed).into_response() }
    });
    let farm = Farm::of_kind(PortalKind::Dcat, "/catalog.ttl", routes).await;
    farm.harvest(Scope::Full).await;
    farm.publish();
    let app = TestApp::over(&farm);
    (farm, app)
}

impl TestApp {
    /// The page of the record that the source calls `uri`.
    async fn page_of(&self, uri: &str, language: &str) -> (String, String) {
        let found = self.follow(&format!("resolve?uri={uri}"), BROWSER).await;
        let text = found.ok().text();
        let (_, rest) = text.split_once("<link rel=\"canonical\" href=\"").unwrap();
        let iri = rest.split('"').next().unwrap().to_owned();
        let headers = [("accept", BROWSER), ("accept-language", language)];
        let page = self.get_with(&format!("{iri}.html"), &headers).await.ok();
        (iri, page.text())
    }

    async fn page(&self, path: &str) -> String {
        self.get_as(path, BROWSER).await.ok().text()
    }
}

/// Where each of `needles` stands in `text`.
fn places(text: &str, needles: &[&str]) -> Vec<Option<usize>> {
    needles.iter().map(|one| text.find(one)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_lists_its_members_and_each_names_its_series() {
    let (_farm, app) = farm(FEED.to_owned()).await;
    let (series, page) = app.page_of("https://p.example/s", "en").await;
    assert!(page.contains("<h1>Road counts</h1>"), "{page}");
    assert!(page.contains("3\u{a0}datasets"), "{page}");
    for title in ["Comptages 2023", "Comptages 2024", "Archives"] {
        assert!(page.contains(title), "{title}: {page}");
    }
    assert!(!page.contains("Prévisions"), "{page}");
    let (first, _) = app.page_of("https://p.example/d1", "fr").await;
    let (_, member) = app.page_of("https://p.example/d2", "fr").await;
    let path = |iri: &str| format!("/{}", iri.strip_prefix(super::BASE).unwrap());
    let link = format!("<a href=\"{}\">Comptages routiers</a>", path(&series));
    assert!(member.contains(&link), "{link}: {member}");
    let link = format!("<dd><a href=\"{}\">Comptages 2023</a></dd>", path(&first));
    assert_eq!(member.matches(&link).count(), 2, "{link}: {member}");
    let (_, listed) = app.page_of("https://p.example/d4", "en").await;
    let link = format!("<a href=\"{}\">Road counts</a>", path(&series));
    assert!(listed.contains(&link), "{link}: {listed}");
    let query: String = url::form_urlencoded::byte_serialize(series.as_bytes()).collect();
    let list = app.page(&format!("list/dataset?of={query}")).await;
    assert!(
        list.contains("Archives") && list.contains("Comptages 2024"),
        "{list}"
    );
    assert!(!list.contains("Prévisions"), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_member_is_shown_no_more() {
    let feed = Arc::new(Mutex::new(FEED.to_owned()));
    let (mut farm, app) = changing(feed.clone()).await;
    farm.config.harvest.max_withdrawn_share = 1.0;
    let fewer = FEED.replace("<https://p.example/d1>, ", "").replace(
        "<https://p.example/d1> a dcat:Dataset ;",
        "<https://p.example/x>",
    );
    *feed.lock().unwrap() = fewer;
    farm.sleep(3600);
    farm.harvest(Scope::Full).await;
    farm.publish();
    app.app.refresh().unwrap();
    let (_, page) = app.page_of("https://p.example/s", "en").await;
    assert!(page.contains("2\u{a0}datasets"), "{page}");
    assert!(!page.contains("Comptages 2023"), "{page}");
    let (_, member) = app.page_of("https://p.example/d2", "fr").await;
    assert!(member.contains("<dt>Série</dt>"), "{member}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_a_long_series_are_a_few_with_the_way_to_all() {
    let many: Vec<String> = (0..60)
        .map(|number| {
            format!(
                "<https://p.example/m{number}> a dcat:Dataset ; dct:title \"Édition {number:02}\"@fr ; \
                 dcat:inSeries <https://p.example/s> .\n"
            )
        })
        .collect();
    let (_farm, app) = farm(format!("{FEED}{}", many.concat())).await;
    let (_, page) = app.page_of("https://p.example/s", "fr").await;
    assert_eq!(page.matches("<li class=\"listed\">").count(), 25, "{page}");
    assert!(
        page.contains("Voir tous les 63\u{a0}jeux de données"),
        "{page}"
    );
    let (_, rest) = page
        .split_once("<a class=\"button second\" href=\"")
        .unwrap();
    let all = rest.split('"').next().unwrap().replace("&amp;", "&");
    let all = all.replace("&#38;", "&");
    let list = app.page(&format!("{all}&page=2")).await;
    assert_eq!(list.matches("<li class=\"listed\">").count(), 13, "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_are_those_that_changed_last_and_not_those_harvested_last() {
    let (farm, app) = farm(FEED.to_owned()).await;
    // A date in the future counts for nothing, and the date of issue stands in.
    let order = ["Comptages 2023", "Comptages 2024", "Prévisions", "Archives"];
    let in_order = |page: &str| {
        let (_, latest) = page.split_once("<ul class=\"list\">").unwrap();
        let places = places(latest, &order);
        assert!(places.iter().all(Option::is_some), "{places:?}: {page}");
        assert!(places.is_sorted(), "{places:?}: {page}");
    };
    in_order(&app.page("").await);
    let portal = farm.config.portals[0].id.as_str();
    in_order(&app.page(&format!("portal/{portal}.html")).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn persons_are_counted_and_listed_apart_from_organizations() {
    let (farm, app) = farm(FEED.to_owned()).await;
    let portal = farm.config.portals[0].id.as_str();
    for path in ["?lang=en", &format!("portal/{portal}.html?lang=en")] {
        let page = app.page(path).await;
        let persons = page.split_once("list/person").map(|(_, rest)| rest);
        let persons = persons.unwrap_or_else(|| panic!("{page}"));
        assert!(
            persons.contains(">persons</a></dt><dd>1</dd>"),
            "{path}: {page}"
        );
        // Whoever publishes the catalogue alone is none of those whose data it has.
        assert!(
            page.contains(">organisations</a></dt><dd>1</dd>"),
            "{path}: {page}"
        );
    }
    let organisations = app.page("list/organization?lang=en").await;
    assert!(organisations.contains("Ville") && !organisations.contains("Ada"));
    let persons = app.page("list/person?lang=en").await;
    assert!(
        persons.contains("Ada") && !persons.contains("Ville"),
        "{persons}"
    );
    assert!(
        persons.contains("<h1>Persons</h1>") && persons.contains("1\u{a0}person<"),
        "{persons}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_program_published_is_entered_into_the_new_sets_by_the_next_commit() {
    let (farm, app) = farm(FEED.to_owned()).await;
    let before = app.page("").await;
    let sets = "SELECT kind, value, record, from_seq FROM member
                WHERE kind IN ('about', 'dated', 'person') ORDER BY 1, 2, 3, 4";
    let ledger = rusqlite::Connection::open(farm.ledger().path()).unwrap();
    let members = || -> Vec<(String, String, i64, i64)> {
        let mut statement = ledger.prepare(sets).unwrap();
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    };
    let known = members();
    assert_eq!(known.len(), 8, "{known:?}");
    ledger
        .execute_batch(
            "DELETE FROM member WHERE kind IN ('about', 'dated', 'person');
             INSERT INTO meta (key, value) VALUES ('enter', 'members');",
        )
        .unwrap();
    assert_ne!(app.page("").await, before);
    farm.harvest(Scope::Full).await;
    assert_eq!(members(), known);
    assert_eq!(app.page("").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn distributions_stay_in_the_order_of_their_portal() {
    let data = SampleData::bundled();
    let key = super::DATASET.rsplit('/').next().unwrap().to_owned();
    let resources = |data: &SampleData| -> Vec<String> {
        let mut ids = Vec::new();
        data.change(|records| {
            let dataset = records
                .datasets
                .iter()
                .find(|one| one["id"] == key.as_str());
            let resources = dataset.unwrap()["resources"].as_array().unwrap();
            ids = resources
                .iter()
                .map(|one| one["id"].as_str().unwrap().to_owned())
                .collect();
        });
        ids
    };
    data.change(|records| records.datasets.truncate(25));
    let mut ids = resources(&data);
    ids.sort();
    assert!(ids.len() > 1);
    let farm = Farm::of(data.clone()).await;
    for turn in 0..2 {
        data.change(|records| {
            let dataset = records
                .datasets
                .iter_mut()
                .find(|one| one["id"] == key.as_str());
            let resources = dataset.unwrap()["resources"].as_array_mut().unwrap();
            resources.sort_by_key(|one| one["id"].as_str().unwrap().to_owned());
            if turn == 0 {
                resources.reverse();
            } else {
                resources.rotate_left(1);
            }
        });
        let order = resources(&data);
        assert_ne!(order, ids);
        farm.harvest(Scope::Full).await;
        farm.publish();
        let page = TestApp::over(&farm)
            .page(&format!("{}.html", super::DATASET))
            .await;
        let anchors: Vec<String> = order.iter().map(|id| format!("id=\"d-{id}\"")).collect();
        let anchors: Vec<&str> = anchors.iter().map(String::as_str).collect();
        let places = places(&page, &anchors);
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{places:?}: {page}"
        );
    }
}
