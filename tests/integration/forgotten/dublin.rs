//! The elements of Dublin Core records (csw:Record).

use std::path::Path as File;

use moisson::config::PortalKind;
use moisson::source;
use roxmltree::{Document, Node};

use super::known::Survey;
use super::path::Path;
use super::table::Tables;
use super::walk::{Found, Held};

const SHAPE: &str = "csw:Record";

fn tables() -> Tables {
    Tables::of_module("source/csw/dublin", &[SHAPE])
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

/// The paths of the Dublin Core records in the files of a folder that no row of the tables covers.
fn forgotten(folder: &File, least: usize) -> Vec<String> {
    let (tables, mut met) = (tables(), 0);
    let mut survey = Survey::new(&tables);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let place = path.file_name().unwrap().to_string_lossy().into_owned();
        let file = if path.is_dir() {
            path.join("record.xml")
        } else {
            path
        };
        let Ok(split) =
            (source::of(PortalKind::Csw).split)(&std::fs::read(file).unwrap_or_default())
        else {
            continue;
        };
        for record in split.records {
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
            survey.look(SHAPE, values, &place);
        }
    }
    assert!(met >= least, "{met}");
    survey.forgotten()
}

#[test]
fn no_element_of_dublin_core_is_forgotten() {
    assert_eq!(tables().faults, [""; 0]);
    let golden = File::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/csw");
    assert_eq!(forgotten(&golden, 1), [""; 0]);
    if let Some(shared) = std::env::var_os("MOISSON_SHARED") {
        assert_eq!(
            forgotten(&File::new(&shared).join("portals/csw"), 200),
            [""; 0]
        );
    }
}
