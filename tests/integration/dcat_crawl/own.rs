//! What Moisson publishes, harvested by another Moisson.

use std::collections::BTreeSet;

use moisson::demo::udata::SampleData;
use moisson::harvest::Scope;
use moisson::ledger::{Filter, Position, RunState};
use moisson::web::{App, router};

use super::*;
use crate::support::Farm;

/// The descriptions of a farm's datasets, as sorted lines without the names that differ.
fn datasets_of(farm: &Farm) -> BTreeMap<String, BTreeSet<String>> {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let page = reader
        .page(&Filter::default(), Position::Offset(0), 100_000, at)
        .unwrap();
    let mut found = BTreeMap::new();
    for record in page.records {
        let is_dataset = record.iri.contains("/dataset/");
        if !is_dataset {
            continue;
        }
        let body = reader.body(record.digest).unwrap();
        let lines: BTreeSet<String> = body
            .lines()
            .filter(|line| line.starts_with(&format!("<{}>", record.iri)))
            .filter_map(|line| {
                let (_, rest) = line.split_once(' ')?;
                let (property, value) = rest.split_once(' ')?;
                value
                    .starts_with('"')
                    .then(|| format!("{property} {value}"))
            })
            .collect();
        let identifier = lines
            .iter()
            .find(|line| line.contains("/identifier>"))
            .cloned()
            .unwrap_or_default();
        found.insert(identifier, lines);
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_moisson_has_the_datasets_of_the_first() {
    let first = Farm::of(SampleData::bundled()).await;
    let report = first.harvest(Scope::Full).await;
    assert_eq!(report.state, RunState::Done, "{report:?}");
    first.publish();
    let app = App::new(first.config.clone(), env!("CARGO_BIN_EXE_moisson").into());
    app.refresh().unwrap();
    let second = Farm::of_kind(PortalKind::Dcat, "catalog.ttl?page_size=20", router(&app)).await;
    let report = second.harvest(Scope::Full).await;
    assert_eq!(report.state, RunState::Done, "{report:?}");
    let (one, other) = (datasets_of(&first), datasets_of(&second));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    for (identifier, lines) in &one {
        let lost: Vec<_> = lines.difference(&other[identifier]).collect();
        assert!(lost.is_empty(), "{identifier}: {lost:#?}");
    }
}
