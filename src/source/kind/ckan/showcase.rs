//! A package of type `showcase` (ckanext-showcase): what somebody made of the portal's data, a duv:Usage.
//!
//! # Fields of `showcase`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `title_translated.*`, `name`, `notes`, `notes_translated.*` | `dct:title`, `dct:description` |
//! | `url` | `foaf:homepage` |
//! | `image_display_url`, `image_url` | `foaf:depiction` |
//! | `tags[].name`, `tags[]` | `dcat:keyword` |
//! | `author`, `author_email` | `dct:creator` |
//! | `metadata_created`, `metadata_modified` | `dct:issued`, `dct:modified` |
//! | `state`, `private` | it is not published unless it is active |
//!
//! # Left out of `showcase`
//!
//! | field | why |
//! |---|---|
//! | `*` | what every package has, and a showcase does not: # Fields of `datasets` |

use super::agent::{As, Mentions, Stated};
use super::fields::Fields;
use super::{date, words};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dct, duv, foaf};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};

/// Describes a showcase.
pub(super) fn describe(record: &Fields<'_>, context: &Context<'_>) -> Result<Described, Rejected> {
    let name = record.peek("name");
    let identifier = record.peek("id").or(name).ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Reuse, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut mentions = Mentions::default();
    let author = Stated {
        name: record.find("author"),
        email: record.find("author_email"),
        ..Stated::default()
    };
    let creator = author
        .says_something()
        .then(|| mentions.add(&author, As::Agent, context, &mut findings));
    let mut about = Describe::main(&mut graph, &mut findings);
    about.a(duv::USAGE).token(dct::IDENTIFIER, identifier, "id");
    let titles = ["title_translated", "title", "name"];
    words::write(dct::TITLE, &titles, record, context, &mut about);
    let notes = ["notes_translated", "notes"];
    words::write(dct::DESCRIPTION, &notes, record, context, &mut about);
    let page = super::page(context, &["showcase", name.unwrap_or(identifier)]);
    about.iri(foaf::PAGE, &page, "name");
    about.iri(
        foaf::HOMEPAGE,
        record.peek("url").unwrap_or_default(),
        "url",
    );
    let image = ["image_display_url", "image_url"]
        .into_iter()
        .find_map(|name| record.peek(name).filter(|text| text.contains("://")));
    about.iri(foaf::DEPICTION, image.unwrap_or_default(), "image_url");
    words::keywords(record, words::Categories::Not, context, &mut about);
    if let Some(creator) = creator {
        about.link(dct::CREATOR, creator);
    }
    date::first(dct::ISSUED, &["metadata_created"], record, &mut about);
    date::first(dct::MODIFIED, &["metadata_modified"], record, &mut about);
    Ok(Described::new(id, graph, mentions.into_parts(), findings))
}
