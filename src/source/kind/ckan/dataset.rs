//! A package as graphs: its own, and what it says in passing of agents, contacts, services and of where
//! it was harvested.
//!
//! Fields of packages differ from portal to portal: those of CKAN itself, of ckanext-dcat (as extras or by
//! ckanext-scheming), of ckanext-fluent (an object of languages), ckanext-spatial and ckanext-harvest, and
//! of DKAN. Each may stand among the package's own fields or its extras (see [`super::fields`]).
//!
//! DKAN 1's `private` is the state of the page, `true` where it is published: of its packages it says
//! nothing. They are known by `state` and `type` that begin with a capital. Their groups are the
//! organizations that publish them.
//!
//! # Fields of `datasets`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `name` | the address of its page: `dcat:landingPage`, `adms:identifier`; the IRI, without `id` |
//! | `title`, `title.*`, `title_translated.*` | `dct:title` |
//! | `notes`, `notes.*`, `notes_translated.*`, `description`, `description.*` | `dct:description` |
//! | `subtitle` | `dct:alternative` |
//! | `url`, `ckan_url` | `dcat:landingPage`, `adms:identifier` where the portal itself answers there |
//! | `identifier` | `dct:identifier` |
//! | `uri`, `dcat_uri`, `harvest_dataset_url`, `metadata_uri` | `adms:identifier`; the first also `prov:wasDerivedFrom` of the catalogue record |
//! | `guid`, `inspire_identifier`, `inspire_id`, `alternate_identifier`, `alternate_identifier[]`, `doi` | `adms:identifier` |
//! | `harvest_source_id`, `harvest_source_title`, `harvest_source_url`, `harvest_catalogue_name`, `harvest_catalogue_url` | `prov:hadPrimarySource` of the catalogue record: the portal harvested |
//! | `type` | the class of the record: `dataset_series`, `harvest`, `showcase`, else a dataset |
//! | `organization` | `dct:publisher`, or `geodcat:distributor` beside another: see [`super::organization`], # Fields of `organizations` |
//! | `publisher[]`, `publisher` | `dct:publisher`: see [`super::agent`], # Fields of `agent` |
//! | `publisher_uri`, `publisher_name`, `publisher_email`, `publisher_url`, `publisher_type`, `publisher_type[]`, `publisher_id`, `publisher_identifier`, `dcat_publisher_name`, `dcat_publisher_email` | the same |
//! | `contributor[]` | `dct:contributor`: see [`super::agent`], # Fields of `agent` |
//! | `created` | `dct:created` |
//! | `creator[]` | `dct:creator`: see [`super::agent`], # Fields of `agent` |
//! | `creator_uri`, `creator_name`, `creator_email`, `creator_url`, `creator_type`, `creator_id`, `creator_identifier`, `dcat_creator_name`, `dcat_creator_email` | the same |
//! | `author`, `author_name`, `author_email`, `author_uri`, `author_url` | the same, where no creator is stated; `dcat:contactPoint`, where nobody else is |
//! | `author[]` | the same: see [`super::agent`], # Fields of `agent` |
//! | `contact[]`, `contact_points[]` | `dcat:contactPoint`: see [`super::agent`], # Fields of `agent` |
//! | `contact_point`, `contact_uri`, `contact_name`, `contact_email`, `contact-email`, `contact_identifier`, `contact_url`, `contact_phone` | the same |
//! | `maintainer`, `maintainer_name`, `maintainer_email`, `maintainer_uri`, `maintainer_url`, `maintainer.*` | the same, where no contact is stated |
//! | `qualified_attribution[].agent[]` | `prov:qualifiedAttribution`: see [`super::agent`], # Fields of `agent` |
//! | `qualified_attribution[].role` | its `dcat:hadRole` |
//! | `responsible-party`, `responsible-party[].name`, `responsible-party[].roles[]` | `prov:qualifiedAttribution` |
//! | `tags[]`, `tags[].name`, `tags[].display_name`, `tags_translated.*`, `keywords.*` | `dcat:keyword`, and `dcat:theme` where a vocabulary has it |
//! | `groups[]`, `groups[].title`, `groups[].title.*`, `groups[].display_name`, `groups[].display_name.*`, `groups[].name`, `category[].title`, `category[].name` | the same; of DKAN, which has no organizations, the first is the publisher |
//! | `theme`, `theme[]`, `themes[]`, `topic` | `dcat:theme` |
//! | `hvd_category`, `hvd_category[]` | `dcatap:hvdCategory` |
//! | `applicable_legislation[]` | `dcatap:applicableLegislation`, of the distributions too |
//! | `resources[]` | `dcat:distribution`: see [`super::distribution`], # Fields of `resource` |
//! | `license`, `license_id`, `license_url`, `license_title`, `licence` | `dct:license` of each distribution that states none; of the dataset, without distributions |
//! | `access_rights`, `access_rights.*` | `dct:accessRights` |
//! | `access_constraints[]`, `access_constraints`, `rights`, `rights[]` | `dct:rights` |
//! | `frequency`, `frequency-of-update`, `accrual_periodicity`, `update_frequency`, `update_freq`, `data_update_frequency` | `dct:accrualPeriodicity` |
//! | `issued`, `dcat_issued`, `release_date`, `metadata_created` | `dct:issued`: the first that is a date |
//! | `modified`, `dcat_modified`, `last_modified`, `metadata_modified` | `dct:modified`: the first that is a date |
//! | `dataset-reference-date[].type`, `dataset-reference-date[].value` | the same, and `dct:created`, before the dates of the metadata |
//! | `language`, `language[]` | `dct:language` |
//! | `version` | `dcat:version` |
//! | `version_notes`, `version_notes.*` | `adms:versionNotes` |
//! | `dcat_type` | `dct:type` |
//! | `conforms_to[]` | `dct:conformsTo` |
//! | `documentation[]` | `foaf:page` |
//! | `temporal_resolution`, `spatial_resolution_in_meters` | `dcat:temporalResolution`, `dcat:spatialResolutionInMeters` |
//! | `reference_system`, `spatial-reference-system` | `geodcat:referenceSystem` |
//! | `representation_type` | `adms:representationTechnique` |
//! | `provenance`, `provenance.*`, `lineage`, `dataset_source` | `dct:provenance` |
//! | `provenance_activity[]` | `prov:wasGeneratedBy`: see [`super::provenance`], # Fields of `activity` |
//! | `quality_annotation[]` | see [`super::provenance`], # Fields of `annotation` |
//! | `temporal_start`, `temporal_end`, `temporal_coverage`, `temporal_coverage[].start`, `temporal_coverage[].end`, `temporals[].start_date`, `temporals[].end_date` | `dct:temporal` |
//! | `temporal_coverage_from`, `temporal_coverage_to`, `temporal_coverage-from`, `temporal_coverage-to`, `temporal_coverage-from[]`, `temporal_coverage-to[]`, `temporal_coverage_start`, `temporal_coverage_end`, `temporal-extent-begin`, `temporal-extent-end`, `temporal`, `dataset_date` | the same |
//! | `spatial`, `spatial.*`, `spatial_geom`, `spatial_text`, `spatial-text`, `spatial_info`, `spatial_uri`, `spatial-uri`, `spatial_bbox.*`, `spatial_centroid.*` | `dct:spatial`, see [`super::place`] |
//! | `bbox-west-long`, `bbox-south-lat`, `bbox-east-long`, `bbox-north-lat` | the same, where nothing else draws it |
//! | `spatial_coverage`, `spatial_coverage.coordinates.*`, `spatial_coverage.type` | the same, as a geometry or a name |
//! | `spatial_coverage[]` | the same: see [`super::place`], # Fields of `place` |
//! | `in_series[]`, `in_series` | `dcat:inSeries` |
//! | `series_navigation[].id`, `series_navigation[].name` | which series `in_series` names |
//! | `related_resource[]`, `has_version[]`, `is_version_of[]`, `source[]`, `sample[]`, `is_referenced_by[]`, `reference[]`, `has_part[]`, `is_part_of[]` | `dct:relation`, `dcat:hasVersion`, `dcat:isVersionOf`, `dct:source`, `adms:sample`, `dct:isReferencedBy`, `dct:references`, `dct:hasPart`, `dct:isPartOf` |
//! | `relationships_as_subject[]`, `relationships_as_object[]` | see [`super::relation`], # Fields of `relationship` |
//! | `qualified_relation[]` | see [`super::relation`], # Fields of `qualified relation` |
//! | `state`, `private` | what is private or not active is not published |
//!
//! # Left out of `datasets`
//!
//! | field | why |
//! |---|---|
//! | `owner_org` | the identifier of `organization` |
//! | `creator_user_id`, `package_creator`, `published_by` | persons, by an identifier of the portal |
//! | `revision_id`, `revision_timestamp`, `notes_rendered` | of CKAN 2.8 and before, about its database and its pages |
//! | `isopen`, `num_resources`, `num_tags` | follow from the others |
//! | `tags[].*`, `groups[].*`, `category[].*`, `kinds[].*`, `datatype[]` | about the tag or group, and the portal’s own sorting of what it shows |
//! | `series_order_field`, `series_order_type`, `series_navigation[].*` | how the portal sorts a series |
//! | `relationships.*`, `relationships[].*` | of the API before version 3: what `relationships_as_subject` has |
//! | `tracking_summary.*`, `ratings_average`, `ratings_count`, `total_res_downloads`, `pageviews_last_14_days`, `openness_score`, `openness_score_last_checked` | counters and scores of the portal, which change without the dataset changing |
//! | `harvest_object_id`, `harvest_timestamp`, `spatial_harvester`, `metadata-date`, `metadata-language`, `metadata_profile[]` | of the passage through the harvester, and of the description that this one replaces |
//! | `resource-type`, `resource_type`, `resource_type_general`, `coupled-resource`, `spatial-data-service-type` | that it is a dataset |
//! | `graphic-preview-description`, `graphic-preview-file`, `graphic-preview-type`, `thumbnail` | pictures |
//! | `INSPIRE`, `UKLP`, `eu_country`, `import_source` | marks of single portals |
//! | `encoding`, `cite_as`, `data_dictionary[].*`, `homepage`, `is_live_dataset`, `liability`, `structured_data_license`, `usage` | without a property in DCAT-AP: of DCAT-US and Croissant |
//! | `bbox[].*` | of DCAT-US, as four numbers: `spatial_bbox` has the box as a geometry |
//! | `id_given`, `same_as`, `tag_string` | of the portal's forms: other names of what `uri` and `tags` say |
//! | `analytics[]`, `code_values[]`, `coding_system[]`, `hdab[].*`, `health_category[]`, `health_theme[]`, `legal_basis[]`, `max_typical_age`, `min_typical_age`, `number_of_records`, `number_of_unique_individuals`, `personal_data[]`, `population_coverage[]`, `publisher_note[]`, `purpose[]`, `retention_period[].*`, `trusted_data_holder` | HealthDCAT-AP: a profile of its own, whose terms DCAT-AP does not have |
//! | `archived`, `batch`, `caveats`, `dataset_preview`, `due_date`, `has_geodata`, `has_quickcharts`, `has_showcases`, `is_fresh`, `is_requestdata_type`, `methodology`, `overdue_date`, `qa_completed`, `solr_additions`, `solr_additions.*`, `subnational`, `update_status`, `updated_by_script`, `x_resource_grouping` | of the Humanitarian Data Exchange: how its pages show the dataset, and how fresh it finds it |
//! | `date`, `date.*`, `deprecatedResources`, `deprecatedResources.*`, `funding`, `funding.*`, `publication`, `publication.*`, `publication_state`, `related_datasets`, `related_publications` | of EnviDat, in words and structures of its own |
//! | `data_state`, `field_of_research`, `geospatial_topic`, `jurisdiction` | of data.gov.au, in words of its own |

