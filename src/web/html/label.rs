//! Texts and values with their language and their link, as small pieces of HTML.
//!
//! Each piece has its own template, which escapes; only so are they safe to put into another one.

use askama::Template;
use askama::filters::HtmlSafe;

use super::date::Date;
use super::link::{doi, href, is_web, shown};
use super::page::Page;
use super::term::{reference_system, representation};
use super::text::Language;
use crate::dcat::view::{Reference, Texts};
use crate::vocabulary::Concept;

/// A text, marked with its language where that is not the page's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/said.html")]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) lang: Option<String>,
}

impl HtmlSafe for Said {}

impl Said {
    /// The best of `texts` for a page in `language`.
    pub(super) fn of(texts: &Texts, language: Language) -> Self {
        Self {
            text: texts.get(language.tag()).trim().to_owned(),
            lang: foreign(texts.language(language.tag()), language),
        }
    }

    /// A text in the page's language, or in none.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            lang: None,
        }
    }

    /// This text, or `other` where it is empty.
    pub(super) fn or(self, other: &str) -> Self {
        if self.text.is_empty() {
            Self::plain(other)
        } else {
            self
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The tag to write into `lang`: none where the page's language, or no language, is meant.
pub(super) fn foreign(tag: &str, page: Language) -> Option<String> {
    let sound = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (sound && Language::known(tag) != Some(page)).then(|| tag.to_owned())
}

/// A value with where it leads.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/label.html")]
pub(super) struct Label {
    pub(super) said: Said,
    pub(super) href: Option<String>,
    /// The `rel` of the link; empty where we vouch for its target.
    pub(super) rel: &'static str,
    /// The whole IRI, shown when pointed at; empty where it is the text already.
    pub(super) hint: String,
}

impl HtmlSafe for Label {}

/// What we say of links that portals wrote.
pub(super) const UNVOUCHED: &str = "nofollow noopener ugc";

impl Label {
    /// A value of the data: the label of a concept, the name of a record of ours, an address, or a text.
    pub(super) fn of(value: &str, page: &Page<'_>) -> Self {
        if let Some(concept) = page.site.vocabularies.concept(value) {
            return Self {
                said: concept_label(concept, page.language),
                href: href(value, page.site.base),
                rel: "",
                hint: value.to_owned(),
            };
        }
        if let Some(names) = page.names.get(value) {
            return Self::named(value, Said::of(names, page.language), page);
        }
        let label = Self::address(value, page);
        let called = reference_system(value)
            .or_else(|| representation(value, page.language).map(str::to_owned));
        match called {
            Some(name) => Self {
                said: Said::plain(name),
                hint: value.to_owned(),
                ..label
            },
            None => label,
        }
    }

    /// An address that portals wrote, or a text that is none.
    pub(super) fn address(value: &str, page: &Page<'_>) -> Self {
        match href(value, page.site.base) {
            Some(link) => Self {
                said: Said::plain(shown(value)),
                href: Some(link),
                rel: UNVOUCHED,
                hint: value.to_owned(),
            },
            None => Self {
                said: Said::plain(value),
                ..Self::default()
            },
        }
    }

    /// Rights, a standard, an annotation: its words, and the page that says more.
    pub(super) fn reference(one: &Reference, page: &Page<'_>) -> Self {
        let iri = one.iri.as_deref().unwrap_or_default();
        let known = page.site.vocabularies.contains(iri);
        let target = [iri]
            .into_iter()
            .chain(one.pages.iter().map(String::as_str))
            .find(|address| is_web(address));
        let mut said = Said::of(&one.texts, page.language);
        if let Some(version) = &one.version {
            said = said.or(&shown(iri));
            said.text = format!("{} ({version})", said.text);
        }
        // Words of our own records are their titles, in the language of the page.
        if known || page.names.contains_key(iri) || said.is_empty() {
            return Self::of(target.unwrap_or(iri), page);
        }
        Self {
            said,
            href: target.and_then(|target| href(target, page.site.base)),
            rel: UNVOUCHED,
            hint: target.unwrap_or_default().to_owned(),
        }
    }

    /// An identifier; a DOI leads to what it identifies.
    pub(super) fn identifier(value: &str, page: &Page<'_>) -> Self {
        match doi(value) {
            Some((name, address)) => Self {
                said: Said::plain(format!("DOI {name}")),
                href: Some(address),
                rel: UNVOUCHED,
                hint: String::new(),
            },
            None => Self::of(value, page),
        }
    }

    /// A thing with a name of its own, linked to its page.
    pub(super) fn named(iri: &str, name: Said, page: &Page<'_>) -> Self {
        Self {
            said: name.or(&shown(iri)),
            href: href(iri, page.site.base),
            rel: "",
            hint: String::new(),
        }
    }

    /// A text that leads nowhere.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            said: Said::plain(text),
            ..Self::default()
        }
    }

    /// Somebody's own site, without the hint that it leads elsewhere.
    pub(super) fn site(url: &str) -> Option<Self> {
        is_web(url).then(|| Self {
            said: Said::plain(shown(url)),
            href: Some(url.to_owned()),
            rel: UNVOUCHED,
            hint: String::new(),
        })
    }

    pub(super) fn all(values: &[String], page: &Page<'_>) -> Vec<Self> {
        values.iter().map(|value| Self::of(value, page)).collect()
    }
}

