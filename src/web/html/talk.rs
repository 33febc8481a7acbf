//! Discussions: who wrote what, when, and where to answer.
//!
//! People write there as they would in a letter box: a text is rendered like any other description,
//! shortened sooner, and bears the name of an organization or none.

use askama::Template;
use askama::filters::HtmlSafe;

use super::label::{Label, Named, Shown};
use super::link::is_web;
use super::noun::counted;
use super::number::{count, more};
use super::page::Page;
use super::prose::Prose;
use super::text::{Language, Words};
use crate::dcat::view::{DiscussionView, MessageView};
use crate::record::Kind;

/// The longest text of one message, in bytes of its source.
const LONGEST: usize = 8_000;

/// A discussion, and the organizations that wrote in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Discussed {
    /// The discussion.
    pub(in crate::web) discussion: DiscussionView,
    /// Names of the organizations that wrote in it.
    pub(in crate::web) authors: Vec<Named>,
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
    text: Prose,
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
    /// The discussions shown out of so many, and where all of them are.
    pub(super) fn of(shown: &[Discussed], total: u64, all: Option<&str>, page: &Page<'_>) -> Self {
        let is_part = u64::try_from(shown.len()).unwrap_or(u64::MAX) < total;
        let items = shown.iter();
        Self {
            w: page.words(),
            items: items
                .map(|one| Talk::of(one, Messages::Folded, page))
                .collect(),
            total: counted(total, Kind::Discussion, page.language),
            all: all.filter(|_| is_part).map(str::to_owned),
        }
    }
}

impl Talk {
    pub(super) fn of(input: &Discussed, folding: Messages, page: &Page<'_>) -> Self {
        let (view, language, w) = (&input.discussion, page.language, page.words());
        let number = u64::try_from(view.messages.len()).unwrap_or(u64::MAX);
        let rest = view.messages.len().saturating_sub(folding.most());
        let (state, class) = state(view, w);
        Self {
            w,
            folding,
            title: Label::named(&view.iri, page.title(&view.titles), page),
            state,
            class,
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

/// Whether anybody can still answer, with the class of the style sheet.
pub(super) fn state(view: &DiscussionView, w: &'static Words) -> (&'static str, &'static str) {
    if view.closed.is_some() {
        (w.closed, "plain")
    } else {
        (w.open, "good")
    }
}

fn message(one: &MessageView, authors: &[Named], page: &Page<'_>) -> Message {
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
        text: Prose::of(&one.texts, LONGEST, page.language),
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