use std::borrow::Cow;

use oxigraph::model::NamedNode;
use url::Url;

use super::distribution::Shared;
use super::fields::{Fields, Sent};
use super::people::People;
use super::service::Services;
use super::words::{self, Categories};
use super::{coded, date, distribution, identifier, licence, place, provenance, relation};
use crate::dcat::{Describe, HVD_LEGISLATION, RecordGraph, is_hvd_legislation};
use crate::rdf::vocab::{adms, dcat, dcatap, dct};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::part::catalogue_record::{self, Entry};
use crate::source::value::field::Field;

/// Describes a package of `kind`, a dataset or a series.
pub(super) fn describe(
    record: &Fields<'_>,
    kind: Kind,
    context: &Context<'_>,
) -> Result<Described, Rejected> {
    let mut findings = Vec::new();
    let identifier = ["id", "name", "identifier", "uri", "guid"]
        .into_iter()
        .find_map(|name| record.text(name, &mut findings))
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, kind, &identifier);
    let mut graph = RecordGraph::new(context.base.record(&id));
    let people = People::read(record, context, &mut findings);
    let mut services = Services::default();
    let mut about = Describe::main(&mut graph, &mut findings);
    about.a(match kind {
        Kind::Series => dcat::DATASET_SERIES,
        _ => dcat::DATASET_CLASS,
    });
    texts(record, context, &mut about);
    let pages = pages(record, kind, &identifier, context, &mut about);
    let known: Vec<&str> = pages.iter().map(String::as_str).collect();
    identifier::describe(record, &identifier, &known, context, &mut about);
    people.lead(&mut about);
    let laws = subjects(record, context, &mut about);
    date::of_package(record, &mut about);
    date::periods(record, &mut about);
    place::describe(record, context, &mut about);
    coded::of_package(record, context, &mut about);
    coded::common(record, context, &mut about);
    relation::describe(record, context, &mut about);
    provenance::describe(record, context, &mut about);
    let resources: Vec<Sent<'_>> = record
        .find("resources")
        .map(Sent::items)
        .unwrap_or_default();
    let licence = licence(record, &resources, context, &mut about);
    let iri = context.base.record(&id);
    let shared = Shared {
        iri: &iri,
        identifier: &identifier,
        page: pages.first().map(String::as_str).unwrap_or_default(),
        licence: licence.as_ref(),
        laws: &laws,
    };
    distribution::describe(&resources, &shared, &mut services, context, &mut about);
    if let (Some(licence), None) = (&licence, resources.first()) {
        licence.write(&mut about);
    }
    let mut show = super::action(context, "package_show");
    show.query_pairs_mut().append_pair("id", &identifier);
    let entry = Entry {
        id: &id,
        identifier: &identifier,
        uri: &Field::Value(show.into()),
        field: "id",
        path: &[],
    };
    let mut entry = catalogue_record::describe(&entry, context, &mut about);
    date::first(dct::CREATED, &["metadata_created"], record, &mut entry);
    let origin = provenance::harvested(record, context, &mut entry);
    let mentions = people.mentions.into_parts();
    let mentions = mentions.chain(services.into_parts()).chain(origin);
    Ok(Described::new(id, graph, mentions, findings))
}

