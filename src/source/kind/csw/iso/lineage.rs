//! Where the data come from, as dct:provenance.
//!
//! GeoDCAT-AP has the text of a dct:ProvenanceStatement in `rdfs:label`.
//!
//! # Fields of `lineage`
//!
//! | field | becomes |
//! |---|---|
//! | `statement`, `processStep.description`, `source.description` | `dct:provenance`, a statement each |
//! | `source.@uuidref`, `source.@href` | `dct:source` |
//!
//! # Left out of `lineage`
//!
//! | field | why |
//! |---|---|
//! | `scope.*` | the lineage of a part of the data is part of its lineage |
//! | `source.*`, `processStep.*` | of sources and steps how they are cited, who took them and when, in which reference system and scale: provenance in DCAT is a text |
//! | `statement.@href`, `additionalDocumentation.*` | a document beside the text |

use super::Record;
use super::reference;
use super::text::Text;
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, rdfs};

/// Writes the lineage of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for lineage in record.root.all("dataQualityInfo.lineage|resourceLineage") {
        let texts = "statement|processStep.description|source.description";
        for text in Text::all(lineage, texts, &record.locales) {
            let mut statement = about.node(dct::PROVENANCE, dct::PROVENANCE_STATEMENT);
            text.write(rdfs::LABEL, &mut statement);
        }
        for source in lineage.all("source") {
            if let Some(iri) = reference::to(source, record, about) {
                about.link(dct::SOURCE, iri);
            }
        }
    }
}
