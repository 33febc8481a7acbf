//! What ugly records become.

use oxigraph::model::{NamedNodeRef, Triple};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

use super::{DATASETS, ORGANIZATIONS, describe, split};
use crate::finding::Code;
use crate::rdf::canon::canonicalise;
use crate::rdf::vocab::{dcat, dct, foaf, locn, skos, spdx, vcard};
use crate::record::{Base, Kind, PortalId};
use crate::source::{Context, Described, Rejected, Role};

const BASE: &str = "https://donnees.example.org/";

fn describe_with(
    collection: &str,
    record: &Value,
    language: Option<&str>,
    licence: Option<&str>,
) -> Result<Described, Rejected> {
    let (base, portal) = (Base::new(BASE).unwrap(), PortalId::new("p").unwrap());
    let root = Url::parse("https://portal.example/").unwrap();
    let context = Context { base: &base, portal: &portal, root: &root, language, licence };
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
        "tags": ["transport", "transport", " voirie "], "badges": [{"kind": "hvd"}],
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
    described.findings.iter().map(|finding| (finding.code, finding.field.as_str())).collect()
}

fn objects(described: &Described, property: NamedNodeRef<'_>) -> Vec<String> {
    triples(described).iter().filter(|t| t.predicate == property).map(|t| t.object.to_string()).collect()
}

fn triples(described: &Described) -> &[Triple] {
    described.parts[0].graph.triples()
}

#[test]
fn a_sound_record_has_no_findings() {
    let described = dataset(&whole());
    assert_eq!(codes(&described), []);
    let kinds: Vec<_> = described.parts.iter().map(|part| (part.id.kind, part.role)).collect();
    assert_eq!(
        kinds,
        [(Kind::Dataset, Role::Main), (Kind::Organization, Role::Mention), (Kind::Contact, Role::Mention)]
    );
    assert_eq!(objects(&described, dcat::KEYWORD), ["\"transport\"@fr", "\"voirie\"@fr"]);
    assert_eq!(described.parts[0].graph.iri().as_str(), "https://donnees.example.org/dataset/p/5f00000000000000000000d1");
}

#[test]
fn a_record_without_title_is_still_described() {
    let described = dataset(&changed("/title", Value::Null));
    assert!(objects(&described, dct::TITLE).iter().all(|title| title == "\"CSV\"@fr"));
    assert_eq!(objects(&described, dct::DESCRIPTION).len(), 1);
}

#[test]
fn broken_dates_are_left_out_and_named() {
    let mut record = changed("/last_modified", json!("hier"));
    record["temporal_coverage"] = json!({"start": "2022-01-01", "end": "2021-06-01"});
    record["resources"][0]["created_at"] = json!("2021-13-45");
    let described = dataset(&record);
    assert_eq!(
        codes(&described),
        [
            (Code::DateInvalid, "last_modified"),
            (Code::PeriodReversed, "temporal_coverage"),
            (Code::DateInvalid, "resources[0].created_at"),
        ]
    );
    assert_eq!(objects(&described, dcat::START_DATE).len(), 1);
    let dataset = described.parts[0].graph.iri();
    let modified: Vec<_> = described.parts[0].graph.objects(dataset, dct::MODIFIED).collect();
    assert!(modified[0].to_string().starts_with("\"2022-01-02"), "the internal date stands in: {modified:?}");
}

#[test]
fn a_period_of_unreadable_dates_is_no_period() {
    let described = dataset(&changed("/temporal_coverage", json!({"start": "toujours", "end": null})));
    assert_eq!(codes(&described), [(Code::DateInvalid, "temporal_coverage.start")]);
    assert!(objects(&described, dct::TEMPORAL).is_empty());
}

#[test]
fn addresses_are_repaired_or_replaced() {
    let described = dataset(&changed("/resources/0/url", json!("https://files.example/été 2024|v1.csv")));
    assert_eq!(codes(&described), [(Code::IriRepaired, "resources[0].url")]);
    assert_eq!(objects(&described, dcat::DOWNLOAD_URL), ["<https://files.example/été%202024%7Cv1.csv>"]);

    let mut record = changed("/resources/0/url", json!("javascript:alert(1)"));
    record["resources"][0]["latest"] = Value::Null;
    let described = dataset(&record);
    assert_eq!(
        codes(&described),
        [(Code::IriInvalid, "resources[0].url"), (Code::MissingProperty, "resources[0].url")]
    );
    assert_eq!(objects(&described, dcat::ACCESS_URL), ["<https://portal.example/datasets/comptages/>"]);
    assert!(objects(&described, dcat::DOWNLOAD_URL).is_empty());
}

