//! A harvester of the API as dcat:Catalog: a portal that this one harvests, which is where a harvested
//! dataset comes from.
//!
//! It is described only as a source. What it holds is described by the datasets that came through it,
//! whose catalogue records name it.
//!
//! # Fields of `harvest_sources`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name`, `description` | `dct:title`, `dct:description` |
//! | `url` | `foaf:homepage`, unless it holds a password |
//! | `backend` | `dct:type`, as text |
//! | `organization` | `dct:publisher`, see [`super::agent`], # Fields of `organization stub` |
//! | `created_at` | `dct:issued` |
//! | `deleted` | such a source is not published |
//! | `validation.state` | a source that is not accepted is not published: nothing came through it |
//!
//! # Left out of `harvest_sources`
//!
//! | field | why |
//! |---|---|
//! | `owner.*`, `validation.by.*` | who set the harvester up, a private person |
//! | `validation.on`, `validation.comment` | between the portal's staff and that person |
//! | `config.*` | how the portal harvests; may hold keys of other portals |
//! | `active`, `autoarchive`, `schedule`, `frequency`, `last_job.*` | how and when the portal harvests |
//! | `slug`, `permissions.*` | about the portal's site |

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::payload::{Organization, Text};
use super::publisher;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::value::field::Field;
use crate::source::value::{date, text};

/// An item of `/api/1/harvest/sources/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Origin {
    id: Text,
    name: Text,
    description: Text,
    url: Text,
    backend: Text,
    organization: Field<Organization>,
    created_at: Text,
    deleted: Field<Value>,
    validation: Field<Validation>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Validation {
    state: Text,
}

/// Describes a harvester.
pub(super) fn describe(record: &Origin, context: &Context<'_>) -> Result<Described, Rejected> {
    if record.deleted.is_sent() {
        return Err(Rejected::Hidden("deleted"));
    }
    let state = record.validation.peek().and_then(|v| v.state.peek_text());
    if state.is_some_and(|state| state != "accepted") {
        return Err(Rejected::Hidden("not accepted by the portal"));
    }
    let identifier = record.id.peek_text().ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Origin, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let publisher = record
        .organization
        .read("organization", &mut findings)
        .and_then(|stub| publisher::mention(stub, "organization", context, &mut findings));
    let mut about = Describe::main(&mut graph, &mut findings);
    about
        .a(dcat::CATALOG_CLASS)
        .token(dct::IDENTIFIER, identifier, "id");
    text::title(&record.name, "name", context, &mut about);
    text::description(&record.description, "description", context, &mut about);
    homepage(&record.url, "url", &mut about);
    let backend = record.backend.text("backend", about.findings());
    about.token(dct::TYPE, backend.unwrap_or_default(), "backend");
    if let Some(publisher) = &publisher {
        about.link(dct::PUBLISHER, publisher.graph.iri().clone());
    }
    date::each(
        &[(&record.created_at, dct::ISSUED, "created_at")],
        &mut about,
    );
    Ok(Described::new(id, graph, publisher, findings))
}

/// Writes where the other portal is. Harvesters are given addresses that pages never show.
pub(super) fn homepage(url: &Text, field: &str, about: &mut Describe<'_>) {
    let Some(url) = url.text(field, about.findings()) else {
        return;
    };
    let secret =
        Url::parse(url).is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
    if secret {
        about.find(
            Code::IriInvalid,
            field,
            "left out: it holds a name or password",
            "",
        );
    } else {
        about.iri(foaf::HOMEPAGE, url, field);
    }
}
