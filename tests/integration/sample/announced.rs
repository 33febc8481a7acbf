//! What `data/README.md` announces of the sample portal is what is found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use moisson::finding::{Code, Severity};
use moisson::record::PortalId;
use serde_json::json;

use super::contents::bundled;
use super::reader;

const README: &str = include_str!("../../../data/README.md");

/// A row of the tables of defects: the records that it names, and what should be said.
struct Row {
    names: Vec<&'static str>,
    says: &'static str,
}

/// The texts between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The part of the page that is about the udata portal's defects.
fn section() -> &'static str {
    let (_, rest) = README.split_once("### Deliberate defects").unwrap();
    rest.split_once("\n## ").unwrap().0
}

fn rows() -> Vec<Row> {
    let cells = section().lines().filter_map(|line| {
        let rest = line.strip_prefix("| ")?;
        let (record, rest) = rest.split_once(" | ")?;
        let (_, says) = rest.rsplit_once(" | ")?;
        Some((record, says))
    });
    let rows = cells.map(|(record, says)| {
        // Without a slug a record is named by its title.
        let titles = record.split('*').skip(1).step_by(2);
        let names: Vec<&str> = quoted(record).chain(titles).collect();
        Row { names, says }
    });
    rows.filter(|row| !row.names.is_empty()).collect()
}

/// The portal's identifiers of all records, by slug, name and title.
fn identifiers() -> BTreeMap<String, BTreeSet<String>> {
    let all = bundled();
    let lists = [
        &all.datasets,
        &all.organizations,
        &all.dataservices,
        &all.reuses,
        &all.discussions,
        &all.topics,
        &all.community_resources,
        &all.harvest_sources,
    ];
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // One organization stands in its datasets only.
    let embedded = all.datasets.iter().map(|dataset| &dataset["organization"]);
    for record in lists.into_iter().flatten().chain(embedded) {
        let Some(id) = record["id"].as_str() else {
            continue;
        };
        let names = ["slug", "name", "title"].map(|field| record[field].as_str());
        for name in names.into_iter().flatten() {
            found
                .entry(name.to_owned())
                .or_default()
                .insert(id.to_owned());
        }
    }
    found
}

fn portal() -> PortalId {
    PortalId::new("exemple").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_that_announces_a_finding_has_one_on_the_fields_that_it_names() {
    let identifiers = identifiers();
    let findings = reader().await.findings(Some(&portal()), 10_000).unwrap();
    let mut missing = Vec::new();
    let mut announcing = 0;
    for row in rows() {
        if !row.says.contains("finding") || row.says.contains("may say") {
            continue;
        }
        announcing += 1;
        for name in &row.names {
            let ids = identifiers.get(*name).cloned().unwrap_or_default();
            let fields: Vec<&str> = findings
                .iter()
                .filter(|one| ids.iter().any(|id| one.record.ends_with(id.as_str())))
                .map(|one| one.field.as_str())
                .collect();
            if fields.is_empty() {
                missing.push(format!("{name}: nothing is found"));
            }
            let (_, told) = row.says.split_once("finding").unwrap_or_default();
            let (told, _) = told.split_once(':').unwrap_or((told, ""));
            for field in quoted(told).filter(|_| told.contains("on `")) {
                let field = field.replace("[]", "[").trim_start_matches('.').to_owned();
                let (start, end) = field.split_once('[').unwrap_or((&field, ""));
                if !fields
                    .iter()
                    .any(|met| met.contains(start) && met.contains(end))
                {
                    missing.push(format!("{name}: nothing on {field}, but {fields:?}"));
                }
            }
        }
    }
    assert!(announcing > 30, "{announcing}");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_beyond_remarks_is_announced() {
    let identifiers = identifiers();
    let announced: BTreeSet<&str> = rows()
        .iter()
        .flat_map(|row| row.names.clone())
        .filter_map(|name| identifiers.get(name))
        .flatten()
        .map(String::as_str)
        .collect();
    let findings = reader().await.findings(Some(&portal()), 10_000).unwrap();
    let unannounced: Vec<String> = findings
        .iter()
        .filter(|one| {
            let code: Code = serde_json::from_value(json!(one.code)).unwrap();
            code.severity() != Severity::Info
        })
        .filter(|one| !announced.iter().any(|id| one.record.ends_with(id)))
        .map(|one| format!("{} {} {} ({})", one.record, one.code, one.field, one.value))
        .collect();
    assert!(unannounced.is_empty(), "{}", unannounced.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fields_that_nothing_reads_are_those_that_are_announced() {
    let (_, rest) = section()
        .split_once("\nFields that no mapping reads")
        .unwrap();
    let sentence = rest.lines().next().unwrap();
    let announced: BTreeSet<&str> = quoted(sentence)
        .filter(|one| *one != "field-unmapped")
        .collect();
    let unmapped = reader().await.unmapped(&portal()).unwrap();
    let met = |path: &str| {
        let is_it = |one: &&&str| path == **one || path.starts_with(&format!("{one}."));
        announced.iter().find(is_it).copied()
    };
    let found: BTreeSet<Option<&str>> = unmapped.iter().map(|row| met(&row.path)).collect();
    let expected: BTreeSet<Option<&str>> = announced.iter().copied().map(Some).collect();
    assert_eq!(found, expected, "{unmapped:#?}");
    // Each is a finding once a record.
    let findings = reader().await.findings(Some(&portal()), 10_000).unwrap();
    for row in unmapped {
        let records: Vec<&str> = findings
            .iter()
            .filter(|one| one.code == "field-unmapped" && one.field == row.path)
            .map(|one| one.record.as_str())
            .collect();
        let distinct: BTreeSet<&&str> = records.iter().collect();
        assert_eq!(records.len(), distinct.len(), "{}", row.path);
        assert_eq!(
            u64::try_from(records.len()).unwrap(),
            row.records,
            "{}",
            row.path
        );
    }
}
