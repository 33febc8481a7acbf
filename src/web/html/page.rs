//! What every page needs beside its own content: the catalogue, the language, the other forms of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;

use super::label::{Label, Said, Shown};
use super::link::root;
use super::text::{Language, Words};
use crate::dcat::view::Texts;
use crate::rdf::syntax::Syntax;
use crate::record::Base;
use crate::vocabulary::Vocabularies;

/// What is the same on every page of a publication.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The prefix of every IRI minted here; links under it lead to its path at the page's own host.
    pub base: &'a Base,
    /// Titles of the catalogue.
    pub titles: &'a Texts,
    /// Where labels of concepts come from.
    pub vocabularies: &'a Vocabularies,
    /// What the navigation offers, in its order.
    pub entries: &'a [Entry],
    /// The licence of the metadata, as an IRI or a text.
    pub licence: Option<&'a str>,
    /// The sequence that the page shows; none before the first publication.
    pub sequence: Option<u64>,
    /// When it was published, as xsd:dateTime.
    pub published: Option<&'a str>,
}

/// A part of the site that the navigation and the entrance link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// `/catalog`
    Catalogue,
    /// `/search`; pages then have a search field.
    Search,
    /// `/sparql`
    Sparql,
    /// `/queries`
    Queries,
    /// `/feed`
    Feed,
    /// `/dumps/`
    Dumps,
    /// `/vocabulary/`
    Vocabulary,
    /// `/quality`
    Quality,
    /// `/status`
    Status,
}

impl Entry {
    /// Its path under the base.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Catalogue => "catalog",
            Self::Search => "search",
            Self::Sparql => "sparql",
            Self::Queries => "queries",
            Self::Feed => "feed",
            Self::Dumps => "dumps/",
            Self::Vocabulary => "vocabulary/",
            Self::Quality => "quality",
            Self::Status => "status",
        }
    }

    pub(super) fn label(self, words: &Words) -> &'static str {
        match self {
            Self::Catalogue => words.nav_catalogue,
            Self::Search => words.nav_search,
            Self::Sparql => words.nav_sparql,
            Self::Queries => words.nav_queries,
            Self::Feed => words.nav_feed,
            Self::Dumps => words.nav_dumps,
            Self::Vocabulary => words.nav_vocabulary,
            Self::Quality => words.nav_quality,
            Self::Status => words.nav_status,
        }
    }
}

/// A page in another syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The syntax.
    pub syntax: Syntax,
    /// Its address, absolute or from the root of the host.
    pub href: String,
}

impl Document {
    /// The documents of the resource at `path` under the base (`dataset/p/k`): its path with the
    /// extension of each syntax. N3 is left out: it is the Turtle again.
    #[must_use]
    pub fn of_path(path: &str, base: &Base) -> Vec<Self> {
        Syntax::ALL
            .into_iter()
            .filter(|syntax| *syntax != Syntax::N3)
            .map(|syntax| Self {
                syntax,
                href: format!("{}{path}.{}", root(base), syntax.extension()),
            })
            .collect()
    }

    pub(super) fn name(&self) -> &'static str {
        match self.syntax {
            Syntax::Turtle => "Turtle",
            Syntax::JsonLd => "JSON-LD",
            Syntax::RdfXml => "RDF/XML",
            Syntax::NTriples => "N-Triples",
            Syntax::TriG => "TriG",
            Syntax::NQuads => "N-Quads",
            Syntax::N3 => "N3",
        }
    }

    pub(super) fn media_type(&self) -> &'static str {
        self.syntax.media_type()
    }
}

/// What one page says of itself.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The catalogue that it belongs to.
    pub site: Site<'a>,
    /// The language of its texts.
    pub language: Language,
    /// Its address in each language, for the switch; no switch where there are fewer than two.
    pub languages: Vec<(Language, String)>,
    /// The IRI of what it describes, as `<link rel="canonical">` and permanent address.
    pub iri: Option<String>,
    /// The same as RDF.
    pub documents: Vec<Document>,
    /// Names of records of ours that it may name, by their IRIs.
    pub names: &'a BTreeMap<String, Texts>,
}

/// No names.
static NO_NAMES: BTreeMap<String, Texts> = BTreeMap::new();

impl<'a> Page<'a> {
    /// A page without other forms.
    #[must_use]
    pub fn new(site: Site<'a>, language: Language) -> Self {
        Self {
            site,
            language,
            languages: Vec::new(),
            iri: None,
            documents: Vec::new(),
            names: &NO_NAMES,
        }
    }

    pub(super) fn words(&self) -> &'static Words {
        self.language.words()
    }

    pub(super) fn root(&self) -> &str {
        root(self.site.base)
    }

    /// Whether a page may lead to `iri`: it is elsewhere, or is published here.
    pub(super) fn leads_to(&self, iri: &str) -> bool {
        self.site.base.path(iri).is_none() || self.names.contains_key(iri)
    }

    pub(super) fn catalogue(&self) -> Said {
        let title = Said::of(self.site.titles, self.language);
        if title.text.is_empty() {
            Said::plain("Moisson")
        } else {
            title
        }
    }

    /// The colon, which French sets off with a space.
    pub(super) fn colon(&self) -> &'static str {
        match self.language {
            Language::Fr => "\u{a0}:",
            Language::En => ":",
        }
    }

    pub(super) fn metadata_licence(&self) -> Option<Label> {
        self.site.licence.map(|licence| Label::of(licence, self))
    }

    pub(super) fn published(&self) -> Option<Shown> {
        Shown::maybe(self.site.published, self)
    }

    pub(super) fn has_search(&self) -> bool {
        self.site.entries.contains(&Entry::Search)
    }

    pub(super) fn turtle(&self) -> Option<&str> {
        self.documents
            .iter()
            .find(|document| document.syntax == Syntax::Turtle)
            .map(|document| document.href.as_str())
    }
}

/// What a template writes, without the characters that turn the direction of what follows them, and
/// without noncharacters, which no page of HTML may have.
///
/// Portals' texts have overrides, embeddings and isolates of Unicode's bidirectional algorithm that
/// nothing ends: they would reverse what stands after them, and can pass one address for another.
/// Arabic and Hebrew need none of them.
pub(super) fn written(template: &impl Template) -> Result<String, askama::Error> {
    let html = template.render()?;
    Ok(match straight(&html) {
        Cow::Borrowed(_) => html,
        Cow::Owned(html) => html,
    })
}

fn straight(text: &str) -> Cow<'_, str> {
    let turns = |c: char| {
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}')
            || u32::from(c) & 0xfffe == 0xfffe
    };
    if text.contains(turns) {
        Cow::Owned(text.replace(turns, ""))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_turns_the_direction_of_what_follows() {
        assert_eq!(straight("a\u{202e}b\u{2066}c\u{202c}"), "abc");
        assert_eq!(
            straight("a\u{fffe}b\u{fdd0}c\u{1ffff}\u{fffd}"),
            "abc\u{fffd}"
        );
        assert_eq!(
            straight("\u{5d0}\u{5d1} é\u{202f}’"),
            "\u{5d0}\u{5d1} é\u{202f}’"
        );
    }
}
