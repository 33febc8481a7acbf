//! The elements of ISO 19139 and 19115-3.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as File;

use moisson::config::PortalKind;
use moisson::source::{self};
use roxmltree::Document;

use super::known::{Survey, Verdict};
use super::path::Path;
use super::table::Tables;
use super::walk::Held;
use super::{picture, xml};
use crate::support::{shared, with_context};

const RECORDS: &str = "records";

fn tables() -> Tables {
    Tables::of_module("source/kind/csw/iso", &[RECORDS])
}

/// A record and where it was found.
struct Met {
    text: String,
    place: String,
}

/// The ISO records of a file; none of one that is no XML that is read, or holds none.
fn records(body: &[u8], place: &str) -> Vec<Met> {
    let split = (source::of(PortalKind::Csw).split)(body, None);
    let raws = split.map(|split| split.records).unwrap_or_default();
    let iso = raws.into_iter().filter(|raw| raw.collection == RECORDS);
    iso.map(|raw| Met {
        text: String::from_utf8(raw.payload).unwrap(),
        place: place.to_owned(),
    })
    .filter(|met| met.text.contains("MD_Metadata") || met.text.contains("MI_Metadata"))
    .collect()
}

fn golden() -> Vec<Met> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/csw");
    let mut met = Vec::new();
    for case in std::fs::read_dir(folder).unwrap() {
        let case = case.unwrap();
        let place = case.file_name().to_string_lossy().into_owned();
        met.extend(records(
            &std::fs::read(case.path().join("record.xml")).unwrap(),
            &place,
        ));
    }
    met
}

/// The records of other people's portals, where they are at hand.
fn shared() -> Vec<Met> {
    let files = shared::files(&["portals/csw", "suites/iso19139"]);
    let met = files.iter().map(|file| records(&file.body, &file.name));
    met.flatten().collect()
}

/// The records of the sample portal.
fn sample() -> Vec<Met> {
    let folder = File::new(env!("CARGO_MANIFEST_DIR")).join("data/csw");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path());
    files
        .flat_map(|file| records(&std::fs::read(&file).unwrap(), &file.to_string_lossy()))
        .collect()
}

fn forgotten(met: &[Met], tables: &Tables) -> Vec<String> {
    let mut survey = Survey::new(tables);
    for Met { text, place } in met {
        // One that is no XML is turned down: nothing of it is described.
        let Ok(document) = Document::parse(text) else {
            continue;
        };
        survey.look(RECORDS, xml::values(&document), place);
    }
    survey.forgotten()
}

#[test]
fn the_tables_of_iso_records_are_sound() {
    assert_eq!(tables().faults, [""; 0]);
}

#[test]
fn no_element_of_our_own_records_is_forgotten() {
    let tables = tables();
    let met: Vec<_> = golden().into_iter().chain(sample()).collect();
    assert_eq!(forgotten(&met, &tables), [""; 0]);
}

#[test]
fn no_element_of_other_peoples_records_is_forgotten() {
    assert_eq!(forgotten(&shared(), &tables()), [""; 0]);
}

/// What a record becomes; `None` where it is rejected.
fn described(text: &str) -> Option<BTreeSet<String>> {
    let describe = source::of(PortalKind::Csw).describe;
    let root = "https://portail.example.org/csw/";
    let described = with_context(root, None, |context| {
        describe(RECORDS, text.as_bytes(), context)
    });
    described
        .ok()
        .map(|described| picture::lines(&described.parts))
}

/// The record without what stands at each of its paths, one path after the other.
fn without(text: &str) -> BTreeMap<Path, String> {
    let document = Document::parse(text).unwrap();
    let mut ranges: BTreeMap<Path, Vec<std::ops::Range<usize>>> = BTreeMap::new();
    for place in xml::places(&document) {
        if let Held::Something(_) = place.found.held {
            ranges
                .entry(place.found.path)
                .or_default()
                .push(place.range);
        }
    }
    ranges
        .into_iter()
        .map(|(path, mut ranges)| {
            ranges.sort_by_key(|range| std::cmp::Reverse(range.start));
            ranges.dedup();
            let mut changed = text.to_owned();
            let mut end = text.len() + 1;
            for range in ranges {
                // What is inside something taken out goes with it.
                if range.end <= end {
                    end = range.start;
                    changed.replace_range(range, "");
                }
            }
            (path, changed)
        })
        .collect()
}

#[test]
fn each_mapped_element_does_something_and_no_other_does() {
    let tables = tables();
    let mut rows = BTreeMap::new();
    tables.mapping(RECORDS, &mut rows);
    let mut hidden: BTreeSet<String> = rows.into_keys().collect();
    let mut idle = Vec::new();
    for Met { text, place, .. } in golden() {
        let Some(before) = described(&text) else {
            continue;
        };
        for (path, changed) in without(&text) {
            let shows = described(&changed).is_none_or(|after| after != before);
            match tables.judge(RECORDS, &path) {
                Verdict::Mapped(rows) if shows => {
                    for row in rows {
                        hidden.remove(&row.name());
                    }
                }
                Verdict::LeftOut(row) if shows => {
                    idle.push(format!(
                        "{place}: {path} is left out ({}) and does something",
                        row.place
                    ));
                }
                _ => {}
            }
        }
    }
    assert_eq!(idle, [""; 0]);
    let hidden: Vec<_> = hidden.into_iter().collect();
    assert!(
        hidden.is_empty(),
        "mapped, and no golden case shows it:\n{}",
        hidden.join("\n")
    );
}

#[test]
fn every_shared_record_says_what_it_holds() {
    for Met { text, place, .. } in shared() {
        // Of one that is no XML whatever can be read is described.
        let Ok(document) = Document::parse(&text) else {
            continue;
        };
        // A line has a resource with all of its blank nodes, and of some lists only the names count.
        let values = xml::values(&document).len();
        let lines = described(&text).map_or(0, |lines| lines.len());
        assert!(
            10 * lines > values,
            "{place}: {lines} lines of {values} values"
        );
    }
}
