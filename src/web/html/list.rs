//! Lists of records, wherever they stand: in the catalogue, on the page of a dataset or a publisher.

use askama::Template;
use askama::filters::HtmlSafe;

use super::label::{Label, Named, Said, Shown, foreign, format};
use super::markdown::excerpt;
use super::page::Page;
use super::picture::Picture;
use super::text::{Language, Words};
use crate::dcat::view::{AgentView, DatasetView, ReuseView, Texts};

/// Characters of a description shown in a list.
const EXCERPT: usize = 220;

/// Formats shown of one dataset.
const MOST_FORMATS: usize = 6;

/// A dataset, a service, a reuse or the like as a list names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Listed {
    /// Its IRI.
    pub(in crate::web) iri: String,
    /// Its titles.
    pub(in crate::web) titles: Texts,
    /// Its publisher; without names where the list has only one publisher.
    pub(in crate::web) publisher: Named,
    /// Its descriptions.
    pub(in crate::web) descriptions: Texts,
    /// When it was last changed.
    pub(in crate::web) modified: Option<String>,
    /// Formats of its distributions, as IRIs of concepts or texts.
    pub(in crate::web) formats: Vec<String>,
    /// Whether it is one of high value.
    pub(in crate::web) high_value: bool,
    /// What it is, as text, where a list has several sorts.
    pub(in crate::web) genre: String,
    /// A picture of it.
    pub(in crate::web) picture: Option<String>,
    /// Its own site.
    pub(in crate::web) site: Option<String>,
}

impl Listed {
    /// What a list needs of a dataset and its publisher.
    #[must_use]
    pub(in crate::web) fn of(dataset: &DatasetView, publisher: Option<&AgentView>) -> Self {
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
                .map(|agent| Named {
                    iri: agent.iri.clone(),
                    names: agent.names.clone(),
                })
                .unwrap_or_default(),
            descriptions: dataset.descriptions.clone(),
            modified: dataset.modified.clone(),
            formats,
            high_value: dataset.high_value,
            ..Self::default()
        }
    }

    /// What a list needs of an organization.
    #[must_use]
    pub(in crate::web) fn agent(agent: &AgentView) -> Self {
        Self {
            iri: agent.iri.clone(),
            titles: agent.names.clone(),
            descriptions: agent.description.clone(),
            picture: agent.logo.clone(),
            ..Self::default()
        }
    }

    /// What a list needs of a reuse and whoever made it.
    #[must_use]
    pub(in crate::web) fn reuse(reuse: &ReuseView, creator: Option<&AgentView>) -> Self {
        Self {
            genre: reuse.genre.clone().unwrap_or_default(),
            picture: reuse.picture.clone(),
            site: reuse.homepage.clone(),
            ..Self::of(&reuse.common, creator)
        }
    }
}

/// A record of a list, ready for its template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/listed.html")]
pub(super) struct Item {
    w: &'static Words,
    title: Label,
    publisher: Option<Label>,
    excerpt: Said,
    modified: Option<Shown>,
    formats: Vec<Said>,
    high_value: bool,
    genre: String,
    picture: Option<Picture>,
    site: Option<Label>,
}

impl HtmlSafe for Item {}

impl Item {
    fn of(listed: &Listed, page: &Page<'_>) -> Self {
        let language = page.language;
        let title = page.title(&listed.titles);
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
            picture: Picture::of(listed.picture.as_deref(), &title.text, page.site.base),
            genre: genre(&listed.genre, language),
            site: listed.site.as_deref().and_then(Label::site),
            title: Label::named(&listed.iri, title, page),
            publisher: (!listed.publisher.names.is_empty()).then(|| listed.publisher.label(page)),
            excerpt: Said {
                text: excerpt(listed.descriptions.get(language.tag()), EXCERPT),
                lang: foreign(listed.descriptions.language(language.tag()), language),
            },
            modified: Shown::maybe(listed.modified.as_deref(), page),
            formats,
            high_value: listed.high_value,
        }
    }

    /// Whether one of them has a picture that can be loaded.
    pub(super) fn are_pictured(items: &[Self]) -> bool {
        items.iter().any(|item| item.picture.is_some())
    }

    pub(super) fn all(listed: &[Listed], page: &Page<'_>) -> Vec<Self> {
        listed.iter().map(|one| Self::of(one, page)).collect()
    }
}

/// What a reuse is: udata's words in the language of the page, others as they came.
pub(super) fn genre(value: &str, language: Language) -> String {
    let (french, english) = match value {
        "api" => ("API", "API"),
        "application" => ("Application", "Application"),
        "idea" => ("Idée", "Idea"),
        "news_article" => ("Article de presse", "News article"),
        "paper" => ("Publication", "Paper"),
        "post" => ("Billet", "Post"),
        "visualization" => ("Visualisation", "Visualisation"),
        "hardware" => ("Objet connecté", "Hardware"),
        other => return other.to_owned(),
    };
    language.either(french, english).to_owned()
}
