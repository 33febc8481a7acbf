//! Going on by identifier where a service ends its list before its end.
//!
//! Search engines keep a window over what they find: GeoNetwork 4 stands on Elasticsearch, which gives the
//! first 10,000 of a question and refuses `startPosition` behind them, or answers it with an empty page,
//! while all are counted. Other services have other windows. What is refused with no record left to ask
//! for less of, or is empty, so far into the list that only a window can be meant, is asked for anew from
//! position 1, behind the identifier met last: a new *stretch*, whose positions go on where those of the
//! one before ended.
//!
//! The order of a service need not be that of its comparisons. A stretch is begun where the identifiers
//! came in ascending order so far, and kept where what it gives climbs on from there and, with what was
//! gone through, makes no fewer than were announced. Else it is taken back, and the crawl ends with
//! [`CrawlError::Window`]; a count that is some short may be right, but nothing is missed by it.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Crawl, Window};
use crate::source::contract::{CrawlError, RawRecord};
use crate::source::kind::csw::question::{Order, Question};

/// No window is smaller: what ends a list earlier is something else.
const LEAST: u64 = 1_000;

/// What one question reaches of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stretch {
    /// Positions of the list before it.
    pub(super) offset: u64,
    /// The identifier that its records are behind.
    pub(super) after: Option<String>,
}

/// The order in which identifiers have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Climb {
    last: Option<String>,
    /// Whether they ascend as they are written, and without regard to case.
    is_exact: bool,
    is_folded: bool,
}

impl Default for Climb {
    fn default() -> Self {
        Self {
            last: None,
            is_exact: true,
            is_folded: true,
        }
    }
}

impl Climb {
    fn meet(&mut self, key: &str) {
        if key.is_empty() || self.last.as_deref() == Some(key) {
            return;
        }
        if let Some(last) = &self.last {
            self.is_exact &= last.as_str() < key;
            self.is_folded &= last.to_lowercase() < key.to_lowercase();
        }
        self.last = Some(key.to_owned());
    }

    fn is_ascending(&self) -> bool {
        self.is_exact || self.is_folded
    }
}

/// Where the list is taken up, and what is known of the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Behind {
    /// What is asked for now.
    pub(super) stretch: Stretch,
    /// What was asked for before a stretch of which nothing has come yet.
    former: Option<Stretch>,
    climb: Climb,
    /// The position at which a stretch was begun last, and why it was none, until a record comes.
    tried_at: u64,
    failure: Option<String>,
    /// Whether what was announced for a stretch leaves a doubt.
    is_doubtful: bool,
}

impl Behind {
    /// A piece of the list as the present stretch counts it.
    pub(super) fn within(&self, window: Window) -> Window {
        Window {
            start: window.start.saturating_sub(self.stretch.offset).max(1),
            size: window.size,
        }
    }

    /// How many records there are with those before the stretch.
    pub(super) fn count(&self, within: u64) -> u64 {
        within.saturating_add(self.stretch.offset)
    }

    /// The position in the list of one within the stretch; 0 stands for none.
    pub(super) fn in_list(&self, position: u64) -> u64 {
        match position {
            0 => 0,
            position => position.saturating_add(self.stretch.offset),
        }
    }

    /// Notes records that were not met before.
    pub(super) fn meet(&mut self, records: &[RawRecord]) {
        for record in records {
            self.climb.meet(&record.key);
        }
        // Then the service compares in one order and sorts in another.
        self.is_doubtful |= self.stretch.after.is_some() && !self.climb.is_ascending();
    }

    /// Notes that the list goes on.
    pub(super) fn went_on(&mut self) {
        self.failure = None;
    }

    /// Whether every record may have been met, where as many were as had been announced.
    pub(super) fn is_sure(&self) -> bool {
        !self.is_doubtful
    }

    /// Whether nothing has come of the present stretch yet.
    pub(super) fn is_untried(&self) -> bool {
        self.former.is_some()
    }

    /// Goes back to the stretch before.
    pub(super) fn take_back(&mut self, why: &str) {
        if let Some(former) = self.former.take() {
            self.stretch = former;
            self.failure = Some(why.to_owned());
        }
    }

