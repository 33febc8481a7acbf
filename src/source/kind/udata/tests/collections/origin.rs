use super::*;

pub(super) fn whole() -> Value {
    json!({
        "id": "5f000000000000000000ee01", "name": "Portail d’Ailleurs", "description": "Un *autre* portail.",
        "url": "https://ailleurs.example/catalog.ttl", "backend": "dcat",
        "organization": {"id": "5f00000000000000000000a1", "name": "Ville d’Essai"},
        "created_at": "2024-01-02T00:00:00+00:00", "deleted": null,
        "validation": {"state": "accepted"}
    })
}

#[test]
fn an_address_that_holds_a_password_is_not_published() {
    for secret in [
        "https://moi:mot@ailleurs.example/",
        "https://jeton@ailleurs.example/x",
    ] {
        let described = described(SOURCES, &with(whole(), "/url", json!(secret)));
        assert_eq!(codes(&described), [(Code::IriInvalid, "url")]);
        let said = format!("{}{:?}", everything(&described), described.findings);
        assert!(!said.contains("ailleurs.example"), "{said}");
    }
}

#[test]
fn a_source_is_published_once_it_is_accepted() {
    for (state, published) in [("accepted", true), ("pending", false), ("refused", false)] {
        let record = with(whole(), "/validation/state", json!(state));
        let outcome = describe_with(SOURCES, &record, None, None);
        assert_eq!(outcome.is_ok(), published, "{state}");
    }
    let unsaid = with(whole(), "/validation", Value::Null);
    assert!(describe_with(SOURCES, &unsaid, None, None).is_ok());
}

#[test]
fn whoever_set_it_up_and_how_is_written_nowhere() {
    let usual = everything(&described(SOURCES, &whole()));
    let mut record = whole();
    record["owner"] = json!({"id": "u", "first_name": "Camille", "last_name": "Dupuis"});
    record["validation"]["by"] = record["owner"].clone();
    record["config"] = json!({"extra_configs": [{"key": "apikey", "value": "secret"}]});
    let described = described(SOURCES, &record);
    assert_eq!(everything(&described), usual);
    assert_eq!(objects(&described, dct::TYPE), ["\"dcat\""]);
}