fn texts(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let titles = ["title_translated", "title"];
    if !words::write(dct::TITLE, &titles, record, context, about) {
        // As CKAN itself does.
        about.token(dct::TITLE, record.peek("name").unwrap_or_default(), "name");
    }
    let notes = ["notes_translated", "notes", "description"];
    words::write(dct::DESCRIPTION, &notes, record, context, about);
    words::write(dct::ALTERNATIVE, &["subtitle"], record, context, about);
    let notes = ["version_notes"];
    words::write(adms::VERSION_NOTES, &notes, record, context, about);
    if let Some(version) = record.find("version") {
        let text = version.text(about.findings()).map(Cow::into_owned);
        about.token(dcat::VERSION, &text.unwrap_or_default(), &version.field);
    }
    if let Some(language) = context.language
        && record.find("language").is_none()
    {
        about.token(dct::LANGUAGE, language, "language");
    }
}

/// Writes the landing pages; gives those that are the portal's own, made up where it sends none.
fn pages(
    record: &Fields<'_>,
    kind: Kind,
    identifier: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Vec<String> {
    let mut own = Vec::new();
    for sent in record.all(&["ckan_url", "url"]) {
        let Some(text) = sent.text(about.findings()).map(Cow::into_owned) else {
            continue;
        };
        if let Some(page) = about.iri(dcat::LANDING_PAGE, &text, &sent.field)
            && is_at_home(page.as_str(), context)
        {
            own.push(page.into_string());
        }
    }
    if own.is_empty() {
        let folder = match kind {
            Kind::Series => "dataset_series",
            _ => "dataset",
        };
        let name = record.peek("name").unwrap_or(identifier);
        let page = super::page(context, &[folder, name]);
        about.iri(dcat::LANDING_PAGE, &page, "name");
        own.push(page);
    }
    own
}

/// Whether an address is on the portal's own host, and more than its home page.
fn is_at_home(address: &str, context: &Context<'_>) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.host_str() == context.root.host_str() && (url.path() != "/" || url.query().is_some())
    })
}

