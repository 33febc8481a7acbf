use super::*;
use crate::rdf::vocab::{oa, prov, rdf};

const PERSON: &str = r#"{"class": "User", "id": "5f00000000000000000000u1", "first_name": "Camille",
    "last_name": "Dupuis", "slug": "camille-dupuis", "page": "https://portal.example/users/camille-dupuis/",
    "avatar": "https://files.example/camille.png"}"#;

pub(super) fn whole() -> Value {
    json!({
        "id": "5f000000000000000000ab01", "title": "Un champ manque",
        "subject": {"class": "Dataset", "id": "5f00000000000000000000d1"},
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"},
        "created": "2024-01-02T00:00:00+00:00", "closed": "2024-04-05T00:00:00+00:00",
        "self_web_url": "https://portal.example/datasets/comptages/discussions?discussion_id=5f000000000000000000ab01",
        "discussion": [
            {
                "id": "0a0b0c0d-0000-0000-0000-000000000001", "content": "Bonjour,\n\nil manque un champ.",
                "posted_on": "2024-01-02T00:00:00+00:00", "last_modified_at": "2024-03-01T00:00:00+00:00",
                "posted_by_organization": null
            },
            {
                "id": "0a0b0c0d-0000-0000-0000-000000000002", "content": "C’est corrigé.",
                "posted_on": "2024-02-02T00:00:00+00:00", "last_modified_at": null,
                "posted_by_organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"}
            }
        ]
    })
}

/// The objects of a property of the messages.
fn of_messages(described: &Described, property: NamedNodeRef<'_>) -> Vec<String> {
    let messages = objects(described, oa::HAS_BODY);
    triples(described)
        .iter()
        .filter(|t| t.predicate == property && messages.contains(&t.subject.to_string()))
        .map(|t| t.object.to_string())
        .collect()
}

#[test]
fn private_persons_are_written_nowhere() {
    let person: Value = serde_json::from_str(PERSON).unwrap();
    let mut record = whole();
    let usual = everything(&described(DISCUSSIONS, &record));
    record["user"] = person.clone();
    record["closed_by"] = person.clone();
    for message in record["discussion"].as_array_mut().unwrap() {
        message["posted_by"] = person.clone();
    }
    let described = described(DISCUSSIONS, &record);
    assert_eq!(everything(&described), usual);
    assert_eq!(codes(&described), []);
}

#[test]
fn a_discussion_without_organization_has_no_author() {
    let mut record = whole();
    record["organization"] = Value::Null;
    record["discussion"][1]["posted_by_organization"] = Value::Null;
    let described = described(DISCUSSIONS, &record);
    assert!(objects(&described, dct::CREATOR).is_empty());
    assert_eq!((described.parts.len(), codes(&described)), (1, vec![]));
}

#[test]
fn an_organization_that_opens_and_answers_is_mentioned_once() {
    let described = described(DISCUSSIONS, &whole());
    let organization = "<https://donnees.example.org/organization/p/5f00000000000000000000a1>";
    assert_eq!(objects(&described, dct::CREATOR), [organization; 2]);
    assert_eq!(of_messages(&described, dct::CREATOR), [organization]);
    assert_eq!(described.parts.len(), 2);
}

#[test]
fn the_target_is_the_record_or_the_page_that_is_discussed() {
    let target = |subject: Value, page: &str| {
        let record = with(whole(), "/subject", subject);
        let described = described(DISCUSSIONS, &with(record, "/self_web_url", json!(page)));
        let codes: Vec<Code> = described.findings.iter().map(|found| found.code).collect();
        (objects(&described, oa::HAS_TARGET).concat(), codes)
    };
    let page = "https://portal.example/posts/mars/discussions?discussion_id=1";
    for (class, kind) in [
        ("Dataset", "dataset"),
        ("Dataservice", "service"),
        ("Reuse", "reuse"),
        ("Topic", "topic"),
        ("Organization", "organization"),
    ] {
        let iri = format!("<https://donnees.example.org/{kind}/p/s>");
        assert_eq!(
            target(json!({"class": class, "id": "s"}), page),
            (iri, vec![])
        );
    }
    let post = json!({"class": "Post", "id": "s"});
    let article = ("<https://portal.example/posts/mars/>".to_owned(), vec![]);
    for page in [
        page,
        "https://portal.example/posts/mars/#/discussions/1",
        "https://portal.example/posts/mars/discussions/?discussion_id=1#x",
    ] {
        assert_eq!(target(post.clone(), page), article, "{page}");
    }
    for page in [
        "",
        "https://portal.example/posts/mars/",
        "https://portal.example/x?a#b",
        "x",
    ] {
        let (target, codes) = target(post.clone(), page);
        assert_eq!(
            (target.as_str(), codes.contains(&Code::ValueUnknown)),
            ("", true),
            "{page}"
        );
    }
    let unsaid = (String::new(), vec![Code::MissingProperty]);
    assert_eq!(target(Value::Null, page), unsaid);
}

