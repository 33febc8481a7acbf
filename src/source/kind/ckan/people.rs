//! Who answers for a package, made it, knows about it, or did something else with it.
//!
//! The publisher is the one that is stated, else the organization that the package belongs to. Where both
//! are there, the organization distributes on the portal what the publisher published.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::agent::{As, Mentions, Stated};
use super::fields::{Fields, Sent};
use super::organization;
use crate::dcat::Describe;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct, geodcat, prov};
use crate::source::contract::{Context, Role};

/// Roles of the INSPIRE code list, by which ISO 19115 names them.
const ROLES: &str = "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/";

/// Who has to do with a record, and by what property.
#[derive(Default)]
pub(super) struct People {
    pub(super) mentions: Mentions,
    ties: Vec<(NamedNodeRef<'static>, NamedNode)>,
    roles: Vec<(String, NamedNode, String)>,
}

impl People {
    /// Reads all of them.
    pub(super) fn read(
        record: &Fields<'_>,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut people = Self::default();
        people.publisher(record, context, findings);
        people.creators(record, context, findings);
        if let Some(list) = record.find("contributor") {
            people.listed(list, dct::CONTRIBUTOR, As::Agent, context, findings);
        }
        people.contacts(record, context, findings);
        people.others(record, context, findings);
        people
    }

    fn tie(&mut self, property: NamedNodeRef<'static>, iri: NamedNode) {
        if !self.ties.contains(&(property, iri.clone())) {
            self.ties.push((property, iri));
        }
    }

    /// Describes the agents in `list` under a property; whether there was any.
    fn listed(
        &mut self,
        list: Sent<'_>,
        property: NamedNodeRef<'static>,
        taken: As,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let mut any = false;
        for item in list.items() {
            let part = item.fields();
            let stated = match &part {
                Some(part) => Stated::of_object(part),
                None => Stated::of_text(item.clone()),
            };
            any |= self.add(&stated, property, taken, context, findings);
        }
        any
    }

