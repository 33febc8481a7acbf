//! A reuse of the API as duv:Usage: an application, article or picture that somebody made of datasets
//! and services.
//!
//! What uses a dataset states it (`duv:refersTo`); that the dataset is used follows from it and is not
//! written here, since a record says things of its own subjects alone.
//!
//! # Fields of `reuses`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title`, `description` | `dct:title`, `dct:description` |
//! | `type` | `schema:genre` |
//! | `topic` | `dcat:theme`, where normalisation knows it |
//! | `tags[]` | `dcat:keyword`, and `dcat:theme` where normalisation knows it |
//! | `url` | `foaf:homepage` |
//! | `page` | `foaf:page`, `adms:identifier` |
//! | `uri` | `adms:identifier` |
//! | `image` | `foaf:depiction` |
//! | `organization` | `dct:creator`, see [`super::agent`], # Fields of `organization stub` |
//! | `owner` | `dct:creator` where there is no organization, see [`super::agent`], # Fields of `owner` |
//! | `datasets[].id`, `dataservices[].id` | `duv:refersTo`: the IRI of the dataset or service |
//! | `created_at`, `last_modified` | `dct:issued`, `dct:modified` |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//! | `private`, `deleted`, `archived` | such a reuse is not published |
//!
//! # Left out of `reuses`
//!
//! | field | why |
//! |---|---|
//! | `datasets[].page`, `dataservices[].self_web_url` | its address, which stands for one that the catalogue does not have |
//! | `slug`, `image_thumbnail`, `featured`, `permissions.*` | about the portal's site |
//! | `badges[].kind` | awards of one portal |
//! | `datasets[].class`, `datasets[].title`, `datasets[].acronym`, `datasets[].uri` | the dataset says it itself |
//! | `datasets.rel`, `datasets.href`, `datasets.type`, `datasets.total` | where the API has the list |
//! | `dataservices[].class`, `dataservices[].title`, `dataservices[].acronym`, `dataservices[].self_api_url` | the service says it itself |
//! | `dataservices.rel`, `dataservices.href`, `dataservices.type`, `dataservices.total` | where the API has the list |

use serde::Deserialize;
use serde_json::{Map, Value};

use super::payload::{List, Organization, Text, User};
use super::reference::{Listing, Reference, members};
use super::{hidden, identifier, keyword, measure, publisher};
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, duv, foaf, schema};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::value::field::Field;
use crate::source::value::{date, page, text};

/// An item of `/api/1/reuses/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reuse {
    id: Text,
    title: Text,
    description: Text,
    #[serde(rename = "type")]
    kind: Text,
    topic: Text,
    tags: List<String>,
    url: Text,
    page: Text,
    uri: Text,
    image: Text,
    organization: Field<Organization>,
    owner: Field<User>,
    datasets: Field<Listing<Reference>>,
    dataservices: Field<Listing<Reference>>,
    created_at: Text,
    last_modified: Text,
    metrics: Field<Map<String, Value>>,
    private: Field<bool>,
    deleted: Field<Value>,
    archived: Field<Value>,
}

/// Describes a reuse.
pub(super) fn describe(record: &Reuse, context: &Context<'_>) -> Result<Described, Rejected> {
    hidden::refuse(&record.private, &record.deleted, &record.archived)?;
    let identifier = record
        .id
        .peek_text()
        .or(record.uri.peek_text())
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Reuse, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let creator = publisher::read(&record.organization, &record.owner, context, &mut findings);
    let mut about = Describe::main(&mut graph, &mut findings);
    about.a(duv::USAGE).token(dct::IDENTIFIER, identifier, "id");
    text::title(&record.title, "title", context, &mut about);
    text::description(&record.description, "description", context, &mut about);
    let kind = record.kind.text("type", about.findings());
    about.token(schema::GENRE, kind.unwrap_or_default(), "type");
    page::each(
        &[
            (&record.url, foaf::HOMEPAGE, "url"),
            (&record.page, foaf::PAGE, "page"),
            (&record.image, foaf::DEPICTION, "image"),
        ],
        &mut about,
    );
    let uri = record.uri.text("uri", about.findings());
    identifier::others(&[record.page.peek_text(), uri], context, &mut about);
    if let Some(creator) = &creator {
        about.link(dct::CREATOR, creator.graph.iri().clone());
    }
    for (used, kind, field) in [
        (&record.datasets, Kind::Dataset, "datasets"),
        (&record.dataservices, Kind::Service, "dataservices"),
    ] {
        for iri in members(used, kind, field, context, &mut about) {
            about.link(duv::REFERS_TO, iri);
        }
    }
    keyword::describe(&record.tags, &[], context, &mut about);
    let topic = record.topic.text("topic", about.findings());
    about.token(dcat::THEME, topic.unwrap_or_default(), "topic");
    date::each(
        &[
            (&record.created_at, dct::ISSUED, "created_at"),
            (&record.last_modified, dct::MODIFIED, "last_modified"),
        ],
        &mut about,
    );
    measure::metrics(&record.metrics, "metrics", context.base, &mut about);
    Ok(Described::new(id, graph, creator, findings))
}
