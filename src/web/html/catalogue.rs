//! The entrance and the paged lists of records.

use askama::Template;

use super::jsonld::{DataBlock, home as schema_org};
use super::label::{Label, Named, Said, Shown};
use super::list::{Item, Listed};
use super::markdown::excerpt;
use super::noun::{capital, counted, persons, plural};
use super::number::count;
use super::page::Page;
use super::portal::Counted;
use super::prose::Prose;
use super::text::Words;
use crate::dcat::view::Texts;
use crate::record::Kind;

/// What a page of the list shows.
#[derive(Debug, Clone, Template)]
#[template(path = "catalogue.html")]
pub(in crate::web) struct CataloguePage<'a> {
    /// The page itself; its documents are the feed at the same place.
    pub(in crate::web) page: Page<'a>,
    /// What is listed.
    pub(in crate::web) kind: Kind,
    /// Of agents, whether they are persons.
    pub(in crate::web) persons: bool,
    /// The records of this page.
    pub(in crate::web) listed: &'a [Listed],
    /// How many match in all.
    pub(in crate::web) total: u64,
    /// What the list is restricted to.
    pub(in crate::web) filters: &'a [Chip],
    /// Where the list without filters is.
    pub(in crate::web) clear: Option<&'a str>,
    /// The way to the other pages.
    pub(in crate::web) pager: Pager,
}

/// A filter in force, which a click removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Chip {
    /// What it filters by.
    pub(in crate::web) kind: Facet,
    /// The value: the IRI of a concept, or a text.
    pub(in crate::web) value: String,
    /// Names of the value, where it has some that no vocabulary knows; else empty.
    pub(in crate::web) names: Texts,
    /// The address of the list without it.
    pub(in crate::web) remove: String,
}

/// What a list can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Facet {
    /// `portal=`
    Portal,
    /// `publisher=`
    Publisher,
    /// `theme=`
    Theme,
    /// `hvd=`
    HighValue,
    /// `modified_since=`
    Modified,
    /// Any other.
    Other,
}

impl Facet {
    fn label(self, words: &'static Words) -> &'static str {
        match self {
            Self::Portal => words.origin_portal,
            Self::Publisher => words.publisher,
            Self::Theme => words.theme,
            Self::HighValue => words.high_value,
            Self::Other => "",
            Self::Modified => words.modified,
        }
    }
}

/// The way to other pages of a list; what does not exist is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Pager {
    /// The number of this page, from 1.
    pub(in crate::web) number: u64,
    /// How many pages there are.
    pub(in crate::web) pages: u64,
    /// The first page, unless this is it.
    pub(in crate::web) first: Option<String>,
    /// The one before.
    pub(in crate::web) previous: Option<String>,
    /// The one after.
    pub(in crate::web) next: Option<String>,
    /// The last page, unless this is it.
    pub(in crate::web) last: Option<String>,
}

impl Pager {
    /// The way from a page to the others, each at its link.
    pub(in crate::web) fn of(number: u64, pages: u64, link: impl Fn(u64) -> String) -> Self {
        let (before, after) = (number > 1, number < pages);
        Self {
            number,
            pages,
            first: before.then(|| link(1)),
            previous: before.then(|| link(number - 1)),
            next: after.then(|| link(number + 1)),
            last: after.then(|| link(pages)),
        }
    }
}

/// What the entrance shows.
#[derive(Debug, Clone, Template)]
#[template(path = "home.html")]
pub(in crate::web) struct HomePage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// Descriptions of the catalogue.
    pub(in crate::web) descriptions: &'a Texts,
    /// What is published.
    pub(in crate::web) counts: &'a [Counted],
    /// The portals, and how many datasets each has.
    pub(in crate::web) portals: &'a [(Named, u64)],
    /// The datasets changed last.
    pub(in crate::web) latest: &'a [Listed],
}

impl CataloguePage<'_> {
    fn heading(&self) -> String {
        let language = self.page.language;
        capital(if self.persons {
            persons(2, language)
        } else {
            plural(self.kind, language)
        })
    }

    fn total(&self) -> String {
        let language = self.page.language;
        if self.persons {
            let noun = persons(self.total, language);
            format!("{}\u{a0}{noun}", count(self.total, language))
        } else {
            counted(self.total, self.kind, language)
        }
    }

    fn clear(&self) -> Option<&str> {
        self.clear.filter(|_| self.filters.len() > 1)
    }

    fn items(&self) -> Vec<Item> {
        Item::all(self.listed, &self.page)
    }

    /// `page 2 of 62`
    fn position(&self) -> String {
        let (language, w) = (self.page.language, self.page.words());
        let number = count(self.pager.number.max(1), language);
        let pages = count(self.pager.pages.max(1), language);
        format!("{} {number} {} {pages}", w.page, w.of)
    }
}

impl Chip {
    /// What it filters by and the value, in words.
    fn words(&self, page: &Page<'_>) -> (&'static str, Said) {
        let value = match self.kind {
            Facet::Modified => Shown::maybe(Some(&self.value), page)
                .map_or_else(Said::default, |shown| Said::plain(shown.date.shown)),
            Facet::HighValue if self.value == "true" => Said::default(),
            _ => {
                let named = Said::of(&self.names, page.language);
                if named.is_empty() {
                    Label::of(&self.value, page).said
                } else {
                    named
                }
            }
        };
        (self.kind.label(page.words()), value)
    }
}

impl HomePage<'_> {
    fn source(&self) -> &str {
        self.descriptions.get(self.page.language.tag())
    }

    fn block(&self) -> DataBlock {
        DataBlock::of(&schema_org(&self.page, self.source()))
    }

    fn summary(&self) -> String {
        excerpt(self.source(), 200)
    }

    fn description(&self) -> Prose {
        Prose::of(self.descriptions, 20_000, self.page.language)
    }

    fn counts(&self) -> Vec<(Label, String)> {
        Counted::all(self.counts, &self.page)
    }

    fn portals(&self) -> Vec<(Label, String)> {
        let portals = self.portals.iter().map(|(portal, number)| {
            let number = counted(*number, Kind::Dataset, self.page.language);
            (portal.label(&self.page), number)
        });
        portals.collect()
    }

    fn latest(&self) -> Vec<Item> {
        Item::all(self.latest, &self.page)
    }

    /// The ways in for programs, for which the catalogue is its RDF: path, name, explanation.
    fn ways(&self) -> [(&'static str, &'static str, &'static str); 2] {
        let w = self.page.words();
        [
            ("catalog.ttl", "DCAT-AP", w.catalogue_help),
            ("sparql", w.nav_sparql, w.sparql_help),
        ]
    }
}
