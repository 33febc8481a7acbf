//! The pages of harvests: one of them, those of a portal, and how every portal stands.

use askama::Template;

use super::finding::{code_label, said};
use super::label::{Label, Named, Said, Shown};
use super::number::count;
use super::page::Page;
use super::portal::Outcome;
use crate::dcat::view::Texts;

/// A harvest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Ran {
    /// Its number.
    pub(in crate::web) run: i64,
    /// Its page.
    pub(in crate::web) href: String,
    /// `full`, `incremental` or `reconvert`.
    pub(in crate::web) mode: &'static str,
    /// How it stands.
    pub(in crate::web) outcome: Outcome,
    /// The same as others name it.
    pub(in crate::web) job: &'static str,
    /// When it began and ended, as xsd:dateTime.
    pub(in crate::web) started: Option<String>,
    /// See `started`.
    pub(in crate::web) ended: Option<String>,
    /// Why it ended so.
    pub(in crate::web) reason: Option<String>,
    /// What it counted: listed, created, updated, measured, unchanged, recognised, withdrawn,
    /// absent, rejected.
    pub(in crate::web) counts: [u64; 9],
}

/// What became of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Fate {
    /// `created`, `rejected`…
    pub(in crate::web) state: &'static str,
    /// Its IRI, or collection and the source's identifier.
    pub(in crate::web) record: String,
    /// Its titles, where it is shown.
    pub(in crate::web) names: Texts,
    /// Why.
    pub(in crate::web) reason: Option<String>,
    /// Records that the reason names, by the IRI that it has of each.
    pub(in crate::web) others: Vec<Named>,
}

/// What the page of a harvest shows.
#[derive(Debug, Clone, Template)]
#[template(path = "harvest.html")]
pub(in crate::web) struct HarvestPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The portal's IRI and name.
    pub(in crate::web) portal: (&'a str, &'a str),
    /// The harvest.
    pub(in crate::web) ran: &'a Ran,
    /// The version of the program.
    pub(in crate::web) program: Option<&'a str>,
    /// What it left out, and why.
    pub(in crate::web) notes: &'a [String],
    /// Findings by code.
    pub(in crate::web) findings: &'a [(String, u64)],
    /// What became of records.
    pub(in crate::web) fates: &'a [Fate],
    /// Where the other harvests are listed.
    pub(in crate::web) all: &'a str,
    /// The most records that are shown.
    pub(in crate::web) most: usize,
}

/// A field that no mapping reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Unmapped {
    /// Its path.
    pub(in crate::web) path: String,
    /// How many records have it.
    pub(in crate::web) records: u64,
    /// One of them.
    pub(in crate::web) record: String,
    /// The value that it has there.
    pub(in crate::web) value: String,
}

/// What the page of a portal's harvests shows.
#[derive(Debug, Clone, Template)]
#[template(path = "harvests.html")]
pub(in crate::web) struct HarvestsPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The portal's IRI and name.
    pub(in crate::web) portal: (&'a str, &'a str),
    /// Its harvests, newest first.
    pub(in crate::web) runs: &'a [Ran],
    /// The fields of its records that no mapping reads.
    pub(in crate::web) unmapped: &'a [Unmapped],
}

/// How a portal stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Stands {
    /// Its IRI.
    pub(in crate::web) iri: String,
    /// Its name.
    pub(in crate::web) name: String,
    /// Where its harvests are listed.
    pub(in crate::web) all: String,
    /// Its last harvest.
    pub(in crate::web) last: Option<Ran>,
    /// Live datasets.
    pub(in crate::web) datasets: u64,
    /// Source records that are missing, and those that could not be described.
    pub(in crate::web) absent: u64,
    /// See `absent`.
    pub(in crate::web) rejected: u64,
}

/// What the page of the status shows.
#[derive(Debug, Clone, Template)]
#[template(path = "status.html")]
pub(in crate::web) struct StatusPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The portals.
    pub(in crate::web) portals: &'a [Stands],
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
                Label::text(&fate.record)
            },
            reason,
            language,
        }
    }
}

fn portal((iri, name): (&str, &str), page: &Page<'_>) -> Label {
    Label::named(iri, Said::plain(name), page)
}

impl HarvestPage<'_> {
    fn portal(&self) -> Label {
        portal(self.portal, &self.page)
    }

    fn row(&self) -> Row<'_> {
        Row::of(self.ran, &self.page)
    }

    /// Code, label and count.
    fn findings(&self) -> Vec<(&str, &str, String)> {
        let language = self.page.language;
        let counted = self.findings.iter().map(|(code, counted)| {
            let label = code_label(code, language);
            (code.as_str(), label, count(*counted, language))
        });
        counted.collect()
    }

    fn fates(&self) -> Vec<FateRow> {
        let fates = self.fates.iter().take(self.most);
        fates.map(|fate| FateRow::of(fate, &self.page)).collect()
    }

    fn is_cut(&self) -> bool {
        self.fates.len() > self.most
    }
}

impl HarvestsPage<'_> {
    fn portal(&self) -> Label {
        portal(self.portal, &self.page)
    }

    /// How many records have a field.
    fn counted(&self, row: &Unmapped) -> String {
        count(row.records, self.page.language)
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let runs = self.runs.iter();
        runs.map(|ran| Row::of(ran, &self.page)).collect()
    }
}

impl Stands {
    fn portal(&self, page: &Page<'_>) -> Label {
        portal((&self.iri, &self.name), page)
    }

    fn last(&self, page: &Page<'_>) -> Option<Row<'_>> {
        self.last.as_ref().map(|ran| Row::of(ran, page))
    }

    fn counts(&self, page: &Page<'_>) -> [(&'static str, String); 3] {
        let w = page.words();
        [
            (w.datasets, self.datasets),
            (w.absent, self.absent),
            (w.rejected, self.rejected),
        ]
        .map(|(label, counted)| (label, count(counted, page.language)))
    }
}
