//! Lists of datasets, wherever they stand: in the catalogue, on the page of a publisher or a portal.

use askama::Template;
use askama::filters::HtmlSafe;

use super::label::{Label, Said, Shown, foreign, format};
use super::markdown::excerpt;
use super::page::Page;
use super::text::Words;
use crate::dcat::view::{AgentView, DatasetView, Texts};

/// Characters of a description shown in a list.
const EXCERPT: usize = 220;

/// Formats shown of one dataset.
const MOST_FORMATS: usize = 6;

/// A dataset as a list names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its IRI.
    pub iri: String,
    /// Its titles.
    pub titles: Texts,
    /// Its publisher's names; empty where the list has only one publisher.
    pub publisher: Texts,
    /// Its descriptions.
    pub descriptions: Texts,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Formats of its distributions, as IRIs of concepts or texts.
    pub formats: Vec<String>,
    /// Whether it is one of high value.
    pub high_value: bool,
}

impl Listed {
    /// What a list needs of a dataset and its publisher.
    #[must_use]
    pub fn of(dataset: &DatasetView, publisher: Option<&AgentView>) -> Self {
        let mut formats: Vec<String> = dataset
            .distributions
            .iter()
            .filter_map(|one| one.format.as_ref().or(one.media_type.as_ref()))
            .cloned()
            .collect();
        formats.sort_unstable();
        formats.dedup();
        Self {
            iri: dataset.iri.clone(),
            titles: dataset.titles.clone(),
            publisher: publisher
                .map(|agent| agent.names.clone())
                .unwrap_or_default(),
            descriptions: dataset.descriptions.clone(),
            modified: dataset.modified.clone(),
            formats,
            high_value: dataset.high_value,
        }
    }
}

/// A dataset of a list, ready for its template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/listed.html")]
pub(super) struct Item {
    w: &'static Words,
    title: Label,
    publisher: Said,
    excerpt: Said,
    modified: Option<Shown>,
    formats: Vec<Said>,
    high_value: bool,
}

impl HtmlSafe for Item {}

impl Item {
    fn of(listed: &Listed, page: &Page<'_>) -> Self {
        let language = page.language;
        let title = Said::of(&listed.titles, language).or(language.words().untitled);
        let mut formats: Vec<Said> = listed
            .formats
            .iter()
            .map(|value| format(value, page))
            .collect();
        formats.retain(|format| !format.is_empty());
        formats.sort_by(|one, other| one.text.cmp(&other.text));
        formats.dedup();
        formats.truncate(MOST_FORMATS);
        Self {
            w: language.words(),
            title: Label::named(&listed.iri, title, page),
            publisher: Said::of(&listed.publisher, language),
            excerpt: Said {
                text: excerpt(listed.descriptions.get(language.tag()), EXCERPT),
                lang: foreign(listed.descriptions.language(language.tag()), language),
            },
            modified: Shown::maybe(listed.modified.as_deref(), page),
            formats,
            high_value: listed.high_value,
        }
    }

    pub(super) fn all(listed: &[Listed], page: &Page<'_>) -> Vec<Self> {
        listed.iter().map(|one| Self::of(one, page)).collect()
    }
}
