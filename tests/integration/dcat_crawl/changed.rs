//! A feed whose names change, or that says less or more of a record than before.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get;
use moisson::config::PortalKind;
use moisson::harvest::{Report, Scope};

use crate::support::Farm;

/// A portal that serves a text as Turtle, and one that is below it as its second page.
struct Changing {
    farm: Farm,
    text: Arc<Mutex<[String; 2]>>,
}

impl Changing {
    async fn new() -> Self {
        let text = Arc::new(Mutex::new([String::new(), String::new()]));
        let served = |page: usize| {
            let text = Arc::clone(&text);
            get(move || async move {
                let body = text.lock().unwrap()[page].clone();
                ([("content-type", "text/turtle")], body)
            })
        };
        let routes = Router::new()
            .route("/flux", served(0))
            .route("/flux/2", served(1));
        let mut farm = Farm::of_kind(PortalKind::Dcat, "/flux", routes).await;
        farm.config.harvest.max_withdrawn_share = 1.0;
        Self { farm, text }
    }

    /// Harvests what the feed says now.
    async fn harvest(&self, first: &str, second: &str) -> Report {
        const PREFIXES: &str = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n";
        *self.text.lock().unwrap() = [first, second].map(|text| format!("{PREFIXES}{text}"));
        self.farm.sleep(3600);
        self.farm.harvest(Scope::Full).await
    }
}

const FEED: &str = r#"<SITEcat> a dcat:Catalog ; dct:title "c" ; dcat:dataset <SITEds/1>, <SITEds/2> .
<SITEds/1> a dcat:Dataset ; dct:title "un" ; dcat:distribution <SITEds/1/csv> .
<SITEds/1/csv> a dcat:Distribution ; dcat:accessURL <https://files.example/1> .
<SITEds/2> a dcat:Dataset ; dct:title "deux" ."#;

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_moves_to_https_or_drops_its_www_keeps_its_iris() {
    let feed = Changing::new().await;
    feed.harvest(&FEED.replace("SITE", "http://www.e.org/"), "")
        .await;
    let before = feed.farm.datasets();
    assert_eq!(before.len(), 2);
    let parts = |farm: &Farm| {
        let quads = {
            farm.publish();
            farm.published_quads()
        };
        let mut found: Vec<String> = quads
            .into_iter()
            .filter(|quad| quad.contains("dcat#distribution>"))
            .collect();
        found.sort();
        found
    };
    let distributions = parts(&feed.farm);
    for site in ["https://www.e.org/", "https://e.org/", "http://e.org/"] {
        let report = feed.harvest(&FEED.replace("SITE", site), "").await;
        let counts = &report.counts;
        assert_eq!(
            (counts.created, counts.withdrawn),
            (0, 0),
            "{site}: {report:?}"
        );
        assert_eq!(counts.absent, 0, "{report:?}");
        assert_eq!(feed.farm.datasets(), before, "{site}");
        assert_eq!(parts(&feed.farm), distributions, "{site}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_listed_and_not_described_stays() {
    let feed = Changing::new().await;
    let all = FEED.replace("SITE", "https://e.org/");
    feed.harvest(&all, "").await;
    let before = feed.farm.datasets();
    let (described, _) = all.split_once("<https://e.org/ds/2> a").unwrap();
    let report = feed.harvest(described, "").await;
    assert_eq!(feed.farm.datasets(), before);
    assert_eq!((report.counts.absent, report.counts.withdrawn), (0, 0));
    let told = "1 resources are listed and not described";
    assert!(
        report.notes.iter().any(|note| note.contains(told)),
        "{report:?}"
    );
    // What is not listed either is withdrawn.
    let report = feed
        .harvest(&described.replace(", <https://e.org/ds/2>", ""), "")
        .await;
    assert_eq!(report.counts.withdrawn, 1, "{report:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_descriptions_of_one_record_on_two_pages_are_merged_and_told() {
    let feed = Changing::new().await;
    let page = |next: &str, word: &str| {
        format!(
            r#"<page{word}> a hydra:PartialCollectionView {next} .
            <https://e.org/cat> a dcat:Catalog ; dct:title "c" ; dcat:dataset <https://e.org/ds/1> .
            <https://e.org/ds/1> a dcat:Dataset ; dct:title "un" ; dcat:keyword "{word}" ."#
        )
    };
    let pages = [
        page("; hydra:next </flux/2>", "premier"),
        page("", "second"),
    ];
    let report = feed.harvest(&pages[0], &pages[1]).await;
    assert_eq!(feed.farm.datasets().len(), 1);
    assert_eq!(
        report.counts.findings.get("conflicting-values"),
        Some(&1),
        "{report:?}"
    );
    feed.farm.publish();
    let quads = feed.farm.published_quads();
    for word in ["\"premier\"", "\"second\""] {
        assert!(quads.iter().any(|quad| quad.contains(word)), "{word}");
    }
    let again = feed.harvest(&pages[0], &pages[1]).await;
    assert_eq!(
        (again.counts.created, again.counts.updated),
        (0, 0),
        "{again:?}"
    );
}
