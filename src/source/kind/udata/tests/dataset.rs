//! Datasets: texts, dates, places.

use serde_json::{Value, json};

use super::*;

#[test]
fn a_sound_record_has_no_findings() {
    let described = dataset(&whole());
    assert_eq!(codes(&described), []);
    let kinds: Vec<_> = described
        .parts
        .iter()
        .map(|part| (part.id.kind, part.role))
        .collect();
    assert_eq!(
        kinds,
        [
            (Kind::Dataset, Role::Main),
            (Kind::Organization, Role::Mention),
            (Kind::Contact, Role::Mention)
        ]
    );
    assert_eq!(
        objects(&described, dcat::KEYWORD),
        ["\"transport\"@fr", "\"voirie\"@fr"]
    );
    assert_eq!(
        described.parts[0].graph.iri().as_str(),
        "https://donnees.example.org/dataset/p/5f00000000000000000000d1"
    );
}

#[test]
fn a_record_without_title_is_still_described() {
    let described = dataset(&changed("/title", Value::Null));
    assert!(
        objects(&described, dct::TITLE)
            .iter()
            .all(|title| title == "\"CSV\"@fr")
    );
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
    let modified: Vec<_> = described.parts[0]
        .graph
        .objects(dataset, dct::MODIFIED)
        .collect();
    assert!(
        modified[0].to_string().starts_with("\"2022-01-02"),
        "the internal date stands in: {modified:?}"
    );
}

#[test]
fn a_period_of_unreadable_dates_keeps_its_words_and_has_no_dates() {
    let unreadable = [(Code::DateInvalid, "temporal_coverage.start")];
    let of = |start: &str| {
        let period = json!({"start": start, "end": null});
        dataset(&changed("/temporal_coverage", period))
    };
    let described = of("toujours");
    assert_eq!(codes(&described), unreadable);
    assert_eq!(objects(&described, dct::TEMPORAL).len(), 1);
    let all = triples(&described);
    let is = |property: &str, value: &str| {
        let mut all = all.iter();
        all.any(|t| {
            t.predicate.as_str().ends_with(property) && t.object.to_string().contains(value)
        })
    };
    assert!(is("#label", "toujours"));
    assert!(!is("startDate", "") && !is("endDate", ""));
    // A number that is no date names nothing.
    let described = of("2021-13-45");
    assert_eq!(codes(&described), unreadable);
    assert!(objects(&described, dct::TEMPORAL).is_empty());
}

#[test]
fn texts_are_kept_whole_whatever_is_in_them() {
    let script = "<script>alert(\"x\")</script>\n".repeat(37_000);
    let described = dataset(&changed("/description", json!(script)));
    assert!(script.len() > 1_000_000);
    assert_eq!(codes(&described), [(Code::MarkupFound, "description")]);
    let described_text = triples(&described)
        .iter()
        .find(|t| t.predicate == dct::DESCRIPTION)
        .unwrap();
    let Term::Literal(literal) = &described_text.object else {
        panic!("no literal")
    };
    assert_eq!(literal.value(), script.trim());
}

#[test]
fn of_tags_that_differ_in_case_and_space_the_first_is_kept() {
    let described = dataset(&changed(
        "/tags",
        json!([
            "Point de vue",
            " point  de VUE ",
            "",
            "eau",
            "Eau",
            "château",
            "chateau"
        ]),
    ));
    assert_eq!(codes(&described), [(Code::TextCleaned, "tags")]);
    let mut keywords = objects(&described, dcat::KEYWORD);
    keywords.sort();
    let expected = ["Point de vue", "chateau", "château", "eau"];
    assert_eq!(keywords, expected.map(|tag| format!("\"{tag}\"@fr")));
}

