//! ISO 19139 and ISO 19115-3 metadata records as (Geo)DCAT-AP 3.
//!
//! Both are one tree in two spellings (see [`element`]); the mapping is that of SEMIC, its extended
//! rows included, <https://github.com/SEMICeu/iso-19139-to-dcat-ap>. What is odd is a finding with the
//! way to the element. Only what has no identifier at all, or is no such record, is rejected.
//!
//! Ways are written without prefixes and without the classes between properties; `@` is an attribute.
//! The text of a property is the property itself, whatever holds it (`CharacterString`, `Anchor`, a code,
//! translations); an address behind it is `@href`. Attributes that say how XML is written, and not what
//! it says, are no fields: `codeList`, `codeListValue` (the code is the property's value), `id`, `uuid`,
//! `locale`, `type`, `nilReason`, `isoType`, `schemaLocation`, `show`, `actuate`, `role`, `arcrole`,
//! `srsDimension`, `src`.
//!
//! # Where this differs from the published mapping, and why
//!
//! - Datasets, services, distributions, agents, contacts and catalogue records have IRIs that last,
//!   where it has blank nodes or the producer's own IRI. That one is `dct:identifier` and
//!   `adms:identifier`, and is found by it.
//! - Foreign IRIs (a language, a role, a media type) get no class here: no record may speak for them. Nor
//!   is a dataset a prov:Entity besides, which everything is that an activity used.
//! - A moment without time zone is one in UTC, as other sources' are.
//! - A name is in no language unless it has translations; identifiers are plain literals, those that are
//!   IRIs typed so.
//! - Provenance has its text in `rdfs:label`, which is where GeoDCAT-AP has it.
//! - Boxes are well-known text and `GeoJSON`, on a location each (see [`extent`]); not GML.
//! - Terms with an address are keywords too (see [`keyword`]).
//! - Formats: see [`format`]. A WMS does not deliver GML.
//! - A service behind a distribution is a record of its own, which all datasets share that it serves.
//!   It is named by its endpoint and not by the link of one of them, and says its protocol by
//!   `dct:conformsTo`.
//! - A contact is a contact, and not an attribution besides (see [`role`]).
//! - The date of the portal's record is not that of ours (see [`catalogue_record`]); and what has a
//!   primary topic is not said again from the topic's side.
//! - Access rights are said of the dataset as well as of its distributions: DCAT-AP looks for them there.
//! - A resolution as scale is said in words as well.
//! - Every endpoint is one, also that of an operation.
//!
//! # Fields of `records`
//!
//! | field | becomes |
//! |---|---|
//! | `hierarchyLevel`, `metadataScope.resourceScope` | the class, `geodcat:resourceType` or `dct:type`: see [`kind`] |
//! | `identificationInfo` | see [`identification`], # Fields of `identification` |
//! | `dataSetURI` | `adms:identifier` |
//! | `parentIdentifier`, `parentMetadata.@uuidref`, `parentMetadata.identifier.code` | `dcat:inSeries`; of a service `dct:relation` |
//! | `referenceSystemInfo` | see [`reference_system`], # Fields of `reference system` |
//! | `distributionInfo` | see [`distribution`], # Fields of `distribution` |
//! | `dataQualityInfo.lineage`, `resourceLineage` | see [`lineage`], # Fields of `lineage` |
//! | `dataQualityInfo.report.result` | see [`conformity`], # Fields of `result` |
//!
//! # Left out of `records`
//!
//! | field | why |
//! |---|---|
//! | `hierarchyLevelName`, `metadataScope.name` | the level in words |
//! | `parentMetadata.*` | the parent has a record of its own |
//! | `spatialRepresentationInfo.*` | axes, cells and counts of grids and vectors |
//! | `contentInfo.*` | bands and feature types: no catalogue asks for them |
//! | `portrayalCatalogueInfo.*`, `applicationSchemaInfo.*` | how the data are drawn, and built |
//! | `acquisitionInformation.*` | platforms, instruments and plans of measurements |
//! | `dataQualityInfo.scope.*`, `dataQualityInfo.report.*`, `dataQualityInfo.standaloneQualityReport.*` | which part was tested, how and by whom |

mod agent;
mod catalogue_record;
mod concept;
mod conformity;
mod constraint;
mod date;
mod distribution;
mod element;
pub(super) mod extent;
mod format;
mod gml;
mod identification;
mod identifier;
mod keyword;
mod kind;
mod language;
mod lineage;
mod mentions;
mod online;
mod party;
mod reference;
mod reference_system;
mod relation;
mod resolution;
mod role;
mod service;
mod temporal;
mod text;
mod thesaurus;

#[cfg(test)]
mod tests;

