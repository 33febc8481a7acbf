//! What every page needs beside its own content: the catalogue, the language, the other forms of it.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;

use askama::Template;

use super::link::root;
use super::number::count;
use super::text::{Language, Words};
use crate::dcat::view::Texts;
use crate::graph::named::PUBLIC;
use crate::rdf::syntax::Syntax;
use crate::record::Base;
use crate::vocabulary::Vocabularies;

/// What is the same on every page of a publication.
#[derive(Debug, Clone, Copy)]
pub(in crate::web) struct Site<'a> {
    /// The prefix of every IRI minted here; links under it lead to its path at the page's own host.
    pub(in crate::web) base: &'a Base,
    /// Titles of the catalogue.
    pub(in crate::web) titles: &'a Texts,
    /// Where labels of concepts come from.
    pub(in crate::web) vocabularies: &'a Vocabularies,
    /// The licence of the metadata, as an IRI or a text.
    pub(in crate::web) licence: Option<&'a str>,
    /// The sequence that the page shows; none before the first publication.
    pub(in crate::web) sequence: Option<u64>,
    /// When it was published, as xsd:dateTime.
    pub(in crate::web) published: Option<&'a str>,
}

/// A page in another syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Document {
    /// The syntax.
    pub(in crate::web) syntax: Syntax,
    /// Its address, absolute or from the root of the host.
    pub(in crate::web) href: String,
}

impl Document {
    /// The documents in every syntax, each at its address. N3 is left out: it is the Turtle again.
    pub(in crate::web) fn each(address: impl Fn(Syntax) -> String) -> Vec<Self> {
        let syntaxes = Syntax::ALL.into_iter();
        let documents = syntaxes.filter(|syntax| *syntax != Syntax::N3);
        let documents = documents.map(|syntax| Self {
            syntax,
            href: address(syntax),
        });
        documents.collect()
    }

    /// The documents of the resource at `path` under the base (`dataset/p/k`): its path with the
    /// extension of each syntax.
    #[must_use]
    pub(in crate::web) fn of_path(path: &str, base: &Base) -> Vec<Self> {
        Self::each(|syntax| format!("{}{path}.{}", root(base), syntax.extension()))
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
pub(in crate::web) struct Page<'a> {
    /// The catalogue that it belongs to.
    pub(in crate::web) site: Site<'a>,
    /// The language of its texts.
    pub(in crate::web) language: Language,
    /// Its address in each language, for the switch; no switch where there are fewer than two.
    pub(in crate::web) languages: Vec<(Language, String)>,
    /// The IRI of what it describes, as `<link rel="canonical">` and permanent address.
    pub(in crate::web) iri: Option<String>,
    /// The same as RDF.
    pub(in crate::web) documents: Vec<Document>,
    /// Whether the named graphs say more of what it describes.
    pub(in crate::web) has_graphs: bool,
    /// Names of records of ours that it may name, by their IRIs.
    pub(in crate::web) names: &'a BTreeMap<String, Texts>,
}

/// No names.
static NO_NAMES: BTreeMap<String, Texts> = BTreeMap::new();

impl<'a> Page<'a> {
    /// A page without other forms.
    #[must_use]
    pub(in crate::web) fn new(site: Site<'a>, language: Language) -> Self {
        Self {
            site,
            language,
            languages: Vec::new(),
            iri: None,
            documents: Vec::new(),
            has_graphs: false,
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

    /// The colon, which French sets off with a space.
    pub(super) fn colon(&self) -> &'static str {
        match self.language {
            Language::Fr => "\u{a0}:",
            Language::En => ":",
        }
    }

    /// A number as the page writes it.
    pub(super) fn count(&self, number: impl Borrow<usize>) -> String {
        count(
            u64::try_from(*number.borrow()).unwrap_or(u64::MAX),
            self.language,
        )
    }

    /// What the navigation offers: paths under the base and their names.
    pub(super) fn entries(&self) -> [(&'static str, &'static str); 3] {
        let w = self.words();
        [
            ("catalog", w.nav_catalogue),
            ("sparql", w.nav_sparql),
            ("status", w.nav_status),
        ]
    }

    /// The named graphs of the endpoint: paths of their pages under the base, and their titles.
    pub(super) fn graphs(&self) -> Vec<(String, &'static str)> {
        let graphs = PUBLIC.iter().map(|graph| {
            let title = self
                .language
                .either(graph.title.french, graph.title.english);
            (format!("graph/{}", graph.name), title)
        });
        graphs.collect()
    }

    /// The language of what the program says, where that is not the page's.
    pub(super) fn english(&self) -> Option<&'static str> {
        (self.language != Language::En).then_some("en")
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
pub(in crate::web) fn written(template: &impl Template) -> Result<String, askama::Error> {
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
