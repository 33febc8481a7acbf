//! The page of a dataset or of a series.

use std::collections::BTreeMap;

use askama::Template;

use super::distribution::{Card, Cards, Contributed};
use super::facts::{Beside, Facts};
use super::finding::{FindingRow, Noticed};
use super::group::{Group, Section};
use super::jsonld::{DataBlock, dataset as schema_org};
use super::label::{Label, Named, Said, Shown, foreign};
use super::markdown::{Extent, LONGEST, Rich, excerpt, rich};
use super::noun::{capital, singular};
use super::number::{count, more};
use super::page::{Page, written};
use super::picture::Picture;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use super::talk::{Discussed, Talks};
use super::text::Words;
use crate::dcat::view::{AgentView, ContactView, DatasetView, QualityView, Reference};
use crate::record::Kind;

/// Keywords shown of one dataset.
const MOST_KEYWORDS: usize = 100;

/// Pictures shown of one dataset.
const MOST_PICTURES: usize = 3;

/// Statements of lineage shown.
const MOST_STATEMENTS: usize = 20;

/// What the page of a dataset shows.
#[derive(Debug, Clone)]
pub struct DatasetPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The dataset (or series).
    pub dataset: &'a DatasetView,
    /// Its publisher, where it is known.
    pub publisher: Option<&'a AgentView>,
    /// Its contact points, as far as they are known.
    pub contacts: &'a [ContactView],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
    /// What was odd about the record.
    pub findings: &'a [Noticed<'a>],
    /// What others made of it or for it.
    pub related: Related,
    /// What was measured of it.
    pub quality: QualityView,
    /// What was measured of its distributions, by their IRIs.
    pub measured: BTreeMap<String, QualityView>,
    /// The metrics that measurements name.
    pub metrics: &'a [oxigraph::model::Triple],
}

/// What others made of a dataset or for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Related {
    /// The members of a series; none of what is no series.
    pub members: Option<Group>,
    /// Services that serve it, reuses…
    pub groups: Vec<Group>,
    /// Distributions that others have added.
    pub community: Vec<Contributed>,
    /// How many of them there are.
    pub community_total: u64,
    /// Where all of them are listed.
    pub all_community: Option<String>,
    /// Discussions about it, the latest first.
    pub discussions: Vec<Discussed>,
    /// How many of them there are.
    pub discussions_total: u64,
    /// Where all of them are listed.
    pub all_discussions: Option<String>,
    /// Topics that list it.
    pub topics: Vec<Named>,
}

#[derive(Template)]
#[template(path = "dataset.html")]
struct DatasetTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    block: DataBlock,
    summary: String,
    title: Said,
    publisher: Option<Label>,
    high_value: bool,
    access_rights: Option<Label>,
    access: &'static str,
    licence: Option<Label>,
    modified: Option<Shown>,
    description: Rich,
    description_language: Option<String>,
    description_extent: Extent,
    pictures: Vec<Picture>,
    /// The addresses of pictures that the page may not load.
    hidden: Vec<Label>,
    lineage: Vec<(Rich, Option<String>)>,
    is_series: bool,
    members: Vec<Section>,
    kind: String,
    keywords: &'a [String],
    cards: Cards,
    files: String,
    rest: String,
    left_out: String,
    community: Vec<Card>,
    community_total: String,
    all_community: Option<&'a str>,
    groups: Vec<Section>,
    talks: Talks,
    facts: Facts,
    quality: Option<Measured>,
    origin: Origin,
    findings: Vec<FindingRow<'a>>,
    findings_count: String,
}

impl DatasetTemplate<'_> {
    /// A series mostly has no file of its own.
    fn has_files(&self) -> bool {
        !self.is_series || self.cards.total > 0
    }

    fn is_shortened(&self) -> bool {
        self.description_extent == Extent::Shortened
    }
}

