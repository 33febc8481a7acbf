//! What a template has beyond what any property of DCAT says: kept under its own name, as a
//! schema:PropertyValue, since what is not known is not dropped. Nothing says whether a value is a word
//! or a code, so that none has a language.

use serde_json::Value;

use super::payload::Dataset;
use super::rights;
use super::template::Template;
use crate::dcat::Describe;
use crate::finding::Finding;
use crate::rdf::vocab::schema;

/// What the software keeps of a dataset for itself: looks, usage, processing.
const INNER: [&str; 9] = [
    "asset_content_configuration",
    "exporters",
    "explore",
    "harvesting",
    "processing",
    "publishing",
    "security",
    "semantic",
    "visualization",
];

/// Fields of `dcat_ap` and its national forms that have a property.
const DCAT_AP: [&str; 15] = [
    "accrualPeriodicity",
    "contact_email",
    "contact_name",
    "description",
    "keyword",
    "license",
    "publisher_name",
    "publisher_type",
    "rights",
    "spatial_bbox",
    "spatial_centroid",
    "temporal_endDate",
    "temporal_startDate",
    "theme",
    "title",
];

/// Fields of `inspire` that have a property, or say no more than one that has.
const INSPIRE: [&str; 13] = [
    "contact_email",
    "contact_individual_name",
    "contact_name",
    "extend_bounding_box_eastbound_longitude",
    "extend_bounding_box_northbound_latitude",
    "extend_bounding_box_southbound_latitude",
    "extend_bounding_box_westbound_longitude",
    "extend_description",
    "file_identifier",
    "hierarchy_level",
    "hierarchy_level_name",
    "spatial_resolution",
    "theme",
];

/// What portals call the frequency of updates in templates of their own.
const FREQUENCIES: [&str; 8] = [
    "update_frequency",
    "update-frequency",
    "frequency",
    "accrualperiodicity",
    "frequence",
    "frequence_de_mise_a_jour",
    "frequence-de-mise-a-jour",
    "periodicite",
];

/// How often the data are updated, as a template of the portal's own says, and where it says so.
pub(super) fn frequency(record: &Dataset, findings: &mut Vec<Finding>) -> Option<(String, String)> {
    let templates = Template::beginning(record, "");
    let own = templates.iter().filter(|template| is_own(&template.name));
    let mut places = own.flat_map(|template| FREQUENCIES.map(|name| (template, name)));
    places.find_map(|(template, name)| Some((template.text(name, findings)?, template.at(name))))
}

/// Whether a template is of the portal's making.
fn is_own(name: &str) -> bool {
    let is_known = matches!(name, "default" | "dcat" | "inspire") || name.starts_with("dcat_ap");
    !is_known && !INNER.contains(&name)
}

/// Writes what the templates have that nothing else writes.
pub(super) fn describe(record: &Dataset, about: &mut Describe<'_>) {
    for template in Template::beginning(record, "") {
        let known: &[&str] = match template.name.as_str() {
            "default" | "dcat" => continue,
            inner if INNER.contains(&inner) => continue,
            "inspire" => &INSPIRE,
            name if name.starts_with("dcat_ap") => &DCAT_AP,
            _ => &[],
        };
        for (name, value) in template.values() {
            // The one quality that the template has is an annotation.
            let is_quality = template.name == "inspire" && name == "topologic_consistency";
            if !known.contains(&name) && !is_quality {
                property(&template, name, value, about);
            }
        }
    }
}

fn property(template: &Template<'_>, name: &str, value: &Value, about: &mut Describe<'_>) {
    let field = template.at(name);
    let texts = match value {
        // A flag is the portal's, and an object none that could be told.
        Value::Bool(_) | Value::Object(_) => vec![value.to_string()],
        _ => template.texts(name, about.findings()),
    };
    if texts.is_empty() {
        return;
    }
    let mut node = about.node(schema::ADDITIONAL_PROPERTY, schema::PROPERTY_VALUE);
    node.token(schema::NAME, &format!("{}.{name}", template.name), &field);
    for text in texts {
        rights::address_or_words(schema::VALUE, &text, &field, &mut node);
    }
}
