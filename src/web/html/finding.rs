//! Findings as readers of a page understand them: what, where, which value.

mod french;

use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::{Error, StrDeserializer};

use super::label::{Label, Named, Said};
use super::page::Page;
use super::text::Language;
use crate::finding::{Code, Finding, Severity};

/// A finding as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) struct Noticed<'a> {
    /// The text form of its code.
    pub(in crate::web) code: &'a str,
    /// The field of the source record, or the property.
    pub(in crate::web) field: &'a str,
    /// What was done about it, in English.
    pub(in crate::web) message: &'a str,
    /// The value met.
    pub(in crate::web) value: &'a str,
    /// Records that the message names, by the IRI that it has of each.
    pub(in crate::web) others: &'a [Named],
}

impl<'a> From<&'a Finding> for Noticed<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            field: &finding.field,
            message: &finding.message,
            value: &finding.value,
            others: &[],
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
    /// The message, in pieces: its text, and the records that it names.
    pub(super) message: Vec<Label>,
    pub(super) value: &'a str,
    /// The language of the message, where it is not the page's.
    pub(super) language: Option<&'static str>,
}

impl<'a> FindingRow<'a> {
    pub(super) fn all(findings: &[Noticed<'a>], page: &Page<'_>) -> Vec<Self> {
        let rows = findings.iter().map(|finding| Self::of(finding, page));
        rows.collect()
    }

    pub(super) fn of(finding: &Noticed<'a>, page: &Page<'_>) -> Self {
        let language = page.language;
        let (message, in_english) = said(finding.message, finding.others, page);
        let words = language.words();
        let code = read(finding.code);
        let severity = code.map_or(Severity::Info, Code::severity);
        let (severity, class) = match severity {
            Severity::Info => (words.severity_info, "plain"),
            Severity::Warning => (words.severity_warning, "warn"),
            Severity::Violation => (words.severity_violation, "closed"),
        };
        Self {
            label: code_label(finding.code, language),
            severity,
            class,
            field: finding.field,
            message,
            value: finding.value,
            language: in_english,
        }
    }
}

/// What the program says, in the page's language where it is known, with links to the records that it
/// names; and its language, where that is not the page's.
pub(super) fn said(
    message: &str,
    others: &[Named],
    page: &Page<'_>,
) -> (Vec<Label>, Option<&'static str>) {
    let translated = match page.language {
        Language::En => Some(message.to_owned()),
        Language::Fr => french::french(message),
    };
    let in_english = translated.is_none().then_some("en");
    let message = translated.unwrap_or_else(|| message.to_owned());
    (pieces(&message, others, page), in_english)
}

/// The IRIs in angle brackets that a message has.
pub(in crate::web) fn named_in(message: &str) -> impl Iterator<Item = &str> {
    let rest = message.split('<').skip(1);
    rest.filter_map(|part| Some(part.split_once('>')?.0))
        .filter(|iri| iri.starts_with("http"))
}

/// A message with a link in the place of each record that it names.
fn pieces(message: &str, others: &[Named], page: &Page<'_>) -> Vec<Label> {
    let plain = |text: &str| Label {
        said: Said::plain(text),
        ..Label::default()
    };
    let (mut pieces, mut rest) = (Vec::new(), message);
    for iri in named_in(message) {
        let Some(other) = others.iter().find(|other| other.iri == iri) else {
            continue;
        };
        let Some((before, after)) = rest.split_once(&format!("<{iri}>")) else {
            continue;
        };
        pieces.push(plain(before));
        pieces.push(other.label(page));
        rest = after;
    }
    pieces.push(plain(rest));
    pieces
}

/// What a code is called; a code that is not known, itself.
pub(super) fn code_label(code: &str, language: Language) -> &str {
    read(code).map_or(code, |known| label(known, language))
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
        Code::ReferenceUnknown => (
            "Renvoi à une notice inconnue",
            "Reference to an unknown record",
        ),
        Code::ForeignStatement => (
            "Affirmation sur une autre ressource",
            "Statement about another resource",
        ),
        Code::FieldUnreadable => ("Champ illisible", "Unreadable field"),
        Code::FieldUnmapped => ("Champ sans correspondance", "Field without a mapping"),
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
    use super::super::tests::samples::Sample;
    use super::*;

    fn text(row: &FindingRow<'_>) -> String {
        row.message.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn codes_have_labels_and_unknown_ones_show_themselves() {
        let sample = Sample::new();
        let finding = Finding::new(Code::IriRepaired, "url", "it is empty", "a b");
        let row = FindingRow::of(&Noticed::from(&finding), &sample.page(Language::Fr));
        assert_eq!(
            (row.label, row.class, row.language, text(&row).as_str()),
            ("Adresse réparée", "warn", None, "vide")
        );
        let newer = Noticed {
            code: "from-the-future",
            message: "as never before",
            ..Noticed::from(&finding)
        };
        let row = FindingRow::of(&newer, &sample.page(Language::Fr));
        assert_eq!(
            (row.label, row.class, row.language),
            ("from-the-future", "plain", Some("en"))
        );
        assert_eq!(
            FindingRow::of(&newer, &sample.page(Language::En)).language,
            None
        );
    }

    #[test]
    fn a_record_that_a_message_names_is_linked_by_its_name() {
        let sample = Sample::new();
        let page = sample.page(Language::Fr);
        let iri = page.site.base.iri("dataset/p/other").into_string();
        let message = format!("may be the same as <{iri}>, but this does not prove it");
        let others = [Named {
            iri,
            names: std::iter::once(("fr".to_owned(), "Communes & <b>".to_owned())).collect(),
        }];
        let finding = Finding::new(Code::PossiblySame, "identity", message, "x");
        let noticed = Noticed {
            others: &others,
            ..Noticed::from(&finding)
        };
        let row = FindingRow::of(&noticed, &page);
        let shown = text(&row);
        assert!(
            shown.starts_with("peut-être le même que <a href="),
            "{shown}"
        );
        assert!(
            shown.contains("Communes &#38; &#60;b&#62;</a>, mais"),
            "{shown}"
        );
    }
}
