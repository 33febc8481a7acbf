//! The metadata of a dataset, in templates: each has names and values, of which many may be one text or
//! a list of texts.
//!
//! # Fields of `default`
//!
//! | field | becomes |
//! |---|---|
//! | `title`, `description` | `dct:title`, `dct:description`, before those of `dcat_ap` |
//! | `keyword`, `keyword[]` | `dcat:keyword` |
//! | `theme`, `theme[]` | `dcat:theme` and `dcat:keyword`: portals have their own themes, of which normalisation keeps what a vocabulary has |
//! | `license`, `license_url` | `dct:license` of each distribution, which is where DCAT-AP has it; the words that name a licence become `dct:rights` |
//! | `language`, `language[]` | `dct:language` |
//! | `metadata_languages[]` | `dct:language` of the dcat:CatalogRecord, and the language tag of texts |
//! | `modified`, `metadata_processed` | `dct:modified`: the first that is a date, `data_processed` between them |
//! | `data_processed` | `dct:modified` of the exports, and where `modified` says nothing also of the dataset |
//! | `geographic_reference[]` | `dct:spatial`: an IRI, else a dct:Location with `dct:identifier` |
//! | `territory`, `territory[]` | `skos:prefLabel` of that location; without a code `dct:spatial` |
//! | `bbox.*` | `dct:spatial`: `dcat:bbox` |
//! | `geometry_types[]` | `adms:representationTechnique` of geographic exports: vector; points can be had for navigation devices |
//! | `publisher` | `dct:publisher` |
//! | `references`, `references[]` | `foaf:page`; where it is no address `dct:provenance` |
//! | `attributions`, `attributions[]` | `dct:provenance` |
//! | `update_frequency` | `dct:accrualPeriodicity` |
//! | `source_domain_address`, `source_dataset` | `prov:wasDerivedFrom` of the catalogue record, `adms:identifier` and `dcat:landingPage`: the dataset of the portal that this one has it from |
//! | `source_domain_title`, `source_domain` | `prov:hadPrimarySource` of the catalogue record: the title and identifier of that portal |
//!
//! # Left out of `default`
//!
//! | field | why |
//! |---|---|
//! | `federated` | whether the portal has it from another one: `source_dataset` says from which, and the crawl reads it |
//! | `records_count` | it changes with every processing of the data, without the dataset changing |
//! | `parent_domain`, `shared_catalog` | the portal that this one is a part of, by a name that is no address: the dataset is its own |
//! | `modified_updates_on_metadata_change`, `modified_updates_on_data_change`, `geographic_reference_auto`, `geographic_area_mode` | how the portal fills other fields |
//! | `geographic_area.*` | the outline of the territory by another name |
//! | `timezone` | of dates within the data |
//! | `oauth_scope` | which applications may read it |
//!
//! # Fields of `dcat`
//!
//! | field | becomes |
//! |---|---|
//! | `created`, `issued` | `dct:created`, `dct:issued` |
//! | `creator`, `creator[]`, `contributor`, `contributor[]` | `dct:creator`, `dct:contributor` |
//! | `contact_name`, `contact_email` | `dcat:contactPoint` |
//! | `accrualperiodicity` | `dct:accrualPeriodicity`, where `update_frequency` says nothing |
//! | `spatial`, `spatial[]` | `dct:spatial` |
//! | `temporal` | `dct:temporal`, two dates with a slash or a label |
//! | `temporal_coverage_start`, `temporal_coverage_end` | `dct:temporal` |
//! | `granularity` | `geodcat:spatialResolutionAsText` |
//! | `dataquality` | `dqv:hasQualityAnnotation` |
//! | `publisher_type` | `dct:type` of the publisher |
//! | `conforms_to`, `conforms_to[]` | `dct:conformsTo` |
//! | `accessRights` | `dct:accessRights` |
//! | `relation`, `relation[]` | `dct:relation` |
//!
//! # Fields of `dcat_ap`
//!
//! | field | becomes |
//! |---|---|
//! | `title`, `description` | `dct:title`, `dct:description`, where `default` has none |
//! | `theme`, `theme[]`, `keyword`, `keyword[]` | as in `default` |
//! | `contact_name`, `contact_email` | `dcat:contactPoint` |
//! | `publisher_name` | `dct:publisher`, where `default` has none |
//! | `publisher_type` | `dct:type` of the publisher |
//! | `spatial_bbox`, `spatial_bbox.*` | `dct:spatial`: `dcat:bbox` |
//! | `spatial_centroid`, `spatial_centroid.*` | `dct:spatial`: `dcat:centroid` |
//! | `temporal_startDate`, `temporal_endDate` | `dct:temporal` |
//! | `accrualPeriodicity` | `dct:accrualPeriodicity`, where the others say nothing |
//! | `license` | `dct:license` of each distribution, where `default` has none |
//! | `rights` | `dct:rights` of each distribution |
//! | `*` | `schema:additionalProperty`: what a country's own template adds (`dcat_ap_ch`, `dcat_ap_de`…) |
//!
//! # Fields of `inspire`
//!
//! | field | becomes |
//! |---|---|
//! | `theme`, `theme[]` | `dcat:theme` and `dcat:keyword` |
//! | `file_identifier` | `adms:identifier` |
//! | `hierarchy_level` | `dct:type`: a concept of that name, the same as the INSPIRE resource type |
//! | `spatial_resolution` | `dcat:spatialResolutionInMeters` of the exports; what is no number `geodcat:spatialResolutionAsText` |
//! | `topologic_consistency` | `dqv:hasQualityAnnotation` |
//! | `contact_individual_name`, `contact_name`, `contact_email` | `dcat:contactPoint` |
//! | `extend_description` | `skos:prefLabel` of the place of the box |
//! | `extend_bounding_box_westbound_longitude`, `extend_bounding_box_southbound_latitude`, `extend_bounding_box_eastbound_longitude`, `extend_bounding_box_northbound_latitude` | `dct:spatial`: `dcat:bbox` |
//! | `*` | `schema:additionalProperty`: parts of the standard that DCAT has no property for |
//!
//! # Left out of `inspire`
//!
//! | field | why |
//! |---|---|
//! | `hierarchy_level_name` | the label of `hierarchy_level` |

