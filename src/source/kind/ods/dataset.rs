//! A dataset of the catalogue as graphs: its own, and what it says in passing of agents, contacts, its
//! API and the portal it was taken from.
//!
//! `dataset_id` is what the portal, its pages and its API call a dataset, and so does its IRI; its
//! keeper may change it, which `dataset_uid` outlives: by that other name it is recognised.
//!
//! Descriptions are HTML, as the portal's editor makes it: kept, with a finding.
//!
//! The columns (`fields`) are left out: DCAT describes datasets, not their columns, and a table schema
//! is a document of its own, which the API does not publish under an address that `dct:conformsTo` could
//! lead to (the columns are a part of this very answer). CSV on the Web would describe them, as a graph
//! ten times as large as the dataset's that nobody asks a catalogue for.
//!
//! # Fields of `datasets`
//!
//! | field | becomes |
//! |---|---|
//! | `dataset_id` | the IRI and `dct:identifier`, `dcat:landingPage`, the addresses of its files |
//! | `dataset_uid` | `adms:identifier` |
//! | `visibility` | what not everybody may see is not published |
//! | `data_visible` | `dct:accessRights`; no distributions of the records where visitors may not see them |
//! | `has_records`, `features[]` | which exports there are: see [`super::distribution`] |
//! | `attachments[]`, `alternative_exports[]` | `dcat:distribution`: see [`super::distribution`], # Fields of `attachment` |
//! | `metas.default` | see [`super::template`], # Fields of `default` |
//! | `metas.dcat` | see [`super::template`], # Fields of `dcat` |
//! | `metas.dcat_ap`, `metas.dcat_ap_benap`, `metas.dcat_ap_ch`, `metas.dcat_ap_de`, `metas.dcat_ap_it`, `metas.dcat_ap_se`, `metas.dcat_ap_sp`, `metas.dcat_ap_vl` | see [`super::template`], # Fields of `dcat_ap` |
//! | `metas.inspire` | see [`super::template`], # Fields of `inspire` |
//! | `metas.*` | `schema:additionalProperty`: the portal's own templates, such as `custom`; of one that says how often the data are updated also `dct:accrualPeriodicity`, where no other does |
//! | `links[].rel`, `links[].href` | by what address the portal calls itself: see [`super::home`] |
//!
//! # Left out of `datasets`
//!
//! | field | why |
//! |---|---|
//! | `fields[].*` | see above |
//! | `metas.visualization.*`, `metas.exporters.*`, `metas.asset_content_configuration.*` | the looks of its pages and exports |
//! | `metas.explore.*` | usage counters and how the portal finds and shows it; a portal gives them only to those who ask |
//! | `metas.processing.*`, `metas.publishing.*`, `metas.harvesting.*`, `metas.security.*` | how the portal makes and keeps it |
//! | `metas.semantic.*` | how the RDF exports of the records are made |

use oxigraph::model::NamedNode;

use super::agent;
use super::distribution;
use super::home::Home;
use super::language::Languages;
use super::origin::Origin;
use super::own;
use super::payload::Dataset;
use super::rights::{self, Shared};
use super::spatial;
use super::template::Templates;
use super::temporal;
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct, dqv, foaf, geodcat, rdfs, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected, Role};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::part::{name, relation};
use crate::source::value::field::Field;
use crate::source::value::markup::note_markup;

/// Resource types of INSPIRE.
const RESOURCE_TYPES: &str = "http://inspire.ec.europa.eu/metadata-codelist/ResourceType/";

