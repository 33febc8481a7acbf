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
//! | `rights[]`, `license[]`, `accessRights[]` | `dct:license` and `dct:accessRights` where a vocabulary has it, on the distributions as well; else `dct:rights` |
//! | `source[]`, `lineage[]` | `dct:provenance`: where GeoNetwork and pycsw put the lineage |
//! | `URI[]`, `references[]` | what is behind it ([`link`]): a dcat:Distribution with its service, a page, a picture; `dcat:endpointURL` of a service |
//! | `URI[].@protocol`, `references[].@scheme` | which of these; `dct:format` of services |
//! | `URI[].@name`, `URI[].@description` | `dct:title`, `dct:description` of the distribution |
//! | `format[]` | `dct:format` of files that do not say it themselves, where there is one; else of the dataset |
//! | `BoundingBox[].*` | `dct:spatial`: see `place` for the order of its axes |
//! | `spatial[]`, `coverage[]` | `dct:spatial`, where it is an IRI |
//! | `isPartOf[]`, `relation[]` | `dct:isPartOf`, `dct:relation`, where it is an address or the identifier of a record |
//!
//! # Left out of `csw:Record`
//!
//! | field | why |
//! |---|---|
//! | `contributor[]`, `temporal[]`, `audience[]`, `bibliographicCitation[]` | texts without a stated meaning |

mod link;

use oxigraph::model::NamedNodeRef;
use roxmltree::{Document, Node};

use super::iso::extent;
use super::question;
use super::xml::parse;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dct, foaf, rdfs, skos};
use crate::record::{Kind, RecordId, Reference};
use crate::source::contract::{Context, Described, Part, Rejected, Role};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::part::relation;
use crate::source::value::account;
use crate::source::value::field::Field;
use crate::source::value::markup::note_markup;
use crate::vocabulary::Alignment;
use link::{Links, endpoints};

/// The schema that such records are asked for in.
const SCHEMA: &str = "http://www.opengis.net/cat/csw/2.0.2";

/// Codes of ISO 19115 that only say that something is said elsewhere.
const CODES: [&str; 2] = ["otherRestrictions", "license"];

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
    relations(&record, context, &mut about);
    dates(&record, &mut about);
    for (index, node) in record.elements("BoundingBox").enumerate() {
        place(node, &format!("BoundingBox[{index}]"), &mut about);
    }
    let mut parties = parties(&record, context, &mut about);
    let rights = Rights::read(&record, context);
    rights.write_access(&mut about);
    let has_distributions = if kind == Kind::Service {
        endpoints(&record, context, &mut about);
        false
    } else {
        let mut links = Links {
            record: &record,
            identifier,
            context,
            rights: &rights,
            parts: &mut parties,
        };
        links.distributions(&mut about)
    };
    // As in ISO records, the licence is that of the distributions, where there are any.
    if !has_distributions {
        rights.write_licences(&mut about);
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
    for (field, rights) in Rights::read(record, context).others {
        if !CODES.contains(&rights) {
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

/// Writes what it belongs to. A text with a space in it is no identifier, and says nothing that can be told.
fn relations(record: &Record<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    for (name, property) in [("isPartOf", dct::IS_PART_OF), ("relation", dct::RELATION)] {
        for (field, text) in record.texts(name) {
            if text.starts_with("http://") || text.starts_with("https://") {
                relation::to(property, (text, &field), context, about);
            } else if !text.contains(char::is_whitespace) {
                let reference = Reference::new(context.portal, Kind::Dataset, text, "");
                about.link(property, reference.iri());
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

/// What a record says of rights, told apart.
struct Rights<'a> {
    licences: Vec<(String, &'a str)>,
    access: Vec<(String, &'a str)>,
    others: Vec<(String, &'a str)>,
}

impl<'a> Rights<'a> {
    fn read(record: &Record<'a>, context: &Context<'_>) -> Self {
        let known = |alignment, text: &str| context.vocabularies.align(alignment, text).is_some();
        let (mut licences, mut access, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for name in ["rights", "license", "accessRights"] {
            for (field, text) in record.texts(name) {
                if known(Alignment::Licence, text) {
                    licences.push((field, text));
                } else if known(Alignment::AccessRight, text) {
                    access.push((field, text));
                } else {
                    others.push((field, text));
                }
            }
        }
        Self {
            licences,
            access,
            others,
        }
    }

    fn write_access(&self, about: &mut Describe<'_>) {
        for (field, text) in &self.access {
            about.token(dct::ACCESS_RIGHTS, text, field);
        }
    }

    fn write_licences(&self, about: &mut Describe<'_>) {
        for (field, text) in &self.licences {
            about.token(dct::LICENSE, text, field);
        }
    }
}

/// Writes a box. Its reference system says the order of the axes: in EPSG:4326 the latitude comes first
/// (OGC 06-121r3, 10.2). GeoNetwork writes the longitude first whatever it says: it is known by the
/// version of EPSG that it names, by the name of the system in words, and by corners in the east and the
/// west. What is on the globe in one order only is in that.
fn place(node: Node<'_, '_>, field: &str, about: &mut Describe<'_>) {
    let corner = |name: &str| -> Option<[&str; 2]> {
        let mut children = node.children().filter(Node::is_element);
        let text = children
            .find(|child| child.tag_name().name() == name)?
            .text()?;
        let mut numbers = text.split_whitespace();
        Some([numbers.next()?, numbers.next()?])
    };
    let (Some([a, b]), Some([c, d])) = (corner("LowerCorner"), corner("UpperCorner")) else {
        about.find(
            Code::GeometryInvalid,
            field,
            "left out: it has no two corners",
            "",
        );
        return;
    };
    let crs = node.attribute("crs").unwrap_or_default();
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let fits = |latitudes: [&str; 2]| latitudes.iter().all(|text| number(text).abs() <= 90.0);
    let is_reversed = number(a) > number(c);
    let says_longitude = crs.is_empty()
        || ["CRS84", "CRS:84", "EPSG:6.6:", "WGS 1984", "WGS84"]
            .iter()
            .any(|name| crs.contains(name))
        || is_reversed;
    let longitude_first = match (fits([b, d]), fits([a, c])) {
        (true, true) => says_longitude,
        (fits, _) => fits,
    };
    let [west, south, east, north] = match (longitude_first, is_reversed) {
        (true, true) => [c, b, a, d],
        (true, false) => [a, b, c, d],
        (false, _) => [b, a, d, c],
    };
    let sides = [west, east, south, north].map(Some);
    if let Some(geometry) = extent::boxed(sides, field, about) {
        extent::draw(&geometry, field, about);
    }
}