use serde_json::{Map, Value};

use super::payload::Dataset;
use crate::finding::{Code, Finding};

/// The templates that have properties of their own.
pub(super) struct Templates<'a> {
    pub(super) default: Template<'a>,
    pub(super) dcat: Template<'a>,
    /// `dcat_ap`, and its national forms.
    pub(super) dcat_ap: Vec<Template<'a>>,
    pub(super) inspire: Template<'a>,
}

impl<'a> Templates<'a> {
    pub(super) fn of(record: &'a Dataset) -> Self {
        Self {
            default: Template::of(record, "default"),
            dcat: Template::of(record, "dcat"),
            dcat_ap: Template::beginning(record, "dcat_ap"),
            inspire: Template::of(record, "inspire"),
        }
    }

    /// The first text that is sent under these names in `default`, `dcat` and the forms of `dcat_ap`,
    /// with where it stands. An empty name asks for nothing.
    pub(super) fn first(
        &self,
        [default, dcat, dcat_ap]: [&str; 3],
        findings: &mut Vec<Finding>,
    ) -> Option<(String, String)> {
        let ap = self.dcat_ap.iter().map(|template| (template, dcat_ap));
        [(&self.default, default), (&self.dcat, dcat)]
            .into_iter()
            .chain(ap)
            .filter(|(_, name)| !name.is_empty())
            .find_map(|(template, name)| Some((template.text(name, findings)?, template.at(name))))
    }
}

/// One template of a dataset's metadata; one that was not sent has no values.
#[derive(Debug, Clone)]
pub(super) struct Template<'a> {
    pub(super) name: String,
    values: Option<&'a Map<String, Value>>,
}

impl<'a> Template<'a> {
    /// The template of this name.
    pub(super) fn of(record: &'a Dataset, name: &str) -> Self {
        let sent = record.metas.peek().and_then(|metas| metas.get(name));
        Self {
            name: name.to_owned(),
            values: sent.and_then(Value::as_object),
        }
    }

    /// Those whose name begins so, in the order of their names.
    pub(super) fn beginning(record: &'a Dataset, start: &str) -> Vec<Self> {
        let metas = record.metas.peek().into_iter().flatten();
        let names = metas.map(|(name, _)| name.as_str());
        names
            .filter(|name| name.starts_with(start))
            .map(|name| Self::of(record, name))
            .collect()
    }

    /// Where a value stands.
    pub(super) fn at(&self, name: &str) -> String {
        format!("metas.{}.{name}", self.name)
    }

    /// The names and values that were sent.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let values = self.values.into_iter().flatten();
        values
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// A value that was sent.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.values?.get(name).filter(|value| !value.is_null())
    }

    /// Whether this is true.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.value(name) == Some(&Value::Bool(true))
    }

    /// One text; of a list the first.
    pub(super) fn text(&self, name: &str, findings: &mut Vec<Finding>) -> Option<String> {
        let mut texts = self.texts(name, findings).into_iter();
        let first = texts.next();
        if let Some(second) = texts.next() {
            findings.push(Finding::new(
                Code::TooManyValues,
                self.at(name),
                "only the first of several is taken",
                &second,
            ));
        }
        first
    }

    /// The texts of a value that is one or a list of them; numbers are texts too.
    pub(super) fn texts(&self, name: &str, findings: &mut Vec<Finding>) -> Vec<String> {
        let mut texts = Vec::new();
        match self.value(name) {
            None => {}
            Some(Value::Array(items)) => {
                for (position, item) in items.iter().enumerate() {
                    self.one(item, &format!("{name}[{position}]"), &mut texts, findings);
                }
            }
            Some(value) => self.one(value, name, &mut texts, findings),
        }
        texts
    }

    fn one(&self, value: &Value, name: &str, texts: &mut Vec<String>, findings: &mut Vec<Finding>) {
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Null => return,
            other => {
                findings.push(Finding::new(
                    Code::FieldUnreadable,
                    self.at(name),
                    "left out: it has an unexpected type",
                    &other.to_string(),
                ));
                return;
            }
        };
        if !text.is_empty() {
            texts.push(text);
        }
    }
}
