//! Dublin Core records (csw:Record), which every service can give and which say little: what a server
//! answers that cannot give, or ignores that it was asked for, another schema.
//!
//! Names of parties are texts here, so an organization is known by its name alone.
//!
//! # Fields of `csw:Record`
//!
//! | field | becomes |
//! |---|---|
//! | `identifier[]` | the IRI and `dct:identifier`: the first; `adms:identifier`: the others |
//! | `title[]`, `alternative[]` | `dct:title`: the first; `dct:alternative` |
//! | `abstract[]`, `description[]` | `dct:description`: the first of `abstract`, else of `description` |
//! | `type[]` | `service`: a dcat:DataService, `series`: a dcat:DatasetSeries, else a dcat:Dataset |
//! | `subject[]` | `dcat:keyword`; also `dcat:theme`, of which normalisation keeps what a vocabulary has |
//! | `created[]`, `issued[]`, `modified[]`, `date[]` | `dct:created`, `dct:issued`, `dct:modified`: without the others, `date` is the last |
//! | `language[]` | `dct:language` |
//! | `publisher[]`, `creator[]` | `dct:publisher`: the first of `publisher`; `dct:creator` |
//! | `rights[]`, `license[]`, `accessRights[]` | `dct:rights` |
//! | `source[]`, `lineage[]` | `dct:provenance`: where GeoNetwork and pycsw put the lineage |
//! | `URI[]`, `references[]` | a dcat:Distribution of a dataset, `dcat:endpointURL` of a service |
//! | `URI[].@protocol`, `references[].@scheme` | `dct:format` |
//! | `URI[].@name`, `URI[].@description` | `dct:title`, `dct:description` of the distribution |
//! | `spatial[]`, `coverage[]` | `dct:spatial`, where it is an IRI |
//!
//! # Left out of `csw:Record`
//!
//! | field | why |
//! |---|---|
//! | `BoundingBox[].*` | the order of its axes differs from server to server, whatever its reference system says |
//! | `format[]` | not said of which of the addresses |
//! | `contributor[]`, `relation[]`, `isPartOf[]`, `temporal[]`, `audience[]`, `bibliographicCitation[]` | texts without a stated meaning |

use oxigraph::model::NamedNodeRef;
use roxmltree::{Document, Node};

use super::question;
use super::xml::parse;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dct, foaf, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected, Role};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::part::key::Keys;
use crate::source::value::account;
use crate::source::value::field::Field;
use crate::source::value::markup::note_markup;

/// The schema that such records are asked for in.
const SCHEMA: &str = "http://www.opengis.net/cat/csw/2.0.2";

/// The elements of a record.
struct Record<'a> {
    root: Node<'a, 'a>,
}

impl<'a> Record<'a> {
    fn elements(&self, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
        self.root
            .children()
            .filter(move |node| node.is_element() && node.tag_name().name() == name)
    }

    /// The texts of all elements of a name, with their places, without repetitions.
    fn texts(&self, name: &'static str) -> Vec<(String, &'a str)> {
        let mut texts: Vec<(String, &str)> = Vec::new();
        for (index, node) in self.elements(name).enumerate() {
            let text = node.text().unwrap_or_default().trim();
            if !text.is_empty() && texts.iter().all(|(_, known)| *known != text) {
                texts.push((format!("{name}[{index}]"), text));
            }
        }
        texts
    }

    fn first(&self, name: &'static str) -> Option<(String, &'a str)> {
        self.texts(name).into_iter().next()
    }
}

/// Describes a record.
pub(super) fn describe(text: &str, context: &Context<'_>) -> Result<Described, Rejected> {
    let document: Document<'_> =
        parse(text).map_err(|error| Rejected::Unreadable(error.to_string()))?;
    let record = Record {
        root: document.root_element(),
    };
    let (_, identifier) = record.first("identifier").ok_or(Rejected::NoIdentifier)?;
    let (kind, class) = kind(&record);
    let id = RecordId::new(context.portal, kind, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut about = Describe::main(&mut graph, &mut findings);
    about.a(class);
    about.token(dct::IDENTIFIER, identifier, "identifier[0]");
    for (field, other) in record.texts("identifier").into_iter().skip(1) {
        about
            .node(adms::IDENTIFIER, adms::IDENTIFIER_CLASS)
            .token(skos::NOTATION, other, &field);
    }
    texts(&record, context, &mut about);
    dates(&record, &mut about);
    let parties = parties(&record, context, &mut about);
    match kind {
        Kind::Service => endpoints(&record, &mut about),
        _ => distributions(&record, identifier, context, &mut about),
    }
    let uri = question::by_id(context.root, SCHEMA, identifier);
    let uri = Field::Value(uri.to_string());
    let entry = Entry {
        id: &id,
        identifier,
        uri: &uri,
        field: "",
        path: &[],
    };
    catalogue_record::describe(&entry, context, &mut about);
    let of = (super::SOURCE.name, "csw:Record");
    account::of_xml(&mut findings, of, record.root, account::Style::Lists);
    Ok(Described::new(id, graph, parties, findings))
}

fn kind(record: &Record<'_>) -> (Kind, NamedNodeRef<'static>) {
    match record.first("type").map(|(_, kind)| kind) {
        Some("service") => (Kind::Service, dcat::DATA_SERVICE),
        Some("series") => (Kind::Series, dcat::DATASET_SERIES),
        _ => (Kind::Dataset, dcat::DATASET_CLASS),
    }
}

fn texts(record: &Record<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let language = context.language;
    if let Some((field, title)) = record.first("title") {
        about.text(dct::TITLE, title, language, &field);
    }
    for (field, title) in record.texts("alternative") {
        about.text(dct::ALTERNATIVE, title, language, &field);
    }
    let description = record.first("abstract").or(record.first("description"));
    if let Some((field, description)) = description {
        note_markup(description, &field, about);
        about.text(dct::DESCRIPTION, description, language, &field);
    }
    for (field, keyword) in record.texts("subject") {
        about.text(dcat::KEYWORD, keyword, language, &field);
        about.token(dcat::THEME, keyword, &field);
    }
    for (field, code) in record.texts("language") {
        about.token(dct::LANGUAGE, code, &field);
    }
    for name in ["rights", "license", "accessRights"] {
        for (field, rights) in record.texts(name) {
            about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT).text(
                rdfs::LABEL,
                rights,
                language,
                &field,
            );
        }
    }
    for name in ["source", "lineage"] {
        for (field, lineage) in record.texts(name) {
            about.node(dct::PROVENANCE, dct::PROVENANCE_STATEMENT).text(
                rdfs::LABEL,
                lineage,
                language,
                &field,
            );
        }
    }
    for name in ["spatial", "coverage"] {
        for (field, place) in record.texts(name) {
            if place.starts_with("http://") || place.starts_with("https://") {
                about.iri(dct::SPATIAL, place, &field);
            }
        }
    }
}

