//! The pages of harvested portals and of catalogue records.

use askama::Template;

use super::dataset::number;
use super::finding::{FindingRow, Noticed};
use super::group::{Group, Section};
use super::label::{Label, Named, Said, Shown, UNVOUCHED, foreign};
use super::link::{href, is_web, shown};
use super::markdown::{Rich, rich};
use super::noun::{persons, plural};
use super::number::count;
use super::page::{Page, written};
use super::provenance::{Origin, Provenance};
use super::text::Words;
use crate::dcat::view::Texts;
use crate::record::Kind;

/// What the page of a portal shows.
#[derive(Debug, Clone)]
pub struct PortalPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The portal's IRI here and its titles.
    pub portal: &'a Named,
    /// Its descriptions.
    pub descriptions: &'a Texts,
    /// Its own address.
    pub homepage: Option<&'a str>,
    /// What is published of it.
    pub counts: &'a [Counted],
    /// Its last harvest.
    pub last_run: Option<LastRun<'a>>,
    /// Some of what it has.
    pub groups: &'a [Group],
}

/// How many records of a kind there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The kind.
    pub kind: Kind,
    /// Of agents, whether they are persons.
    pub persons: bool,
    /// How many.
    pub number: u64,
    /// Where they are listed.
    pub all: Option<String>,
}

impl Counted {
    pub(super) fn label(&self, page: &Page<'_>) -> Label {
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
pub struct LastRun<'a> {
    /// How it stands.
    pub outcome: Outcome,
    /// When it ended, as xsd:dateTime.
    pub ended: Option<&'a str>,
    /// Records published for the first time.
    pub created: u64,
    /// Records whose description changed.
    pub updated: u64,
    /// Records that are as they were.
    pub unchanged: u64,
    /// Records withdrawn.
    pub withdrawn: u64,
    /// Source records that could not be described.
    pub rejected: u64,
}

/// How a harvest stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Outcome {
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

/// What the page of a catalogue record shows.
#[derive(Debug, Clone)]
pub struct RecordPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// What it describes.
    pub topic: &'a Named,
    /// Where it comes from, and since when it is here.
    pub provenance: Provenance<'a>,
    /// What was odd about it.
    pub findings: &'a [Noticed<'a>],
}

#[derive(Template)]
#[template(path = "portal.html")]
struct PortalTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    name: Said,
    description: Rich,
    description_language: Option<String>,
    homepage: Option<Label>,
    counts: Vec<(Label, String)>,
    run: Option<Run>,
    /// Where its harvests are listed.
    harvests: Option<String>,
    groups: Vec<Section>,
}

/// A run, ready for its template.
struct Run {
    outcome: &'static str,
    class: &'static str,
    ended: Option<Shown>,
    counts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "record.html")]
struct RecordTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    name: Said,
    topic: Label,
    origin: Origin,
    findings: Vec<FindingRow<'a>>,
    findings_count: String,
}

/// The page of a portal.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn portal(input: &PortalPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let (language, words) = (page.language, page.words());
    written(&PortalTemplate {
        page,
        w: words,
        name: Said::of(&input.portal.names, language).or(&shown(&input.portal.iri)),
        description: rich(input.descriptions.get(language.tag()), 20_000).0,
        description_language: foreign(input.descriptions.language(language.tag()), language),
        homepage: input.homepage.filter(|url| is_web(url)).map(|url| Label {
            said: Said::plain(shown(url)),
            href: Some(url.to_owned()),
            rel: UNVOUCHED,
            hint: String::new(),
        }),
        counts: input
            .counts
            .iter()
            .map(|counted| (counted.label(page), count(counted.number, language)))
            .collect(),
        run: input.last_run.map(|run| Run {
            outcome: run.outcome.label(words),
            class: run.outcome.class(),
            ended: Shown::maybe(run.ended, page),
            counts: [
                (words.created, run.created),
                (words.updated, run.updated),
                (words.unchanged, run.unchanged),
                (words.withdrawn, run.withdrawn),
                (words.rejected, run.rejected),
            ]
            .map(|(label, counted)| (label, count(counted, language)))
            .into(),
        }),
        harvests: href(
            &(input.portal.iri.replacen("/portal/", "/harvest/", 1) + ".html"),
            page.site.base,
        ),
        groups: Section::all(input.groups, page),
    })
}

/// The page of a catalogue record.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn record(input: &RecordPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    written(&RecordTemplate {
        page,
        w: page.words(),
        name: Said::of(&input.topic.names, page.language).or(&shown(&input.topic.iri)),
        topic: input.topic.label(page),
        origin: Origin::of(&input.provenance, None, page),
        findings: input
            .findings
            .iter()
            .map(|finding| FindingRow::of(finding, page))
            .collect(),
        findings_count: count(number(input.findings.len()), page.language),
    })
}
