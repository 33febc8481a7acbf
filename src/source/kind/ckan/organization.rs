//! Organizations as foaf:Organization: records of their own, or the stub of one in a package. Both go
//! through one function.
//!
//! # Fields of `organizations`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name` | `foaf:page` of the portal; the IRI, without `id` |
//! | `title`, `title_translated.*`, `display_name` | `foaf:name`, in each language |
//! | `description`, `description_translated.*` | `dct:description` |
//! | `image_display_url`, `image_url` | `foaf:logo`: the first that is an address |
//! | `url`, `homepage` | `foaf:homepage` |
//! | `email` | `foaf:mbox` |
//! | `uri` | `adms:identifier` |
//! | `identifier` | `adms:identifier` |
//! | `siret` | `org:identifier` |
//! | `state` | it is not published unless it is active |
//!
//! # Left out of `organizations`
//!
//! | field | why |
//! |---|---|
//! | `approval_status`, `is_organization`, `type` | the same for all |
//! | `created`, `revision_id`, `revision_timestamp`, `num_followers`, `package_count` | about its page on the portal |
//! | `users.*`, `users[].*` | persons, whom no catalogue needs |
//! | `tags.*`, `tags[].*`, `groups.*`, `groups[].*`, `packages.*`, `packages[].*` | its place on the portal |

use oxigraph::model::Literal;
use serde_json::{Map, Value};

use super::fields::Fields;
use super::words;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dct, foaf, org};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected, Role};
use crate::source::part::name::{node, notation};
use crate::source::value::mail;
use crate::source::value::siret::Siret;

/// Describes a record of the list.
pub(super) fn record(
    own: &Map<String, Value>,
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let record = Fields::of_record(own);
    if !super::is_active(&record) {
        return Err(Rejected::Hidden("not active"));
    }
    let mut findings = Vec::new();
    let part = describe(&record, Role::Main, context, &mut findings);
    let parts = vec![part.ok_or(Rejected::NoIdentifier)?];
    Ok(Described { parts, findings })
}

/// Describes an organization; `None` where it has neither identifier nor name.
pub(super) fn describe(
    record: &Fields<'_>,
    role: Role,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let name = record.peek("name");
    let identifier = record.text("id", findings).or(name.map(str::to_owned))?;
    let id = RecordId::new(context.portal, Kind::Organization, &identifier);
    let mut graph = RecordGraph::new(context.base.record(&id));
    // What is odd about a stub is found where the organization itself is described, once.
    let mut odd = Vec::new();
    let mut about = Describe::main(&mut graph, &mut odd);
    about
        .a(foaf::AGENT)
        .a(foaf::ORGANIZATION)
        .token(dct::IDENTIFIER, &identifier, "id");
    title(record, &identifier, context, &mut about);
    words::write(
        dct::DESCRIPTION,
        &["description_translated", "description"],
        record,
        context,
        &mut about,
    );
    if let Some(name) = name {
        // DKAN's names are paths.
        let page = match name.split_once('/') {
            Some((folder, name)) => super::page(context, &[folder, name]),
            None => super::page(context, &["organization", name]),
        };
        about.iri(foaf::PAGE, &page, "name");
    }
    let logo = ["image_display_url", "image_url"]
        .into_iter()
        .find_map(|name| record.peek(name).filter(|text| text.contains("://")));
    about.iri(foaf::LOGO, logo.unwrap_or_default(), "image_url");
    if let Some(sent) = record.first(&["url", "homepage"]) {
        let text = sent.text(about.findings()).unwrap_or_default();
        about.iri(foaf::HOMEPAGE, &text, &sent.field);
    }
    if let Some(email) = record.peek("email") {
        mail::write(foaf::MBOX, email, &record.place("email"), &mut about);
    }
    for name in ["uri", "identifier"] {
        if let Some(other) = record.peek(name) {
            node(notation(other), &mut about);
        }
    }
    if let Some(sent) = record.find("siret") {
        siret(&sent.text(about.findings()).unwrap_or_default(), &mut about);
    }
    graph.dedup();
    if role == Role::Main {
        findings.append(&mut odd);
    }
    Some(Part { id, role, graph })
}

/// A title is in no language, unless it is given in several.
fn title(record: &Fields<'_>, identifier: &str, context: &Context<'_>, about: &mut Describe<'_>) {
    let plain = Context {
        language: None,
        ..context.clone()
    };
    let names = ["title_translated", "title", "display_name", "name"];
    if !words::write(foaf::NAME, &names, record, &plain, about) {
        about.token(foaf::NAME, identifier, "id");
    }
}

fn siret(number: &str, about: &mut Describe<'_>) {
    match Siret::parse(number) {
        Ok(siret) => {
            about.literal(org::IDENTIFIER, Literal::new_simple_literal(siret.as_str()));
        }
        Err(error) => about.find(
            Code::IdentifierInvalid,
            "siret",
            &format!("left out: {error}"),
            number,
        ),
    }
}