#[test]
fn a_discussion_was_last_modified_with_its_latest_message() {
    let modified = |record: &Value| {
        let described = described(DISCUSSIONS, record);
        let iri = described.parts[0].graph.iri().clone();
        let dates = described.parts[0].graph.objects(&iri, dct::MODIFIED);
        dates.map(|date| date.to_string()).collect::<Vec<_>>()
    };
    let moment =
        |day: &str| format!("\"{day}T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>");
    assert_eq!(modified(&whole()), [moment("2024-03-01")]);
    let later = json!("2025-01-01T00:00:00+00:00");
    assert_eq!(
        modified(&with(whole(), "/discussion/1/posted_on", later)),
        [moment("2025-01-01")]
    );
    assert_eq!(modified(&with(whole(), "/discussion", json!([]))), [""; 0]);
    let closed = objects(&described(DISCUSSIONS, &whole()), prov::INVALIDATED_AT_TIME);
    assert_eq!(closed, [moment("2024-04-05")]);
    let open = described(DISCUSSIONS, &with(whole(), "/closed", Value::Null));
    assert!(objects(&open, prov::INVALIDATED_AT_TIME).is_empty());
}

#[test]
fn messages_are_named_by_what_they_are_not_by_position() {
    let mut record = whole();
    let first = record["discussion"][0].clone();
    let mut anonymous = first.clone();
    anonymous["id"] = Value::Null;
    record["discussion"] = json!([first, anonymous, first, anonymous]);
    let described_once = described(DISCUSSIONS, &record);
    assert_eq!(
        codes(&described_once),
        [(Code::DuplicateIdentifier, "discussion[2].id")]
    );
    let sorted = |described: &Described| {
        let mut iris = objects(described, oa::HAS_BODY);
        iris.sort();
        iris
    };
    let iris = sorted(&described_once);
    assert_eq!(iris.len(), 4);
    record["discussion"].as_array_mut().unwrap().reverse();
    assert_eq!(iris, sorted(&described(DISCUSSIONS, &record)));
    let hostile = with(whole(), "/discussion/0/id", json!("a> <b"));
    let hostile = objects(&described(DISCUSSIONS, &hostile), oa::HAS_BODY);
    assert!(
        hostile[0].contains("#x-") && !hostile[0].contains(' '),
        "{hostile:?}"
    );
}

#[test]
fn an_empty_or_broken_message_is_left_out_alone() {
    for (bad, code) in [
        (
            json!({"id": "m", "content": " "}),
            (Code::MissingProperty, "discussion[0].content"),
        ),
        (
            json!({"id": "m"}),
            (Code::MissingProperty, "discussion[0].content"),
        ),
        (
            json!({"content": [1]}),
            (Code::FieldUnreadable, "discussion[0].content"),
        ),
        (json!("text"), (Code::FieldUnreadable, "discussion[0]")),
    ] {
        let described = described(DISCUSSIONS, &with(whole(), "/discussion/0", bad));
        assert_eq!(codes(&described), [code]);
        assert_eq!(
            of_messages(&described, rdf::VALUE),
            ["\"C’est corrigé.\"@fr"]
        );
    }
    let text = "<img src=x onerror=alert(1)>";
    let hostile = described(
        DISCUSSIONS,
        &with(whole(), "/discussion/0/content", json!(text)),
    );
    assert_eq!(
        codes(&hostile),
        [(Code::MarkupFound, "discussion[0].content")]
    );
    assert!(of_messages(&hostile, rdf::VALUE)[0].contains(text));
}
