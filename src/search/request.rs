//! What may be asked of the index, and what it answers.

use serde::{Deserialize, Serialize};

use super::analysis::Language;
use super::place::{Near, Rectangle};

/// The most results that one answer may have.
pub const MOST: usize = 10_000;

/// The most characters of a text that is looked for, and the most words in it.
pub const LONGEST_TEXT: usize = 1_000;
/// See [`LONGEST_TEXT`].
pub const MOST_WORDS: usize = 32;

/// A part of the text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Titles and names.
    Title,
    /// Keywords.
    Keyword,
    /// Descriptions.
    Description,
    /// The names of the publisher.
    Publisher,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 4] = [
        Self::Title,
        Self::Keyword,
        Self::Description,
        Self::Publisher,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Keyword => "keyword",
            Self::Description => "description",
            Self::Publisher => "publisherName",
        }
    }

    /// The part of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    /// How much a word counts there.
    pub(super) fn weight(self) -> f32 {
        match self {
            Self::Title => 4.0,
            Self::Keyword => 2.0,
            Self::Publisher => 1.5,
            Self::Description => 1.0,
        }
    }
}

/// What results can be counted and chosen by. Values are IRIs of concepts where there are such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Facet {
    /// What a record describes: the first segment of its IRI, `dataset`.
    Kind,
    /// The IRI of the portal that it comes from.
    Portal,
    /// The IRI of its publisher.
    Publisher,
    /// The type of its publisher.
    PublisherType,
    /// A theme.
    Theme,
    /// A format of its distributions.
    Format,
    /// A licence, its own or of its distributions.
    Licence,
    /// How often it is updated.
    Frequency,
    /// A language.
    Language,
    /// `true` of a dataset of high value, and its categories.
    Hvd,
    /// A place that it covers.
    Place,
    /// Its quality score, cut to fifths: `0.0`, `0.2`, `0.4`, `0.6`, `0.8`.
    Quality,
    /// `true` where a data service serves it.
    Service,
    /// `true` where a reuse uses it.
    Reuse,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 14] = [
        Self::Kind,
        Self::Portal,
        Self::Publisher,
        Self::PublisherType,
        Self::Theme,
        Self::Format,
        Self::Licence,
        Self::Frequency,
        Self::Language,
        Self::Hvd,
        Self::Place,
        Self::Quality,
        Self::Service,
        Self::Reuse,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Portal => "portal",
            Self::Publisher => "publisher",
            Self::PublisherType => "publisherType",
            Self::Theme => "theme",
            Self::Format => "format",
            Self::Licence => "licence",
            Self::Frequency => "frequency",
            Self::Language => "language",
            Self::Hvd => "hvd",
            Self::Place => "place",
            Self::Quality => "quality",
            Self::Service => "service",
            Self::Reuse => "reuse",
        }
    }

    /// The facet of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.name() == name)
    }
}

/// How a text is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matching {
    /// All its words, in any order and form; those in double quotes as a phrase. A word with a hyphen before
    /// it must not be there. Where nothing has all words, words that are spelt nearly so count as well.
    Words,
    /// All its words, one after the other.
    Phrase,
    /// All its words, the last of which may go on.
    Prefix,
    /// All its words, each spelt so or nearly so.
    Fuzzy,
}

/// A text that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// How it is looked for.
    pub matching: Matching,
}

/// The order of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Those that fit best first; without a text, in the order of the ledger.
    #[default]
    Relevance,
    /// Those changed last first.
    Modified,
    /// Those issued last first.
    Issued,
    /// Those of the best quality first.
    Quality,
    /// The nearest first, where [`Request::near`] says to what.
    Distance,
}

