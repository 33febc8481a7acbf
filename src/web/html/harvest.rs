//! The pages of harvests: one of them, those of a portal, and how every portal stands.

use askama::Template;

use super::finding::{code_label, said};
use super::label::{Label, Named, Said, Shown};
use super::number::count;
use super::page::{Page, written};
use super::portal::Outcome;
use super::text::{Language, Words};
use crate::dcat::view::Texts;

/// A harvest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// Its number.
    pub run: i64,
    /// Its page.
    pub href: String,
    /// `full`, `incremental` or `reconvert`.
    pub mode: &'static str,
    /// How it stands.
    pub outcome: Outcome,
    /// The same as others name it.
    pub job: &'static str,
    /// When it began and ended, as xsd:dateTime.
    pub started: Option<String>,
    /// See `started`.
    pub ended: Option<String>,
    /// Why it ended so.
    pub reason: Option<String>,
    /// What it counted: listed, created, updated, measured, unchanged, recognised, withdrawn,
    /// absent, rejected.
    pub counts: [u64; 9],
}

/// What became of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fate {
    /// `created`, `rejected`…
    pub state: &'static str,
    /// Its IRI, or collection and the source's identifier.
    pub record: String,
    /// Its titles, where it is shown.
    pub names: Texts,
    /// Why.
    pub reason: Option<String>,
    /// Records that the reason names, by the IRI that it has of each.
    pub others: Vec<Named>,
}

/// What the page of a harvest shows.
#[derive(Debug, Clone)]
pub struct HarvestPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The portal's IRI and name.
    pub portal: (&'a str, &'a str),
    /// The harvest.
    pub ran: &'a Ran,
    /// The version of the program.
    pub program: Option<&'a str>,
    /// What it left out, and why.
    pub notes: &'a [String],
    /// Findings by code.
    pub findings: &'a [(String, u64)],
    /// What became of records.
    pub fates: &'a [Fate],
    /// Where the other harvests are listed.
    pub all: &'a str,
    /// The most records that are shown.
    pub most: usize,
}

/// What the page of a portal's harvests shows.
#[derive(Debug, Clone)]
pub struct HarvestsPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The portal's IRI and name.
    pub portal: (&'a str, &'a str),
    /// Its harvests, newest first.
    pub runs: &'a [Ran],
}

/// How a portal stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stands {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// Where its harvests are listed.
    pub all: String,
    /// Its last harvest.
    pub last: Option<Ran>,
    /// Live datasets.
    pub datasets: u64,
    /// Source records that are missing, and those that could not be described.
    pub absent: u64,
    /// See `absent`.
    pub rejected: u64,
}

/// What the page of the status shows.
#[derive(Debug, Clone)]
pub struct StatusPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The portals.
    pub portals: &'a [Stands],
}

/// A harvest, ready for a template.
struct Row<'a> {
    number: String,
    href: &'a str,
    mode: &'static str,
    outcome: &'static str,
    class: &'static str,
    started: Option<Shown>,
    ended: Option<Shown>,
    reason: Option<&'a str>,
    counts: Vec<(&'static str, String)>,
}

impl<'a> Row<'a> {
    fn of(ran: &'a Ran, page: &Page<'_>) -> Self {
        let words = page.words();
        let labels = [
            words.listed,
            words.created,
            words.updated,
            words.measured,
            words.unchanged,
            words.recognised_elsewhere,
            words.withdrawn,
            words.absent,
            words.rejected,
        ];
        Self {
            number: ran.run.to_string(),
            href: &ran.href,
            mode: match ran.mode {
                "incremental" => words.mode_incremental,
                "reconvert" => words.mode_reconvert,
                _ => words.mode_full,
            },
            outcome: ran.outcome.label(words),
            class: ran.outcome.class(),
            started: Shown::moment(ran.started.as_deref(), page),
            ended: Shown::moment(ran.ended.as_deref(), page),
            reason: ran.reason.as_deref(),
            counts: labels
                .into_iter()
                .zip(ran.counts)
                .map(|(label, counted)| (label, count(counted, page.language)))
                .collect(),
        }
    }
}

