//! What a record describes, as its level of hierarchy says (`MD_ScopeCode` of ISO 19115).
//!
//! A `series` is a dcat:DatasetSeries, and so are `collection` and `aggregate`, the words of ISO 19115-1
//! for several datasets that are described together. A `service` is a dcat:DataService, and so is what
//! is identified as one whatever the level says. `application` and `software` are what somebody made
//! with data, a map to look at for example: a duv:Usage, as reuses of other portals are. All else holds
//! data and is a dcat:Dataset, as is what states no level, which is the standard's own default: a tile, a
//! model, a document, a feature, a sample, a part of a dataset that has a record of its own. What
//! dcat:Dataset does not say of those is said by `dct:type`, in the standard's word.
//!
//! The published mapping makes a dcat:Catalog of a discovery service. Its own description says where and
//! how it is asked, which is what a dcat:DataService says, and not what it lists: it stays a service.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::concept::Concept;
use super::element::Element;
use crate::dcat::Describe;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct, duv, geodcat};
use crate::record::Kind;

/// INSPIRE's list of types of resources.
const RESOURCE_TYPE: &str = "http://inspire.ec.europa.eu/metadata-codelist/ResourceType/";

/// Codes of ISO 19115 and 19115-1 for what holds data.
const DATA: [&str; 25] = [
    "attribute",
    "attributeType",
    "coverage",
    "dataset",
    "dimensionGroup",
    "document",
    "feature",
    "featureType",
    "fieldSession",
    "initiative",
    "map",
    "metadata",
    "model",
    "nonGeographicDataset",
    "otherAggregate",
    "platformSeries",
    "product",
    "productionSeries",
    "propertyType",
    "repository",
    "sample",
    "sensorSeries",
    "stereomate",
    "tile",
    "transferAggregate",
];

/// What a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level<'a> {
    /// The kind of record that it becomes.
    pub(super) kind: Kind,
    /// The standard's word for it.
    code: &'a str,
}

impl<'a> Level<'a> {
    /// Reads the level of a record, the first where there are several.
    pub(super) fn read(record: Element<'a>, findings: &mut Vec<Finding>) -> Self {
        let sent = record.first("hierarchyLevel|metadataScope.resourceScope");
        let code = sent.and_then(Element::code).unwrap_or("dataset");
        let identified = record.first("identificationInfo");
        let is_service =
            identified.is_some_and(|info| info.class("SV_ServiceIdentification").is_some());
        let kind = match code {
            "service" => Kind::Service,
            _ if is_service => Kind::Service,
            "series" | "collection" | "aggregate" => Kind::Series,
            "application" | "software" => Kind::Reuse,
            _ => Kind::Dataset,
        };
        if let Some(element) = sent
            && kind == Kind::Dataset
            && !DATA.contains(&code)
        {
            findings.push(Finding::new(
                Code::ValueUnknown,
                element.path(),
                "taken as a dataset: the standard has no such level",
                code,
            ));
        }
        Self { kind, code }
    }

    /// Writes the class, and what it does not say.
    pub(super) fn write(self, about: &mut Describe<'_>) {
        let class: NamedNodeRef<'_> = match self.kind {
            Kind::Service => dcat::DATA_SERVICE,
            Kind::Series => dcat::DATASET_SERIES,
            Kind::Reuse => duv::USAGE,
            _ => dcat::DATASET_CLASS,
        };
        about.a(class);
        let inspire = match (self.kind, self.code) {
            (Kind::Dataset, "dataset") => Some("dataset"),
            (Kind::Series, "series") => Some("series"),
            (Kind::Service, _) => Some("service"),
            _ => None,
        };
        match inspire {
            Some(name) => {
                let iri = NamedNode::new_unchecked(format!("{RESOURCE_TYPE}{name}"));
                about.link(geodcat::RESOURCE_TYPE, iri);
            }
            None => Concept::word(self.code, "MD_ScopeCode").write(dct::TYPE, about),
        }
    }
}