/// The label of a concept, with the language that it was found in.
pub(super) fn concept_label(concept: &Concept, language: Language) -> Said {
    let text = concept.label(language.tag());
    let own = concept
        .labels
        .iter()
        .any(|(tag, label)| tag == language.tag() && label == text);
    let tag = concept
        .labels
        .iter()
        .find(|(_, label)| label == text)
        .map_or("", |(tag, _)| tag.as_str());
    Said {
        text: text.to_owned(),
        lang: if own { None } else { foreign(tag, language) },
    }
}

/// A format or media type: the label of a concept, what follows IANA's prefix, or the text itself.
pub(super) fn format(value: &str, page: &Page<'_>) -> Said {
    let media_type = |value: &str| {
        value
            .split_once("iana.org/assignments/media-types/")
            .map_or_else(|| value.to_owned(), |(_, name)| name.to_owned())
    };
    match page.site.vocabularies.concept(value) {
        Some(concept) => concept_label(concept, page.language),
        None => Said::plain(media_type(value)),
    }
}

/// A date, in `<time>` where it is one.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/date.html")]
pub(super) struct Shown {
    pub(super) date: Date,
}

impl HtmlSafe for Shown {}

impl Shown {
    /// What French puts before the date in a sentence, with the space after it.
    pub(super) fn preposition(&self) -> &'static str {
        self.date.preposition
    }

    /// The date, if there is one.
    pub(super) fn maybe(value: Option<&str>, page: &Page<'_>) -> Option<Self> {
        Date::maybe(value, page.language).map(|date| Self { date })
    }

    /// The date with its time of day, if there is one.
    pub(super) fn moment(value: Option<&str>, page: &Page<'_>) -> Option<Self> {
        let date = Date::moment(value?, page.language);
        Some(Self { date })
    }
}

/// A thing known by its IRI and its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Named {
    /// Its IRI.
    pub(in crate::web) iri: String,
    /// Its names or titles.
    pub(in crate::web) names: Texts,
}

impl Named {
    pub(super) fn label(&self, page: &Page<'_>) -> Label {
        Label::named(&self.iri, Said::of(&self.names, page.language), page)
    }
}

impl Page<'_> {
    pub(super) fn catalogue(&self) -> Said {
        let title = Said::of(self.site.titles, self.language);
        if title.text.is_empty() {
            Said::plain("Moisson")
        } else {
            title
        }
    }

    pub(super) fn metadata_licence(&self) -> Option<Label> {
        self.site.licence.map(|licence| Label::of(licence, self))
    }

    pub(super) fn published(&self) -> Option<Shown> {
        Shown::maybe(self.site.published, self)
    }

    /// The best of some titles.
    pub(super) fn title(&self, titles: &Texts) -> Said {
        Said::of(titles, self.language).or(self.words().untitled)
    }
}
