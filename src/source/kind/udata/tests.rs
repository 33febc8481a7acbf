//! What ugly records become.

mod agent;
mod collections;
mod dataset;
mod resource;
mod robust;

use oxigraph::model::{NamedNodeRef, Term, Triple};
use serde_json::{Value, json};
use url::Url;

use super::{DATASETS, ORGANIZATIONS, describe, split};
use crate::finding::Code;
use crate::rdf::canon::canonicalise;
use crate::rdf::vocab::{dcat, dct, foaf, locn, skos, spdx, vcard};
use crate::record::{Base, Kind, PortalId, Reference};
use crate::source::contract::{Context, Described, Rejected, Role};

const BASE: &str = "https://donnees.example.org/";

fn describe_with(
    collection: &str,
    record: &Value,
    language: Option<&str>,
    licence: Option<&str>,
) -> Result<Described, Rejected> {
    let (base, portal) = (Base::new(BASE).unwrap(), PortalId::new("p").unwrap());
    let root = Url::parse("https://portal.example/").unwrap();
    let context = Context {
        base: &base,
        portal: &portal,
        root: &root,
        language,
        licence,
        vocabularies: crate::vocabulary::Vocabularies::builtin(),
        former: crate::record::Former::NONE,
    };
    describe(collection, record.to_string().as_bytes(), &context)
}

fn dataset(record: &Value) -> Described {
    describe_with(DATASETS, record, Some("fr"), None).unwrap()
}

/// A dataset with everything, to be broken.
fn whole() -> Value {
    json!({
        "id": "5f00000000000000000000d1", "title": "Comptages", "acronym": "CPT", "description": "# Texte",
        "uri": "https://portal.example/api/1/datasets/5f00000000000000000000d1/",
        "page": "https://portal.example/datasets/comptages/",
        "tags": ["transport", " voirie "], "badges": [{"kind": "hvd"}],
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai", "badges": [{"kind": "local-authority"}]},
        "owner": null,
        "contact_points": [{"id": "5f00000000000000000000c1", "name": "Équipe", "email": "x@e.example", "role": "contact"}],
        "license": "lov2", "frequency": "annual", "access_type": "open",
        "temporal_coverage": {"start": "2020-01-01", "end": "2021-01-01"},
        "spatial": {"zones": ["fr:region:93"], "geom": {"type": "Point", "coordinates": [2.0, 48.0]}},
        "harvest": {"uri": "https://source.example/d1", "remote_id": "d1", "remote_url": "https://source.example/d1.html"},
        "schema": {"name": "owner/schema", "url": null},
        "created_at": "2020-01-02T03:04:05+00:00", "last_modified": "2021-01-02T03:04:05+00:00",
        "internal": {"last_modified_internal": "2022-01-02T03:04:05+00:00"},
        "private": false, "archived": null, "deleted": null,
        "resources": [{
            "id": "5f000000-0000-0000-0000-0000000000e1", "title": "CSV", "type": "main", "filetype": "file",
            "format": "csv", "mime": "text/csv", "url": "https://files.example/a.csv",
            "latest": "https://portal.example/datasets/r/5f000000-0000-0000-0000-0000000000e1",
            "filesize": 12, "checksum": {"type": "md5", "value": "0123456789abcdef0123456789abcdef"},
            "created_at": "2020-01-02T03:04:05+00:00", "last_modified": "2021-01-02T03:04:05+00:00"
        }]
    })
}

fn changed(path: &str, value: Value) -> Value {
    let mut record = whole();
    *record.pointer_mut(path).unwrap() = value;
    record
}

fn codes(described: &Described) -> Vec<(Code, &str)> {
    described
        .findings
        .iter()
        .map(|finding| (finding.code, finding.field.as_str()))
        .collect()
}

/// The objects of a property; of a reference the record that it is likely to be.
fn objects(described: &Described, property: NamedNodeRef<'_>) -> Vec<String> {
    let base = Base::new("https://donnees.example.org/").unwrap();
    let likely = |object: &Term| match object {
        Term::NamedNode(node) => Reference::read(node.as_str()).map(|one| one.guess(&base).into()),
        _ => None,
    };
    triples(described)
        .iter()
        .filter(|t| t.predicate == property)
        .map(|t| {
            likely(&t.object)
                .unwrap_or_else(|| t.object.clone())
                .to_string()
        })
        .collect()
}

fn triples(described: &Described) -> &[Triple] {
    described.parts[0].graph.triples()
}