#[test]
fn an_unknown_licence_is_handed_on_and_a_missing_one_assumed_only_if_configured() {
    let described = dataset(&changed("/license", json!("ma-licence")));
    assert_eq!(objects(&described, dct::LICENSE), ["\"ma-licence\""]);
    let none = changed("/license", json!("notspecified"));
    assert!(objects(&dataset(&none), dct::LICENSE).is_empty());
    let assumed = describe_with(DATASETS, &none, None, Some("lov2")).unwrap();
    assert_eq!(codes(&assumed), [(Code::LicenceAssumed, "license")]);
    assert_eq!(objects(&assumed, dct::LICENSE), ["\"lov2\""]);
}

#[test]
fn texts_are_kept_whole_whatever_is_in_them() {
    let script = "<script>alert(\"x\")</script>\n".repeat(110_000);
    let described = dataset(&changed("/description", json!(script)));
    assert!(script.len() > 3_000_000);
    assert_eq!(codes(&described), []);
    let described_text = triples(&described).iter().find(|t| t.predicate == dct::DESCRIPTION).unwrap();
    let oxigraph::model::Term::Literal(literal) = &described_text.object else { panic!("no literal") };
    assert_eq!(literal.value(), script.trim());
}

#[test]
fn a_geometry_that_is_none_goes_to_the_origin_graph() {
    let described = dataset(&changed("/spatial/geom", json!({"type": "Polygon", "coordinates": "partout"})));
    assert_eq!(codes(&described), [(Code::GeometryInvalid, "spatial.geom")]);
    assert!(objects(&described, locn::GEOMETRY).is_empty());
    assert_eq!(described.parts[0].graph.origin().len(), 1);
    assert_eq!(objects(&described, dct::SPATIAL), ["<http://id.insee.fr/geo/region/93>"]);
}

#[test]
fn a_checksum_that_is_none_goes_to_the_origin_graph() {
    for bad in ["xyz", "0123", "0123456789abcdef0123456789abcdeg"] {
        let described = dataset(&changed("/resources/0/checksum/value", json!(bad)));
        assert_eq!(codes(&described), [(Code::ChecksumInvalid, "resources[0].checksum")], "{bad}");
        assert!(objects(&described, spdx::CHECKSUM).is_empty());
        assert_eq!(described.parts[0].graph.origin().len(), 1);
    }
    let described = dataset(&changed("/resources/0/filesize", json!(-3)));
    assert_eq!(codes(&described), [(Code::NumberInvalid, "resources[0].filesize")]);
}

#[test]
fn resources_are_told_apart_by_what_they_are_not_by_position() {
    let mut record = whole();
    let first = record["resources"][0].clone();
    let mut anonymous = first.clone();
    anonymous["id"] = Value::Null;
    record["resources"] = json!([first, anonymous, first, anonymous]);
    let described = dataset(&record);
    assert_eq!(codes(&described), [(Code::DuplicateIdentifier, "resources[2].id")]);
    let mut turned = record.clone();
    turned["resources"].as_array_mut().unwrap().reverse();
    let sorted = |described: &Described| {
        let mut iris = objects(described, dcat::DISTRIBUTION);
        iris.sort();
        iris
    };
    let iris = sorted(&described);
    assert_eq!(iris.len(), 4);
    assert_eq!(iris, sorted(&dataset(&turned)));
}

#[test]
fn a_contact_in_two_roles_is_one_contact() {
    let contact = |role: &str| json!({"id": "c", "name": "Équipe", "email": "mailto:x@e.example", "role": role});
    let record = changed("/contact_points", json!([contact("contact"), contact("publisher"), contact("creator")]));
    let described = dataset(&record);
    let contacts: Vec<_> = described.parts.iter().filter(|part| part.id.kind == Kind::Contact).collect();
    assert_eq!(contacts.len(), 1);
    let said: Vec<_> = contacts[0].graph.triples().iter().map(|t| t.object.to_string()).collect();
    for expected in [vcard::KIND.to_string(), foaf::AGENT.to_string(), "<mailto:x@e.example>".to_owned()] {
        assert_eq!(said.iter().filter(|object| **object == expected).count(), 1, "{expected}: {said:?}");
    }
    assert_eq!(objects(&described, dct::CREATOR), ["<https://donnees.example.org/contact/p/c>"]);
    assert_eq!(objects(&described, dcat::HAD_ROLE).len(), 1);
}

