//! Findings as readers of a page understand them: what, where, which value.

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use super::text::Language;
use crate::finding::{Code, Finding, Severity};

/// A finding as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noticed<'a> {
    /// The text form of its code.
    pub code: &'a str,
    /// The field of the source record, or the property.
    pub field: &'a str,
    /// What was done about it, in English.
    pub message: &'a str,
    /// The value met.
    pub value: &'a str,
}

impl<'a> From<&'a Finding> for Noticed<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            field: &finding.field,
            message: &finding.message,
            value: &finding.value,
        }
    }
}

/// A finding, ready for its template.
#[derive(Debug, Clone)]
pub(super) struct FindingRow<'a> {
    pub(super) label: &'a str,
    pub(super) severity: &'static str,
    /// The class of the style sheet.
    pub(super) class: &'static str,
    pub(super) field: &'a str,
    pub(super) message: &'a str,
    pub(super) value: &'a str,
    /// The language of the message, where it is not the page's.
    pub(super) language: Option<&'static str>,
}

impl<'a> FindingRow<'a> {
    pub(super) fn of(finding: &Noticed<'a>, language: Language) -> Self {
        let words = language.words();
        let code = read(finding.code);
        let severity = code.map_or(Severity::Info, Code::severity);
        let (severity, class) = match severity {
            Severity::Info => (words.severity_info, "plain"),
            Severity::Warning => (words.severity_warning, "warn"),
            Severity::Violation => (words.severity_violation, "closed"),
        };
        Self {
            label: code.map_or(finding.code, |code| label(code, language)),
            severity,
            class,
            field: finding.field,
            message: finding.message,
            value: finding.value,
            language: (language != Language::En).then_some("en"),
        }
    }
}

/// The code of a text form; a newer ledger may hold some that this program does not know.
fn read(code: &str) -> Option<Code> {
    let text: StrDeserializer<'_, Error> = code.into_deserializer();
    Code::deserialize(text).ok()
}

fn label(code: Code, language: Language) -> &'static str {
    let (french, english) = match code {
        Code::RecordRejected => ("Notice refusée", "Record rejected"),
        Code::MissingProperty => (
            "Propriété obligatoire absente",
            "Mandatory property missing",
        ),
        Code::TooManyValues => ("Trop de valeurs", "Too many values"),
        Code::WrongRange => (
            "Valeur d’un autre type qu’attendu",
            "Value of the wrong kind",
        ),
        Code::IriRepaired => ("Adresse réparée", "Address repaired"),
        Code::IriInvalid => ("Adresse invalide", "Invalid address"),
        Code::DateInvalid => ("Date illisible", "Unreadable date"),
        Code::PeriodReversed => ("Période inversée", "Period reversed"),
        Code::NumberInvalid => ("Nombre hors limites", "Number out of range"),
        Code::ChecksumInvalid => ("Empreinte invalide", "Invalid checksum"),
        Code::GeometryInvalid => ("Géométrie illisible", "Unreadable geometry"),
        Code::LanguageInvalid => ("Langue illisible", "Unreadable language"),
        Code::LicenceUnknown => ("Licence inconnue", "Unknown licence"),
        Code::LicenceAssumed => ("Licence supposée", "Licence assumed"),
        Code::FormatUnknown => ("Format inconnu", "Unknown format"),
        Code::ValueUnknown => ("Valeur hors vocabulaire", "Value not in the vocabulary"),
        Code::TextCleaned => ("Texte nettoyé", "Text cleaned"),
        Code::MarkupFound => ("HTML dans un texte", "HTML in a text"),
        Code::ConflictingValues => ("Valeurs contradictoires", "Conflicting values"),
        Code::DuplicateIdentifier => ("Identifiant en double", "Duplicate identifier"),
        Code::IdentifierInvalid => ("Identifiant invalide", "Invalid identifier"),
        Code::ForeignStatement => (
            "Affirmation sur une autre ressource",
            "Statement about another resource",
        ),
        Code::FieldUnreadable => ("Champ illisible", "Unreadable field"),
        Code::SyntaxRepaired => ("Syntaxe réparée", "Syntax repaired"),
        Code::PrefixUndeclared => ("Préfixe non déclaré", "Undeclared prefix"),
        Code::PossiblySame => (
            "Peut-être le même qu’ailleurs",
            "Possibly the same as elsewhere",
        ),
        Code::ContextUnknown => ("Contexte JSON-LD inconnu", "Unknown JSON-LD context"),
        Code::GraphRefused => ("Graphe refusé", "Graph refused"),
    };
    match language {
        Language::Fr => french,
        Language::En => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_labels_and_unknown_ones_show_themselves() {
        let finding = Finding::new(Code::IriRepaired, "url", "encoded", "a b");
        let row = FindingRow::of(&Noticed::from(&finding), Language::Fr);
        assert_eq!(
            (row.label, row.class, row.language),
            ("Adresse réparée", "warn", Some("en"))
        );
        let newer = Noticed {
            code: "from-the-future",
            ..Noticed::from(&finding)
        };
        let row = FindingRow::of(&newer, Language::En);
        assert_eq!(
            (row.label, row.class, row.language),
            ("from-the-future", "plain", None)
        );
    }
}
