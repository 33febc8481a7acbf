//! Which of the records that names link are the same, and which of them is shown for all: a function of
//! the records, their links and the operator's word, whatever order they came in.
//!
//! A class never has two records of one portal, unless the operator says so or one of them was derived from
//! an address: a portal that has a thing twice means two things by it. Who was together stays together before newer links count.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::RecordNumber;
use crate::ledger::recognition::Recognition;

/// A record that may be the same as others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) record: RecordNumber,
    pub(super) iri: String,
    pub(super) portal: String,
    /// Whether it has a version now.
    pub(super) live: bool,
    /// The event that first published it.
    pub(super) first: Option<i64>,
    /// The record that is shown in its place now.
    pub(super) alias_of: Option<RecordNumber>,
}

impl Member {
    /// The record that is shown for it now.
    fn shown(&self) -> RecordNumber {
        self.alias_of.unwrap_or(self.record)
    }
}

/// Why two records are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) one: RecordNumber,
    pub(super) other: RecordNumber,
    /// The name that both have; empty where the operator says so.
    pub(super) why: String,
    /// Whether the other was only derived from an address at which the one answers.
    pub(super) is_derived: bool,
}

impl Link {
    fn joins(&self, one: RecordNumber, other: RecordNumber) -> bool {
        (self.one, self.other) == (one, other) || (self.other, self.one) == (one, other)
    }
}

/// Whose alias each record is, if it is one: the record shown for it, and why.
pub(super) type Verdicts = BTreeMap<RecordNumber, Option<(RecordNumber, String)>>;

/// Decides over records that links connect.
pub(super) fn decide(members: &[Member], links: &[Link], word: &Recognition) -> Verdicts {
    let by_record: BTreeMap<RecordNumber, &Member> =
        members.iter().map(|one| (one.record, one)).collect();
    let mut sorted: Vec<(bool, bool, &str, [&str; 2], &Link)> = Vec::new();
    for link in links {
        let (Some(one), Some(other)) = (by_record.get(&link.one), by_record.get(&link.other))
        else {
            continue;
        };
        let mut iris = [one.iri.as_str(), other.iri.as_str()];
        iris.sort_unstable();
        let is_new = one.shown() != other.shown();
        sorted.push((!link.why.is_empty(), is_new, link.why.as_str(), iris, link));
    }
    sorted.sort_by(|one, other| {
        (one.0, one.1, one.2, one.3).cmp(&(other.0, other.1, other.2, other.3))
    });
    let mut class: BTreeMap<RecordNumber, BTreeSet<RecordNumber>> = by_record
        .keys()
        .map(|one| (*one, BTreeSet::from([*one])))
        .collect();
    for (.., link) in sorted {
        let (Some(one), Some(other)) = (class.get(&link.one), class.get(&link.other)) else {
            continue;
        };
        if one == other || !may_join(one, other, link, &by_record, word) {
            continue;
        }
        let joined: BTreeSet<RecordNumber> = one.union(other).copied().collect();
        for record in &joined {
            class.insert(*record, joined.clone());
        }
    }
    let verdict = |record: RecordNumber, class: &BTreeSet<RecordNumber>| {
        let canonical = canonical(class, &by_record, links, word)?;
        (canonical != record).then(|| (canonical, why(record, canonical, class, links)))
    };
    class
        .iter()
        .map(|(record, class)| (*record, verdict(*record, class)))
        .collect()
}

/// Whether two classes may become one.
fn may_join(
    one: &BTreeSet<RecordNumber>,
    other: &BTreeSet<RecordNumber>,
    link: &Link,
    members: &BTreeMap<RecordNumber, &Member>,
    word: &Recognition,
) -> bool {
    let of = |class: &BTreeSet<RecordNumber>| -> Vec<&Member> {
        let found = class.iter().filter_map(|record| members.get(record));
        found.copied().collect()
    };
    let (one, other) = (of(one), of(other));
    one.iter().all(|a| {
        other.iter().all(|b| {
            !word.are_apart(&a.iri, &b.iri)
                && (link.is_derived || link.why.is_empty() || a.portal != b.portal)
        })
    })
}

/// The record of a class that is shown: the operator's choice, else one that was not derived, else what is
/// published already, else what was first.
fn canonical(
    class: &BTreeSet<RecordNumber>,
    members: &BTreeMap<RecordNumber, &Member>,
    links: &[Link],
    word: &Recognition,
) -> Option<RecordNumber> {
    let is_derived = |record: RecordNumber| {
        let mut links = links.iter().filter(|link| link.is_derived);
        links.any(|link| link.other == record && class.contains(&link.one))
    };
    class
        .iter()
        .filter_map(|record| members.get(record))
        .min_by_key(|one| {
            (
                word.rank(&one.iri).unwrap_or(usize::MAX),
                is_derived(one.record),
                word.preference(&one.portal),
                !one.live,
                one.first.unwrap_or(i64::MAX),
                one.iri.as_str(),
            )
        })
        .map(|one| one.record)
}

