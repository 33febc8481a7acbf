//! The fields of the index, and what they are called.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analysis::{Language, WHOLE};
use super::request::{Facet, Part};

/// Changes when the same record is indexed otherwise, or words are read otherwise: the index is then made
/// anew.
pub(super) const LAYOUT: &str = "1";

/// The columns of a record's extent, in degrees: west and east, the latter up to 540 where it crosses the
/// antimeridian, south and north.
pub(super) const EXTENT: [&str; 4] = ["west", "south", "east", "north"];

/// Columns of Unix seconds.
pub(super) const MODIFIED: &str = "modified";
pub(super) const ISSUED: &str = "issued";
pub(super) const START: &str = "start";
pub(super) const END: &str = "end";

/// The column of the overall quality score, from 0 to 1.
pub(super) const SCORE: &str = "score";

/// The column of the number of the record in the ledger.
pub(super) const RECORD: &str = "record";

/// A part of the text of records, in its readings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Readings {
    pub(super) part: Part,
    /// Whole words, with their positions.
    pub(super) whole: Field,
    /// Stems, by language.
    pub(super) stems: [(Language, Field); 2],
}

/// The fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) record: Field,
    pub(super) iri: Field,
    /// Identifiers, whole.
    pub(super) name: Field,
    pub(super) texts: [Readings; 4],
    pub(super) facets: [Field; Facet::ALL.len()],
    pub(super) dates: [Field; 4],
    pub(super) extent: [Field; 4],
    pub(super) score: Field,
    /// What a list of results shows, as JSON.
    pub(super) shown: Field,
}

impl Fields {
    /// The schema, and its fields.
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let indexed = |analyzer: &str, option| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(analyzer)
                    .set_index_option(option),
            )
        };
        let exact = || STRING.set_fast("raw");
        let fields = Self {
            record: schema.add_u64_field(RECORD, INDEXED | FAST),
            iri: schema.add_text_field("iri", exact()),
            name: schema.add_text_field("name", STRING),
            texts: Part::ALL.map(|part| Readings {
                part,
                whole: schema.add_text_field(
                    part.name(),
                    indexed(WHOLE, IndexRecordOption::WithFreqsAndPositions),
                ),
                stems: Language::ALL.map(|language| {
                    let name = format!("{}_{}", part.name(), language.tag());
                    let options = indexed(language.tag(), IndexRecordOption::WithFreqs);
                    (language, schema.add_text_field(&name, options))
                }),
            }),
            facets: Facet::ALL.map(|facet| schema.add_text_field(facet.name(), exact())),
            dates: [MODIFIED, ISSUED, START, END].map(|name| schema.add_i64_field(name, FAST)),
            extent: EXTENT.map(|name| schema.add_f64_field(name, FAST)),
            score: schema.add_f64_field(SCORE, FAST),
            shown: schema.add_text_field("shown", STORED),
        };
        (schema.build(), fields)
    }
}
