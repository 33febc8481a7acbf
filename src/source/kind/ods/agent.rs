//! Who publishes, made and explains a dataset. The API has names only, so that agents and contacts are
//! called by a hash of what is said of them ([`crate::source::part::party`]).

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::template::{Template, Templates};
use crate::dcat::Describe;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct, foaf};
use crate::source::contract::{Context, Part};
use crate::source::part::party;
use crate::vocabulary::Vocabularies;

/// ADMS publisher types, <http://purl.org/adms/publishertype/1.0>.
const PUBLISHER_TYPES: &str = "http://purl.org/adms/publishertype/";

/// The agents and contacts of a dataset, and by what it leads to each.
pub(super) fn read(
    templates: &Templates<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Vec<(NamedNodeRef<'static>, Part)> {
    let mut found = Vec::new();
    if let Some((name, field)) = templates.first(["publisher", "", "publisher_name"], findings)
        && let Some(mut part) = party::agent(&name, foaf::ORGANIZATION, &field, context, findings)
    {
        kind(templates, &mut part, context.vocabularies, findings);
        found.push((dct::PUBLISHER, part));
    }
    for (name, property) in [("creator", dct::CREATOR), ("contributor", dct::CONTRIBUTOR)] {
        let field = templates.dcat.at(name);
        for text in templates.dcat.texts(name, findings) {
            let agent = party::agent(&text, foaf::AGENT, &field, context, findings);
            found.extend(agent.map(|part| (property, part)));
        }
    }
    let mut contacts: Vec<&Template<'_>> = vec![&templates.dcat];
    contacts.extend(&templates.dcat_ap);
    contacts.push(&templates.inspire);
    for template in contacts {
        if let Some(part) = contact(template, context, findings) {
            found.push((dcat::CONTACT_POINT, part));
        }
    }
    found
}

/// Writes the kind of publisher, where a template says it.
fn kind(
    templates: &Templates<'_>,
    publisher: &mut Part,
    vocabularies: &Vocabularies,
    findings: &mut Vec<Finding>,
) {
    let Some((kind, field)) = templates.first(["", "publisher_type", "publisher_type"], findings)
    else {
        return;
    };
    let iri = if kind.starts_with("http") {
        kind.clone()
    } else {
        let name: String = kind.chars().filter(char::is_ascii_alphanumeric).collect();
        format!("{PUBLISHER_TYPES}{name}")
    };
    let mut about = Describe::main(&mut publisher.graph, findings);
    if vocabularies.contains(&iri) {
        about.link(dct::TYPE, NamedNode::new_unchecked(iri));
    } else {
        let message = "only the original is kept: it is no type of publisher";
        about.find(Code::ValueUnknown, &field, message, &kind);
        about.origin(dct::TYPE, &kind);
    }
}

fn contact(
    template: &Template<'_>,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let (field, name) = ["contact_name", "contact_individual_name"]
        .into_iter()
        .find_map(|field| Some((field, template.text(field, findings)?)))
        .unwrap_or(("contact_name", String::new()));
    let email = template.text("contact_email", findings).unwrap_or_default();
    party::contact(
        (&name, &template.at(field)),
        (&email, &template.at("contact_email")),
        context,
        findings,
    )
}
