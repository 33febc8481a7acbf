//! Where a portal has a record from: said of the dcat:CatalogRecord, since it is the description that
//! was harvested, and not the data.
//!
//! # Fields of `harvest`
//!
//! | field | becomes |
//! |---|---|
//! | `uri` | `prov:wasDerivedFrom` of the catalogue record, `adms:identifier` of the dataset |
//! | `remote_url` | `dcat:landingPage`; without `uri` also `prov:wasDerivedFrom` of the catalogue record |
//! | `source_id` | `prov:hadPrimarySource` of the catalogue record: the portal harvested, a record of its own |
//! | `backend`, `source_url` | `prov:wasGeneratedBy` of the catalogue record: a prov:Activity with `dct:type` and `prov:used` |
//! | `dct_identifier` | `dct:identifier` |
//! | `remote_id`, `doi` | `adms:identifier` |
//! | `issued_at`, `modified_at`, `created_at` | `dct:issued`, `dct:modified`, `dct:created` |
//!
//! # Left out of `harvest`
//!
//! | field | why |
//! |---|---|
//! | `last_update` | when the harvester last passed: it changes without anything changing |
//! | `domain` | the host of `source_url` |
//! | `archived_at`, `archived_reason` | what is archived is not published |
//! | `id` | always empty, in dumps only |

use super::extras::Extras;
use super::payload::Harvest;
use crate::dcat::Describe;
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dct, prov};
use crate::record::{Kind, RecordId};
use crate::source::Context;

/// Writes where the description comes from about the catalogue `record`. Portals of 2019 and before
/// have the harvested portal in `extras`.
pub(super) fn describe(
    harvest: Option<&Harvest>,
    extras: &Extras<'_>,
    context: &Context<'_>,
    record: &mut Describe<'_>,
) {
    let mut text = |field: fn(&Harvest) -> &super::payload::Text, name: &str| {
        harvest.and_then(|harvest| {
            field(harvest)
                .text(&format!("harvest.{name}"), record.findings())
                .map(ToOwned::to_owned)
        })
    };
    let source = text(|harvest| &harvest.source_id, "source_id");
    let backend = text(|harvest| &harvest.backend, "backend");
    let source_url = text(|harvest| &harvest.source_url, "source_url");
    // What is no IRI here was noted where the names and pages of the dataset are written.
    let peek = |field: fn(&Harvest) -> &super::payload::Text| {
        harvest.and_then(|harvest| field(harvest).peek_text())
    };
    let derived = peek(|harvest| &harvest.uri)
        .and_then(|uri| clean(uri).into_iri())
        .or_else(|| peek(|harvest| &harvest.remote_url).and_then(|url| clean(url).into_iri()));
    if let Some(derived) = derived {
        record.link(prov::WAS_DERIVED_FROM, derived);
    }
    let source = source.or_else(|| extras.text("harvest:source_id", record).map(str::to_owned));
    if let Some(source) = source {
        let origin = RecordId::new(context.portal, Kind::Origin, &source);
        record.link(prov::HAD_PRIMARY_SOURCE, context.base.record(&origin));
    }
    if backend.is_some() || source_url.is_some() {
        let mut activity = record.node(prov::WAS_GENERATED_BY, prov::ACTIVITY);
        activity.token(
            dct::TYPE,
            backend.as_deref().unwrap_or_default(),
            "harvest.backend",
        );
        activity.iri(
            prov::USED,
            source_url.as_deref().unwrap_or_default(),
            "harvest.source_url",
        );
    }
}