    /// Why what a new stretch begins with is no use.
    fn useless(&self, records: &[RawRecord]) -> Option<&'static str> {
        let after = self.stretch.after.as_deref();
        let mut climb = self.climb.clone();
        for record in records {
            if after == Some(record.key.as_str()) {
                return Some("it gives the identifier again that it was to go on behind");
            }
            climb.meet(&record.key);
        }
        if records.is_empty() {
            Some("it gives nothing behind the identifier met last")
        } else if climb.is_ascending() {
            None
        } else {
            Some("it compares identifiers in another order than it sorts them")
        }
    }
}

impl Crawl {
    /// Begins a new stretch where the present one may have ended; `false` where it cannot be that, or has
    /// been tried.
    pub(super) fn go_behind(&mut self, question: &Question) -> bool {
        let cursor = &mut self.cursor;
        let start = cursor.start;
        let is_more = cursor.total().is_some_and(|total| start <= total);
        let behind = &mut cursor.behind;
        let is_far = start.saturating_sub(behind.stretch.offset) > LEAST;
        let is_tried = behind.tried_at == start || cursor.passed_in_a_row > 0;
        if !is_more || !is_far || is_tried || behind.is_untried() {
            return false;
        }
        behind.tried_at = start;
        let why = match &behind.climb.last {
            _ if question.order == Order::Unsorted => "it cannot sort by identifier",
            None => "its records have no identifier",
            _ if !behind.climb.is_ascending() => "its records do not come in their order",
            Some(last) => {
                let stretch = Stretch {
                    offset: start - 1,
                    after: Some(last.clone()),
                };
                behind.former = Some(std::mem::replace(&mut behind.stretch, stretch));
                cursor.list.size = cursor.list.largest;
                return true;
            }
        };
        behind.failure = Some(why.to_owned());
        false
    }

    /// Looks at the first answer of a stretch: whether it is one.
    pub(super) fn is_kept(&mut self, url: &Url, records: &[RawRecord], all: Option<u64>) -> bool {
        if !self.cursor.behind.is_untried() {
            return true;
        }
        let short = match (self.cursor.total(), all) {
            (Some(before), Some(all)) => Some(before.saturating_sub(all)),
            _ => None,
        };
        let window = self.cursor.list.size;
        let behind = &mut self.cursor.behind;
        let why = behind.useless(records).or(match short {
            None => Some("it announces no count for what is behind"),
            Some(short) if short > window => Some("it announces too few behind the last one met"),
            Some(_) => None,
        });
        if let Some(why) = why {
            behind.take_back(why);
            self.cursor.list.size = 1;
            return false;
        }
        let end = behind.stretch.offset;
        behind.former = None;
        behind.is_doubtful |= short != Some(0);
        let is_sure = behind.is_sure();
        self.cursor.note(format!(
            "{url} gives nothing behind position {end}, and is asked for more by identifier"
        ));
        if !is_sure {
            self.cursor.note(format!(
                "{url} announces fewer records by identifier than before: none is withdrawn"
            ));
        }
        true
    }

    /// An error as that of a window, where the list ends at one.
    pub(super) fn at_window(&self, error: CrawlError) -> CrawlError {
        let cursor = &self.cursor;
        match (&cursor.behind.failure, cursor.total()) {
            (Some(why), Some(total)) => CrawlError::Window {
                position: cursor.behind.tried_at.saturating_sub(1),
                total,
                why: why.clone(),
                source: Box::new(error),
            },
            _ => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Climb;

    fn ascends(keys: &[&str]) -> bool {
        let mut climb = Climb::default();
        for key in keys {
            climb.meet(key);
        }
        climb.is_ascending()
    }

    #[test]
    fn identifiers_ascend_in_one_order_throughout() {
        for keys in [
            &["a", "b"][..],
            &["B", "a"],
            &["a", "B", "c"],
            &["a", "a", "", "b"],
        ] {
            assert!(ascends(keys), "{keys:?}");
        }
        for keys in [
            &["b", "a"][..],
            &["a", "B", "a"],
            &["a", "B", "C", "b", "A"],
        ] {
            assert!(!ascends(keys), "{keys:?}");
        }
    }
}
