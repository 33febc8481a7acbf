//! Agents and contact points that a portal only names: without identifier, they are called by a hash of
//! what is said of them, so that two records that say the same lead to one.

use oxigraph::model::NamedNodeRef;

use crate::dcat::{Describe, RecordGraph};
use crate::finding::Finding;
use crate::rdf::vocab::{foaf, vcard};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::value::mail;

/// An agent of a name that is in no language; `None` without one. `field` is where it stands.
pub(in crate::source) fn agent(
    name: &str,
    class: NamedNodeRef<'_>,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return None;
    }
    let id = RecordId {
        portal: context.portal.clone(),
        kind: Kind::Organization,
        key: Key::hashed(&name),
    };
    let mut graph = RecordGraph::new(context.base.record(&id));
    Describe::main(&mut graph, findings)
        .a(foaf::AGENT)
        .a(class)
        .token(foaf::NAME, &name, field);
    graph.dedup();
    let role = Role::Mention;
    Some(Part { id, role, graph })
}

/// A contact point of a name and an e-mail address, each with where it stands; `None` without both.
pub(in crate::source) fn contact(
    name: (&str, &str),
    email: (&str, &str),
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    if name.0.is_empty() && email.0.is_empty() {
        return None;
    }
    let id = RecordId {
        portal: context.portal.clone(),
        kind: Kind::Contact,
        key: Key::hashed(&format!("{}\n{}", name.0, email.0)),
    };
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut about = Describe::main(&mut graph, findings);
    about.a(vcard::KIND).token(vcard::FN, name.0, name.1);
    mail::write(vcard::HAS_EMAIL, email.0, email.1, &mut about);
    let role = Role::Mention;
    Some(Part { id, role, graph })
}
