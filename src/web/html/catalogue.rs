//! The entrance and the paged lists of records.

use askama::Template;

use super::jsonld::{DataBlock, home as schema_org};
use super::label::{Label, Named, Said, Shown, foreign};
use super::list::{Item, Listed};
use super::markdown::{Rich, excerpt, rich};
use super::noun::{capital, counted, persons, plural};
use super::number::count;
use super::page::{Entry, Page, written};
use super::portal::Counted;
use super::text::Words;
use crate::dcat::view::Texts;
use crate::record::Kind;

/// What a page of the list shows.
#[derive(Debug, Clone)]
pub struct CataloguePage<'a> {
    /// The page itself; its documents are the feed at the same place.
    pub page: Page<'a>,
    /// What is listed.
    pub kind: Kind,
    /// Of agents, whether they are persons.
    pub persons: bool,
    /// The records of this page.
    pub listed: &'a [Listed],
    /// How many match in all.
    pub total: u64,
    /// What the list is restricted to.
    pub filters: &'a [Chip],
    /// Where the list without filters is.
    pub clear: Option<&'a str>,
    /// The way to the other pages.
    pub pager: Pager,
}

/// A filter in force, which a click removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What it filters by.
    pub kind: Facet,
    /// The value: the IRI of a concept, or a text.
    pub value: String,
    /// Names of the value, where it has some that no vocabulary knows; else empty.
    pub names: Texts,
    /// The address of the list without it.
    pub remove: String,
}

/// What a list can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// `portal=`
    Portal,
    /// `publisher=`
    Publisher,
    /// `theme=`
    Theme,
    /// `hvd=`
    HighValue,
    /// `view=`
    View,
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
            Self::View | Self::Other => "",
            Self::Modified => words.modified,
        }
    }
}

/// The way to other pages of a list; what does not exist is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pager {
    /// The number of this page, from 1.
    pub number: u64,
    /// How many pages there are.
    pub pages: u64,
    /// The first page, unless this is it.
    pub first: Option<String>,
    /// The one before.
    pub previous: Option<String>,
    /// The one after.
    pub next: Option<String>,
    /// The last page, unless this is it.
    pub last: Option<String>,
}

/// What the entrance shows.
#[derive(Debug, Clone)]
pub struct HomePage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// Descriptions of the catalogue.
    pub descriptions: &'a Texts,
    /// What is published.
    pub counts: &'a [Counted],
    /// The portals, and how many datasets each has.
    pub portals: &'a [(Named, u64)],
    /// The datasets changed last.
    pub latest: &'a [Listed],
}

#[derive(Template)]
#[template(path = "catalogue.html")]
struct CatalogueTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    heading: String,
    total: String,
    pictures: bool,
    chips: Vec<Removable<'a>>,
    clear: Option<&'a str>,
    items: Vec<Item>,
    pager: &'a Pager,
    position: String,
}

struct Removable<'a> {
    kind: &'static str,
    value: Said,
    remove: &'a str,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomeTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    block: DataBlock,
    title: Said,
    description: Rich,
    description_language: Option<String>,
    summary: String,
    counts: Vec<(Label, String)>,
    portals: Vec<(Label, String)>,
    latest: Vec<Item>,
    entries: Vec<Way>,
}

/// A way in for programs.
struct Way {
    href: String,
    label: &'static str,
    help: &'static str,
}

/// A page of a list.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn catalogue(input: &CataloguePage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let (language, words) = (page.language, page.words());
    let pager = &input.pager;
    let items = Item::all(input.listed, page);
    written(&CatalogueTemplate {
        page,
        w: words,
        total: if input.persons {
            let noun = persons(input.total, language);
            format!("{}\u{a0}{noun}", count(input.total, language))
        } else {
            counted(input.total, input.kind, language)
        },
        heading: capital(if input.persons {
            persons(2, language)
        } else {
            plural(input.kind, language)
        }),
        chips: input
            .filters
            .iter()
            .map(|chip| removable(chip, page))
            .collect(),
        clear: input.clear.filter(|_| input.filters.len() > 1),
        pictures: Item::are_pictured(&items),
        items,
        pager,
        position: format!(
            "{} {} {} {}",
            words.page,
            count(pager.number.max(1), language),
            words.of,
            count(pager.pages.max(1), language)
        ),
    })
}

fn removable<'a>(chip: &'a Chip, page: &Page<'_>) -> Removable<'a> {
    let value = if chip.kind == Facet::Modified {
        Shown::maybe(Some(&chip.value), page)
            .map_or_else(Said::default, |shown| Said::plain(shown.date.shown))
    } else if chip.kind == Facet::HighValue && chip.value == "true" {
        Said::default()
    } else {
        let named = Said::of(&chip.names, page.language);
        if named.is_empty() {
            Label::of(&chip.value, page).said
        } else {
            named
        }
    };
    Removable {
        kind: chip.kind.label(page.words()),
        value,
        remove: &chip.remove,
    }
}

/// The entrance.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn home(input: &HomePage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let (language, words) = (page.language, page.words());
    let source = input.descriptions.get(language.tag());
    written(&HomeTemplate {
        page,
        w: words,
        block: DataBlock::of(&schema_org(page, source)),
        title: page.catalogue(),
        description: rich(source, 20_000).0,
        description_language: foreign(input.descriptions.language(language.tag()), language),
        summary: excerpt(source, 200),
        counts: input
            .counts
            .iter()
            .map(|counted| (counted.label(page), count(counted.number, language)))
            .collect(),
        portals: input
            .portals
            .iter()
            .map(|(portal, number)| {
                (
                    portal.label(page),
                    counted(*number, Kind::Dataset, language),
                )
            })
            .collect(),
        latest: Item::all(input.latest, page),
        entries: page
            .site
            .entries
            .iter()
            .filter_map(|entry| way(*entry, page))
            .collect(),
    })
}

fn way(entry: Entry, page: &Page<'_>) -> Option<Way> {
    let words = page.words();
    let help = match entry {
        Entry::Catalogue => words.catalogue_help,
        Entry::Sparql => words.sparql_help,
        Entry::Queries => words.queries_help,
        Entry::Feed => words.feed_help,
        Entry::Dumps => words.dumps_help,
        Entry::Vocabulary => words.vocabulary_help,
        Entry::Search | Entry::Quality | Entry::Status => return None,
    };
    let (path, label) = match entry {
        // For programs the catalogue is its RDF.
        Entry::Catalogue => ("catalog.ttl", "DCAT-AP"),
        entry => (entry.path(), entry.label(words)),
    };
    Some(Way {
        href: format!("{}{path}", page.root()),
        label,
        help,
    })
}
