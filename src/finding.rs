//! What was odd about a record: never an error, always kept, counted and shown.
//!
//! A finding names the field of the source record and the value that was met. Portal and record are
//! known by whoever holds the finding (the run, the ledger), so they are not repeated here.

use serde::{Deserialize, Serialize};

/// How much a finding matters to those who use the published description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing: a value was rewritten or kept as it came.
    Info,
    /// A value was repaired, guessed at or dropped.
    Warning,
    /// The description breaks a rule of DCAT-AP that the source's data forced.
    Violation,
}

/// The closed list of what Moisson reports; the text form is stable and counted in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The record could not be described at all and is not published.
    RecordRejected,
    /// A mandatory property of DCAT-AP is missing.
    MissingProperty,
    /// A property occurs more often than DCAT-AP allows.
    TooManyValues,
    /// A value is not of the kind (IRI, literal, date) that DCAT-AP demands.
    WrongRange,
    /// An IRI was repaired (spaces and other forbidden characters percent-encoded).
    IriRepaired,
    /// A value that should be an IRI is none, or has a scheme that is never published.
    IriInvalid,
    /// A date could not be read.
    DateInvalid,
    /// A period ends before it starts.
    PeriodReversed,
    /// A number is out of its range.
    NumberInvalid,
    /// A checksum is not hexadecimal or its length does not fit its algorithm.
    ChecksumInvalid,
    /// A geometry could not be read.
    GeometryInvalid,
    /// A language tag could not be read.
    LanguageInvalid,
    /// A licence is not in the vocabulary and could not be aligned with it.
    LicenceUnknown,
    /// A licence applies to the record only because the portal's configuration says so.
    LicenceAssumed,
    /// A format or media type is not in the vocabulary.
    FormatUnknown,
    /// Another coded value (frequency, access right, theme…) is not in the vocabulary.
    ValueUnknown,
    /// Text was cut or cleaned of control characters.
    TextCleaned,
    /// A text holds HTML.
    MarkupFound,
    /// Values of one shared thing differ between the records that mention it.
    ConflictingValues,
    /// An identifier occurs twice where it must be unique.
    DuplicateIdentifier,
    /// Another portal's record may be the same, but nothing proves it.
    PossiblySame,
    /// An identifier (SIRET, DOI…) fails its own check.
    IdentifierInvalid,
    /// A reference to another record of the portal that the catalogue does not have.
    ReferenceUnknown,
    /// A statement about something that the record does not own went to the origin graph.
    ForeignStatement,
    /// The record has something that the API documents otherwise (a wrong JSON type, say).
    FieldUnreadable,
    /// The record has a value that no mapping reads, and that is not left out on purpose.
    FieldUnmapped,
    /// A document is not written as its syntax demands: it was repaired, or a part of it left out.
    SyntaxRepaired,
    /// A document uses a prefix that it does not declare.
    PrefixUndeclared,
    /// A document names a JSON-LD context that is not known here: its terms may mean something else.
    ContextUnknown,
    /// The graph was refused by canonicalisation (poisoned blank nodes).
    GraphRefused,
}

impl Code {
    /// The stable text form, as in reports and in the ledger.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RecordRejected => "record-rejected",
            Self::MissingProperty => "missing-property",
            Self::TooManyValues => "too-many-values",
            Self::WrongRange => "wrong-range",
            Self::IriRepaired => "iri-repaired",
            Self::IriInvalid => "iri-invalid",
            Self::DateInvalid => "date-invalid",
            Self::PeriodReversed => "period-reversed",
            Self::NumberInvalid => "number-invalid",
            Self::ChecksumInvalid => "checksum-invalid",
            Self::GeometryInvalid => "geometry-invalid",
            Self::LanguageInvalid => "language-invalid",
            Self::LicenceUnknown => "licence-unknown",
            Self::LicenceAssumed => "licence-assumed",
            Self::FormatUnknown => "format-unknown",
            Self::ValueUnknown => "value-unknown",
            Self::TextCleaned => "text-cleaned",
            Self::MarkupFound => "markup-found",
            Self::ConflictingValues => "conflicting-values",
            Self::DuplicateIdentifier => "duplicate-identifier",
            Self::PossiblySame => "possibly-same",
            Self::IdentifierInvalid => "identifier-invalid",
            Self::ReferenceUnknown => "reference-unknown",
            Self::ForeignStatement => "foreign-statement",
            Self::FieldUnreadable => "field-unreadable",
            Self::FieldUnmapped => "field-unmapped",
            Self::SyntaxRepaired => "syntax-repaired",
            Self::PrefixUndeclared => "prefix-undeclared",
            Self::ContextUnknown => "context-unknown",
            Self::GraphRefused => "graph-refused",
        }
    }

    /// How much a finding of this code matters.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::RecordRejected
            | Self::MissingProperty
            | Self::TooManyValues
            | Self::WrongRange
            | Self::GraphRefused => Severity::Violation,
            Self::LicenceAssumed
            | Self::FieldUnmapped
            | Self::FormatUnknown
            | Self::MarkupFound
            | Self::PossiblySame
            | Self::ValueUnknown
            | Self::LicenceUnknown => Severity::Info,
            _ => Severity::Warning,
        }
    }
}

/// The longest value that a finding quotes, in characters.
const QUOTED: usize = 200;

/// One thing that was odd about one field of one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of oddity.
    pub code: Code,
    /// The field of the source record (`resources[2].url`) or the property (`dct:title`).
    pub field: String,
    /// What Moisson did about it, in a lower-case sentence.
    pub message: String,
    /// The value met, at most 200 characters of it.
    pub value: String,
}

impl Finding {
    /// A finding about a literal that was too long: cut, or left out.
    #[must_use]
    pub fn too_long(is_cut: bool, field: &str, message: &str, shown: &str) -> Self {
        let code = if is_cut {
            Code::TextCleaned
        } else {
            Code::GraphRefused
        };
        Self::new(code, field, message, shown)
    }

    /// A finding about `field`; `value` is shortened to what a report can show.
    pub fn new(
        code: Code,
        field: impl Into<String>,
        message: impl Into<String>,
        value: &str,
    ) -> Self {
        let mut quoted: String = value
            .chars()
            .filter(|c| !c.is_control())
            .take(QUOTED)
            .collect();
        if value.chars().nth(QUOTED).is_some() {
            quoted.push('…');
        }
        Self {
            code,
            field: field.into(),
            message: message.into(),
            value: quoted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_the_serialised_form() {
        for code in [
            Code::RecordRejected,
            Code::IriRepaired,
            Code::GraphRefused,
            Code::LicenceAssumed,
        ] {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }

    #[test]
    fn long_values_are_quoted_in_part() {
        let finding = Finding::new(Code::TextCleaned, "description", "cut", &"é".repeat(5000));
        assert_eq!(finding.value.chars().count(), QUOTED + 1);
    }
}
