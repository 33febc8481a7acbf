//! A community resource of the API as dcat:Distribution: a file that somebody made of a dataset of
//! others, and that the portal shows beside theirs.
//!
//! It is a record of its own, with its own author; that the dataset has it as a distribution is for the
//! store to say, not for this record. It has no licence: neither the dataset's nor the one that the
//! configuration assumes was given by its author.
//!
//! # Fields of `community_resources`
//!
//! | field | becomes |
//! |---|---|
//! | `id`, `title`, `description` | as of a dataset's own resource, [`super::distribution`] |
//! | `url`, `latest`, `type`, `format`, `mime` | likewise |
//! | `filesize`, `extras.analysis:content-length`, `checksum.type`, `checksum.value`, `extras.analysis:checksum` | likewise |
//! | `created_at`, `published`, `internal.created_at_internal`, `created_at_internal` | `dct:issued`: the first that is a date |
//! | `last_modified`, `internal.last_modified_internal`, `last_modified_internal` | `dct:modified`: the first that is a date |
//! | `schema` | see [`super::schema`], # Fields of `schema` |
//! | `extras.check:available`, `extras.check:status`, `extras.check:date` | measurements, as of a dataset's own resource |
//! | `extras.validation-report:valid_resource`, `extras.validation-report:nb_errors`, `extras.validation-report:errors_count` | likewise |
//! | `metrics` | see [`super::measure`], # Fields of `metrics` |
//! | `dataset.id` | `prov:wasDerivedFrom`: the IRI of the dataset |
//! | `dataset.page` | `dcat:accessURL` where the resource has no address |
//! | `organization` | `dct:creator` and `prov:wasAttributedTo`, see [`super::agent`], # Fields of `organization stub` |
//! | `owner` | the same where there is no organization, see [`super::agent`], # Fields of `owner` |
//!
//! # Left out of `community_resources`
//!
//! | field | why |
//! |---|---|
//! | `dataset.class`, `dataset.title`, `dataset.acronym`, `dataset.uri` | the dataset says it itself |
//! | `filetype`, `preview_url`, `is_available`, `extras.check:*`, `extras.analysis:*`, `extras.validation-report:*`, `extras.ods:type`, `extras.datafairEmbed`, `extras.apidocUrl`, `extras.transport:*` | as of a dataset's own resource |
//! | `harvest.*`, `geopf.*` | always empty: nobody harvests community resources |
//! | `permissions.*` | of the account that asks |

use serde::Deserialize;

use super::distribution::{self, Shared};
use super::payload::{Organization, Resource, User};
use super::publisher;
use super::reference::Reference;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, prov};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::value::field::Field;
use crate::source::value::page::under;

/// An item of `/api/1/datasets/community_resources/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Community {
    #[serde(flatten)]
    resource: Resource,
    dataset: Field<Reference>,
    organization: Field<Organization>,
    owner: Field<User>,
}

/// Describes a community resource.
pub(super) fn describe(record: &Community, context: &Context<'_>) -> Result<Described, Rejected> {
    let identifier = record
        .resource
        .id
        .peek_text()
        .ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Distribution, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let author = publisher::read(&record.organization, &record.owner, context, &mut findings);
    let mut about = Describe::main(&mut graph, &mut findings);
    about.a(dcat::DISTRIBUTION_CLASS);
    let dataset = record.dataset.read("dataset", about.findings());
    let of = dataset.and_then(Reference::id);
    if let Some(of) = dataset.and_then(|one| one.of_kind(Kind::Dataset, context)) {
        about.link(prov::WAS_DERIVED_FROM, of);
    } else {
        about.find(
            Code::MissingProperty,
            "dataset.id",
            "what it was made of is not said",
            "",
        );
    }
    let page = match (dataset.and_then(Reference::page), of) {
        (Some(page), _) => page.to_owned(),
        (None, Some(of)) => under(context, &["datasets", of]),
        (None, None) => context.root.to_string(),
    };
    let shared = Shared {
        page: &page,
        licence: None,
        legislation: &[],
    };
    distribution::one(&record.resource, "", &shared, context, &mut about);
    if let Some(author) = &author {
        about
            .link(dct::CREATOR, author.graph.iri().clone())
            .link(prov::WAS_ATTRIBUTED_TO, author.graph.iri().clone());
    }
    Ok(Described::new(id, graph, author, findings))
}
