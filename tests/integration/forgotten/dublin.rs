//! The elements of Dublin Core records (csw:Record).

use std::path::Path as File;

use moisson::config::PortalKind;
use moisson::source;
use roxmltree::{Document, Node};

use super::known::Survey;
use super::path::Path;
use super::table::Tables;
use super::walk::{Found, Held};
use crate::support::shared;

const SHAPE: &str = "csw:Record";

fn tables() -> Tables {
    Tables::of_module("source/kind/csw/dublin", &[SHAPE])
}

/// The values of an element and of what is in it.
fn walk(node: Node<'_, '_>, path: &Path, values: &mut Vec<Found>) {
    let texts = node.text().into_iter().map(|text| (path.clone(), text));
    let attributes = node
        .attributes()
        .map(|it| (path.field(&format!("@{}", it.name())), it.value()));
    for (path, value) in texts.chain(attributes) {
        if !value.trim().is_empty() {
            let held = Held::Something(value.chars().take(60).collect());
            values.push(Found { path, held });
        }
    }
    for child in node.children().filter(Node::is_element) {
        walk(child, &path.field(child.tag_name().name()), values);
    }
}

/// Looks at the Dublin Core records in a file; says how many there are.
fn survey(survey: &mut Survey<'_>, body: &[u8], place: &str) -> usize {
    let mut met = 0;
    let split = (source::of(PortalKind::Csw).split)(body, None);
    for record in split.unwrap_or_default().records {
        let text = String::from_utf8(record.payload).unwrap();
        let Ok(document) = Document::parse(&text) else {
            continue;
        };
        if document.root_element().tag_name().name() != "Record" {
            continue;
        }
        met += 1;
        let mut values = Vec::new();
        for child in document.root_element().children().filter(Node::is_element) {
            let path = Path::default().field(child.tag_name().name()).item();
            walk(child, &path, &mut values);
        }
        survey.look(SHAPE, values, place);
    }
    met
}

#[test]
fn no_element_of_dublin_core_is_forgotten() {
    let tables = tables();
    assert_eq!(tables.faults, [""; 0]);
    let mut seen = Survey::new(&tables);
    let golden = File::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/csw");
    let mut met = 0;
    for case in std::fs::read_dir(golden).unwrap() {
        let case = case.unwrap().path();
        let body = std::fs::read(case.join("record.xml")).unwrap();
        met += survey(&mut seen, &body, &case.to_string_lossy());
    }
    assert!(met > 0);
    for file in shared::files(&["portals/csw"]) {
        survey(&mut seen, &file.body, &file.name);
    }
    assert_eq!(seen.forgotten(), [""; 0]);
}