#[test]
fn a_stub_says_of_a_field_what_the_full_record_says() {
    let full = json!({
        "id": "o", "name": "Ville", "acronym": "V", "page": "https://portal.example/o/", "logo": "https://l.example/a b.png",
        "badges": [{"kind": "local-authority"}]
    });
    let record = describe_with(ORGANIZATIONS, &full, Some("fr"), None).unwrap();
    let stub = dataset(&changed("/organization", full));
    let said = |described: &Described, part: usize| canonicalise(described.parts[part].graph.triples()).unwrap().text;
    assert_eq!(said(&record, 0), said(&stub, 1));
    assert_eq!(codes(&record), [(Code::IriRepaired, "logo")]);
    assert_eq!(codes(&stub), []);
}

#[test]
fn a_business_number_is_checked() {
    let of = |number: &str| {
        describe_with(ORGANIZATIONS, &json!({"id": "o", "name": "N", "business_number_id": number}), None, None).unwrap()
    };
    assert_eq!(codes(&of("21350328700012")), []);
    assert_eq!(codes(&of("21350328700013")), [(Code::IdentifierInvalid, "business_number_id")]);
    assert_eq!(of("21350328700013").parts[0].graph.origin().len(), 1);
}

#[test]
fn what_must_not_be_listed_is_not_described() {
    for (path, value) in [
        ("/private", json!(true)),
        ("/private", json!("yes")),
        ("/deleted", json!("2024-01-01")),
        ("/archived", json!("2024-01-01")),
    ] {
        let outcome = describe_with(DATASETS, &changed(path, value), None, None);
        assert!(matches!(outcome, Err(Rejected::Hidden(_))), "{path}");
    }
    let nameless = json!({"title": "T"});
    assert_eq!(describe_with(DATASETS, &nameless, None, None).unwrap_err(), Rejected::NoIdentifier);
    assert!(matches!(describe_with(DATASETS, &json!([]), None, None), Err(Rejected::Unreadable(_))));
}

#[test]
fn a_wrong_type_costs_one_field() {
    for path in ["/title", "/tags", "/resources/0/format", "/organization", "/spatial", "/harvest", "/frequency"] {
        let described = dataset(&changed(path, json!(3)));
        let field = path.trim_start_matches('/').replace("/0/", "[0].");
        assert_eq!(codes(&described), [(Code::FieldUnreadable, field.as_str())], "{path}");
        assert!(triples(&described).len() > 15, "{path}");
    }
}

#[test]
fn no_language_stated_means_no_tags() {
    let described = describe_with(DATASETS, &whole(), None, None).unwrap();
    assert_eq!(objects(&described, dcat::KEYWORD), ["\"transport\"", "\"voirie\""]);
    assert!(objects(&described, dct::LANGUAGE).is_empty());
    assert_eq!(objects(&described, skos::ALT_LABEL), ["\"CPT\""]);
}

/// Real answers of real portals, where they are at hand.
#[test]
fn shared_portal_files_convert() {
    let Some(folder) = std::env::var_os("MOISSON_SHARED") else { return };
    let folder = std::path::Path::new(&folder).join("portals/udata");
    let mut described = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let split = split(&std::fs::read(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!split.records.is_empty() || !split.skipped.is_empty(), "{}", path.display());
        for record in split.records {
            let value: Value = serde_json::from_slice(&record.payload).unwrap();
            match describe_with(record.collection, &value, Some("fr"), None) {
                Ok(result) => {
                    for part in result.parts {
                        canonicalise(part.graph.triples()).unwrap();
                        canonicalise(part.graph.origin()).unwrap();
                    }
                    described += 1;
                }
                Err(Rejected::Hidden(_)) => {}
                Err(error) => panic!("{} {}: {error}", path.display(), record.key),
            }
        }
    }
    assert!(described > 40, "{described}");
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,12}".prop_map(Value::from),
        "(https?://|fr:region:|10\\.)\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("(id|url|type|coordinates|value|name)", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Every place in a JSON value.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| places(item, &format!("{here}/{at}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(key, item)| places(item, &format!("{here}/{key}"), found));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn no_record_is_too_broken(changes in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..6)) {
        let mut record = whole();
        for (index, value) in changes {
            let mut found = Vec::new();
            places(&record, "", &mut found);
            let place = index.get(&found);
            if let Some(slot) = record.pointer_mut(place) {
                *slot = value;
            }
        }
        if let Ok(described) = describe_with(DATASETS, &record, Some("fr"), None) {
            for part in &described.parts {
                prop_assert!(canonicalise(part.graph.triples()).is_ok());
            }
            let again = describe_with(DATASETS, &record, Some("fr"), None).unwrap();
            prop_assert_eq!(triples(&described), triples(&again));
        }
        let _ = split(record.to_string().as_bytes());
        let _ = describe_with(ORGANIZATIONS, &record, None, None);
    }
}
