use super::*;
use crate::rdf::vocab::{dcatap, dqv, prov, rdf, rdfs};

pub(super) fn whole() -> Value {
    json!({
        "id": "5f00000000000000000000b1", "title": "API Comptages", "acronym": "APIC", "description": "Une *API*.",
        "base_api_url": "https://api.example/v1",
        "machine_documentation_url": "https://api.example/openapi.json",
        "technical_documentation_url": "https://api.example/doc",
        "business_documentation_url": "https://api.example/metier",
        "self_web_url": "https://portal.example/dataservices/comptages/",
        "self_api_url": "https://portal.example/api/1/dataservices/comptages/",
        "rate_limiting": "30 requêtes par minute", "rate_limiting_url": "https://api.example/limites",
        "availability": 99.5, "availability_url": "https://api.example/etat",
        "format": "REST", "license": "lov2", "access_type": "restricted", "access_type_reason": "Secret",
        "access_audiences": [{"role": "private", "condition": "no"}],
        "access_type_reason_category": "confidentiality_of_personal_data", "authorization_request_url": "https://api.example/demande",
        "tags": ["comptages", "Hvd"], "badges": [{"kind": "certified"}],
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"},
        "contact_points": [{"id": "c", "name": "Équipe", "email": "x@e.example", "role": "contact"}],
        "datasets": [{"class": "Dataset", "id": "d"}],
        "harvest": {"uri": "https://source.example/s1", "remote_id": "s1", "remote_url": "https://source.example/s1.html",
            "source_id": "h", "backend": "dcat", "source_url": "https://source.example/catalog.ttl",
            "created_at": "2019-01-02T00:00:00"},
        "created_at": "2024-01-02T00:00:00+00:00", "metadata_modified_at": "2024-02-03T00:00:00+00:00",
        "metrics": {"views": 12, "followers": 3}, "private": false, "deleted_at": null, "archived_at": null
    })
}

#[test]
fn addresses_go_where_they_belong() {
    let described = described(DATASERVICES, &whole());
    let at = |property| objects(&described, property).join(" ");
    assert_eq!(at(dcat::ENDPOINT_URL), "<https://api.example/v1>");
    assert_eq!(
        at(dcat::ENDPOINT_DESCRIPTION),
        "<https://api.example/openapi.json>"
    );
    assert_eq!(
        at(foaf::PAGE),
        "<https://api.example/doc> <https://api.example/metier>"
    );
    assert_eq!(
        at(dcat::SERVES_DATASET),
        "<https://donnees.example.org/dataset/p/d>"
    );
    assert_eq!(
        at(dcat::LANDING_PAGE),
        "<https://portal.example/dataservices/comptages/> <https://source.example/s1.html>"
    );
    let record = "<https://portal.example/api/1/dataservices/comptages/>";
    assert_eq!(at(dct::SOURCE), record);
    let kinds: Vec<_> = described.parts.iter().map(|part| part.id.kind).collect();
    let expected = [
        Kind::Service,
        Kind::Organization,
        Kind::Contact,
        Kind::Origin,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn limits_and_availability_are_what_the_provider_says_of_them() {
    let described_whole = described(DATASERVICES, &whole());
    let labels = objects(&described_whole, rdfs::LABEL);
    assert!(
        labels.contains(&"\"30 requêtes par minute\"@fr".to_owned()),
        "{labels:?}"
    );
    assert_eq!(objects(&described_whole, rdf::VALUE), ["\"99.5 %\""]);
    let rights = objects(&described_whole, dct::RIGHTS).len();
    let mut record = whole();
    for field in [
        "availability",
        "availability_url",
        "rate_limiting",
        "rate_limiting_url",
    ] {
        record[field] = Value::Null;
    }
    let described = described(DATASERVICES, &record);
    assert!(objects(&described, dqv::HAS_QUALITY_ANNOTATION).is_empty());
    assert_eq!(objects(&described, dct::RIGHTS).len(), rights - 1);
    record["availability_url"] = json!("https://api.example/etat");
    let described = super::described(DATASERVICES, &record);
    assert_eq!(objects(&described, dqv::HAS_QUALITY_ANNOTATION).len(), 1);
    assert!(objects(&described, rdf::VALUE).is_empty());
}

#[test]
fn the_badge_or_the_tag_makes_a_service_one_of_high_value() {
    let laws = |tags: Value, badges: Value| {
        let record = with(with(whole(), "/tags", tags), "/badges", badges);
        let described = described(DATASERVICES, &record);
        objects(&described, dcatap::APPLICABLE_LEGISLATION).len()
    };
    assert_eq!(laws(json!(["a", " hvd "]), json!([])), 1);
    assert_eq!(laws(json!(["a"]), json!([{"kind": "hvd"}])), 1);
    assert_eq!(laws(json!(["hvd"]), json!([{"kind": "hvd"}])), 1);
    assert_eq!(laws(json!(["a", 3]), json!([])), 0);
}

#[test]
fn what_is_measured_is_no_part_of_the_description() {
    let usual = described(DATASERVICES, &whole());
    let more = described(DATASERVICES, &with(whole(), "/metrics/views", json!(13)));
    assert_eq!(everything(&usual), everything(&more));
    assert_ne!(
        usual.parts[0].graph.quality(),
        more.parts[0].graph.quality()
    );
    let broken = described(
        DATASERVICES,
        &with(whole(), "/metrics/views", json!("many")),
    );
    assert_eq!(codes(&broken), [(Code::FieldUnreadable, "metrics.views")]);
}

#[test]
fn the_record_of_a_harvested_service_says_where_it_comes_from() {
    let described = described(DATASERVICES, &whole());
    let from = objects(&described, prov::WAS_DERIVED_FROM);
    assert_eq!(from, ["<https://source.example/s1>"]);
    let source = objects(&described, prov::HAD_PRIMARY_SOURCE);
    assert_eq!(source, ["<https://donnees.example.org/origin/p/h>"]);
}