/// What a record has in common with the one shown for it, or else with another of its class.
fn why(
    record: RecordNumber,
    canonical: RecordNumber,
    class: &BTreeSet<RecordNumber>,
    links: &[Link],
) -> String {
    let best = |others: &mut dyn Iterator<Item = &Link>| -> Option<String> {
        // A name says more than that the operator says so.
        let key = |link: &&Link| (link.why.is_empty(), link.why.clone());
        others.min_by_key(key).map(|link| link.why.clone())
    };
    let mut direct = links.iter().filter(|link| link.joins(record, canonical));
    let mut any = links.iter().filter(|link| {
        class
            .iter()
            .any(|other| *other != record && link.joins(record, *other))
    });
    best(&mut direct)
        .or_else(|| best(&mut any))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An alias by its number, the number of the record shown for it, and why.
    type Shown = (RecordNumber, RecordNumber, String);

    fn shown(record: i64, canonical: i64, why: &str) -> Shown {
        (record.into(), canonical.into(), why.to_owned())
    }

    /// A record `n` of a portal, published first by the event `n` where it is live.
    fn member(record: i64, portal: &str, live: bool) -> Member {
        Member {
            record: record.into(),
            iri: format!("https://e.org/dataset/{portal}/{record}"),
            portal: portal.to_owned(),
            live,
            first: live.then_some(record),
            alias_of: None,
        }
    }

    fn link(one: i64, other: i64, why: &str) -> Link {
        Link {
            one: one.into(),
            other: other.into(),
            why: why.to_owned(),
            is_derived: false,
        }
    }

    fn aliases(members: &[Member], links: &[Link], word: &Recognition) -> Vec<Shown> {
        decide(members, links, word)
            .into_iter()
            .filter_map(|(record, to)| to.map(|(canonical, why)| (record, canonical, why)))
            .collect()
    }

    #[test]
    fn a_chain_is_one_class_shown_as_what_was_published_first() {
        let members = [
            member(1, "a", false),
            member(2, "b", true),
            member(3, "c", true),
        ];
        let links = [link(1, 2, "doi:x"), link(1, 3, "urn:y")];
        assert_eq!(
            aliases(&members, &links, &Recognition::default()),
            [shown(1, 2, "doi:x"), shown(3, 2, "urn:y")]
        );
    }

    #[test]
    fn what_is_published_stays_also_where_something_older_comes_back() {
        let mut back = member(1, "a", false);
        back.first = Some(1);
        let members = [back, member(2, "b", true)];
        let links = [link(1, 2, "doi:x")];
        assert_eq!(
            aliases(&members, &links, &Recognition::default()),
            [shown(1, 2, "doi:x")]
        );
    }

    #[test]
    fn two_records_of_a_portal_are_never_the_same_by_way_of_a_third() {
        let mut together = member(3, "a", false);
        together.alias_of = Some(2.into());
        let members = [member(1, "a", true), member(2, "b", true), together];
        let links = [link(1, 2, "doi:x"), link(2, 3, "urn:y")];
        assert_eq!(
            aliases(&members, &links, &Recognition::default()),
            [shown(3, 2, "urn:y")],
            "who was together stays so"
        );
        let fresh = [
            member(1, "a", true),
            member(2, "b", true),
            member(3, "a", false),
        ];
        assert_eq!(
            aliases(&fresh, &links, &Recognition::default()),
            [shown(2, 1, "doi:x")]
        );
    }

    #[test]
    fn the_operator_knows_better() {
        let members = [
            member(1, "a", true),
            member(2, "b", true),
            member(3, "a", true),
        ];
        let iri = |record: usize| members[record - 1].iri.clone();
        let links = [link(1, 2, "doi:x")];
        let word = |change: fn(&mut Recognition, [String; 3])| {
            let mut word = Recognition::default();
            change(&mut word, [iri(1), iri(2), iri(3)]);
            word
        };
        let apart = word(|word, [one, two, _]| word.apart = vec![vec![one, two]]);
        assert_eq!(aliases(&members, &links, &apart), []);
        let canonical = word(|word, [_, two, _]| word.canonical = vec![two]);
        assert_eq!(
            aliases(&members, &links, &canonical),
            [shown(1, 2, "doi:x")]
        );
        let prefer = word(|word, _| word.prefer = vec!["b".to_owned()]);
        assert_eq!(aliases(&members, &links, &prefer), [shown(1, 2, "doi:x")]);
        let same = word(|word, [one, _, three]| word.same = vec![vec![three, one]]);
        let said = [link(3, 1, ""), link(1, 2, "doi:x")];
        assert_eq!(
            aliases(&members, &said, &same),
            [shown(1, 3, ""), shown(2, 3, "doi:x")],
            "two of a portal too, if the operator says so"
        );
    }

    #[test]
    fn a_derived_record_is_an_alias_of_its_portal_s_own_whatever_was_first() {
        let members = [
            member(1, "a", true),
            member(2, "a", false),
            member(3, "b", true),
        ];
        let derived = Link {
            is_derived: true,
            ..link(2, 1, "https://geo.example/wms")
        };
        let links = [derived.clone(), link(2, 3, "doi:x")];
        assert_eq!(
            aliases(&members[..2], &links[..1], &Recognition::default()),
            [shown(1, 2, "https://geo.example/wms")]
        );
        let all = aliases(&members, &links, &Recognition::default());
        let of: Vec<_> = all.iter().map(|(one, shown, _)| (*one, *shown)).collect();
        assert_eq!(of, [(1.into(), 3.into()), (2.into(), 3.into())]);
    }
}
