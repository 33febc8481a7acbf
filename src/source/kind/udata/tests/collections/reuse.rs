use super::*;
use crate::rdf::vocab::{duv, schema};

pub(super) fn whole() -> Value {
    json!({
        "id": "5f00000000000000000000f1", "title": "Carte des travaux", "description": "Une *carte*.",
        "type": "visualization", "topic": "transport_and_mobility",
        "tags": ["carte", "Travaux"], "url": "https://carte.example/",
        "page": "https://portal.example/reuses/carte-des-travaux/",
        "uri": "https://portal.example/api/1/reuses/carte-des-travaux/",
        "image": "https://files.example/carte.png",
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"},
        "datasets": [{"class": "Dataset", "id": "5f00000000000000000000d1", "title": "Comptages"}],
        "dataservices": [{"class": "Dataservice", "id": "5f00000000000000000000b1", "title": "API"}],
        "created_at": "2024-01-02T00:00:00+00:00", "last_modified": "2024-02-03T00:00:00+00:00",
        "metrics": {"datasets": 1, "views": 40}, "private": false, "deleted": null, "archived": null
    })
}

#[test]
fn a_reuse_refers_to_what_it_uses_however_that_is_listed() {
    let refers = |datasets: Value| {
        let described = described(REUSES, &with(whole(), "/datasets", datasets));
        let codes: Vec<Code> = described.findings.iter().map(|found| found.code).collect();
        (objects(&described, duv::REFERS_TO), codes)
    };
    let service = "<https://donnees.example.org/service/p/5f00000000000000000000b1>".to_owned();
    let dataset = "<https://donnees.example.org/dataset/p/d>".to_owned();
    for one in [
        json!(["d"]),
        json!([{"id": "d"}, "d"]),
        json!([{"id": "d", "class": "Dataset"}]),
    ] {
        assert_eq!(
            refers(one),
            (vec![dataset.clone(), service.clone()], vec![])
        );
    }
    let unread = vec![Code::FieldUnreadable];
    for bad in [
        json!([{"title": "T"}]),
        json!([7]),
        json!({"rel": "subsection", "total": 3}),
    ] {
        assert_eq!(refers(bad), (vec![service.clone()], unread.clone()));
    }
    let none = json!({"rel": "subsection", "href": "https://portal.example/", "total": 0});
    assert_eq!(refers(none), (vec![service], vec![]));
}

#[test]
fn a_person_may_have_made_a_reuse() {
    let mut record = whole();
    record["organization"] = Value::Null;
    record["owner"] = json!({"id": "u", "first_name": "Ada", "last_name": "Martin"});
    let described = described(REUSES, &record);
    let person = "<https://donnees.example.org/organization/p/u>";
    assert_eq!(objects(&described, dct::CREATOR), [person]);
    assert_eq!(described.parts[1].role, Role::Mention);
}

#[test]
fn type_and_topic_are_told_apart() {
    let described = described(REUSES, &whole());
    assert_eq!(described.parts[0].graph.quality().len(), 2 * 4);
    assert_eq!(objects(&described, schema::GENRE), ["\"visualization\""]);
    let themes = ["\"carte\"", "\"Travaux\"", "\"transport_and_mobility\""];
    assert_eq!(objects(&described, dcat::THEME), themes);
}
