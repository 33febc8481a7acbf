//! A few records of one kind, with how many there are and the way to all of them.

use askama::Template;
use askama::filters::HtmlSafe;

use super::list::{Item, Listed};
use super::noun::counted;
use super::page::Page;
use crate::record::Kind;

/// Records of a kind that belong to what a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Group {
    /// Their kind.
    pub(in crate::web) kind: Kind,
    /// Some of them.
    pub(in crate::web) listed: Vec<Listed>,
    /// How many there are.
    pub(in crate::web) total: u64,
    /// Where all of them are listed.
    pub(in crate::web) all: Option<String>,
}

/// A group, ready for its template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/group.html")]
pub(super) struct Section {
    /// The name of the kind: its anchor on the page.
    anchor: &'static str,
    heading: String,
    items: Vec<Item>,
    all: Option<String>,
    /// `all 12 datasets`.
    every: String,
    pictures: bool,
}

impl HtmlSafe for Section {}

impl Section {
    /// The groups that have something in them.
    pub(super) fn all(groups: &[Group], page: &Page<'_>) -> Vec<Self> {
        groups
            .iter()
            .filter(|group| group.total > 0)
            .map(|group| Self::of(group, page))
            .collect()
    }

    fn of(group: &Group, page: &Page<'_>) -> Self {
        let language = page.language;
        let items = Item::all(&group.listed, page);
        let total = counted(group.total, group.kind, language);
        let rest = u64::try_from(group.listed.len()).unwrap_or(u64::MAX) < group.total;
        Self {
            anchor: group.kind.segment(),
            every: format!(
                "{} {}",
                language.either("Voir", "See"),
                all_of(&total, group.kind, page)
            ),
            heading: total,
            pictures: Item::are_pictured(&items),
            items,
            all: group.all.clone().filter(|_| rest),
        }
    }
}

/// `toutes les 12 réutilisations`, `all 12 reuses`.
fn all_of(total: &str, kind: Kind, page: &Page<'_>) -> String {
    let article = match kind {
        Kind::Reuse | Kind::Discussion | Kind::Distribution | Kind::Topic | Kind::Organization => {
            "toutes les"
        }
        _ => "tous les",
    };
    format!("{} {total}", page.language.either(article, "all"))
}
