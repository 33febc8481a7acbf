//! Discussions: who wrote what, when, and where to answer.
//!
//! People write there as they would in a letter box: a text is rendered like any other description,
//! shortened sooner, and bears the name of an organization or none.

use askama::Template;
use askama::filters::HtmlSafe;

use super::dataset::Related;
use super::label::{Label, Named, Said, Shown, foreign};
use super::link::is_web;
use super::markdown::{Extent, Rich, rich};
use super::noun::counted;
use super::number::{count, more};
use super::page::Page;
use super::text::{Language, Words};
use crate::dcat::view::{DiscussionView, MessageView};
use crate::record::Kind;

/// The longest text of one message, in bytes of its source.
const LONGEST: usize = 8_000;

/// A discussion, and the organizations that wrote in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discussed {
    /// The discussion.
    pub discussion: DiscussionView,
    /// Names of the organizations that wrote in it.
    pub authors: Vec<Named>,
}

/// How many messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Messages {
    /// The first ones, folded away.
    Folded,
    /// As many as a page can bear.
    Open,
}

impl Messages {
    fn most(self) -> usize {
        match self {
            Self::Folded => 10,
            Self::Open => 300,
        }
    }
}

/// A discussion, ready for its template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/talk.html")]
pub(super) struct Talk {
    w: &'static Words,
    folding: Messages,
    title: Label,
    state: &'static str,
    class: &'static str,
    pub(super) counted: String,
    last: Option<Shown>,
    messages: Vec<Message>,
    more: Option<String>,
    answer: Option<String>,
    /// What the link there says: nobody can answer to what is closed.
    answering: &'static str,
}

impl HtmlSafe for Talk {}

/// A message, ready for its template.
#[derive(Debug, Clone)]
struct Message {
    anchor: String,
    author: Option<Label>,
    created: Option<Shown>,
    text: Rich,
    language: Option<String>,
    shortened: Extent,
}

impl Message {
    fn is_shortened(&self) -> bool {
        self.shortened == Extent::Shortened
    }
}

/// The discussions about something, ready for their template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/talks.html")]
pub(super) struct Talks {
    w: &'static Words,
    items: Vec<Talk>,
    total: String,
    all: Option<String>,
}

impl HtmlSafe for Talks {}

impl Talks {
    pub(super) fn of(related: &Related, page: &Page<'_>) -> Self {
        let shown = u64::try_from(related.discussions.len()).unwrap_or(u64::MAX);
        let all = related.all_discussions.clone();
        Self {
            w: page.words(),
            items: related
                .discussions
                .iter()
                .map(|one| Talk::of(one, Messages::Folded, page))
                .collect(),
            total: counted(related.discussions_total, Kind::Discussion, page.language),
            all: all.filter(|_| shown < related.discussions_total),
        }
    }
}

impl Talk {
    pub(super) fn of(input: &Discussed, folding: Messages, page: &Page<'_>) -> Self {
        let (view, language, w) = (&input.discussion, page.language, page.words());
        let number = u64::try_from(view.messages.len()).unwrap_or(u64::MAX);
        let rest = view.messages.len().saturating_sub(folding.most());
        let name = Said::of(&view.titles, language).or(w.untitled);
        Self {
            w,
            folding,
            title: Label::named(&view.iri, name, page),
            state: state(view, w),
            class: if view.closed.is_some() {
                "plain"
            } else {
                "good"
            },
            counted: messages(number, language),
            last: Shown::maybe(view.last(), page),
            messages: view
                .messages
                .iter()
                .take(folding.most())
                .map(|one| message(one, &input.authors, page))
                .collect(),
            more: (rest > 0).then(|| more(u64::try_from(rest).unwrap_or(u64::MAX), language)),
            answering: if view.closed.is_some() {
                w.see_discussion
            } else {
                w.answer
            },
            answer: view.page.clone().filter(|address| is_web(address)),
        }
    }

    fn is_folded(&self) -> bool {
        self.folding == Messages::Folded
    }
}

pub(super) fn state(view: &DiscussionView, w: &'static Words) -> &'static str {
    if view.closed.is_some() {
        w.closed
    } else {
        w.open
    }
}

fn message(one: &MessageView, authors: &[Named], page: &Page<'_>) -> Message {
    let language = page.language;
    let (text, shortened) = rich(one.texts.get(language.tag()), LONGEST);
    let author = one.author.as_deref().map(|iri| {
        authors
            .iter()
            .find(|author| author.iri == iri)
            .map_or_else(|| Label::of(iri, page), |author| author.label(page))
    });
    Message {
        anchor: one
            .iri
            .rsplit_once('#')
            .map(|(_, key)| format!("m-{key}"))
            .unwrap_or_default(),
        author,
        created: Shown::maybe(one.created.as_deref(), page),
        text,
        language: foreign(one.texts.language(language.tag()), language),
        shortened,
    }
}

fn messages(number: u64, language: Language) -> String {
    let one = number == 1 || (number == 0 && language == Language::Fr);
    format!(
        "{}\u{a0}message{}",
        count(number, language),
        if one { "" } else { "s" }
    )
}
