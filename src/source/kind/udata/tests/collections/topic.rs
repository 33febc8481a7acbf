use super::*;
use crate::rdf::vocab::schema;

pub(super) fn whole() -> Value {
    json!({
        "id": "5f000000000000000000cc01", "name": "Eau", "description": "L’eau **potable**.",
        "tags": ["eau", "Qualité"], "page": "https://portal.example/topics/eau/",
        "uri": "https://portal.example/api/2/topics/eau/",
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"},
        "spatial": {"zones": ["fr:region:93"]},
        "created_at": "2024-01-02T00:00:00+00:00", "last_modified": "2024-02-03T00:00:00+00:00",
        "private": false,
        "elements": [
            {"id": "e1", "title": null, "description": null, "tags": [], "element": {"class": "Dataset", "id": "d"}},
            {"id": "e2", "title": "Cartes", "description": "Toutes *les* cartes", "tags": ["carte"],
             "element": {"class": "Reuse", "id": "r"}},
            {"id": "e3", "title": null, "description": null, "tags": [], "element": {"class": "Dataservice", "id": "s"}},
            {"id": "e4", "title": "Données à venir", "description": null, "tags": [], "element": null}
        ],
        "datasets": ["d2"], "reuses": [{"class": "Reuse", "id": "r2"}]
    })
}

const BASE: &str = "https://donnees.example.org";

#[test]
fn elements_are_listed_by_what_they_are() {
    let described = described(TOPICS, &whole());
    let iris = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .map(|name| format!("<{BASE}/{name}>"))
            .collect()
    };
    let listed = |property| objects(&described, property);
    assert_eq!(
        listed(dcat::DATASET),
        iris(&["dataset/p/d", "dataset/p/d2"])
    );
    assert_eq!(listed(dcat::SERVICE), iris(&["service/p/s"]));
    assert_eq!(
        listed(dcat::HAS_RESOURCE),
        iris(&["reuse/p/r", "reuse/p/r2"])
    );
    assert!(listed(dct::HAS_PART).is_empty());
}

#[test]
fn what_a_topic_says_of_an_element_is_a_list_item() {
    let described = described(TOPICS, &whole());
    let topic = format!("{BASE}/topic/p/5f000000000000000000cc01");
    assert_eq!(
        objects(&described, schema::ITEM_LIST_ELEMENT),
        [format!("<{topic}#e2>"), format!("<{topic}#e4>")]
    );
    assert_eq!(
        objects(&described, schema::ITEM),
        [format!("<{BASE}/reuse/p/r>")]
    );
    for said in ["\"Cartes\"@fr", "\"Données à venir\"@fr"] {
        assert!(objects(&described, dct::TITLE).contains(&said.to_owned()));
    }
}

#[test]
fn a_broken_element_is_left_out_alone() {
    for (bad, code) in [
        (json!(3), (Code::FieldUnreadable, "elements[0]")),
        (
            json!({"element": {"class": "Post", "id": "x"}}),
            (Code::ValueUnknown, "elements[0].element"),
        ),
        (
            json!({"element": {"class": "Dataset"}}),
            (Code::ValueUnknown, "elements[0].element"),
        ),
        (
            json!({"element": "d"}),
            (Code::ValueUnknown, "elements[0].element"),
        ),
        (
            json!({"title": ["x"]}),
            (Code::FieldUnreadable, "elements[0].title"),
        ),
    ] {
        let described = described(TOPICS, &with(whole(), "/elements/0", bad));
        assert_eq!(codes(&described), [code]);
        assert_eq!(objects(&described, dcat::DATASET).len(), 1);
        assert_eq!(objects(&described, dcat::HAS_RESOURCE).len(), 2);
    }
}

#[test]
fn a_link_in_place_of_the_elements_is_noted() {
    let link = |total: u64| {
        let link = json!({"rel": "subsection", "href": "https://portal.example/", "type": "GET", "total": total});
        described(TOPICS, &with(whole(), "/elements", link))
    };
    assert_eq!(codes(&link(4)), [(Code::FieldUnreadable, "elements")]);
    assert_eq!(codes(&link(0)), []);
}

#[test]
fn an_address_without_host_is_below_the_portal() {
    let described = described(TOPICS, &with(whole(), "/uri", json!("/api/1/topics/eau/")));
    let names = objects(&described, skos::NOTATION).concat();
    assert!(
        names.contains("\"https://portal.example/api/1/topics/eau/\""),
        "{names}"
    );
    assert_eq!(codes(&described), []);
}
