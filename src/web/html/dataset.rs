//! The page of a dataset or of a series.

use std::collections::BTreeMap;

use askama::Template;

use super::agent::publisher;
use super::distribution::Cards;
use super::facts::{Beside, Facts, access};
use super::finding::{FindingRow, Noticed};
use super::group::Section;
use super::jsonld::{DataBlock, dataset as schema_org};
use super::label::{Label, Said, Shown};
use super::markdown::{LONGEST, excerpt};
use super::noun::{capital, singular};
use super::number::{count, more};
use super::page::Page;
use super::picture::Picture;
use super::prose::Prose;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use super::related::Related;
use super::talk::Talks;
use crate::dcat::view::{AgentView, ContactView, DatasetView, QualityView};
use crate::record::Kind;

/// Keywords shown of one dataset.
const MOST_KEYWORDS: usize = 100;

/// Pictures shown of one dataset.
const MOST_PICTURES: usize = 3;

/// Statements of lineage shown.
const MOST_STATEMENTS: usize = 20;

/// What the page of a dataset shows.
#[derive(Debug, Clone, Template)]
#[template(path = "dataset.html")]
pub(in crate::web) struct DatasetPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The dataset (or series).
    pub(in crate::web) dataset: &'a DatasetView,
    /// Its publisher, where it is known.
    pub(in crate::web) publisher: Option<&'a AgentView>,
    /// Its contact points, as far as they are known.
    pub(in crate::web) contacts: &'a [ContactView],
    /// Where the record comes from.
    pub(in crate::web) provenance: Provenance<'a>,
    /// What was odd about the record.
    pub(in crate::web) findings: &'a [Noticed<'a>],
    /// What others made of it or for it.
    pub(in crate::web) related: Related,
    /// What was measured of it.
    pub(in crate::web) quality: QualityView,
    /// What was measured of its distributions, by their IRIs.
    pub(in crate::web) measured: BTreeMap<String, QualityView>,
    /// The metrics that measurements name.
    pub(in crate::web) metrics: &'a [oxigraph::model::Triple],
}

impl DatasetPage<'_> {
    fn block(&self) -> DataBlock {
        DataBlock::of(&schema_org(self.dataset, self.publisher, &self.page))
    }

    fn summary(&self) -> String {
        excerpt(self.dataset.description(self.page.language.tag()), 200)
    }

    fn by(&self) -> Option<Label> {
        let iri = self.dataset.publisher.as_deref();
        publisher(self.publisher, iri, &self.page)
    }

    /// The first of the access rights, with the class of the style sheet.
    fn right(&self) -> Option<(&'static str, Label)> {
        let rights = &self.dataset.access_rights;
        let label = Label::reference(rights.first()?, &self.page);
        Some((access(rights), label))
    }

    fn licence(&self) -> Option<Label> {
        let licence = self.dataset.licences.first()?;
        Some(Label::of(licence, &self.page))
    }

    fn modified(&self) -> Option<Shown> {
        Shown::maybe(self.dataset.modified.as_deref(), &self.page)
    }

    fn description(&self) -> Prose {
        Prose::of(&self.dataset.descriptions, LONGEST, self.page.language)
    }

    fn keywords(&self) -> &[String] {
        let all = &self.dataset.keywords;
        all.get(..MOST_KEYWORDS).unwrap_or(all)
    }

    /// The first pictures: those that may be loaded, and links to the others.
    fn pictures(&self, title: &Said) -> (Vec<Picture>, Vec<Label>) {
        let (mut shown, mut hidden) = (Vec::new(), Vec::new());
        for address in self.dataset.pictures.iter().take(MOST_PICTURES) {
            match Picture::of(Some(address), &title.text, self.page.site.base) {
                Some(picture) => shown.push(picture),
                None => hidden.push(Label::address(address, &self.page)),
            }
        }
        (shown, hidden)
    }

    /// How it came about, in its own words.
    fn lineage(&self) -> Vec<Prose> {
        let statements = self.dataset.lineage.iter().take(MOST_STATEMENTS);
        let prose = statements.map(|one| {
            if one.texts.is_empty() {
                let address = one.iri.as_ref().or(one.pages.first());
                return Prose::plain(address.map_or("", String::as_str), 2_000);
            }
            Prose::of(&one.texts, 8_000, self.page.language)
        });
        prose.filter(|text| !text.is_empty()).collect()
    }

    /// What is a series, in its own word.
    fn series(&self) -> Option<String> {
        self.related.members.as_ref()?;
        Some(capital(singular(Kind::Series, self.page.language)))
    }

    fn members(&self) -> Vec<Section> {
        Section::all(self.related.members.as_slice(), &self.page)
    }

    fn cards(&self) -> Cards {
        Cards::of(self.dataset, &self.measured, &self.page)
    }

    /// A series mostly has no file of its own.
    fn has_files(&self) -> bool {
        self.related.members.is_none() || !self.dataset.distributions.is_empty()
    }

    fn folded(&self, cards: &Cards) -> String {
        let folded = u64::try_from(cards.folded.len()).unwrap_or(u64::MAX);
        more(folded, self.page.language)
    }

    fn community_total(&self) -> String {
        count(self.related.community_total, self.page.language)
    }

    fn groups(&self) -> Vec<Section> {
        Section::all(&self.related.groups, &self.page)
    }

    fn talks(&self) -> Talks {
        self.related.talks(&self.page)
    }

    fn findings(&self) -> Vec<FindingRow<'_>> {
        FindingRow::all(self.findings, &self.page)
    }

    fn facts(&self) -> Facts {
        let beside = Beside {
            publisher: self.by(),
            contacts: self.contacts,
            last: vec![self.related.topics(&self.page)],
            ..Beside::default()
        };
        Facts::of(self.dataset, beside, &self.page)
    }

    fn quality(&self) -> Option<Measured> {
        Measured::of(&self.quality, self.metrics, &self.page)
    }

    fn origin(&self) -> Origin {
        let record = self.dataset.record.as_ref();
        Origin::of(&self.provenance, record, &self.page)
    }
}