fn dates(record: &Record<'_>, about: &mut Describe<'_>) {
    let mut write = |property: NamedNodeRef<'_>, names: &[&'static str]| {
        let found = names.iter().find_map(|name| record.first(name));
        if let Some((field, date)) = found {
            about.date(property, date, &field);
        }
    };
    write(dct::CREATED, &["created"]);
    write(dct::ISSUED, &["issued"]);
    write(dct::MODIFIED, &["modified", "date"]);
}

fn parties(record: &Record<'_>, context: &Context<'_>, about: &mut Describe<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let publisher = record.first("publisher");
    let creators = record.texts("creator");
    let named = publisher
        .map(|(field, name)| (dct::PUBLISHER, field, name))
        .into_iter()
        .chain(
            creators
                .into_iter()
                .map(|(field, name)| (dct::CREATOR, field, name)),
        );
    for (property, field, name) in named {
        let id = RecordId::new(context.portal, Kind::Organization, name);
        about.link(property, context.base.record(&id));
        if parts.iter().any(|part| part.id == id) {
            continue;
        }
        let mut graph = RecordGraph::new(context.base.record(&id));
        Describe::main(&mut graph, about.findings())
            .a(foaf::AGENT)
            .text(foaf::NAME, name, None, &field);
        parts.push(Part {
            id,
            role: Role::Mention,
            graph,
        });
    }
    parts
}

/// An address that a record names.
struct Link<'a> {
    field: String,
    address: &'a str,
    protocol: &'a str,
    name: &'a str,
    description: &'a str,
}

/// The addresses of a record, each once.
fn links<'a>(record: &Record<'a>) -> Vec<Link<'a>> {
    let mut links: Vec<Link<'a>> = Vec::new();
    for name in ["URI", "references"] {
        for (index, node) in record.elements(name).enumerate() {
            let address = node.text().unwrap_or_default().trim();
            if address.is_empty() || links.iter().any(|link| link.address == address) {
                continue;
            }
            let attribute = |name: &str| node.attribute(name).unwrap_or_default().trim();
            links.push(Link {
                field: format!("{name}[{index}]"),
                address,
                protocol: match attribute("protocol") {
                    "" => attribute("scheme"),
                    protocol => protocol,
                },
                name: attribute("name"),
                description: attribute("description"),
            });
        }
    }
    links
}

fn endpoints(record: &Record<'_>, about: &mut Describe<'_>) {
    for link in links(record) {
        about.iri(dcat::ENDPOINT_URL, link.address, &link.field);
    }
}

fn distributions(
    record: &Record<'_>,
    identifier: &str,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let mut keys = Keys::default();
    for link in links(record) {
        let Some(address) = dataset.clean_iri(link.address, &link.field) else {
            dataset.find(
                Code::FieldUnreadable,
                &link.field,
                "it leads nowhere: no distribution is made of it",
                link.address,
            );
            continue;
        };
        let key = keys.mint(
            None,
            link.address,
            link.protocol,
            identifier,
            &link.field,
            dataset,
        );
        let iri = context.base.distribution(context.portal, &key);
        dataset
            .resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS)
            .link(dcat::ACCESS_URL, address)
            .token(
                dct::FORMAT,
                link.protocol,
                &format!("{}.protocol", link.field),
            )
            .text(
                dct::TITLE,
                link.name,
                context.language,
                &format!("{}.name", link.field),
            )
            .text(
                dct::DESCRIPTION,
                link.description,
                context.language,
                &format!("{}.description", link.field),
            );
    }
}
