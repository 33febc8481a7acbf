use super::*;
use crate::rdf::vocab::prov;

pub(super) fn whole() -> Value {
    json!({
        "id": "5f000000-0000-0000-0000-0000000000c1", "title": "Parquet", "description": "Le **même**.",
        "type": "main", "format": "csv", "mime": "text/csv",
        "url": "https://files.example/a.csv",
        "latest": "https://portal.example/datasets/r/5f000000-0000-0000-0000-0000000000c1",
        "filesize": 12, "checksum": {"type": "md5", "value": "0123456789abcdef0123456789abcdef"},
        "created_at": "2024-01-02T00:00:00+00:00", "last_modified": "2024-02-03T00:00:00+00:00",
        "dataset": {"class": "Dataset", "id": "d", "page": "https://portal.example/datasets/comptages/"},
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"}
    })
}

#[test]
fn it_is_its_authors_and_made_of_the_dataset() {
    let described = described(COMMUNITY, &whole());
    let part = &described.parts[0];
    assert_eq!(part.id.kind, Kind::Distribution);
    let author = ["<https://donnees.example.org/organization/p/5f00000000000000000000a1>"];
    assert_eq!(objects(&described, dct::CREATOR), author);
    assert_eq!(objects(&described, prov::WAS_ATTRIBUTED_TO), author);
    assert_eq!(
        objects(&described, prov::WAS_DERIVED_FROM),
        ["<https://donnees.example.org/dataset/p/d>"]
    );
    let subjects = part
        .graph
        .triples()
        .iter()
        .filter(|t| t.subject.is_named_node());
    assert!(
        subjects
            .into_iter()
            .all(|t| t.subject == part.graph.iri().clone().into())
    );
}

#[test]
fn it_has_no_licence_that_its_author_did_not_give() {
    let described = describe_with(COMMUNITY, &whole(), Some("fr"), Some("lov2")).unwrap();
    assert!(objects(&described, dct::LICENSE).is_empty());
}

#[test]
fn without_address_it_leads_to_the_page_of_the_dataset() {
    let access = |dataset: Value| {
        let mut record = with(whole(), "/dataset", dataset);
        record["url"] = Value::Null;
        record["latest"] = Value::Null;
        let described = described(COMMUNITY, &record);
        let codes: Vec<Code> = described.findings.iter().map(|found| found.code).collect();
        (objects(&described, dcat::ACCESS_URL).concat(), codes)
    };
    let missing = Code::MissingProperty;
    let said = json!({"id": "d", "page": "https://portal.example/d/"});
    let page = |path: &str| format!("<https://portal.example/{path}>");
    assert_eq!(access(said), (page("d/"), vec![missing]));
    assert_eq!(
        access(json!({"id": "d"})),
        (page("datasets/d/"), vec![missing])
    );
    assert_eq!(access(json!("d")), (page("datasets/d/"), vec![missing]));
    assert_eq!(access(Value::Null), (page(""), vec![missing; 2]));
}