/// Describes a dataset.
pub(super) fn describe(record: &Dataset, context: &Context<'_>) -> Result<Described, Rejected> {
    // What cannot be read counts as hidden: a mistake in that direction publishes nothing.
    let is_open = matches!(record.visibility.peek_text(), Some("domain" | "public"));
    if record.visibility.is_sent() && !is_open {
        return Err(Rejected::Hidden("not visible to everybody"));
    }
    let sent = record
        .dataset_id
        .peek_text()
        .or(record.dataset_uid.peek_text());
    let identifier = sent.ok_or(Rejected::NoIdentifier)?;
    let home = Home::of(record, context);
    let id = RecordId::new(context.portal, Kind::Dataset, identifier);
    let templates = Templates::of(record);
    let mut findings = Vec::new();
    record.metas.read("metas", &mut findings);
    let mut graph = RecordGraph::new(context.base.record(&id));
    let parties = agent::read(&templates, context, &mut findings);
    let languages = Languages::read(&templates.default, context, &mut findings);
    let origin = Origin::read(&templates, &home, &mut findings);
    let mut dataset = Describe::main(&mut graph, &mut findings);
    dataset.a(dcat::DATASET_CLASS);
    let page = home.page(identifier);
    names(
        record,
        &templates,
        identifier,
        &page,
        origin.as_ref(),
        &mut dataset,
    );
    texts(&templates, languages.tag.as_deref(), &mut dataset);
    languages.describe(&templates.default, &mut dataset);
    keywords(&templates, languages.tag.as_deref(), &mut dataset);
    for (property, part) in &parties {
        dataset.link(*property, part.graph.iri().clone());
    }
    temporal::dates(&templates, &mut dataset);
    temporal::coverage(&templates, &mut dataset);
    spatial::describe(
        &templates,
        languages.tag.as_deref(),
        context.vocabularies,
        &mut dataset,
    );
    rights::access(record, &templates, &mut dataset);
    kind_and_rules(record, &templates, context, &mut dataset);
    sources(&templates, languages.tag.as_deref(), &mut dataset);
    own::describe(record, &mut dataset);
    let mut shared = Shared::read(&templates, context, &mut dataset);
    resolution(&templates, &mut shared, &mut dataset);
    let files = distribution::Files {
        record,
        identifier,
        home: &home,
        shared: &shared,
        language: languages.tag.as_deref(),
    };
    let service = files.describe(&id, context, &mut dataset);
    let entry = Entry {
        id: &id,
        identifier,
        uri: &Field::Value(home.api(identifier, &[])),
        field: "links",
        path: &[],
    };
    let mut entry = catalogue_record::describe(&entry, context, &mut dataset);
    languages.record(&templates.default, &mut entry);
    let origin = origin.map(|origin| origin.describe(context, &mut entry));
    graph.dedup();
    let role = Role::Main;
    let mut parts = vec![Part { id, role, graph }];
    for (_, part) in parties {
        // One agent may be publisher and creator.
        if !parts.iter().any(|known| known.id == part.id) {
            parts.push(part);
        }
    }
    parts.extend(service);
    parts.extend(origin);
    Ok(Described { parts, findings })
}

/// Writes what the dataset is called, and its pages.
fn names(
    record: &Dataset,
    templates: &Templates<'_>,
    identifier: &str,
    page: &str,
    origin: Option<&Origin>,
    dataset: &mut Describe<'_>,
) {
    dataset.token(dct::IDENTIFIER, identifier, "dataset_id");
    dataset.iri(dcat::LANDING_PAGE, page, "dataset_id");
    let uid = record.dataset_uid.text("dataset_uid", dataset.findings());
    let file = templates
        .inspire
        .text("file_identifier", dataset.findings());
    let origin = origin.and_then(|origin| origin.page.as_deref());
    if let Some(origin) = origin {
        dataset.iri(dcat::LANDING_PAGE, origin, "metas.default.source_dataset");
    }
    name::write(
        [Some(page), uid, file.as_deref(), origin]
            .into_iter()
            .flatten(),
        dataset,
    );
}

fn texts(templates: &Templates<'_>, language: Option<&str>, dataset: &mut Describe<'_>) {
    for (name, property) in [("title", dct::TITLE), ("description", dct::DESCRIPTION)] {
        if let Some((text, field)) = templates.first([name, "", name], dataset.findings()) {
            note_markup(&text, &field, dataset);
            dataset.text(property, &text, language, &field);
        }
    }
}

