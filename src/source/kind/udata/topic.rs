//! A topic of the API as dcat:Catalog: a selection of datasets, services and reuses that an
//! organization or the portal itself makes.
//!
//! A reuse is listed with `dcat:resource`: DCAT-AP takes only catalogues under `dct:hasPart`. What a topic
//! says of an element in its own words, or of one that is no record (a dataset that is wished for, a
//! chapter), is a schema:ListItem of its own, named by the topic's IRI and the element's identifier, with
//! `schema:item` where there is a record behind it.
//!
//! The list of elements is an answer of its own in the API, which the crawl puts under `elements`; before
//! there were elements, topics had the lists `datasets` and `reuses`.
//!
//! # Fields of `topics`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name`, `description` | `dct:title`, `dct:description` |
//! | `tags[]` | `dcat:keyword`, and `dcat:theme` where normalisation knows it |
//! | `organization` | `dct:publisher`, see [`super::agent`], # Fields of `organization stub` |
//! | `owner` | `dct:publisher` where there is no organization, see [`super::agent`], # Fields of `owner` |
//! | `page` | `foaf:page`, `adms:identifier` |
//! | `uri` | `adms:identifier` |
//! | `created_at`, `last_modified` | `dct:issued`, `dct:modified` |
//! | `spatial` | `dct:spatial`, see [`super::spatial`], # Fields of `spatial` |
//! | `elements[].element.class`, `elements[].element.id` | `dcat:dataset`, `dcat:service`, `dcat:resource` of a reuse |
//! | `elements[].id` | the fragment of a list item's IRI |
//! | `elements[].title`, `elements[].description` | `dct:title`, `dct:description` of the list item |
//! | `elements[].tags[]` | `dcat:keyword` of the list item |
//! | `datasets[].id`, `reuses[].id` | `dcat:dataset`, `dcat:resource` |
//! | `private` | such a topic is not published |
//!
//! # Left out of `topics`
//!
//! | field | why |
//! |---|---|
//! | `datasets[].page` | its address, which stands for one that the catalogue does not have |
//! | `slug`, `color`, `featured`, `permissions.*` | about the portal's site |
//! | `elements.rel`, `elements.href`, `elements.type`, `elements.total` | where the API has the list |
//! | `datasets.rel`, `datasets.href`, `datasets.type`, `datasets.total`, `reuses.rel`, `reuses.href`, `reuses.type`, `reuses.total` | where the API has the list |
//! | `datasets[].class`, `datasets[].title`, `datasets[].acronym`, `datasets[].uri`, `reuses[].class`, `reuses[].title`, `reuses[].image`, `reuses[].image_thumbnail`, `reuses[].page`, `reuses[].uri` | the dataset or reuse says it itself |

use oxigraph::model::{NamedNode, NamedNodeRef};
use serde::Deserialize;
use serde_json::Value;

use super::payload::{List, Organization, Spatial, Text, User};
use super::reference::{Listing, Reference, items, members};
use super::{hidden, identifier, keyword, publisher, spatial};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, schema};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::part::fragment::Fragments;
use crate::source::value::field::Field;
use crate::source::value::page::absolute;
use crate::source::value::{date, text};

/// An item of `/api/2/topics/` with its elements.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Topic {
    id: Text,
    name: Text,
    description: Text,
    tags: List<String>,
    organization: Field<Organization>,
    owner: Field<User>,
    page: Text,
    uri: Text,
    created_at: Text,
    last_modified: Text,
    spatial: Field<Spatial>,
    elements: Field<Listing<Element>>,
    datasets: Field<Listing<Reference>>,
    reuses: Field<Listing<Reference>>,
    private: Field<bool>,
    deleted: Field<Value>,
    archived: Field<Value>,
}

/// An item of `/api/2/topics/{id}/elements/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Element {
    id: Text,
    title: Text,
    description: Text,
    tags: List<String>,
    #[serde(rename = "element")]
    target: Field<Reference>,
}

