//! A package of type `harvest`: a portal that this one harvests, which is where harvested datasets come
//! from (ckanext-harvest keeps its sources as packages).
//!
//! It is described only as a source. What it holds is described by the datasets that came through it.
//!
//! # Fields of `harvest`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `notes` | `dct:title`, `dct:description` |
//! | `url` | `foaf:homepage`, unless it holds a password |
//! | `source_type` | `dct:type`, as text |
//! | `metadata_created` | `dct:issued` |
//! | `state`, `private` | it is not published unless it is active |
//!
//! # Left out of `harvest`
//!
//! | field | why |
//! |---|---|
//! | `config`, `frequency`, `active`, `status.*` | how and when the portal harvests; may hold keys of other portals |
//! | `*` | what every package has, and a source does not: # Fields of `datasets` |

use super::fields::Fields;
use super::{date, words};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, foaf};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected, Role};

/// Describes a harvest source.
pub(super) fn describe(record: &Fields<'_>, context: &Context<'_>) -> Result<Described, Rejected> {
    let identifier = record
        .peek("id")
        .or(record.peek("name"))
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Origin, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut about = Describe::main(&mut graph, &mut findings);
    about
        .a(dcat::CATALOG_CLASS)
        .token(dct::IDENTIFIER, identifier, "id");
    words::write(dct::TITLE, &["title", "name"], record, context, &mut about);
    words::write(dct::DESCRIPTION, &["notes"], record, context, &mut about);
    let address = record
        .peek("url")
        .and_then(|text| url::Url::parse(text).ok());
    let is_bare = |url: &url::Url| url.username().is_empty() && url.password().is_none();
    if let Some(url) = address.filter(is_bare) {
        about.iri(foaf::HOMEPAGE, url.as_str(), "url");
    }
    let kind = record.peek("source_type").unwrap_or_default();
    about.token(dct::TYPE, kind, "source_type");
    date::first(dct::ISSUED, &["metadata_created"], record, &mut about);
    graph.dedup();
    let role = Role::Main;
    Ok(Described {
        parts: vec![Part { id, role, graph }],
        findings,
    })
}