/// Writes what the data are about; gives the laws that they are published under.
fn subjects(
    record: &Fields<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Vec<NamedNode> {
    let mut laws = Vec::new();
    let sent = record.find("applicable_legislation");
    for law in sent.into_iter().flat_map(Sent::items) {
        // What is no IRI is noted where the laws are written.
        let text = law.value().as_str().unwrap_or_default();
        if is_hvd_legislation(text) {
            laws.push(HVD_LEGISLATION.into_owned());
        } else {
            laws.extend(crate::rdf::iri::clean(text).into_iri());
        }
    }
    let is_high_value = laws.iter().any(|law| is_hvd_legislation(law.as_str()));
    let mut categories = Categories::Not;
    match record.find("hvd_category") {
        Some(sent) => {
            for category in sent.items() {
                words::code(dcatap::HVD_CATEGORY, &category, about);
            }
        }
        None if is_high_value => categories = Categories::Offered,
        None => {}
    }
    words::keywords(record, categories, context, about);
    for list in record.all(&["theme", "themes", "topic"]) {
        for theme in list.items() {
            words::code(dcat::THEME, &theme, about);
        }
    }
    laws
}

/// The licence of the distributions that state none themselves: stated, else assumed, unless each has
/// its own.
fn licence(
    record: &Fields<'_>,
    resources: &[Sent<'_>],
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<licence::Licence> {
    if let Some(stated) = licence::stated(record, context, about) {
        return Some(stated);
    }
    let mut unlicensed = resources.iter().filter(|sent| {
        let own = sent.fields();
        own.is_none_or(|own| {
            own.first(&["license", "license_id", "license_url"])
                .is_none()
        })
    });
    if resources.is_empty() || unlicensed.next().is_some() {
        return licence::assumed(context, about);
    }
    None
}