/// Describes a topic.
pub(super) fn describe(record: &Topic, context: &Context<'_>) -> Result<Described, Rejected> {
    hidden::refuse(&record.private, &record.deleted, &record.archived)?;
    let identifier = record.id.peek_text().ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Topic, identifier);
    let mut findings = Vec::new();
    let iri = context.base.record(&id);
    let mut graph = RecordGraph::new(iri.clone());
    let publisher = publisher::read(&record.organization, &record.owner, context, &mut findings);
    let mut about = Describe::main(&mut graph, &mut findings);
    about
        .a(dcat::CATALOG_CLASS)
        .token(dct::IDENTIFIER, identifier, "id");
    text::title(&record.name, "name", context, &mut about);
    text::description(&record.description, "description", context, &mut about);
    if let Some(publisher) = &publisher {
        about.link(dct::PUBLISHER, publisher.graph.iri().clone());
    }
    let page = record.page.text("page", about.findings());
    let page = page.map(|page| absolute(page, context));
    about.iri(foaf::PAGE, page.as_deref().unwrap_or_default(), "page");
    let uri = record.uri.text("uri", about.findings());
    identifier::others(&[record.page.peek_text(), uri], context, &mut about);
    keyword::describe(&record.tags, &[], context, &mut about);
    if let Some(place) = record.spatial.read("spatial", about.findings()) {
        spatial::describe(place, context, &mut about);
    }
    date::each(
        &[
            (&record.created_at, dct::ISSUED, "created_at"),
            (&record.last_modified, dct::MODIFIED, "last_modified"),
        ],
        &mut about,
    );
    elements(record, iri, context, &mut about);
    for (listed, kind, property, field) in [
        (&record.datasets, Kind::Dataset, dcat::DATASET, "datasets"),
        (&record.reuses, Kind::Reuse, dcat::HAS_RESOURCE, "reuses"),
    ] {
        for iri in members(listed, kind, field, context, &mut about) {
            about.link(property, iri);
        }
    }
    Ok(Described::new(id, graph, publisher, findings))
}

/// Writes what the topic selects, and what it says about it.
fn elements(record: &Topic, topic: NamedNode, context: &Context<'_>, about: &mut Describe<'_>) {
    let mut fragments = Fragments::new(topic);
    for (position, element) in items(&record.elements, "elements", about) {
        let field = format!("elements[{position}]");
        let selected = selected(element, &field, context, about);
        if let Some((property, iri)) = &selected {
            about.link(*property, iri.clone());
        }
        let at = |name: &str| format!("{field}.{name}");
        let tags: Vec<_> = element
            .tags
            .items(&at("tags"), about.findings())
            .map(|(_, tag)| tag.as_str())
            .collect();
        let says = [&element.title, &element.description].map(|text| text.peek_text());
        if says == [None, None] && tags.is_empty() {
            // Reading them all the same, so that a wrong type is found.
            element.title.read(&at("title"), about.findings());
            element
                .description
                .read(&at("description"), about.findings());
            continue;
        }
        let says = says.map(Option::unwrap_or_default).join("\n");
        let iri = fragments.mint(&element.id, &says, &field, about);
        let mut item = about.resource(schema::ITEM_LIST_ELEMENT, &iri, schema::LIST_ITEM);
        text::title(&element.title, &at("title"), context, &mut item);
        let description = at("description");
        text::description(&element.description, &description, context, &mut item);
        for tag in tags {
            item.text(dcat::KEYWORD, tag, context.language, &at("tags"));
        }
        if let Some((_, iri)) = selected {
            item.link(schema::ITEM, iri);
        }
    }
}

/// The record behind an element, and the property under which a catalogue lists it.
fn selected(
    element: &Element,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<(NamedNodeRef<'static>, NamedNode)> {
    let field = format!("{field}.element");
    let reference = element.target.read(&field, about.findings())?;
    let Some(iri) = reference.iri(context) else {
        about.find(
            Code::ValueUnknown,
            &field,
            "left out: nothing of this class is described, or it has no identifier",
            reference.class().unwrap_or_default(),
        );
        return None;
    };
    let property = match reference.class() {
        Some("Dataset") => dcat::DATASET,
        Some("Dataservice") => dcat::SERVICE,
        _ => dcat::HAS_RESOURCE,
    };
    Some((property, iri))
}
