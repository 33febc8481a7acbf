//! Lists of a few records, which a portal may well lose, and lists that fail beside others.

use moisson::demo::udata::SampleData;
use moisson::harvest::{Report, Scope};
use moisson::ledger::RunState;
use moisson::record::Kind;
use serde_json::json;

use crate::faults::plain;
use crate::support::Farm;
use crate::support::program::Site;
use crate::support::unsound::{Fault, Unsound};

fn with_topic() -> SampleData {
    let data = plain(20);
    data.change(|records| {
        records.topics = vec![json!({
            "id": "t1", "name": "Nom", "slug": "t1", "description": "Un texte.", "private": false,
            "tags": ["essai"], "created_at": "2024-02-01", "last_modified": "2024-03-01",
            "elements": [{ "id": "e1", "element": { "class": "Dataset", "id": "d001" } }],
        })];
    });
    data
}

fn topics(farm: &Farm) -> usize {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let all = reader
        .scan(moisson::ledger::RecordNumber::BEFORE_ALL, 1000, at)
        .unwrap();
    all.iter().filter(|one| one.id.kind == Kind::Topic).count()
}

async fn next(farm: &Farm) -> Report {
    farm.sleep(3600);
    farm.harvest(Scope::Full).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_topic_goes_once_its_absence_has_lasted() {
    let data = with_topic();
    let mut farm = Farm::of(data.clone()).await;
    farm.config.harvest.grace = moisson::config::Span::seconds(3600);
    next(&farm).await;
    assert_eq!(topics(&farm), 1);
    data.change(|records| records.topics.clear());
    // Empty for the first time: a fault. Then it is believed, and waited for three times as long.
    for _ in 0..4 {
        let report = next(&farm).await;
        assert_eq!(report.state, RunState::Partial, "{report:?}");
        assert_eq!(report.counts.withdrawn, 0, "{report:?}");
        assert!(report.reason.unwrap().contains("is empty"));
        assert_eq!(topics(&farm), 1);
    }
    let report = next(&farm).await;
    assert_eq!(report.counts.withdrawn, 1, "{report:?}");
    assert_eq!((topics(&farm), farm.datasets().len()), (0, 20));
    assert_eq!(next(&farm).await.state, RunState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_that_comes_back_in_time_never_went() {
    let data = with_topic();
    let farm = Farm::of(data.clone()).await;
    next(&farm).await;
    let mut kept = Vec::new();
    for _ in 0..3 {
        data.change(|records| kept = std::mem::take(&mut records.topics));
        next(&farm).await;
        data.change(|records| records.topics = kept.clone());
        assert_eq!(next(&farm).await.state, RunState::Done);
        assert_eq!(topics(&farm), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_of_a_few_datasets_does_not_lose_them_all() {
    let data = plain(5);
    let farm = Farm::of(data.clone()).await;
    next(&farm).await;
    data.change(|records| records.datasets.truncate(2));
    for _ in 0..5 {
        let report = next(&farm).await;
        assert_eq!(report.state, RunState::Suspicious, "{report:?}");
    }
    data.change(|records| records.datasets.clear());
    for _ in 0..5 {
        let report = next(&farm).await;
        assert_eq!(report.counts.withdrawn, 0, "{report:?}");
    }
    assert_eq!(farm.datasets().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_fails_holds_nothing_else_up() {
    let portal = Unsound::of(plain(20)).await;
    let site = Site::at(portal.address);
    site.succeed(&["harvest"]);
    let before = site.descriptions();
    portal.data.change(|records| {
        let mut new = records.datasets[3].clone();
        new["id"] = "neuf".into();
        new["slug"] = "neuf".into();
        new["resources"] = json!([]);
        records.datasets.push(new);
        records.datasets.remove(5);
        records.organizations.clear();
    });
    let always = 0..usize::MAX;
    portal.breaks("/api/1/organizations/", always, Fault::Status(500));
    let done = site.run(&["harvest", "--full"]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    let run = site.last_run();
    assert_eq!(run.state, RunState::Partial, "{run:?}");
    let reason = run.reason.unwrap();
    assert!(
        reason.starts_with("organizations: ") && reason.contains("answers 500"),
        "{reason}"
    );
    assert_eq!((run.counts.created, run.counts.withdrawn), (1, 1));
    let after = site.descriptions();
    assert!(after.keys().any(|iri| iri.ends_with("/neuf")));
    let organization = |iri: &&String| iri.contains("/organization/exemple/");
    let kept =
        |all: &std::collections::BTreeMap<String, String>| all.keys().filter(organization).count();
    assert_eq!(kept(&after), kept(&before));
    site.assert_published_whole();
}
