//! A text of a portal on a page: rendered, with its language where that is not the page's.

use askama::Template;
use askama::filters::HtmlSafe;

use super::label::foreign;
use super::markdown::{Extent, Rich, rich};
use super::text::Language;
use crate::dcat::view::Texts;

/// A text, ready for a template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/prose.html")]
pub(super) struct Prose {
    text: Rich,
    lang: Option<String>,
    extent: Extent,
}

impl HtmlSafe for Prose {}

impl Prose {
    /// The best of `texts` for a page in `language`: at most `longest` bytes of its source.
    pub(super) fn of(texts: &Texts, longest: usize, language: Language) -> Self {
        let lang = foreign(texts.language(language.tag()), language);
        Self {
            lang,
            ..Self::plain(texts.get(language.tag()), longest)
        }
    }

    /// A text that says nothing of its language.
    pub(super) fn plain(text: &str, longest: usize) -> Self {
        let (text, extent) = rich(text, longest);
        Self {
            text,
            lang: None,
            extent,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn is_shortened(&self) -> bool {
        self.extent == Extent::Shortened
    }
}
