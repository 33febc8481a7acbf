//! Organizations and contacts.

use serde_json::json;

use super::*;

#[test]
fn a_contact_in_two_roles_is_one_contact() {
    let contact = |role: &str| json!({"id": "c", "name": "Équipe", "email": "mailto:x@e.example", "role": role});
    let record = changed(
        "/contact_points",
        json!([contact("contact"), contact("publisher"), contact("creator")]),
    );
    let described = dataset(&record);
    let contacts: Vec<_> = described
        .parts
        .iter()
        .filter(|part| part.id.kind == Kind::Contact)
        .collect();
    assert_eq!(contacts.len(), 1);
    let said: Vec<_> = contacts[0]
        .graph
        .triples()
        .iter()
        .map(|t| t.object.to_string())
        .collect();
    for expected in [
        vcard::KIND.to_string(),
        foaf::AGENT.to_string(),
        "<mailto:x@e.example>".to_owned(),
    ] {
        assert_eq!(
            said.iter().filter(|object| **object == expected).count(),
            1,
            "{expected}: {said:?}"
        );
    }
    assert_eq!(
        objects(&described, dct::CREATOR),
        ["<https://donnees.example.org/contact/p/c>"]
    );
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
    let said = |described: &Described, part: usize| {
        canonicalise(described.parts[part].graph.triples())
            .unwrap()
            .text
    };
    assert_eq!(said(&record, 0), said(&stub, 1));
    assert_eq!(codes(&record), [(Code::IriRepaired, "logo")]);
    assert_eq!(codes(&stub), []);
}

#[test]
fn a_business_number_is_checked() {
    let of = |number: &str| {
        describe_with(
            ORGANIZATIONS,
            &json!({"id": "o", "name": "N", "business_number_id": number}),
            None,
            None,
        )
        .unwrap()
    };
    assert_eq!(codes(&of("21350328700012")), []);
    assert_eq!(
        codes(&of("21350328700013")),
        [(Code::IdentifierInvalid, "business_number_id")]
    );
    assert_eq!(of("21350328700013").parts[0].graph.origin().len(), 1);
}

#[test]
fn an_organization_whose_data_another_published_distributes_them() {
    let described = dataset(&changed(
        "/contact_points",
        json!([{"id": "c", "name": "Bureau", "role": "publisher"}]),
    ));
    let organization = "<https://donnees.example.org/organization/p/5f00000000000000000000a1>";
    assert_eq!(objects(&described, dct::PUBLISHER), [organization]);
    assert_eq!(
        objects(&described, crate::rdf::vocab::geodcat::DISTRIBUTOR),
        [organization]
    );
    assert!(objects(&dataset(&whole()), crate::rdf::vocab::geodcat::DISTRIBUTOR).is_empty());
}
