//! Organizations: the publisher, by its identifier on data.gouv.fr; those whose offer of transport the
//! data are about, by their SIREN (the French register's number of a legal unit), else by name.
//!
//! # Fields of `publisher`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier`; without it the hash of the name |
//! | `name` | `foaf:name` |
//!
//! # Left out of `publisher`
//!
//! | field | why |
//! |---|---|
//! | `type` | always `organization` |
//!
//! # Fields of `owner`
//!
//! | field | becomes |
//! |---|---|
//! | `siren` | the IRI and an `adms:identifier`; without it the hash of the name |
//! | `name` | `foaf:name` |
//!
//! # Left out of `owner`
//!
//! | field | why |
//! |---|---|
//! | `id` | always empty |
//! | `type`, `insee` | what kind of authority it is, which the API says of some only; of regions, their code |

use super::payload::Agent;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{adms, dct, foaf, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::party;

/// The publisher.
pub(super) fn publisher(
    record: &Agent,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let id = record.id.text("publisher.id", findings);
    let name = record.name.text("publisher.name", findings)?;
    let Some(id) = id else {
        return party::agent(
            name,
            foaf::ORGANIZATION,
            "publisher.name",
            context,
            findings,
        );
    };
    let (mut graph, record_id) = start(id, context);
    organization(name, "publisher.name", &mut graph, findings).token(
        dct::IDENTIFIER,
        id,
        "publisher.id",
    );
    let (id, role) = (record_id, Role::Mention);
    Some(Part { id, role, graph })
}

/// An owner, which stands in `field`.
pub(super) fn owner(
    record: &Agent,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let (at_siren, at_name) = (format!("{field}.siren"), format!("{field}.name"));
    let siren = record.siren.text(&at_siren, findings);
    let name = record.name.text(&at_name, findings).unwrap_or_default();
    let fits = |siren: &&str| siren.len() == 9 && siren.bytes().all(|b| b.is_ascii_digit());
    if let Some(wrong) = siren.filter(|siren| !fits(siren)) {
        let message = "left out: a SIREN has 9 digits";
        findings.push(Finding::new(
            Code::IdentifierInvalid,
            &at_siren,
            message,
            wrong,
        ));
    }
    let Some(siren) = siren.filter(fits) else {
        return party::agent(name, foaf::ORGANIZATION, &at_name, context, findings);
    };
    // Beginning with a word: a publisher's identifier might be the same nine digits.
    let (mut graph, id) = start(&format!("siren-{siren}"), context);
    organization(name, &at_name, &mut graph, findings)
        .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
        .token(skos::NOTATION, siren, &at_siren)
        .token(adms::SCHEMA_AGENCY, "INSEE", &at_siren)
        .token(rdfs::LABEL, "SIREN", &at_siren);
    let role = Role::Mention;
    Some(Part { id, role, graph })
}

fn start(identifier: &str, context: &Context<'_>) -> (RecordGraph, RecordId) {
    let id = RecordId::new(context.portal, Kind::Organization, identifier);
    (RecordGraph::new(context.base.record(&id)), id)
}

fn organization<'a>(
    name: &str,
    field: &str,
    graph: &'a mut RecordGraph,
    findings: &'a mut Vec<Finding>,
) -> Describe<'a> {
    let mut about = Describe::main(graph, findings);
    about
        .a(foaf::AGENT)
        .a(foaf::ORGANIZATION)
        .token(foaf::NAME, name, field);
    about
}
