//! Parties as records of their own: agents, and contact points.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::party::{ORGANISATION, Party};
use super::text::Text;
use super::{Mentions, Record};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dct, foaf, locn, org, prov, skos, vcard};
use crate::record::{Key, Kind, RecordId};
use crate::source::value::{mail, telephone};

/// Who is meant by a party that names an organization and a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Organisation,
    Person,
}

/// Describes the agent of a party; `None` where it has only an e-mail address.
pub(super) fn agent(
    party: &Party<'_>,
    who: Who,
    record: &Record<'_>,
    mentions: &mut Mentions,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    let organisation = party
        .organisation
        .as_ref()
        .filter(|name| name.plain().is_some());
    let individual = party
        .individual
        .as_ref()
        .filter(|name| name.plain().is_some());
    let (name, class) = match (who, organisation, individual) {
        (Who::Person, organisation, Some(person)) => {
            // The contact is the person's, then.
            let around = party.without_contact();
            let of = organisation.map(|name| {
                described(
                    name,
                    foaf::ORGANIZATION,
                    &around,
                    record,
                    mentions,
                    about.findings(),
                )
            });
            let agent = described(
                person,
                foaf::PERSON,
                party,
                record,
                mentions,
                about.findings(),
            );
            if let Some(of) = of {
                mentions.add(&agent, org::MEMBER_OF, of);
            }
            return Some(agent);
        }
        (_, Some(name), _) => (name, foaf::ORGANIZATION),
        (_, None, Some(name)) => (name, foaf::PERSON),
        (_, None, None) => {
            let Some(name) = party.name() else {
                let email = party.emails.first().and_then(|email| email.value());
                let message = "left out: an agent has a name";
                about.find(
                    Code::MissingProperty,
                    &party.element.path(),
                    message,
                    email.unwrap_or_default(),
                );
                return None;
            };
            (name, foaf::ORGANIZATION)
        }
    };
    let agent = described(name, class, party, record, mentions, about.findings());
    Some(agent)
}

fn described(
    name: &Text<'_>,
    class: NamedNodeRef<'static>,
    party: &Party<'_>,
    record: &Record<'_>,
    mentions: &mut Mentions,
    findings: &mut Vec<Finding>,
) -> NamedNode {
    let is_person = class == foaf::PERSON;
    let who = if is_person { "person" } else { ORGANISATION };
    let id = RecordId {
        portal: record.context.portal.clone(),
        kind: Kind::Organization,
        key: Key::hashed(&party.identity(who)),
    };
    let iri = record.context.base.record(&id);
    let mut graph = RecordGraph::new(iri.clone());
    let mut about = Describe::main(&mut graph, findings);
    about.a(foaf::AGENT).a(class).a(prov::AGENT_CLASS);
    name.write_name(foaf::NAME, &mut about);
    registered(party, &mut about);
    emails(party, foaf::MBOX, &mut about);
    telephones(party, foaf::PHONE, &mut about);
    homepage(party, foaf::WORKPLACE_HOMEPAGE, &mut about);
    let lines = [
        ("address.deliveryPoint", locn::THOROUGHFARE),
        ("address.city", locn::POST_NAME),
        ("address.postalCode", locn::POST_CODE),
        ("address.administrativeArea", locn::ADMIN_UNIT_L2),
        ("address.country", locn::ADMIN_UNIT_L1),
    ];
    address(
        party,
        locn::ADDRESS,
        locn::ADDRESS_CLASS,
        &lines,
        &mut about,
    );
    mentions.insert(id, graph);
    iri
}

/// Describes the contact point of a party.
pub(super) fn contact(
    party: &Party<'_>,
    record: &Record<'_>,
    mentions: &mut Mentions,
    about: &mut Describe<'_>,
) -> NamedNode {
    let id = RecordId {
        portal: record.context.portal.clone(),
        kind: Kind::Contact,
        key: Key::hashed(&party.identity("contact")),
    };
    let iri = record.context.base.record(&id);
    let mut graph = RecordGraph::new(iri.clone());
    let mut about = Describe::main(&mut graph, about.findings());
    let person = party.individual.as_ref();
    let is_person = person.is_some_and(|name| name.plain().is_some());
    let class = if is_person {
        vcard::INDIVIDUAL
    } else {
        vcard::ORGANIZATION
    };
    about.a(vcard::KIND).a(class);
    let names = [&party.individual, &party.position, &party.organisation];
    let mut names = names
        .into_iter()
        .flatten()
        .filter(|name| name.plain().is_some());
    if let Some(name) = names.next() {
        name.write_name(vcard::FN, &mut about);
    }
    if let Some(name) = &party.organisation {
        name.write_name(vcard::ORGANIZATION_NAME, &mut about);
    }
    registered(party, &mut about);
    emails(party, vcard::HAS_EMAIL, &mut about);
    telephones(party, vcard::HAS_TELEPHONE, &mut about);
    homepage(party, vcard::HAS_URL, &mut about);
    let lines = [
        ("address.deliveryPoint", vcard::STREET_ADDRESS),
        ("address.city", vcard::LOCALITY),
        ("address.postalCode", vcard::POSTAL_CODE),
        ("address.administrativeArea", vcard::REGION),
        ("address.country", vcard::COUNTRY_NAME),
    ];
    address(
        party,
        vcard::HAS_ADDRESS,
        vcard::ADDRESS,
        &lines,
        &mut about,
    );
    mentions.insert(id, graph);
    iri
}

fn registered(party: &Party<'_>, about: &mut Describe<'_>) {
    if let Some(iri) = &party.iri {
        about.node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS).token(
            skos::NOTATION,
            iri,
            "partyIdentifier",
        );
        about.token(dct::IDENTIFIER, iri, "partyIdentifier");
    }
}

fn emails(party: &Party<'_>, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
    for element in &party.emails {
        let text = element.value().unwrap_or_default();
        mail::write(property, text, &element.path(), about);
    }
}

fn telephones(party: &Party<'_>, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
    for element in party.telephones() {
        telephone::write(
            property,
            element.value().unwrap_or_default(),
            &element.path(),
            about,
        );
    }
}

fn homepage(party: &Party<'_>, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
    if let Some(element) = party.in_contact("onlineResource.linkage") {
        about.iri(
            property,
            element.value().unwrap_or_default(),
            &element.path(),
        );
    }
}

fn address(
    party: &Party<'_>,
    property: NamedNodeRef<'_>,
    class: NamedNodeRef<'_>,
    lines: &[(&str, NamedNodeRef<'static>)],
    about: &mut Describe<'_>,
) {
    let lines = lines.iter().flat_map(|(way, line)| {
        let values = party.all_in_contact(way).into_iter();
        values.map(move |element| (element, *line))
    });
    let sent: Vec<_> = lines.collect();
    if sent.is_empty() {
        return;
    }
    let mut node = about.node(property, class);
    for (element, line) in sent {
        node.token(line, element.value().unwrap_or_default(), &element.path());
    }
}
