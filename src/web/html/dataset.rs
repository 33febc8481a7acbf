//! The page of a dataset.

use askama::Template;

use super::agent::Contact;
use super::distribution::Cards;
use super::finding::{FindingRow, Noticed};
use super::jsonld::{DataBlock, dataset as schema_org};
use super::label::{Label, Named, Said, Shown, foreign};
use super::map::Map;
use super::markdown::{Extent, LONGEST, Rich, excerpt, rich};
use super::number::{count, more};
use super::page::Page;
use super::text::Words;
use crate::dcat::view::{AgentView, ContactView, DatasetView, Period};

/// Keywords shown of one dataset.
const MOST_KEYWORDS: usize = 100;

/// What the page of a dataset shows.
#[derive(Debug, Clone)]
pub struct DatasetPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The dataset (or service, or series).
    pub dataset: &'a DatasetView,
    /// Its publisher, where it is known.
    pub publisher: Option<&'a AgentView>,
    /// Its contact points, as far as they are known.
    pub contacts: &'a [ContactView],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
    /// What was odd about the record.
    pub findings: &'a [Noticed<'a>],
}

/// Where a record comes from, and since when it is here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Provenance<'a> {
    /// The portal that it was harvested from.
    pub portal: Option<&'a Named>,
    /// The IRI or address of the record at its source.
    pub source: Option<&'a str>,
    /// When it was first published here, as xsd:dateTime.
    pub issued: Option<&'a str>,
    /// When this version was published here, as xsd:dateTime.
    pub modified: Option<&'a str>,
}

/// Provenance, ready for its template.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) portal: Option<Label>,
    pub(super) source: Option<Label>,
    pub(super) issued: Option<Shown>,
    pub(super) modified: Option<Shown>,
    pub(super) record: Option<Label>,
}

impl Origin {
    pub(super) fn of(provenance: &Provenance<'_>, record: Option<&str>, page: &Page<'_>) -> Self {
        Self {
            portal: provenance.portal.map(|portal| portal.label(page)),
            source: provenance.source.map(|source| Label::address(source, page)),
            issued: Shown::maybe(provenance.issued, page),
            modified: Shown::maybe(provenance.modified, page),
            record: record.map(|record| Label::address(record, page)),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.portal.is_none()
            && self.source.is_none()
            && self.issued.is_none()
            && self.modified.is_none()
            && self.record.is_none()
    }
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
    description: Rich,
    description_language: Option<String>,
    description_extent: Extent,
    cards: Cards,
    files: String,
    rest: String,
    left_out: String,
    issued: Option<Shown>,
    modified: Option<Shown>,
    frequency: Option<Label>,
    version: Option<&'a str>,
    licences: Vec<Label>,
    rights: Vec<Label>,
    themes: Vec<Label>,
    hvd_categories: Vec<Label>,
    languages: Vec<Label>,
    keywords: &'a [String],
    periods: Vec<Span>,
    places: Vec<Label>,
    map: Option<Map>,
    contacts: Vec<Contact>,
    landing_pages: Vec<Label>,
    documentation: Vec<Label>,
    identifiers: Vec<Label>,
    conforms_to: Vec<Label>,
    origin: Origin,
    findings: Vec<FindingRow<'a>>,
    findings_count: String,
}

/// A period, ready for its template.
struct Span {
    start: Option<Shown>,
    end: Option<Shown>,
}

impl Span {
    fn of(period: &Period, page: &Page<'_>) -> Option<Self> {
        let start = Shown::maybe(period.start.as_deref(), page);
        let end = Shown::maybe(period.end.as_deref(), page);
        (start.is_some() || end.is_some()).then_some(Self { start, end })
    }
}

impl DatasetTemplate<'_> {
    fn is_shortened(&self) -> bool {
        self.description_extent == Extent::Shortened
    }
}

/// The page of a dataset.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn dataset(input: &DatasetPage<'_>) -> Result<String, askama::Error> {
    let (page, dataset) = (&input.page, input.dataset);
    let language = page.language;
    let source = dataset.description(language.tag());
    let (description, description_extent) = rich(source, LONGEST);
    let cards = Cards::of(dataset, page);
    DatasetTemplate {
        page,
        w: page.words(),
        block: DataBlock::of(&schema_org(input)),
        summary: excerpt(source, 200),
        title: Said::of(&dataset.titles, language).or(language.words().untitled),
        publisher: publisher(input),
        high_value: dataset.high_value,
        access_rights: dataset
            .access_rights
            .as_deref()
            .map(|right| Label::of(right, page)),
        access: access(dataset.access_rights.as_deref()),
        description,
        description_language: foreign(dataset.descriptions.language(language.tag()), language),
        description_extent,
        files: count(number(cards.total), language),
        rest: more(number(cards.folded.len()), language),
        left_out: count(number(cards.left_out), language),
        cards,
        issued: Shown::maybe(dataset.issued.as_deref(), page),
        modified: Shown::maybe(dataset.modified.as_deref(), page),
        frequency: dataset
            .frequency
            .as_deref()
            .map(|frequency| Label::of(frequency, page)),
        version: dataset.version.as_deref(),
        licences: Label::all(&dataset.licences, page),
        rights: Label::all(&dataset.rights, page),
        themes: Label::all(&dataset.themes, page),
        hvd_categories: Label::all(&dataset.hvd_categories, page),
        languages: Label::all(&dataset.languages, page),
        keywords: dataset
            .keywords
            .get(..MOST_KEYWORDS)
            .unwrap_or(&dataset.keywords),
        periods: dataset
            .temporal
            .iter()
            .filter_map(|period| Span::of(period, page))
            .collect(),
        places: places(dataset, page),
        map: Map::of(&dataset.spatial, language),
        contacts: input
            .contacts
            .iter()
            .map(|contact| Contact::of(contact, page))
            .collect(),
        landing_pages: Label::all(&dataset.landing_pages, page),
        documentation: Label::all(&dataset.pages, page),
        identifiers: Label::all(&dataset.identifiers, page),
        conforms_to: Label::all(&dataset.conforms_to, page),
        origin: Origin::of(&input.provenance, dataset.record.as_deref(), page),
        findings: input
            .findings
            .iter()
            .map(|finding| FindingRow::of(finding, language))
            .collect(),
        findings_count: count(number(input.findings.len()), language),
    }
    .render()
}

fn publisher(input: &DatasetPage<'_>) -> Option<Label> {
    let page = &input.page;
    match (input.publisher, &input.dataset.publisher) {
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
fn access(right: Option<&str>) -> &'static str {
    match right.and_then(|iri| iri.rsplit('/').next()) {
        Some("PUBLIC") => "good",
        Some("RESTRICTED" | "NON_PUBLIC" | "CONFIDENTIAL" | "SENSITIVE") => "closed",
        _ => "plain",
    }
}

/// The places that have a name, or an address to follow.
fn places(dataset: &DatasetView, page: &Page<'_>) -> Vec<Label> {
    dataset
        .spatial
        .iter()
        .filter_map(|place| {
            let iri = place.iri.as_deref();
            match place.labels.first() {
                Some(name) => Some(Label::named(
                    iri.unwrap_or_default(),
                    Said::plain(name),
                    page,
                )),
                None => iri.map(|iri| Label::of(iri, page)),
            }
        })
        .collect()
}

pub(super) fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
