//! What a file of somebody's portal holds, by a look that shares nothing with the code under test.
//!
//! It is simple on purpose: objects that have a name and what only a record has; elements of these
//! names; resources of these classes. So it counts what is surely a record (`least`), and what might be
//! one (`most`): between the two, who splits the file may see more than the look does.

mod rdf;

use moisson::config::PortalKind;
use roxmltree::{Document, Node};
use serde_json::{Map, Value};

/// How many records a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) least: usize,
    pub(super) most: usize,
}

impl Look {
    fn exactly(count: usize) -> Self {
        Self {
            least: count,
            most: count,
        }
    }
}

/// Looks into a file of a kind of portal; `None` where it cannot be read at all, by anybody.
pub(super) fn look(kind: PortalKind, body: &[u8]) -> Option<Look> {
    match kind {
        PortalKind::Csw => records_of_xml(body),
        PortalKind::Dcat => rdf::look(body),
        _ => {
            let text = String::from_utf8_lossy(body);
            let text = text.trim_start_matches('\u{feff}');
            let whole: Value = serde_json::from_str(text).ok()?;
            let mut found = Look { least: 0, most: 0 };
            objects(&shape(kind), &whole, &mut found);
            Some(found)
        }
    }
}

type Object = Map<String, Value>;

/// How the records of an API look.
struct Shape {
    /// Fields of which a record has one.
    names: &'static [&'static str],
    /// Whether this is a record for sure.
    is_record: fn(&Object) -> bool,
    /// Fields that no record has.
    foreign: &'static [&'static str],
}

fn is_list(object: &Object, name: &str) -> bool {
    object.get(name).is_some_and(Value::is_array)
}

fn has_all(object: &Object, names: &[&str]) -> bool {
    names.iter().all(|name| object.contains_key(*name))
}

fn shape(kind: PortalKind) -> Shape {
    match kind {
        PortalKind::Udata => Shape {
            names: &["id"],
            is_record: |it| {
                is_list(it, "resources") && it.contains_key("title")
                    || has_all(it, &["name", "members"])
                    || has_all(it, &["title", "base_api_url"])
                    || has_all(it, &["subject", "discussion"])
                    || has_all(it, &["dataset", "filetype", "url"])
                    || has_all(it, &["backend", "url"])
                    || has_all(it, &["name", "elements"])
            },
            foreign: &[
                "geometry",
                "features",
                "alternate_titles",
                "headline",
                "feed_size",
            ],
        },
        PortalKind::Ckan => Shape {
            names: &["id", "name"],
            is_record: |it| {
                is_list(it, "resources") || it.get("is_organization") == Some(&Value::Bool(true))
            },
            foreign: &[
                "od_conformance",
                "is_okd_compliant",
                "package_id",
                "vocabulary_id",
            ],
        },
        PortalKind::Ods => Shape {
            names: &["dataset_id", "datasetid", "dataset_uid"],
            is_record: |it| it.get("metas").is_some_and(Value::is_object),
            foreign: &[],
        },
        _ => Shape {
            names: &["datagouv_id", "id"],
            is_record: |it| has_all(it, &["datagouv_id", "title"]),
            foreign: &["errors", "siren"],
        },
    }
}

/// What answers and dumps have around records.
const AROUND: [&str; 14] = [
    "result",
    "results",
    "data",
    "dataset",
    "datasets",
    "organization",
    "organizations",
    "reuses",
    "dataservices",
    "discussions",
    "topics",
    "community_resources",
    "harvest_sources",
    "packages",
];

fn objects(shape: &Shape, value: &Value, found: &mut Look) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(shape, item, found)),
        Value::Object(object) => {
            let is_named = shape.names.iter().any(|name| {
                let name = object.get(*name);
                name.is_some_and(|name| name.is_string() || name.is_number())
            });
            let is_record = (shape.is_record)(object);
            if is_named || is_record {
                let is_other = shape.foreign.iter().any(|name| object.contains_key(*name))
                    || object.get("is_organization") == Some(&Value::Bool(false));
                found.least += usize::from(is_named && is_record && !is_other);
                found.most += usize::from(!is_other || is_record);
                return;
            }
            for name in AROUND {
                if let Some(inner) = object.get(name) {
                    objects(shape, inner, found);
                }
            }
        }
        _ => {}
    }
}

/// The text of a file, whatever it is encoded in.
pub(super) fn text(body: &[u8]) -> String {
    let text = match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => body.iter().copied().map(char::from).collect(),
    };
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}

/// Elements that are records of a catalogue.
const RECORDS: [&str; 6] = [
    "MD_Metadata",
    "MI_Metadata",
    "Record",
    "SummaryRecord",
    "BriefRecord",
    "RDF",
];

fn records_of_xml(body: &[u8]) -> Option<Look> {
    let text = text(body);
    if !text.starts_with('<') {
        return Some(Look::exactly(0));
    }
    let document = Document::parse(&text).ok()?;
    Some(Look::exactly(records_in(document.root_element())))
}

fn records_in(node: Node<'_, '_>) -> usize {
    if RECORDS.contains(&node.tag_name().name()) {
        return 1;
    }
    let inner = node.children().filter(Node::is_element);
    inner.map(records_in).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(kind: PortalKind, body: &str) -> Option<(usize, usize)> {
        look(kind, body.as_bytes()).map(|look| (look.least, look.most))
    }

    #[test]
    fn records_are_told_from_what_is_none() {
        use PortalKind::{Ckan, Ods, Transport, Udata};
        for (kind, body, expected) in [
            (
                Udata,
                r#"{"data": [{"id": "d", "title": "T", "resources": []}]}"#,
                (1, 1),
            ),
            (
                Udata,
                r#"{"datasets": [{"dataset": {"id": "d"}, "resources": [{"id": "r"}]}]}"#,
                (0, 1),
            ),
            (
                Udata,
                r#"{"status": 404, "data": {"message": "no"}}"#,
                (0, 0),
            ),
            (Udata, r#"[{"id": "fr:1", "geometry": {}}]"#, (0, 0)),
            (
                Ckan,
                r#"{"result": {"results": [{"id": "p", "resources": []}]}}"#,
                (1, 1),
            ),
            (
                Ckan,
                r#"{"result": [{"name": "o", "is_organization": true}]}"#,
                (1, 1),
            ),
            (
                Ckan,
                r#"[{"id": "g", "is_organization": false}, {"id": "cc", "od_conformance": ""}]"#,
                (0, 0),
            ),
            (
                Ods,
                r#"{"datasets": [{"dataset": {"dataset_id": "d", "metas": {}}}]}"#,
                (1, 1),
            ),
            (Ods, r#"{"facets": [{"name": "theme"}]}"#, (0, 0)),
            (
                Transport,
                r#"[{"datagouv_id": "d", "title": "T"}, {"errors": "no"}]"#,
                (1, 1),
            ),
        ] {
            assert_eq!(counts(kind, body), Some(expected), "{body}");
        }
        assert_eq!(counts(Ckan, "<html>"), None);
    }

    #[test]
    fn elements_are_counted_once_and_not_within_each_other() {
        let csw = |body: &str| counts(PortalKind::Csw, body);
        let twice = "<a><MD_Metadata><Record/></MD_Metadata><b><Record/></b></a>";
        assert_eq!(csw(twice), Some((2, 2)));
        assert_eq!(csw("<Capabilities/>"), Some((0, 0)));
        assert_eq!(csw("{}"), Some((0, 0)));
        assert_eq!(csw("<a><Record></a>"), None);
    }
}
