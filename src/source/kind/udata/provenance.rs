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
//! | `domain`, `source_url`, `backend` | with `source_id`, what is said of that portal where its own list does not: `dct:title`, `foaf:homepage`, `dct:type` (see [`super::origin`]) |
//! | `dct_identifier` | `dct:identifier` |
//! | `remote_id`, `doi` | `adms:identifier` |
//! | `issued_at`, `modified_at`, `created_at` | `dct:issued`, `dct:modified`, `dct:created` |
//!
//! # Left out of `harvest`
//!
//! | field | why |
//! |---|---|
//! | `last_update` | when the harvester last passed: it changes without anything changing |
//! | `archived_at`, `archived_reason` | what is archived is not published |
//! | `id` | always empty, in dumps only |

use super::extras::Extras;
use super::origin;
use super::payload::Harvest;
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::iri::clean;
use crate::rdf::vocab::{dct, prov};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};

/// Writes where the description comes from about the catalogue `record`; gives what it says in passing
/// of the portal it was harvested from. Portals of 2019 and before have that portal in `extras`.
pub(super) fn describe(
    harvest: Option<&Harvest>,
    extras: &Extras<'_>,
    context: &Context<'_>,
    record: &mut Describe<'_>,
) -> Option<Part> {
    let none = Harvest::default();
    let harvest = harvest.unwrap_or(&none);
    // What is no IRI here was noted where the names and pages of the dataset are written.
    let derived = [&harvest.uri, &harvest.remote_url]
        .into_iter()
        .find_map(|field| clean(field.peek_text()?).into_iri());
    if let Some(derived) = derived {
        record.link(prov::WAS_DERIVED_FROM, derived);
    }
    let source = harvest
        .source_id
        .text("harvest.source_id", record.findings());
    let source = source.or_else(|| extras.text("harvest:source_id", record))?;
    let id = RecordId::new(context.portal, Kind::Origin, source);
    let mut graph = RecordGraph::new(context.base.record(&id));
    record.link(prov::HAD_PRIMARY_SOURCE, graph.iri().clone());
    let mut origin = Describe::main(&mut graph, record.findings());
    // What a catalogue must say of itself only its own record can.
    origin
        .a(prov::ENTITY)
        .token(dct::IDENTIFIER, source, "harvest.source_id");
    let domain = harvest.domain.text("harvest.domain", origin.findings());
    origin.token(dct::TITLE, domain.unwrap_or_default(), "harvest.domain");
    origin::homepage(&harvest.source_url, "harvest.source_url", &mut origin);
    let backend = harvest.backend.text("harvest.backend", origin.findings());
    origin.token(dct::TYPE, backend.unwrap_or_default(), "harvest.backend");
    Some(Part {
        id,
        role: Role::Mention,
        graph,
    })
}
