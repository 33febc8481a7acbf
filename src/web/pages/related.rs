//! What else the catalogue has about something: services, reuses, discussions, topics.
//!
//! Only the first few of each kind are read, whatever their number: a page stays a page.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use oxigraph::model::NamedNode;

use crate::dcat::view::{
    AgentView, DatasetView, DiscussionView, DistributionView, ReuseView, Texts,
};
use crate::ledger::{Description, Filter, Position, Reader};
use crate::record::{Base, Kind, Set};
use crate::web::document::summary;
use crate::web::error::WebError;
use crate::web::html::{Contributed, Discussed, Group, Listed, Named, Related};

/// Records of one kind beside what a page is about.
const FEW: u64 = 12;
/// Discussions shown with their messages.
const FEW_DISCUSSIONS: u64 = 10;
/// Members of a series listed on its page.
const FEW_MEMBERS: usize = 25;
/// Names looked up for one list of IRIs.
const MOST_NAMES: usize = 20;

/// What was read once, by its name.
struct Once<T>(RefCell<BTreeMap<String, T>>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Once<T> {
    /// What has the name; it is read the first time.
    fn get<E>(&self, name: &str, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        if let Some(known) = self.0.borrow().get(name) {
            return Ok(known.clone());
        }
        let value = read()?;
        self.0.borrow_mut().insert(name.to_owned(), value.clone());
        Ok(value)
    }
}

/// Reads what belongs together, as of a sequence. Whoever publishes much of a page is read once for it.
pub(super) struct Relations<'a> {
    pub(super) reader: &'a Reader,
    pub(super) at: u64,
    agents: Once<Option<Rc<AgentView>>>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(reader: &'a Reader, at: u64) -> Self {
        let agents = Once::default();
        Self { reader, at, agents }
    }

    /// A record as lists show it.
    pub(super) fn listed(&self, record: &Description) -> Result<Listed, WebError> {
        let iri = node(&record.iri)?;
        let triples = summary(self.reader, record)?;
        Ok(match record.id.kind {
            Kind::Reuse => {
                let view = ReuseView::of(&iri, &triples);
                let creator = view.creators.first().map(String::as_str);
                Listed::reuse(&view, self.agent(creator)?.as_deref())
            }
            Kind::Organization => Listed::agent(&AgentView::of(&iri, &triples)),
            _ => {
                let view = DatasetView::of(&iri, &triples);
                let publisher = self.agent(view.publisher.as_deref())?;
                Listed::of(&view, publisher.as_deref())
            }
        })
    }

    /// What is about `iri`: reuses and so on in groups of the `kinds`, discussions, topics.
    pub(super) fn about(&self, iri: &str, kinds: &[Kind]) -> Result<Related, WebError> {
        let mut related = Related::default();
        for kind in kinds {
            related
                .groups
                .push(self.group(&about(*kind, iri), *kind, FEW, "about", iri)?);
        }
        let (talks, total) = self.latest(&about(Kind::Discussion, iri), FEW_DISCUSSIONS)?;
        for one in &talks {
            related.discussions.push(self.discussed(one)?);
        }
        related.discussions_total = total;
        related.all_discussions = Some(self.list(Kind::Discussion, "about", iri));
        let (topics, _) = self.latest(&about(Kind::Topic, iri), FEW)?;
        for topic in &topics {
            related.topics.push(self.named(topic)?);
        }
        Ok(related)
    }

    /// The distributions that others have added to a dataset.
    pub(super) fn community(&self, related: &mut Related, iri: &str) -> Result<(), WebError> {
        let (found, total) = self.latest(&about(Kind::Distribution, iri), FEW)?;
        for one in &found {
            let node = node(&one.iri)?;
            let view = DistributionView::of(&node, &summary(self.reader, one)?);
            related.community.push(self.contributed(view)?);
        }
        related.community_total = total;
        related.all_community = Some(self.list(Kind::Distribution, "about", iri));
        Ok(())
    }

    pub(super) fn contributed(&self, view: DistributionView) -> Result<Contributed, WebError> {
        Ok(Contributed {
            authors: self.names(&view.creators)?,
            distribution: view,
        })
    }

    /// The records that match, in a group with the address of all of them.
    pub(super) fn group(
        &self,
        filter: &Filter,
        kind: Kind,
        few: u64,
        name: &str,
        value: &str,
    ) -> Result<Group, WebError> {
        let (records, total) = self.latest(filter, few)?;
        Ok(Group {
            kind,
            listed: records
                .iter()
                .map(|one| self.listed(one))
                .collect::<Result<_, _>>()?,
            total,
            all: Some(self.list(kind, name, value)),
        })
    }

    /// The records of a kind among `iris`, in a group.
    pub(super) fn members(
        &self,
        iris: &[String],
        kind: Kind,
        few: u64,
        of: &str,
    ) -> Result<Group, WebError> {
        let iris = of_kind(iris, kind, self.reader.base());
        let mut group = Group {
            kind,
            listed: Vec::new(),
            total: u64::try_from(iris.len()).unwrap_or(u64::MAX),
            all: Some(self.list(kind, "of", of)),
        };
        for iri in iris {
            if u64::try_from(group.listed.len()).unwrap_or(u64::MAX) >= few {
                break;
            }
            match self.live(iri)? {
                Some(found) => group.listed.push(self.listed(&found)?),
                // What the portal lists and no longer has is not counted.
                None => group.total = group.total.saturating_sub(1),
            }
        }
        Ok(group)
    }

    /// The discussion, with the names of the organizations that wrote in it.
    pub(super) fn discussed(&self, one: &Description) -> Result<Discussed, WebError> {
        let discussion = DiscussionView::of(&node(&one.iri)?, &summary(self.reader, one)?);
        let mut authors: Vec<String> = discussion
            .messages
            .iter()
            .filter_map(|message| message.author.clone())
            .collect();
        authors.sort_unstable();
        authors.dedup();
        Ok(Discussed {
            authors: self.names(&authors)?,
            discussion,
        })
    }

    /// The names of those of `iris` that are records here; of the others only what is elsewhere, by its
    /// address: a page leads to no record that is not published.
    pub(super) fn names(&self, iris: &[String]) -> Result<Vec<Named>, WebError> {
        let mut names = Vec::new();
        for iri in iris.iter().take(MOST_NAMES) {
            if let Some(found) = self.live(iri)? {
                names.push(self.named(&found)?);
            } else if self.reader.base().path(iri).is_none() {
                names.push(Named {
                    iri: iri.clone(),
                    names: Texts::default(),
                });
            }
        }
        Ok(names)
    }

    /// The names of those of `iris` that are records here, by these IRIs, which may be those of aliases.
    pub(super) fn named_by<'i>(
        &self,
        iris: impl Iterator<Item = &'i str>,
    ) -> Result<Vec<Named>, WebError> {
        let mut named = Vec::new();
        for iri in iris {
            let found = self.names(&[iri.to_owned()])?.pop();
            named.extend(found.map(|found| Named {
                iri: iri.to_owned(),
                names: found.names,
            }));
        }
        Ok(named)
    }

    /// The name of `iri`, if it is a record here.
    pub(super) fn name(&self, iri: &str) -> Result<Option<Named>, WebError> {
        let found = self.live(iri)?;
        found.map(|found| self.named(&found)).transpose()
    }

    /// The members of a series, by IRI: those that say so, and those that it names itself.
    pub(super) fn series(&self, iri: &str, named: &[String]) -> Result<Group, WebError> {
        let members = series(self.reader, iri, named, self.at)?;
        let mut shown = Vec::new();
        for iri in members.iter().take(FEW_MEMBERS) {
            if let Some(found) = self.live(iri)? {
                shown.push(self.listed(&found)?);
            }
        }
        Ok(Group {
            kind: Kind::Dataset,
            listed: shown,
            total: u64::try_from(members.len()).unwrap_or(u64::MAX),
            all: Some(self.list(Kind::Dataset, "of", iri)),
        })
    }

    /// The agent `iri`, if it is a record here.
    pub(super) fn agent(&self, iri: Option<&str>) -> Result<Option<Rc<AgentView>>, WebError> {
        let Some(iri) = iri else { return Ok(None) };
        self.agents.get(iri, || {
            let Some(found) = self.live(iri)? else {
                return Ok(None);
            };
            let triples = summary(self.reader, &found)?;
            Ok(Some(Rc::new(AgentView::of(&node(&found.iri)?, &triples))))
        })
    }

    fn named(&self, found: &Description) -> Result<Named, WebError> {
        let names = match found.id.kind {
            Kind::Organization => {
                AgentView::of(&node(&found.iri)?, &summary(self.reader, found)?).names
            }
            _ => self.listed(found)?.titles,
        };
        Ok(Named {
            iri: found.iri.clone(),
            names,
        })
    }

    fn live(&self, iri: &str) -> Result<Option<Description>, WebError> {
        Ok(self.reader.live_of(iri, self.at)?)
    }

    /// The newest `few` records that match, and how many do. Where they have no dates of their own, the last
    /// IRIs are the newest: portals mostly number their records in the order in which they were made.
    fn latest(&self, filter: &Filter, few: u64) -> Result<(Vec<Description>, u64), WebError> {
        let total = self
            .reader
            .page(filter, Position::Offset(0), 0, self.at)?
            .total;
        if total == 0 {
            return Ok((Vec::new(), 0));
        }
        if let [Kind::Dataset | Kind::Series | Kind::Service | Kind::Reuse] =
            filter.kinds.as_slice()
        {
            return Ok((self.reader.newest(filter, few, self.at)?, total));
        }
        let after = Position::Offset(total.saturating_sub(few));
        let mut records = self.reader.page(filter, after, few, self.at)?.records;
        records.reverse();
        Ok((records, total))
    }

    /// Where all records of a kind that match are listed.
    pub(super) fn list(&self, kind: Kind, name: &str, value: &str) -> String {
        list(self.reader.base(), kind, name, value)
    }
}

