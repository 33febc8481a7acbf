//! The pages of harvested portals.

use askama::Template;

use super::group::{Group, Section};
use super::label::{Label, Named, Said, Shown};
use super::link::{href, shown};
use super::noun::{persons, plural};
use super::number::count;
use super::page::Page;
use super::prose::Prose;
use super::text::Words;
use crate::dcat::view::Texts;
use crate::record::Kind;

/// What the page of a portal shows.
#[derive(Debug, Clone, Template)]
#[template(path = "portal.html")]
pub(in crate::web) struct PortalPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The portal's IRI here and its titles.
    pub(in crate::web) portal: &'a Named,
    /// Its descriptions.
    pub(in crate::web) descriptions: &'a Texts,
    /// Its own address.
    pub(in crate::web) homepage: Option<&'a str>,
    /// What is published of it.
    pub(in crate::web) counts: &'a [Counted],
    /// Its last harvest.
    pub(in crate::web) last_run: Option<LastRun<'a>>,
    /// Some of what it has.
    pub(in crate::web) groups: &'a [Group],
}

/// How many records of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Counted {
    /// The kind.
    pub(in crate::web) kind: Kind,
    /// Of agents, whether they are persons.
    pub(in crate::web) persons: bool,
    /// How many.
    pub(in crate::web) number: u64,
    /// Where they are listed.
    pub(in crate::web) all: Option<String>,
}

impl Counted {
    /// Names and numbers, as a page shows them.
    pub(super) fn all(counts: &[Self], page: &Page<'_>) -> Vec<(Label, String)> {
        let shown = counts.iter().map(|one| {
            let number = count(one.number, page.language);
            (one.label(page), number)
        });
        shown.collect()
    }

    fn label(&self, page: &Page<'_>) -> Label {
        Label {
            said: Said::plain(if self.persons {
                persons(2, page.language)
            } else {
                plural(self.kind, page.language)
            }),
            href: self.all.clone(),
            ..Label::default()
        }
    }
}

/// What a harvest did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::web) struct LastRun<'a> {
    /// How it stands.
    pub(in crate::web) outcome: Outcome,
    /// When it ended, as xsd:dateTime.
    pub(in crate::web) ended: Option<&'a str>,
    /// Records published for the first time.
    pub(in crate::web) created: u64,
    /// Records whose description changed.
    pub(in crate::web) updated: u64,
    /// Records that are as they were.
    pub(in crate::web) unchanged: u64,
    /// Records withdrawn.
    pub(in crate::web) withdrawn: u64,
    /// Source records that could not be described.
    pub(in crate::web) rejected: u64,
}

/// How a harvest stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::web) enum Outcome {
    /// In progress.
    #[default]
    Running,
    /// Its process ended before it did.
    Interrupted,
    /// It came to its end.
    Done,
    /// It stopped early.
    Partial,
    /// It stopped before it had anything.
    Failed,
    /// So much was missing that nothing was withdrawn.
    Suspicious,
}

impl Outcome {
    pub(super) fn label(self, words: &'static Words) -> &'static str {
        match self {
            Self::Running => words.run_running,
            Self::Interrupted => words.run_interrupted,
            Self::Done => words.run_done,
            Self::Partial => words.run_partial,
            Self::Failed => words.run_failed,
            Self::Suspicious => words.run_suspicious,
        }
    }

    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Done => "good",
            Self::Running => "plain",
            Self::Interrupted | Self::Partial | Self::Suspicious => "warn",
            Self::Failed => "closed",
        }
    }
}

impl PortalPage<'_> {
    fn name(&self) -> Said {
        Said::of(&self.portal.names, self.page.language).or(&shown(&self.portal.iri))
    }

    fn description(&self) -> Prose {
        Prose::of(self.descriptions, 20_000, self.page.language)
    }

    fn homepage(&self) -> Option<Label> {
        Label::site(self.homepage?)
    }

    fn counts(&self) -> Vec<(Label, String)> {
        Counted::all(self.counts, &self.page)
    }

    /// Where its harvests are listed.
    fn harvests(&self) -> Option<String> {
        let list = self.portal.iri.replacen("/portal/", "/harvest/", 1) + ".html";
        href(&list, self.page.site.base)
    }

    fn groups(&self) -> Vec<Section> {
        Section::all(self.groups, &self.page)
    }
}

impl LastRun<'_> {
    fn ended(&self, page: &Page<'_>) -> Option<Shown> {
        Shown::maybe(self.ended, page)
    }

    fn counts(&self, page: &Page<'_>) -> [(&'static str, String); 5] {
        let w = page.words();
        [
            (w.created, self.created),
            (w.updated, self.updated),
            (w.unchanged, self.unchanged),
            (w.withdrawn, self.withdrawn),
            (w.rejected, self.rejected),
        ]
        .map(|(label, counted)| (label, count(counted, page.language)))
    }
}