struct FateRow {
    state: &'static str,
    class: &'static str,
    record: Label,
    reason: Vec<Label>,
    /// The language of the reason, where it is not the page's.
    language: Option<&'static str>,
}

impl FateRow {
    fn of(fate: &Fate, page: &Page<'_>) -> Self {
        let (reason, language) = match &fate.reason {
            Some(reason) => said(reason, &fate.others, page),
            None => (Vec::new(), None),
        };
        let words = page.words();
        let (state, class) = match fate.state {
            "created" => (words.fate_created, "good"),
            "updated" => (words.fate_updated, "good"),
            "rejected" => (words.fate_rejected, "closed"),
            "skipped" => (words.fate_skipped, "plain"),
            "recognised" => (words.fate_recognised, "good"),
            "absent" => (words.fate_absent, "warn"),
            _ => (words.fate_withdrawn, "warn"),
        };
        let is_ours = fate.record.starts_with(page.site.base.as_str());
        Self {
            state,
            class,
            record: if is_ours {
                Label::named(&fate.record, Said::of(&fate.names, page.language), page)
            } else {
                Label {
                    said: Said::plain(&fate.record),
                    ..Label::default()
                }
            },
            reason,
            language,
        }
    }
}

#[derive(Template)]
#[template(path = "harvest.html")]
struct HarvestTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    portal: Label,
    row: Row<'a>,
    job: &'static str,
    program: Option<&'a str>,
    notes: &'a [String],
    /// Code, label and count.
    findings: Vec<(&'a str, &'a str, String)>,
    fates: Vec<FateRow>,
    is_cut: bool,
    all: &'a str,
    /// The language of what the program says.
    english: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "harvests.html")]
struct HarvestsTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    portal: Label,
    rows: Vec<Row<'a>>,
    english: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "status.html")]
struct StatusTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    portals: Vec<StatusRow<'a>>,
    english: Option<&'static str>,
}

struct StatusRow<'a> {
    portal: Label,
    all: &'a str,
    last: Option<Row<'a>>,
    counts: Vec<(&'static str, String)>,
}

fn english(language: Language) -> Option<&'static str> {
    (language != Language::En).then_some("en")
}

fn portal(named: (&str, &str), page: &Page<'_>) -> Label {
    Label::named(named.0, Said::plain(named.1), page)
}

/// The page of a harvest.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn harvest(input: &HarvestPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let fates = input.fates.iter().take(input.most);
    written(&HarvestTemplate {
        page,
        w: page.words(),
        portal: portal(input.portal, page),
        row: Row::of(input.ran, page),
        job: input.ran.job,
        program: input.program,
        notes: input.notes,
        findings: input
            .findings
            .iter()
            .map(|(code, counted)| {
                let label = code_label(code, page.language);
                (code.as_str(), label, count(*counted, page.language))
            })
            .collect(),
        fates: fates.map(|fate| FateRow::of(fate, page)).collect(),
        is_cut: input.fates.len() > input.most,
        all: input.all,
        english: english(page.language),
    })
}

/// The page of a portal's harvests.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn harvests(input: &HarvestsPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    written(&HarvestsTemplate {
        page,
        w: page.words(),
        portal: portal(input.portal, page),
        rows: input.runs.iter().map(|ran| Row::of(ran, page)).collect(),
        english: english(page.language),
    })
}

/// The page of the status.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn status(input: &StatusPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let words = page.words();
    let row = |stands: &'_ Stands| {
        let counts = [
            (words.datasets, stands.datasets),
            (words.absent, stands.absent),
            (words.rejected, stands.rejected),
        ];
        counts.map(|(label, counted)| (label, count(counted, page.language)))
    };
    written(&StatusTemplate {
        page,
        w: words,
        portals: input
            .portals
            .iter()
            .map(|stands| StatusRow {
                portal: portal((&stands.iri, &stands.name), page),
                all: &stands.all,
                last: stands.last.as_ref().map(|ran| Row::of(ran, page)),
                counts: row(stands).into(),
            })
            .collect(),
        english: english(page.language),
    })
}