/// Writes keywords, and themes both as themes and, where they are words, as keywords.
fn keywords(templates: &Templates<'_>, language: Option<&str>, dataset: &mut Describe<'_>) {
    let mut all = vec![&templates.default];
    all.extend(&templates.dcat_ap);
    for template in &all {
        for word in template.texts("keyword", dataset.findings()) {
            dataset.text(dcat::KEYWORD, &word, language, &template.at("keyword"));
        }
    }
    all.push(&templates.inspire);
    for template in &all {
        for theme in template.texts("theme", dataset.findings()) {
            let field = template.at("theme");
            if !theme.starts_with("http") {
                dataset.text(dcat::KEYWORD, &theme, language, &field);
            }
            rights::address_or_words(dcat::THEME, &theme, &field, dataset);
        }
    }
}

/// Writes how often it is updated, what kind of thing it is and which rules it follows.
fn kind_and_rules(
    record: &Dataset,
    templates: &Templates<'_>,
    context: &Context<'_>,
    dataset: &mut Describe<'_>,
) {
    let names = [
        "update_frequency",
        "accrualperiodicity",
        "accrualPeriodicity",
    ];
    let stated = templates.first(names, dataset.findings());
    let stated = stated.or_else(|| own::frequency(record, dataset.findings()));
    if let Some((frequency, field)) = stated {
        rights::address_or_words(dct::ACCRUAL_PERIODICITY, &frequency, &field, dataset);
    }
    let field = templates.inspire.at("hierarchy_level");
    if let Some(level) = templates
        .inspire
        .text("hierarchy_level", dataset.findings())
    {
        let mut kind = dataset.node(dct::TYPE, skos::CONCEPT);
        kind.token(skos::PREF_LABEL, &level, &field);
        if ["dataset", "series", "service"].contains(&level.as_str()) {
            let same = NamedNode::new_unchecked(format!("{RESOURCE_TYPES}{level}"));
            kind.link(skos::EXACT_MATCH, same);
        }
    }
    let dcat = &templates.dcat;
    for text in dcat.texts("conforms_to", dataset.findings()) {
        let field = dcat.at("conforms_to");
        if text.starts_with("http") {
            dataset.iri(dct::CONFORMS_TO, &text, &field);
        } else {
            dataset
                .node(dct::CONFORMS_TO, dct::STANDARD)
                .token(dct::TITLE, &text, &field);
        }
    }
    for text in dcat.texts("relation", dataset.findings()) {
        let field = dcat.at("relation");
        relation::to(dct::RELATION, (&text, &field), context, dataset);
    }
    let quality = [
        (dcat, "dataquality"),
        (&templates.inspire, "topologic_consistency"),
    ];
    for (template, name) in quality {
        if let Some(text) = template.text(name, dataset.findings()) {
            dataset
                .node(dqv::HAS_QUALITY_ANNOTATION, dqv::QUALITY_ANNOTATION)
                .token(rdfs::COMMENT, &text, &template.at(name));
        }
    }
}

/// Writes what the data were made from.
fn sources(templates: &Templates<'_>, language: Option<&str>, dataset: &mut Describe<'_>) {
    let default = &templates.default;
    for name in ["references", "attributions"] {
        let field = default.at(name);
        for text in default.texts(name, dataset.findings()) {
            let is_address = text.starts_with("http://") || text.starts_with("https://");
            match (name, is_address) {
                ("references", true) => {
                    dataset.iri(foaf::PAGE, &text, &field);
                }
                (_, true) => {
                    dataset
                        .node(dct::PROVENANCE, dct::PROVENANCE_STATEMENT)
                        .iri(rdfs::SEE_ALSO, &text, &field);
                }
                (_, false) => {
                    dataset
                        .node(dct::PROVENANCE, dct::PROVENANCE_STATEMENT)
                        .text(rdfs::LABEL, &text, language, &field);
                }
            }
        }
    }
}

/// Reads the resolution: metres for the files, or words for the dataset.
fn resolution(templates: &Templates<'_>, shared: &mut Shared, dataset: &mut Describe<'_>) {
    let inspire = &templates.inspire;
    let Some(text) = inspire.text("spatial_resolution", dataset.findings()) else {
        return;
    };
    match text.parse::<f64>() {
        Ok(metres) if metres > 0.0 && metres.is_finite() => shared.resolution = Some(text),
        _ => {
            let property = geodcat::SPATIAL_RESOLUTION_AS_TEXT;
            dataset.token(property, &text, &inspire.at("spatial_resolution"));
        }
    }
}
