//! Resources: addresses, licences, checksums, identity.

use serde_json::{Value, json};

use super::*;

#[test]
fn addresses_are_repaired_or_replaced() {
    let described = dataset(&changed(
        "/resources/0/url",
        json!("https://files.example/été 2024|v1.csv"),
    ));
    assert_eq!(codes(&described), [(Code::IriRepaired, "resources[0].url")]);
    assert_eq!(
        objects(&described, dcat::DOWNLOAD_URL),
        ["<https://files.example/été%202024%7Cv1.csv>"]
    );

    let mut record = changed("/resources/0/url", json!("javascript:alert(1)"));
    record["resources"][0]["latest"] = Value::Null;
    let described = dataset(&record);
    assert_eq!(
        codes(&described),
        [
            (Code::IriInvalid, "resources[0].url"),
            (Code::MissingProperty, "resources[0].url")
        ]
    );
    assert_eq!(
        objects(&described, dcat::ACCESS_URL),
        ["<https://portal.example/datasets/comptages/>"]
    );
    assert!(objects(&described, dcat::DOWNLOAD_URL).is_empty());
}

#[test]
fn the_address_of_what_is_no_file_is_an_access_address() {
    let mut record = whole();
    for (field, value) in [
        ("format", "ogc:wfs"),
        ("type", "api"),
        ("type", "documentation"),
        ("url", "mailto:x@e.example"),
    ] {
        record["resources"][0] = whole()["resources"][0].clone();
        record["resources"][0][field] = json!(value);
        let described = dataset(&record);
        assert_eq!(
            objects(&described, dcat::ACCESS_URL).len(),
            2,
            "{field} {value}"
        );
        assert!(
            objects(&described, dcat::DOWNLOAD_URL).is_empty(),
            "{field} {value}"
        );
        let pages = usize::from(value == "documentation");
        assert_eq!(
            objects(&described, foaf::PAGE).len(),
            pages,
            "{field} {value}"
        );
    }
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
fn a_checksum_that_is_none_goes_to_the_origin_graph() {
    for bad in ["xyz", "0123", "0123456789abcdef0123456789abcdeg"] {
        let described = dataset(&changed("/resources/0/checksum/value", json!(bad)));
        assert_eq!(
            codes(&described),
            [(Code::ChecksumInvalid, "resources[0].checksum")],
            "{bad}"
        );
        assert!(objects(&described, spdx::CHECKSUM).is_empty());
        assert_eq!(described.parts[0].graph.origin().len(), 1);
    }
    let described = dataset(&changed("/resources/0/filesize", json!(-3)));
    assert_eq!(
        codes(&described),
        [(Code::NumberInvalid, "resources[0].filesize")]
    );
}

#[test]
fn resources_are_told_apart_by_what_they_are_not_by_position() {
    let mut record = whole();
    let first = record["resources"][0].clone();
    let mut anonymous = first.clone();
    anonymous["id"] = Value::Null;
    record["resources"] = json!([first, anonymous, first, anonymous]);
    let described = dataset(&record);
    assert_eq!(
        codes(&described),
        [
            (Code::DuplicateIdentifier, "resources[1].url"),
            (Code::DuplicateIdentifier, "resources[2].id"),
            (Code::DuplicateIdentifier, "resources[2].url"),
            (Code::DuplicateIdentifier, "resources[3].url"),
        ]
    );
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
fn a_licence_that_the_harvester_kept_comes_before_the_one_assumed() {
    let mut record = changed("/license", json!("notspecified"));
    record["resources"][0]["extras"] = json!({"dcat": {"license": "Licence propre"}});
    let described = describe_with(DATASETS, &record, None, Some("lov2")).unwrap();
    assert_eq!(codes(&described), []);
    assert_eq!(objects(&described, dct::LICENSE), ["\"Licence propre\""]);
    record["extras"] = json!({"dcat": {"license": ["Licence du jeu"]}});
    let described = describe_with(DATASETS, &record, None, Some("lov2")).unwrap();
    assert_eq!(objects(&described, dct::LICENSE), ["\"Licence du jeu\""]);
    record["extras"] = json!({"dcat": {"license": "https://licences.example.org/jeu"}});
    let described = describe_with(DATASETS, &record, None, Some("lov2")).unwrap();
    assert_eq!(
        objects(&described, dct::LICENSE),
        ["<https://licences.example.org/jeu>"]
    );
}

#[test]
fn what_the_robot_found_stands_in_for_what_is_not_stated() {
    let mut record = whole();
    let found = json!({
        "analysis:content-length": 77,
        "analysis:checksum": "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    });
    record["resources"][0]["extras"] = found;
    let stated = dataset(&record);
    assert_eq!(triples(&stated), triples(&dataset(&whole())));
    record["resources"][0]["filesize"] = Value::Null;
    record["resources"][0]["checksum"] = Value::Null;
    let described = dataset(&record);
    assert!(objects(&described, dcat::BYTE_SIZE)[0].starts_with("\"77\""));
    assert_eq!(objects(&described, spdx::ALGORITHM), ["\"sha1\""]);
}

#[test]
fn layers_of_one_service_share_it() {
    let mut record = whole();
    let layer = |id: &str, url: &str| json!({"id": id, "title": id, "format": "wms", "url": url});
    record["resources"] = json!([
        layer("a", "https://geo.example/wms?service=WMS&layers=a"),
        layer("b", "https://geo.example/wms?REQUEST=GetCapabilities"),
        layer("c", "https://geo.example/other"),
        layer("d", "mailto:x@geo.example"),
    ]);
    let described = dataset(&record);
    let services: Vec<_> = described
        .parts
        .iter()
        .filter(|part| part.id.kind == Kind::Service)
        .collect();
    assert_eq!(services.len(), 2);
    let led: std::collections::HashSet<_> = objects(&described, dcat::ACCESS_SERVICE)
        .into_iter()
        .collect();
    assert_eq!(led.len(), 2);
    for service in services {
        assert!(led.contains(&service.graph.iri().to_string()));
        // Six of the service, and five of the record that says that it was derived.
        assert_eq!(service.graph.triples().len(), 11);
    }
}
