//! The page of a discussion.

use askama::Template;

use super::jsonld::{DataBlock, discussion as schema_org};
use super::label::{Label, Named, Said, Shown};
use super::markdown::excerpt;
use super::page::{Page, written};
use super::provenance::{Origin, Provenance};
use super::talk::{Discussed, Messages, Talk, state};
use super::text::Words;

/// What the page of a discussion shows.
#[derive(Debug, Clone)]
pub struct DiscussionPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The discussion.
    pub discussed: &'a Discussed,
    /// What it is about, by name where that is known.
    pub targets: &'a [Named],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
}

#[derive(Template)]
#[template(path = "discussion.html")]
struct DiscussionTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    block: DataBlock,
    summary: String,
    title: Said,
    targets: Vec<Label>,
    state: &'static str,
    class: &'static str,
    counted: String,
    is_empty: bool,
    talk: Talk,
    created: Option<Shown>,
    last: Option<Shown>,
    closed: Option<Shown>,
    at_portal: Option<Label>,
    origin: Origin,
}

/// The page of a discussion.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn discussion(input: &DiscussionPage<'_>) -> Result<String, askama::Error> {
    let (page, view) = (&input.page, &input.discussed.discussion);
    let (language, w) = (page.language, page.words());
    let first = view.messages.first();
    let talk = Talk::of(input.discussed, Messages::Open, page);
    written(&DiscussionTemplate {
        page,
        w,
        block: DataBlock::of(&schema_org(input)),
        summary: first.map_or_else(String::new, |one| {
            excerpt(one.texts.get(language.tag()), 200)
        }),
        title: Said::of(&view.titles, language).or(w.untitled),
        targets: input.targets.iter().map(|one| one.label(page)).collect(),
        state: state(view, w),
        class: if view.closed.is_some() {
            "plain"
        } else {
            "good"
        },
        counted: talk.counted.clone(),
        is_empty: view.messages.is_empty(),
        talk,
        created: Shown::maybe(view.created.as_deref(), page),
        last: Shown::maybe(view.last(), page),
        closed: Shown::maybe(view.closed.as_deref(), page),
        at_portal: view
            .page
            .as_deref()
            .map(|address| Label::address(address, page)),
        origin: Origin::of(&input.provenance, None, page),
    })
}
