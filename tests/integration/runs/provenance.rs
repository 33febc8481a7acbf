//! Harvests in the provenance graph, and what is kept of them.

use std::collections::BTreeSet;

use moisson::harvest::Scope;
use moisson::ledger::RecordState;

use super::last;
use crate::faults::plain;
use crate::support::{BASE, Farm};

/// The harvests that the published store shows as activities.
fn shown(farm: &Farm) -> BTreeSet<String> {
    let graph = format!("<{BASE}graph/provenance>");
    let activity = "<http://www.w3.org/ns/prov#Activity>";
    farm.published_quads()
        .into_iter()
        .filter(|quad| quad.contains(&graph) && quad.contains(activity))
        .map(|quad| quad.split(' ').next().unwrap().to_owned())
        .collect()
}

fn iri(run: i64) -> String {
    format!("<{BASE}harvest/exemple/{run}>")
}

#[tokio::test(flavor = "multi_thread")]
async fn harvests_are_activities_and_the_store_stays_what_a_bulk_load_gives() {
    let data = plain(10);
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    let first = last(&farm).id;
    let published = farm.publish();
    assert_eq!(shown(&farm), [iri(first)].into());
    assert_eq!(farm.published_quads(), farm.reference_quads());

    // One that changes nothing makes no sequence of its own, and is shown with the next change.
    farm.sleep(60);
    farm.harvest(Scope::Full).await;
    let second = last(&farm).id;
    assert_eq!(farm.publish().sequence, published.sequence);
    assert_eq!(farm.published_quads(), farm.reference_quads());

    data.change(|records| records.datasets[0]["title"] = "Autrement".into());
    farm.sleep(60);
    farm.harvest(Scope::Full).await;
    let third = last(&farm).id;
    farm.publish();
    assert_eq!(shown(&farm), [first, second, third].map(iri).into());
    let quads = farm.published_quads();
    let used = format!(
        "{} <http://www.w3.org/ns/prov#used> <{BASE}portal/exemple> <{BASE}graph/provenance>",
        iri(third)
    );
    assert!(quads.contains(&used), "{used}");
    assert_eq!(quads, farm.reference_quads());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_of_records_is_kept_with_its_run_and_forgotten_with_time() {
    let data = plain(20);
    let farm = Farm::of(data.clone()).await;
    farm.harvest(Scope::Full).await;
    data.change(|records| {
        records.datasets[0]["title"] = "Autrement".into();
        records.datasets[1] = serde_json::json!({ "title": "sans identifiant" });
        records.datasets[2]["private"] = true.into();
    });
    farm.sleep(60);
    let report = farm.harvest(Scope::Full).await;
    let run = last(&farm);
    let fates = farm.reader().run_records(run.id, 100).unwrap();
    let of = |state| fates.iter().filter(|one| one.state == state).count();
    assert_eq!(report.counts.rejected, 1, "{report:?}");
    assert_eq!(of(RecordState::Rejected), 1, "{fates:?}");
    assert_eq!(of(RecordState::Updated), 1, "{fates:?}");
    // With no grace what is missing goes at once.
    assert_eq!(of(RecordState::Withdrawn), 2, "{fates:?}");
    for one in &fates {
        let has_reason = matches!(one.state, RecordState::Rejected | RecordState::Withdrawn);
        assert_eq!(one.reason.is_some(), has_reason, "{one:?}");
    }

    let mut ledger = farm.ledger();
    ledger.forget_runs(farm.now()).unwrap();
    assert_eq!(farm.reader().run_records(run.id, 100).unwrap(), fates);
    ledger.forget_runs(farm.now() + 1).unwrap();
    let left = farm.reader().run_records(run.id, 100).unwrap();
    assert!(left.iter().all(|one| one.state == RecordState::Updated));
    assert_eq!(last(&farm).counts, run.counts, "the run itself stays");
}
