//! A dataset of the API as graphs: its own, and what it says in passing of organizations and of other
//! people's files.
//!
//! The portal has datasets about transport alone, so each has the EU's theme for it.
//!
//! # Fields of `datasets`
//!
//! | field | becomes |
//! |---|---|
//! | `datagouv_id`, `id` | the IRI and `dct:identifier`; `adms:identifier`: its addresses on data.gouv.fr, whose identifier it is |
//! | `title` | `dct:title` |
//! | `page_url` | `dcat:landingPage`, `adms:identifier` |
//! | `created_at`, `updated` | `dct:issued`, `dct:modified` |
//! | `type`, `sub_types[]` | `dct:type`, as concepts of these names, and `dcat:keyword` |
//! | `tags[]` | `dcat:keyword` |
//! | `licence` | `dct:license` of each distribution, which is where DCAT-AP has it |
//! | `publisher` | `dct:publisher`: see [`super::agent`], # Fields of `publisher` |
//! | `legal_owners[]`, `aom` | `dct:rightsHolder`; `aom`, as it was once called, where there are none: see [`super::agent`], # Fields of `owner` |
//! | `offers[].nom_commercial` | `dcat:keyword`: the name by which people know the network |
//! | `covered_area`, `covered_area[]` | `dct:spatial`: see [`super::place`], # Fields of `area` |
//! | `resources[]` | `dcat:distribution`: see [`super::resource`], # Fields of `resource` |
//! | `community_resources[]` | records of their own: see [`super::resource`], # Fields of `resource` |
//!
//! # Left out of `datasets`
//!
//! | field | why |
//! |---|---|
//! | `slug` | part of `page_url` |
//! | `history.*` | former states of the files, as the portal archived them |
//! | `offers[].*` | the offer's own identifiers in a register of its own |

use oxigraph::model::NamedNodeRef;

use super::payload::Dataset;
use super::{agent, place, resource};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, skos};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected, Role};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::part::name;
use crate::source::value::field::{Field, List};
use crate::source::value::page::under;
use crate::source::value::{date, text};

/// The portal whose datasets these are.
const DATAGOUV: &str = "https://www.data.gouv.fr";

const TRANSPORT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://publications.europa.eu/resource/authority/data-theme/TRAN");

/// Describes a dataset.
pub(super) fn describe(record: &Dataset, context: &Context<'_>) -> Result<Described, Rejected> {
    let identifier = record
        .datagouv_id
        .peek_text()
        .or(record.id.peek_text())
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Dataset, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let publisher = record
        .publisher
        .read("publisher", &mut findings)
        .and_then(|publisher| agent::publisher(publisher, context, &mut findings));
    let owners = owners(record, context, &mut findings);
    let mut dataset = Describe::main(&mut graph, &mut findings);
    dataset
        .a(dcat::DATASET_CLASS)
        .token(dct::IDENTIFIER, identifier, "datagouv_id")
        .link(dcat::THEME, TRANSPORT.into_owned());
    names(record, identifier, &mut dataset);
    text::title(&record.title, "title", context, &mut dataset);
    if let Some(language) = context.language {
        dataset.token(dct::LANGUAGE, language, "language");
    }
    date::each(
        &[
            (&record.created_at, dct::ISSUED, "created_at"),
            (&record.updated, dct::MODIFIED, "updated"),
        ],
        &mut dataset,
    );
    words(record, context, &mut dataset);
    for (property, part) in publisher
        .iter()
        .map(|part| (dct::PUBLISHER, part))
        .chain(owners.iter().map(|part| (dct::RIGHTS_HOLDER, part)))
    {
        dataset.link(property, part.graph.iri().clone());
    }
    if let Some(covered) = record.covered_area.read("covered_area", dataset.findings()) {
        place::describe(covered, context, &mut dataset);
    }
    let licence = licence(record, context, &mut dataset);
    let others = resource::describe(
        record,
        &id,
        identifier,
        licence.as_deref(),
        context,
        &mut dataset,
    );
    let entry = Entry {
        id: &id,
        identifier,
        // Its addresses of the API end in no slash.
        uri: &Field::Value(
            under(context, &["api", "datasets", identifier])
                .trim_end_matches('/')
                .to_owned(),
        ),
        field: "id",
        path: &[],
    };
    catalogue_record::describe(&entry, context, &mut dataset);
    graph.dedup();
    let role = Role::Main;
    let mut parts = vec![Part { id, role, graph }];
    for part in publisher.into_iter().chain(owners).chain(others) {
        if !parts.iter().any(|known| known.id == part.id) {
            parts.push(part);
        }
    }
    Ok(Described { parts, findings })
}