#[test]
fn a_geometry_that_is_none_goes_to_the_origin_graph() {
    let described = dataset(&changed(
        "/spatial/geom",
        json!({"type": "Polygon", "coordinates": "partout"}),
    ));
    assert_eq!(codes(&described), [(Code::GeometryInvalid, "spatial.geom")]);
    assert!(objects(&described, locn::GEOMETRY).is_empty());
    assert_eq!(described.parts[0].graph.origin().len(), 1);
    assert_eq!(
        objects(&described, dct::SPATIAL),
        ["<http://id.insee.fr/geo/region/93>"]
    );
}

#[test]
fn no_language_stated_means_no_tags() {
    let described = describe_with(DATASETS, &whole(), None, None).unwrap();
    assert_eq!(
        objects(&described, dcat::KEYWORD),
        ["\"transport\"", "\"voirie\""]
    );
    assert!(objects(&described, dct::LANGUAGE).is_empty());
    assert_eq!(objects(&described, skos::ALT_LABEL), ["\"CPT\""]);
}

#[test]
fn a_drawn_place_is_in_both_encodings() {
    let described = dataset(&whole());
    let mut geometries = objects(&described, locn::GEOMETRY);
    geometries.sort();
    assert_eq!(
        geometries,
        [
            r#""POINT(2 48)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>"#,
            r#""{\"coordinates\":[2.0,48.0],\"type\":\"Point\"}"^^<http://www.opengis.net/ont/geosparql#geoJSONLiteral>"#,
        ]
    );
    let most = triples(&described)
        .iter()
        .filter(|t| t.predicate == locn::GEOMETRY)
        .map(|t| &t.subject)
        .collect::<std::collections::HashSet<_>>();
    assert_eq!(most.len(), 2, "one geometry a location");
}

#[test]
fn codes_that_nobody_knows_are_kept_and_named() {
    let mut record = whole();
    record["access_type_reason_category"] = json!("l311-6-2");
    record["access_audiences"] = json!([{"role": "private", "condition": "maybe"}]);
    record["spatial"]["granularity"] = json!("quartier");
    let described = dataset(&record);
    assert_eq!(
        codes(&described),
        [
            (Code::ValueUnknown, "spatial.granularity"),
            (Code::ValueUnknown, "access_type_reason_category"),
            (Code::ValueUnknown, "access_audiences[0].condition"),
        ]
    );
    for kept in ["\"l311-6-2\"", "\"private/maybe\"", "\"quartier\""] {
        let said = triples(&described).iter();
        assert_eq!(
            said.filter(|t| t.object.to_string() == kept).count(),
            1,
            "{kept}"
        );
    }
}

#[test]
fn measurements_are_no_part_of_the_description() {
    let mut measured = whole();
    measured["metrics"] = json!({"views": 7, "followers": "many"});
    measured["quality"] = json!({"score": 0.5});
    measured["resources"][0]["extras"] = json!({"check:status": 404});
    let (plain, described) = (dataset(&whole()), dataset(&measured));
    assert_eq!(triples(&plain), triples(&described));
    assert_eq!(plain.parts[0].graph.quality().len(), 0);
    assert_eq!(described.parts[0].graph.quality().len(), 3 * 4);
    assert_eq!(
        codes(&described),
        [(Code::FieldUnreadable, "metrics.followers")]
    );
}

#[test]
fn what_the_harvested_portal_says_comes_before_what_the_portal_assumes() {
    let mut record = whole();
    record["harvest"]["modified_at"] = json!("2019-05-06");
    record["harvest"]["source_id"] = json!("5f00000000000000000000f1");
    let described = dataset(&record);
    let iri = described.parts[0].graph.iri();
    let modified: Vec<_> = described.parts[0]
        .graph
        .objects(iri, dct::MODIFIED)
        .collect();
    assert_eq!(modified.len(), 1);
    assert!(modified[0].to_string().starts_with("\"2019-05-06\""));
    assert_eq!(
        objects(&described, crate::rdf::vocab::prov::HAD_PRIMARY_SOURCE),
        ["<https://donnees.example.org/origin/p/5f00000000000000000000f1>"]
    );
}
