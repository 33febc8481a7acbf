//! Controlled vocabularies: the SKOS schemes that DCAT-AP asks for, and what portals write instead.
//!
//! The schemes (`vocabularies/authority/*.ttl`) are part of the published catalogue, so that pages
//! and queries have labels in every language; the alignments (`vocabularies/match/*.csv`) say which
//! concept a portal's text means. Both are compiled in, and a new alias never needs Rust. This
//! module never fetches and never guesses: what no row says is unknown. Each concept carries the
//! class that DCAT-AP 3.0.1 demands as the range of the property it is used with.

mod alignment;
mod concept;
mod files;
mod frequency;
mod licence;
mod read;
mod statement;
mod text;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use foldhash::HashMap;
use oxigraph::model::{NamedNode, NamedNodeRef, Triple};

pub use alignment::Alignment;
use alignment::Table;
pub use concept::{Concept, Scheme};
pub use licence::{Coded, Licence};
use statement::Statement;
pub use text::normalise_text;

/// All schemes and alignments compiled into the program.
#[derive(Debug)]
pub struct Vocabularies {
    release: String,
    triples: Vec<Triple>,
    concepts: HashMap<String, Concept>,
    schemes: BTreeMap<String, Scheme>,
    tables: HashMap<Alignment, Table>,
    /// The codes of ISO 639 of languages, by their IRI.
    languages: HashMap<String, String>,
}

impl Vocabularies {
    /// The vocabularies of this program, read once per process.
    #[must_use]
    pub fn builtin() -> &'static Self {
        #[expect(
            clippy::expect_used,
            reason = "the files are compiled in, and a test reads each of them"
        )]
        static BUILTIN: LazyLock<Vocabularies> =
            LazyLock::new(|| read::read().expect("compiled-in vocabularies are valid"));
        &BUILTIN
    }

    /// SHA-256 (hexadecimal) over every compiled-in file: another one with each change of the
    /// vocabularies.
    #[must_use]
    pub fn release(&self) -> &str {
        &self.release
    }

    /// Every triple of the schemes, each once, for the default graph. There are no blank nodes.
    #[must_use]
    pub fn triples(&self) -> &[Triple] {
        &self.triples
    }

    /// Whether `iri` is a concept or a scheme that we know.
    #[must_use]
    pub fn contains(&self, iri: &str) -> bool {
        self.concepts.contains_key(iri) || self.schemes.contains_key(iri)
    }

    /// The concept with this IRI.
    #[must_use]
    pub fn concept(&self, iri: &str) -> Option<&Concept> {
        self.concepts.get(iri)
    }

    /// The scheme with this IRI.
    #[must_use]
    pub fn scheme(&self, iri: &str) -> Option<&Scheme> {
        self.schemes.get(iri)
    }

    /// All schemes, by IRI.
    pub fn schemes(&self) -> impl Iterator<Item = &Scheme> {
        self.schemes.values()
    }

    /// The tag of a language of the EU's list, by its IRI: its code of ISO 639-1, else of ISO 639-3
    /// (BCP 47, <https://www.rfc-editor.org/info/bcp47>).
    #[must_use]
    pub fn language_tag(&self, concept: &str) -> Option<&str> {
        self.languages.get(concept).map(String::as_str)
    }

    /// The one concept that `text` means in this alignment. `None` where it is unknown, and where
    /// it means several (see [`align_all`](Self::align_all)).
    ///
    /// The IRI of a concept of the right scheme means that concept, be it written with `http` or
    /// `https`, with or without a final slash.
    #[must_use]
    pub fn align(&self, alignment: Alignment, text: &str) -> Option<NamedNodeRef<'_>> {
        match self.align_all(alignment, text) {
            [concept] => Some(concept.as_ref()),
            _ => None,
        }
    }

    /// All concepts that `text` means in this alignment, sorted. Only [`Alignment::Theme`] ever
    /// gives more than one.
    #[must_use]
    pub fn align_all(&self, alignment: Alignment, text: &str) -> &[NamedNode] {
        let Some(table) = self.tables.get(&alignment) else {
            return &[];
        };
        let listed = table.find(text);
        if !listed.is_empty() {
            return listed;
        }
        match self.structured(alignment, text) {
            Some(code) => table.find(&format!("{}/{code}", alignment.scheme())),
            None => &[],
        }
    }

    /// The code that a text means by its structure, where no row has it.
    fn structured(&self, alignment: Alignment, text: &str) -> Option<Cow<'static, str>> {
        let said = || statement::statement(text);
        Some(match alignment {
            Alignment::Licence => self.licence(text)?.code()?.into(),
            Alignment::Frequency => frequency::code(text)?.into(),
            Alignment::AccessRight => match said()? {
                Statement::Free => "PUBLIC".into(),
                // A limitation by its address says more than the EU's list can: GeoDCAT-AP keeps it.
                Statement::Limited(_) if !text.starts_with("http") => "RESTRICTED".into(),
                _ => return None,
            },
            Alignment::AccessLimitation => match said()? {
                Statement::Limited(Some(letter)) => {
                    format!("INSPIRE_Directive_Article13_1{letter}").into()
                }
                _ => return None,
            },
            Alignment::AccessCondition => match said()? {
                Statement::NoConditions => "noConditionsApply".into(),
                Statement::ConditionsUnknown => "conditionsUnknown".into(),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Whether a text is a statement on who has access, in INSPIRE's words or the law's.
    #[must_use]
    pub fn says_access(&self, text: &str) -> bool {
        matches!(
            statement::statement(text),
            Some(Statement::Free | Statement::Limited(_))
        )
    }

    /// What a portal's code for a licence stands for that the EU's list does not have.
    #[must_use]
    pub fn coded_licence(&self, code: &str) -> Option<Coded> {
        licence::coded(code)
    }

    /// Whether a text says that no licence was chosen.
    #[must_use]
    pub fn says_no_licence(&self, text: &str) -> bool {
        licence::says_none(text)
    }

    /// The licence that a running text or an address names, be it certain or not.
    #[must_use]
    pub fn licence(&self, text: &str) -> Option<Licence> {
        let countries = format!("{}/", Alignment::Country.scheme());
        licence::recognise(text, |name| {
            let concept = self.align(Alignment::Country, name)?;
            concept.as_str().strip_prefix(&countries)
        })
    }

    /// Whether a text is the name, the code or the address of one licence that we know, and nothing else.
    #[must_use]
    pub fn is_licence(&self, text: &str) -> bool {
        let listed = self.tables.get(&Alignment::Licence);
        listed.is_some_and(|table| !table.find(text).is_empty())
            || self
                .licence(text)
                .is_some_and(|licence| licence.is_whole() && licence.code().is_some())
    }
}

#[cfg(test)]
mod tests;
