//! The page of a discussion.

use askama::Template;

use super::jsonld::{DataBlock, discussion as schema_org};
use super::label::{Label, Named, Said, Shown};
use super::markdown::excerpt;
use super::page::Page;
use super::provenance::{Origin, Provenance};
use super::talk::{Discussed, Messages, Talk, state};
use crate::dcat::view::DiscussionView;

/// What the page of a discussion shows.
#[derive(Debug, Clone, Template)]
#[template(path = "discussion.html")]
pub(in crate::web) struct DiscussionPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The discussion.
    pub(in crate::web) discussed: &'a Discussed,
    /// What it is about, by name where that is known.
    pub(in crate::web) targets: &'a [Named],
    /// Where the record comes from.
    pub(in crate::web) provenance: Provenance<'a>,
}

impl DiscussionPage<'_> {
    fn view(&self) -> &DiscussionView {
        &self.discussed.discussion
    }

    fn title(&self) -> Said {
        self.page.title(&self.view().titles)
    }

    fn block(&self) -> DataBlock {
        DataBlock::of(&schema_org(self.discussed, self.page.language.tag()))
    }

    fn summary(&self) -> String {
        let first = self.view().messages.first();
        let text = first.map(|one| one.texts.get(self.page.language.tag()));
        excerpt(text.unwrap_or_default(), 200)
    }

    fn targets(&self) -> Vec<Label> {
        let targets = self.targets.iter();
        targets.map(|one| one.label(&self.page)).collect()
    }

    fn state(&self) -> (&'static str, &'static str) {
        state(self.view(), self.page.words())
    }

    fn talk(&self) -> Talk {
        Talk::of(self.discussed, Messages::Open, &self.page)
    }

    fn created(&self) -> Option<Shown> {
        Shown::maybe(self.view().created.as_deref(), &self.page)
    }

    fn last(&self) -> Option<Shown> {
        Shown::maybe(self.view().last(), &self.page)
    }

    fn closed(&self) -> Option<Shown> {
        Shown::maybe(self.view().closed.as_deref(), &self.page)
    }

    fn at_portal(&self) -> Option<Label> {
        let address = self.view().page.as_deref()?;
        Some(Label::address(address, &self.page))
    }

    fn origin(&self) -> Origin {
        Origin::of(&self.provenance, None, &self.page)
    }
}