/// The address of the list of the records of a kind that match.
pub(super) fn list(base: &Base, kind: Kind, name: &str, value: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    match (kind, name) {
        (Kind::Dataset, "publisher" | "portal") => format!("{base}catalog?{query}"),
        _ => format!("{base}list/{}?{query}", kind.segment()),
    }
}

/// The IRIs of the published datasets of a series, in their order: those that name it, and those that it
/// names.
pub(super) fn series(
    reader: &Reader,
    iri: &str,
    named: &[String],
    at: u64,
) -> Result<BTreeSet<String>, WebError> {
    let about = reader.about(iri, at)?.into_iter();
    let mut members: BTreeSet<String> = about
        .filter(|(kind, _)| *kind == Kind::Dataset)
        .map(|(_, iri)| iri)
        .collect();
    for iri in of_kind(named, Kind::Dataset, reader.base()) {
        // Of an alias, the record shown in its place is the member.
        members.extend(reader.live_of(iri, at)?.map(|found| found.iri));
    }
    Ok(members)
}

/// The IRIs among `iris` that are of a kind.
pub(super) fn of_kind<'a>(iris: &'a [String], kind: Kind, base: &Base) -> Vec<&'a String> {
    let prefix = format!("{}/", kind.segment());
    iris.iter()
        .filter(|iri| base.path(iri).is_some_and(|path| path.starts_with(&prefix)))
        .collect()
}

/// Records of a kind that are about `iri`.
pub(super) fn about(kind: Kind, iri: &str) -> Filter {
    Filter {
        kinds: vec![kind],
        sets: vec![(Set::About, Some(iri.to_owned()))],
        ..Filter::default()
    }
}

fn node(iri: &str) -> Result<NamedNode, WebError> {
    NamedNode::new(iri).map_err(WebError::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_twice_is_read_once() {
        let (once, read) = (Once::default(), RefCell::new(0));
        let ask = |name: &str| {
            once.get(name, || {
                *read.borrow_mut() += 1;
                Ok::<_, ()>(*read.borrow())
            })
        };
        assert_eq!([ask("a"), ask("b"), ask("a")], [Ok(1), Ok(2), Ok(1)]);
        let refused: Result<i32, &str> = once.get("c", || Err("no"));
        assert_eq!(refused, Err("no"));
        assert_eq!(ask("c"), Ok(3), "what could not be read is asked for again");
    }
}
