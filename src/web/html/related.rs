//! What others made of what a page is about, or for it.

use super::distribution::{Card, Contributed};
use super::group::Group;
use super::label::{Label, Named};
use super::page::Page;
use super::talk::{Discussed, Talks};

/// What others made of something or for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Related {
    /// The members of a series; none of what is no series.
    pub(in crate::web) members: Option<Group>,
    /// Services that serve it, reuses…
    pub(in crate::web) groups: Vec<Group>,
    /// Distributions that others have added.
    pub(in crate::web) community: Vec<Contributed>,
    /// How many of them there are.
    pub(in crate::web) community_total: u64,
    /// Where all of them are listed.
    pub(in crate::web) all_community: Option<String>,
    /// Discussions about it, the latest first.
    pub(in crate::web) discussions: Vec<Discussed>,
    /// How many of them there are.
    pub(in crate::web) discussions_total: u64,
    /// Where all of them are listed.
    pub(in crate::web) all_discussions: Option<String>,
    /// Topics that list it.
    pub(in crate::web) topics: Vec<Named>,
}

impl Related {
    pub(super) fn cards(&self, page: &Page<'_>) -> Vec<Card> {
        let community = self.community.iter();
        community.map(|one| Card::contributed(one, page)).collect()
    }

    /// Where all distributions of others are listed, if the page has not all of them.
    pub(super) fn more_community(&self) -> Option<&str> {
        let shown = u64::try_from(self.community.len()).unwrap_or(u64::MAX);
        let all = self.all_community.as_deref();
        all.filter(|_| shown < self.community_total)
    }

    pub(super) fn talks(&self, page: &Page<'_>) -> Talks {
        let all = self.all_discussions.as_deref();
        Talks::of(&self.discussions, self.discussions_total, all, page)
    }

    /// The topics, as a fact.
    pub(super) fn topics(&self, page: &Page<'_>) -> (&'static str, Vec<Label>) {
        let topics = self.topics.iter().map(|one| one.label(page));
        (page.words().topics, topics.collect())
    }
}