/// The page of a dataset.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn dataset(input: &DatasetPage<'_>) -> Result<String, askama::Error> {
    let (page, dataset, related) = (&input.page, input.dataset, &input.related);
    let language = page.language;
    let source = dataset.description(language.tag());
    let (description, description_extent) = rich(source, LONGEST);
    let cards = Cards::of(dataset, &input.measured, page);
    let publisher = publisher(input.publisher, dataset.publisher.as_deref(), page);
    let title = Said::of(&dataset.titles, language).or(language.words().untitled);
    let (pictures, hidden) = pictures(dataset, &title, page);
    written(&DatasetTemplate {
        page,
        w: page.words(),
        block: DataBlock::of(&schema_org(input)),
        summary: excerpt(source, 200),
        title,
        pictures,
        hidden,
        lineage: lineage(dataset, page),
        is_series: related.members.is_some(),
        members: Section::all(related.members.as_slice(), page),
        kind: capital(singular(Kind::Series, language)),
        high_value: dataset.high_value,
        access_rights: dataset
            .access_rights
            .first()
            .map(|right| Label::reference(right, page)),
        access: access(&dataset.access_rights),
        licence: dataset
            .licences
            .first()
            .map(|licence| Label::of(licence, page)),
        modified: Shown::maybe(dataset.modified.as_deref(), page),
        description,
        description_language: foreign(dataset.descriptions.language(language.tag()), language),
        description_extent,
        keywords: dataset
            .keywords
            .get(..MOST_KEYWORDS)
            .unwrap_or(&dataset.keywords),
        files: count(number(cards.total), language),
        rest: more(number(cards.folded.len()), language),
        left_out: count(number(cards.left_out), language),
        cards,
        community: related
            .community
            .iter()
            .map(|one| Card::contributed(one, page))
            .collect(),
        community_total: count(related.community_total, language),
        all_community: related
            .all_community
            .as_deref()
            .filter(|_| number(related.community.len()) < related.community_total),
        groups: Section::all(&related.groups, page),
        talks: Talks::of(related, page),
        facts: Facts::of(
            dataset,
            Beside {
                publisher: publisher.clone(),
                contacts: input.contacts,
                last: vec![(
                    page.words().topics,
                    related.topics.iter().map(|one| one.label(page)).collect(),
                )],
                ..Beside::default()
            },
            page,
        ),
        publisher,
        quality: Measured::of(&input.quality, input.metrics, page),
        origin: Origin::of(&input.provenance, dataset.record.as_ref(), page),
        findings: input
            .findings
            .iter()
            .map(|finding| FindingRow::of(finding, page))
            .collect(),
        findings_count: count(number(input.findings.len()), language),
    })
}

/// The first pictures: those that may be loaded, and links to the others.
fn pictures(dataset: &DatasetView, title: &Said, page: &Page<'_>) -> (Vec<Picture>, Vec<Label>) {
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for address in dataset.pictures.iter().take(MOST_PICTURES) {
        match Picture::of(Some(address), &title.text, page.site.base) {
            Some(picture) => shown.push(picture),
            None => hidden.push(Label::address(address, page)),
        }
    }
    (shown, hidden)
}

/// How it came about, in its own words.
fn lineage(dataset: &DatasetView, page: &Page<'_>) -> Vec<(Rich, Option<String>)> {
    let tag = page.language.tag();
    dataset
        .lineage
        .iter()
        .take(MOST_STATEMENTS)
        .map(|one| {
            if one.texts.is_empty() {
                let address = one.iri.as_ref().or(one.pages.first());
                return (rich(address.map_or("", String::as_str), 2_000).0, None);
            }
            let text = rich(one.texts.get(tag), 8_000).0;
            (text, foreign(one.texts.language(tag), page.language))
        })
        .filter(|(text, _)| !text.is_empty())
        .collect()
}

/// Whoever publishes or made something: its name where it is known, else its address.
pub(super) fn publisher(
    known: Option<&AgentView>,
    iri: Option<&str>,
    page: &Page<'_>,
) -> Option<Label> {
    match (known, iri) {
        (Some(agent), _) => Some(Label::named(
            &agent.iri,
            Said::of(&agent.names, page.language),
            page,
        )),
        (None, Some(iri)) => Some(Label::of(iri, page)),
        (None, None) => None,
    }
}

/// The colour of the access rights' badge, as a class of the style sheet.
pub(super) fn access(rights: &[Reference]) -> &'static str {
    let right = rights.first().and_then(|right| right.iri.as_deref());
    match right.and_then(|iri| iri.rsplit('/').next()) {
        Some("PUBLIC") => "good",
        Some("RESTRICTED" | "NON_PUBLIC" | "CONFIDENTIAL" | "SENSITIVE") => "closed",
        _ => "plain",
    }
}

pub(super) fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