use oxigraph::model::NamedNode;
use roxmltree::Document;

use super::xml;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::dcatap;
use crate::record::{Kind, RecordId};
use crate::salvage::charset;
use crate::source::contract::{Context, Described, Rejected};
use constraint::Constraints;
use distribution::Distributions;
use element::Element;
use kind::Level;
use mentions::Mentions;
use text::Locales;

/// A record, with what its parts need to know of it.
struct Record<'a> {
    root: Element<'a>,
    id: RecordId,
    iri: NamedNode,
    identifier: String,
    level: Level<'a>,
    locales: Locales<'a>,
    context: &'a Context<'a>,
}

impl<'a> Record<'a> {
    /// The identifier that the record states of itself, if it does.
    fn own_identifier(&self) -> &'a str {
        identifier::of_record(self.root).unwrap_or_default()
    }

    /// The namespace of the record, by which a portal is asked for it: that of its properties, since a
    /// profile's root is in one of its own.
    fn namespace(&self) -> &'a str {
        let property = self
            .root
            .first("fileIdentifier|metadataIdentifier|identificationInfo");
        property.unwrap_or(self.root).namespace()
    }
}

/// The identifier of the record in an answer or a file.
pub(in crate::source) fn identifier(payload: &[u8]) -> Option<String> {
    let decoded = charset::text(payload, None);
    let document = xml::parse(&decoded.text).ok()?;
    let root = root(&document)?;
    let own = identifier::of_record(root).map(str::to_owned);
    own.or_else(|| identifier::instead(root))
}

/// The first record of a document.
fn root<'a>(document: &'a Document<'a>) -> Option<Element<'a>> {
    let mut elements = document.descendants().map(Element::new);
    elements.find(|element| element.is_record())
}

/// Describes one record.
///
/// # Errors
/// [`Rejected`] where it is no such record, or has no identifier.
pub(in crate::source) fn describe(
    payload: &[u8],
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let decoded = charset::text(payload, None);
    let unreadable = |error: xml::XmlError| Rejected::Unreadable(error.to_string());
    let document = xml::parse(&decoded.text).map_err(unreadable)?;
    let Some(root) = root(&document) else {
        let name = document.root_element().tag_name().name().to_owned();
        let message = format!("it is no ISO 19139 or 19115-3 record: {name}");
        return Err(Rejected::Unreadable(message));
    };
    let mut findings = decoded.findings.clone();
    let identifier = if let Some(identifier) = identifier::of_record(root) {
        identifier.to_owned()
    } else {
        let other = identifier::instead(root).ok_or(Rejected::NoIdentifier)?;
        findings.push(Finding::new(
            Code::FieldUnreadable,
            "fileIdentifier",
            "the record has none: named by what it describes",
            &other,
        ));
        other
    };
    let level = Level::read(root, &mut findings);
    let id = RecordId::new(context.portal, level.kind, &identifier);
    let record = Record {
        root,
        iri: context.base.record(&id),
        id,
        identifier,
        level,
        locales: Locales::read(root, context, &mut findings),
        context,
    };
    Ok(described(&record, findings))
}

fn described(record: &Record<'_>, mut findings: Vec<Finding>) -> Described {
    let mut graph = RecordGraph::new(record.iri.clone());
    let mut mentions = Mentions::default();
    let mut about = Describe::main(&mut graph, &mut findings);
    record.level.write(&mut about);
    identification::write(record, &mut mentions, &mut about);
    relation::write(record, &mut about);
    reference_system::write(record, &mut about);
    resolution::write(record, &mut about);
    lineage::write(record, &mut about);
    conformity::write(record, &mut about);
    let laws = keyword::laws(record);
    for law in &laws {
        about.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
    }
    let constraints = Constraints::read(constraint::OF_RESOURCE, record);
    constraints.find_assumed(record, &mut about);
    constraints.write_access(&mut about);
    let found = match record.level.kind {
        Kind::Service => {
            service::write(record, &mut about);
            Distributions::None
        }
        Kind::Reuse => {
            distribution::pages(record, &mut about);
            Distributions::None
        }
        _ => distribution::write(record, &constraints, &laws, &mut mentions, &mut about),
    };
    // Licence and rights are those of the distributions, where there are any.
    if found == Distributions::None {
        constraints.write_licence(record, &mut about);
        constraints.write_rights(&mut about);
    }
    // A catalogue record is about something that the catalogue lists: DCAT-AP has no uses of data there.
    if record.level.kind != Kind::Reuse {
        catalogue_record::write(record, &mut mentions, &mut about);
    }
    record.root.account(&mut findings);
    Described::new(record.id.clone(), graph, mentions.into_parts(), findings)
}