fn owners(
    record: &Dataset,
    context: &Context<'_>,
    findings: &mut Vec<crate::finding::Finding>,
) -> Vec<Part> {
    let mut owners = Vec::new();
    for (position, owner) in record.legal_owners.items("legal_owners", findings) {
        let field = format!("legal_owners[{position}]");
        owners.extend(agent::owner(owner, &field, context, findings));
    }
    if let (true, Some(aom)) = (owners.is_empty(), record.aom.read("aom", findings)) {
        owners.extend(agent::owner(aom, "aom", context, findings));
    }
    owners
}

/// Writes the page, and what the dataset is called elsewhere.
fn names(record: &Dataset, identifier: &str, dataset: &mut Describe<'_>) {
    let page = record.page_url.text("page_url", dataset.findings());
    dataset.iri(dcat::LANDING_PAGE, page.unwrap_or_default(), "page_url");
    let mut names: Vec<String> = page.map(ToOwned::to_owned).into_iter().collect();
    let is_plain = identifier
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_plain {
        names.push(format!("{DATAGOUV}/datasets/{identifier}"));
        names.push(format!("{DATAGOUV}/api/1/datasets/{identifier}/"));
    }
    name::write(names.iter().map(String::as_str), dataset);
}

/// Writes what the dataset is about, in words.
fn words(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) {
    let kind = record.kind.text("type", dataset.findings());
    let kinds: Vec<(String, &str)> = kind
        .map(|kind| (kind.to_owned(), "type"))
        .into_iter()
        .chain(list(&record.sub_types, "sub_types", dataset))
        .collect();
    for (kind, field) in kinds {
        dataset
            .node(dct::TYPE, skos::CONCEPT)
            .token(skos::PREF_LABEL, &kind, field);
        dataset.token(dcat::KEYWORD, &kind, field);
    }
    for (tag, field) in list(&record.tags, "tags", dataset) {
        dataset.text(dcat::KEYWORD, &tag, context.language, field);
    }
    let offers: Vec<_> = record.offers.items("offers", dataset.findings()).collect();
    for (position, offer) in offers {
        let field = format!("offers[{position}].nom_commercial");
        let network = offer.nom_commercial.text(&field, dataset.findings());
        dataset.token(dcat::KEYWORD, network.unwrap_or_default(), &field);
    }
}

fn list<'a>(
    sent: &List<String>,
    field: &'a str,
    dataset: &mut Describe<'_>,
) -> Vec<(String, &'a str)> {
    sent.items(field, dataset.findings())
        .map(|(_, text)| (text.clone(), field))
        .collect()
}

/// The licence of all distributions: stated, else assumed.
fn licence(record: &Dataset, context: &Context<'_>, dataset: &mut Describe<'_>) -> Option<String> {
    let stated = record.licence.text("licence", dataset.findings());
    if let Some(stated) = stated.filter(|licence| *licence != "notspecified") {
        return Some(stated.to_owned());
    }
    let assumed = context.licence?;
    let message = "taken from the portal's configuration";
    dataset.find(Code::LicenceAssumed, "licence", message, assumed);
    Some(assumed.to_owned())
}
