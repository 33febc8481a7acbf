//! Contact points as vcard:Kind, and what their role makes of them for a dataset.
//!
//! DCAT-AP takes a vcard:Kind for `dcat:contactPoint`, and a foaf:Agent for every other role; a contact
//! that has one is both. Roles are those of udata, named after ISO 19115. GeoDCAT-AP has a property for
//! most of them; publisher, author and owner are qualified attributions with the INSPIRE role, since
//! `dct:publisher` (one at most) is the organization that answers for the dataset on the portal, a
//! record of its own with an identifier, and a contact is a name and an address. udata says of such a
//! dataset that the organization distributes it; so `geodcat:distributor` is said beside the publisher.
//!
//! # Fields of `contact point`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI; without it, the hash of the others |
//! | `name`, `email`, `contact_form` | `vcard:fn`, `vcard:hasEmail`, `vcard:hasURL` |
//! | `role` | `dcat:contactPoint`; `dct:creator`, `dct:rightsHolder`, `geodcat:custodian` … `geodcat:user`; publisher, author and owner `prov:qualifiedAttribution` |

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::payload::{ContactPoint, List};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct, foaf, geodcat, prov, vcard};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::value::mail;

/// What leads from a dataset to a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// `dcat:contactPoint`
    ContactPoint,
    /// A property of DCAT-AP or GeoDCAT-AP, to an agent.
    Property(&'static str),
    /// `prov:qualifiedAttribution` with this role of the INSPIRE code list, to an agent.
    Attribution(&'static str),
}

/// Who published the data before they came to the portal.
const PUBLISHER: Tie = Tie::Attribution(
    "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/publisher",
);

impl Tie {
    fn of_role(role: &str) -> Option<Self> {
        Some(match role {
            "" | "contact" | "pointOfContact" => Self::ContactPoint,
            "creator" => Self::Property(dct::CREATOR.as_str()),
            "rightsHolder" => Self::Property(dct::RIGHTS_HOLDER.as_str()),
            "custodian" => Self::Property(geodcat::CUSTODIAN.as_str()),
            "distributor" => Self::Property(geodcat::DISTRIBUTOR.as_str()),
            "originator" => Self::Property(geodcat::ORIGINATOR.as_str()),
            "principalInvestigator" => Self::Property(geodcat::PRINCIPAL_INVESTIGATOR.as_str()),
            "processor" => Self::Property(geodcat::PROCESSOR.as_str()),
            "resourceProvider" => Self::Property(geodcat::RESOURCE_PROVIDER.as_str()),
            "user" => Self::Property(geodcat::USER.as_str()),
            "publisher" => PUBLISHER,
            "author" => Self::Attribution(
                "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/author",
            ),
            "owner" => Self::Attribution(
                "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/owner",
            ),
            _ => return None,
        })
    }
}

/// The contacts of a dataset: the records that they contribute to, and how the dataset leads there.
#[derive(Default)]
pub(super) struct Contacts {
    parts: BTreeMap<RecordId, RecordGraph>,
    ties: Vec<(Tie, NamedNode)>,
}

impl Contacts {
    /// Describes the contact points, sent in `contact_points`. One in several roles is one contact.
    pub(super) fn read(
        contacts: &List<ContactPoint>,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut read = Self::default();
        for (position, contact) in contacts.items("contact_points", findings) {
            read.add(
                contact,
                &format!("contact_points[{position}]"),
                context,
                findings,
            );
        }
        read
    }

    fn add(
        &mut self,
        record: &ContactPoint,
        field: &str,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let at = |name: &str| format!("{field}.{name}");
        let id = record.id.text(&at("id"), findings);
        let name = record.name.text(&at("name"), findings).unwrap_or_default();
        let email = record
            .email
            .text(&at("email"), findings)
            .unwrap_or_default();
        let form = record
            .contact_form
            .text(&at("contact_form"), findings)
            .unwrap_or_default();
        let role = record.role.text(&at("role"), findings).unwrap_or_default();
        if name.is_empty() && email.is_empty() && form.is_empty() {
            return;
        }
        let tie = Tie::of_role(role).unwrap_or_else(|| {
            findings.push(Finding::new(
                Code::ValueUnknown,
                at("role"),
                "taken as a contact point",
                role,
            ));
            Tie::ContactPoint
        });
        let key = id.map_or_else(
            || Key::hashed(&[name, email, form, role].join("\n")),
            Key::new,
        );
        let id = RecordId {
            portal: context.portal.clone(),
            kind: Kind::Contact,
            key,
        };
        let iri = context.base.record(&id);
        let graph = self
            .parts
            .entry(id)
            .or_insert_with(|| RecordGraph::new(iri.clone()));
        let mut about = Describe::main(graph, findings);
        about.a(vcard::KIND).token(vcard::FN, name, &at("name"));
        mail::write(vcard::HAS_EMAIL, email, &at("email"), &mut about);
        about.iri(vcard::HAS_URL, form, &at("contact_form"));
        if tie != Tie::ContactPoint {
            about.a(foaf::AGENT).token(foaf::NAME, name, &at("name"));
        }
        graph.dedup();
        if !self.ties.contains(&(tie, iri.clone())) {
            self.ties.push((tie, iri));
        }
    }

    /// Leads from what they are the contacts of to them.
    pub(super) fn tie(&self, about: &mut Describe<'_>) {
        for (tie, contact) in &self.ties {
            match tie {
                Tie::ContactPoint => {
                    about.link(dcat::CONTACT_POINT, contact.clone());
                }
                Tie::Property(property) => {
                    about.link(NamedNodeRef::new_unchecked(property), contact.clone());
                }
                Tie::Attribution(role) => {
                    about
                        .node(prov::QUALIFIED_ATTRIBUTION, prov::ATTRIBUTION)
                        .link(prov::AGENT, contact.clone())
                        .link(dcat::HAD_ROLE, NamedNode::new_unchecked(*role));
                }
            }
        }
    }

    /// Whether a contact published the data: the portal's organization then distributes them.
    pub(super) fn have_a_publisher(&self) -> bool {
        self.ties.iter().any(|(tie, _)| *tie == PUBLISHER)
    }

    /// What the record says of its contacts.
    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.parts.into_iter().map(|(id, graph)| Part {
            id,
            role: Role::Mention,
            graph,
        })
    }
}