    fn add(
        &mut self,
        stated: &Stated<'_>,
        property: NamedNodeRef<'static>,
        taken: As,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> bool {
        if !stated.says_something() {
            return false;
        }
        let iri = self.mentions.add(stated, taken, context, findings);
        if let Some(role) = &stated.role
            && let Some(text) = role.text(findings)
        {
            self.roles
                .push((text.into_owned(), iri.clone(), role.field.clone()));
        }
        self.tie(property, iri);
        true
    }

    fn publisher(
        &mut self,
        record: &Fields<'_>,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let listed = record.find("publisher");
        let mut stated = listed
            .is_some_and(|list| self.listed(list, dct::PUBLISHER, As::Agent, context, findings));
        for prefix in ["publisher", "dcat_publisher"] {
            if !stated {
                let one = Stated::of_prefix(record, prefix);
                stated = self.add(&one, dct::PUBLISHER, As::Agent, context, findings);
            }
        }
        // DKAN's groups are those who publish.
        let stub = record.find("organization").or_else(|| {
            let groups = record.find("groups").filter(|_| super::is_of_dkan(record));
            groups?.items().into_iter().next()
        });
        let Some(stub) = stub else {
            return;
        };
        let Some(part) = stub
            .fields()
            .and_then(|part| organization::describe(&part, Role::Mention, context, findings))
        else {
            if !stub.value().is_object() {
                stub.unreadable(findings);
            }
            return;
        };
        let iri = part.graph.iri().clone();
        self.mentions.extend(part);
        let property = if stated {
            geodcat::DISTRIBUTOR
        } else {
            dct::PUBLISHER
        };
        self.tie(property, iri);
    }

    fn creators(
        &mut self,
        record: &Fields<'_>,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let listed = record.find("creator");
        let mut stated = listed
            .is_some_and(|list| self.listed(list, dct::CREATOR, As::Agent, context, findings));
        for prefix in ["creator", "dcat_creator"] {
            if !stated {
                let one = Stated::of_prefix(record, prefix);
                stated = self.add(&one, dct::CREATOR, As::Agent, context, findings);
            }
        }
        if !stated {
            self.named(record, "author", dct::CREATOR, As::Agent, context, findings);
        }
    }

    /// Describes `author` or `maintainer`: a name with fields beside it, or a list of persons.
    fn named(
        &mut self,
        record: &Fields<'_>,
        name: &str,
        property: NamedNodeRef<'static>,
        taken: As,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let sent = record.find(name).map(Sent::opened);
        if let Some(list) = sent.as_ref().filter(|sent| !is_scalar(sent)) {
            return self.listed(list.clone(), property, taken, context, findings);
        }
        let mut stated = Stated::of_prefix(record, name);
        if let Some(sent) = sent {
            let alone = Stated::of_text(sent);
            stated.name = alone.name.or(stated.name);
            stated.email = stated.email.or(alone.email);
            stated.uri = stated.uri.or(alone.uri);
        }
        let mut any = false;
        for stated in stated.each() {
            any |= self.add(&stated, property, taken, context, findings);
        }
        any
    }

    /// The contact points that are stated, else whoever maintains the package, else its author.
    fn contacts(
        &mut self,
        record: &Fields<'_>,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let mut stated = false;
        for name in ["contact", "contact_points", "contact_point"] {
            if let Some(list) = record.find(name).filter(|_| !stated) {
                stated = self.listed(list, dcat::CONTACT_POINT, As::Contact, context, findings);
            }
        }
        if !stated {
            for one in Stated::of_prefix(record, "contact").each() {
                stated |= self.add(&one, dcat::CONTACT_POINT, As::Contact, context, findings);
            }
        }
        for name in ["maintainer", "author"] {
            if !stated {
                let property = dcat::CONTACT_POINT;
                stated = self.named(record, name, property, As::Contact, context, findings);
            }
        }
    }

    fn others(&mut self, record: &Fields<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if let Some(list) = record.find("qualified_attribution") {
            for item in list.items() {
                let Some(part) = item.fields() else {
                    item.unreadable(findings);
                    continue;
                };
                let role = part.text("role", findings).unwrap_or_default();
                for agent in part.find("agent").into_iter().flat_map(Sent::items) {
                    let Some(inner) = agent.fields() else {
                        agent.unreadable(findings);
                        continue;
                    };
                    let stated = Stated::of_object(&inner);
                    if stated.says_something() {
                        let iri = self.mentions.add(&stated, As::Agent, context, findings);
                        self.roles.push((role.clone(), iri, part.place("role")));
                    }
                }
            }
        }
        if let Some(list) = record.find("responsible-party") {
            for item in list.items() {
                self.responsible(&item, context, findings);
            }
        }
    }

    /// Describes a responsible party of ckanext-spatial: `{"name": …, "roles": […]}`, or `Name (role)`.
    fn responsible(&mut self, item: &Sent<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(part) = item.fields() else {
            let text = item.text(findings).unwrap_or_default().into_owned();
            let (name, role) = text
                .trim_end_matches(')')
                .rsplit_once(" (")
                .unwrap_or((&text, ""));
            let value = serde_json::json!({"name": name});
            if let Some(own) = value.as_object() {
                let part = Fields::of_part(own, &item.field);
                let iri =
                    self.mentions
                        .add(&Stated::of_object(&part), As::Agent, context, findings);
                self.roles.push((role.to_owned(), iri, item.field.clone()));
            }
            return;
        };
        let stated = Stated::of_object(&part);
        if !stated.says_something() {
            return;
        }
        let iri = self.mentions.add(&stated, As::Agent, context, findings);
        for role in part.find("roles").into_iter().flat_map(Sent::items) {
            if let Some(text) = role.text(findings) {
                self.roles
                    .push((text.into_owned(), iri.clone(), role.field.clone()));
            }
        }
    }

    /// Leads from the record to them.
    pub(super) fn lead(&self, about: &mut Describe<'_>) {
        for (property, iri) in &self.ties {
            about.link(*property, iri.clone());
        }
        for (role, iri, field) in &self.roles {
            let is_code = !role.is_empty() && role.bytes().all(|b| b.is_ascii_alphabetic());
            let role = if is_code {
                format!("{ROLES}{role}")
            } else {
                role.clone()
            };
            let Some(role) = about.clean_iri(&role, field) else {
                about.find(
                    Code::MissingProperty,
                    field,
                    "left out: an agent without a role",
                    iri.as_str(),
                );
                continue;
            };
            about
                .node(prov::QUALIFIED_ATTRIBUTION, prov::ATTRIBUTION)
                .link(prov::AGENT, iri.clone())
                .link(dcat::HAD_ROLE, role);
        }
    }
}

fn is_scalar(sent: &Sent<'_>) -> bool {
    !sent.value().is_object() && !sent.value().is_array()
}