/// A question to the index. Everything said must hold; [`Request::default`] asks for all records.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Texts, all of which are looked for. A text without a word has no results.
    pub texts: Vec<Text>,
    /// The language whose forms of words count; that of either where it is not said.
    pub reading: Option<Language>,
    /// Where words are looked for; everywhere where no part is named.
    pub parts: Vec<Part>,
    /// Values of facets: one of those named must hold, of each facet.
    pub facets: Vec<(Facet, Vec<String>)>,
    /// A rectangle that the record's own meets.
    pub within: Option<Rectangle>,
    /// A point, and how far from it the record may be.
    pub near: Option<Near>,
    /// A time that the record's own meets: from and to, in Unix seconds.
    pub period: Option<(i64, i64)>,
    /// When it was changed last: from and to, in Unix seconds.
    pub modified: Option<(i64, i64)>,
    /// The order.
    pub sort: Sort,
    /// Where the page before ended: [`Answer::next`].
    pub after: Option<Cursor>,
    /// The most results; at most [`MOST`].
    pub limit: usize,
    /// The facets whose values are counted, with the most values that are told of each.
    pub count: Vec<(Facet, usize)>,
    /// Whether to give the titles of results.
    pub titles: bool,
    /// Whether to show where the words stand.
    pub snippets: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            texts: Vec::new(),
            reading: None,
            parts: Vec::new(),
            facets: Vec::new(),
            within: None,
            near: None,
            period: None,
            modified: None,
            sort: Sort::Relevance,
            after: None,
            limit: 20,
            count: Vec::new(),
            titles: true,
            snippets: false,
        }
    }
}

impl Request {
    /// A question for the words of a text.
    #[must_use]
    pub fn words(text: &str) -> Self {
        Self {
            texts: vec![Text {
                text: text.to_owned(),
                matching: Matching::Words,
            }],
            ..Self::default()
        }
    }
}

/// Where a page ended: the next one begins after it, whatever has been published meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub(super) key: u64,
    pub(super) record: u64,
}

impl Cursor {
    /// A cursor from its text; none where it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (key, record) = text.split_once('-')?;
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        Some(Self {
            key: number(key)?,
            record: number(record)?,
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:x}-{:x}", self.key, self.record)
    }
}

/// Text with its language tag, empty where none is stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagged {
    /// The language tag.
    #[serde(rename = "l", default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The text.
    #[serde(rename = "t")]
    pub text: String,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The record's IRI.
    pub iri: String,
    /// How well it fits; 0 unless the results are sorted by that.
    pub score: f32,
    /// Its titles, if they were asked for.
    pub titles: Vec<Tagged>,
    /// A piece of its description with the words that were looked for, if one was asked for.
    pub snippet: Option<Snippet>,
    /// Metres to the point that was named; 0 where the record covers it.
    pub metres: Option<f64>,
}

/// A piece of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, with `…` where something was left out.
    pub text: String,
    /// The language of the text.
    pub language: String,
    /// Where the words stand, as ranges of bytes of `text`.
    pub marks: Vec<std::ops::Range<usize>>,
}

/// How many results have each value of a facet, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The facet.
    pub facet: Facet,
    /// Values, and how many results have them.
    pub values: Vec<(String, u64)>,
}

/// What the index answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How many records fit, on all pages.
    pub total: u64,
    /// The results of this page.
    pub hits: Vec<Hit>,
    /// The counts that were asked for.
    pub counts: Vec<Counts>,
    /// Where the next page begins; none on the last.
    pub next: Option<Cursor>,
    /// Whether nothing had all words, and words spelt nearly so were taken.
    pub corrected: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_is_written() {
        let cursor = Cursor {
            key: u64::MAX,
            record: 17,
        };
        assert_eq!(cursor.to_string(), "ffffffffffffffff-11");
        assert_eq!(Cursor::parse("ffffffffffffffff-11"), Some(cursor));
        for text in ["", "-", "1-", "x-1", "1-2-3", "fffffffffffffffff-1"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn facets_and_parts_are_told_by_their_names() {
        for facet in Facet::ALL {
            assert_eq!(Facet::of_name(facet.name()), Some(facet));
            assert!(Part::of_name(facet.name()).is_none());
        }
    }
}
