//! What parties have to do with what a record describes (`CI_RoleCode`).
//!
//! Each role that DCAT-AP or GeoDCAT-AP has a property for is that property; every role but that of a
//! contact is a `prov:qualifiedAttribution` too, since applications that look for the roles of INSPIRE
//! find all of them there. A contact is a vcard:Kind, which is no agent: `dcat:contactPoint` alone says
//! it. DCAT-AP allows one `dct:publisher`: the first.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::agent::{self, Who};
use super::concept::Concept;
use super::element::Element;
use super::party::Party;
use super::text::Text;
use super::{Mentions, Record};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, geodcat, prov};

/// INSPIRE's list of roles.
const ROLES: &str = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/";

/// The property of a role.
fn property(role: &str) -> Option<NamedNodeRef<'static>> {
    Some(match role {
        "publisher" => dct::PUBLISHER,
        "author" | "coAuthor" => dct::CREATOR,
        "owner" | "rightsHolder" => dct::RIGHTS_HOLDER,
        "contributor" | "editor" | "collaborator" => dct::CONTRIBUTOR,
        "custodian" => geodcat::CUSTODIAN,
        "distributor" => geodcat::DISTRIBUTOR,
        "originator" => geodcat::ORIGINATOR,
        "principalInvestigator" => geodcat::PRINCIPAL_INVESTIGATOR,
        "processor" => geodcat::PROCESSOR,
        "resourceProvider" => geodcat::RESOURCE_PROVIDER,
        "user" => geodcat::USER,
        _ => return None,
    })
}

/// Whether INSPIRE's list has a role.
fn is_of_inspire(role: &str) -> bool {
    matches!(
        role,
        "author"
            | "custodian"
            | "distributor"
            | "originator"
            | "owner"
            | "pointOfContact"
            | "principalInvestigator"
            | "processor"
            | "publisher"
            | "resourceProvider"
            | "user"
    )
}

/// Whether a role is one that a person has, where one is named.
fn who(role: &str) -> Who {
    match role {
        "author"
        | "coAuthor"
        | "editor"
        | "collaborator"
        | "contributor"
        | "principalInvestigator" => Who::Person,
        _ => Who::Organisation,
    }
}

/// Writes the parties in `elements` about the subject of `about`; `otherwise` is the role of those that
/// state none.
pub(super) fn write(
    elements: &[Element<'_>],
    otherwise: &str,
    record: &Record<'_>,
    mentions: &mut Mentions,
    about: &mut Describe<'_>,
) {
    let mut published = false;
    for element in elements {
        let Some(party) = Party::read(*element, &record.locales) else {
            if element.attribute("href").is_some() {
                let address = element.attribute("href").unwrap_or_default();
                let message = "left out: the party is only referred to";
                about.find(Code::FieldUnreadable, &element.path(), message, address);
            }
            continue;
        };
        let role = party.role.and_then(Element::code).unwrap_or(otherwise);
        if matches!(role, "pointOfContact" | "contact") {
            let contact = agent::contact(&party, record, mentions, about);
            about.link(dcat::CONTACT_POINT, contact);
            continue;
        }
        let Some(agent) = agent::agent(&party, who(role), record, mentions, about) else {
            continue;
        };
        match property(role) {
            Some(property) if property == dct::PUBLISHER && published => {
                let name = party.name().and_then(Text::plain);
                let message = "only attributed: there is another publisher";
                about.find(
                    Code::TooManyValues,
                    &element.path(),
                    message,
                    name.unwrap_or_default(),
                );
            }
            Some(property) => {
                published |= property == dct::PUBLISHER;
                about.link(property, agent.clone());
            }
            None => {}
        }
        let mut attribution = about.node(prov::QUALIFIED_ATTRIBUTION, prov::ATTRIBUTION);
        attribution.link(prov::AGENT, agent);
        if is_of_inspire(role) {
            let iri = NamedNode::new_unchecked(format!("{ROLES}{role}"));
            attribution.link(dcat::HAD_ROLE, iri);
        } else {
            Concept::word(role, "CI_RoleCode").write_role(&mut attribution);
        }
    }
}
