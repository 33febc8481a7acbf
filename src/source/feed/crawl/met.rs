//! The records that were met, by which a feed's own total is checked.
//!
//! Those met before an interruption are known by fingerprints, so that a record which moved from a page
//! read before to one read after counts once. Should two names have one fingerprint, the count is too low,
//! which costs a walk and never a record.

use std::collections::HashSet;

use super::cursor::{Print, pack, print, unpack};

/// Records that a cursor remembers, at most.
const REMEMBERED: usize = 20_000;

/// The records met.
#[derive(Default)]
pub(super) struct Met {
    names: HashSet<(&'static str, String)>,
    before: HashSet<Print>,
    /// Whether more had been met before an interruption than the cursor could hold.
    is_cut: bool,
}

/// How a record was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meeting {
    First,
    Again,
    /// It had been met before the interruption.
    Before,
}

impl Met {
    /// Meets a record.
    pub(super) fn meet(&mut self, collection: &'static str, name: String) -> Meeting {
        if !self.before.is_empty() && self.before.contains(&print(&full(collection, &name))) {
            Meeting::Before
        } else if self.names.insert((collection, name)) {
            Meeting::First
        } else {
            Meeting::Again
        }
    }

    /// How many different ones were surely met.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(self.names.len() + self.before.len()).unwrap_or(u64::MAX)
    }

    /// Whether it is not known which ones were met before the interruption.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What a cursor says of them; none where they are too many.
    pub(super) fn packed(&self) -> Option<String> {
        if self.is_cut || self.names.len() + self.before.len() > REMEMBERED {
            return None;
        }
        let names = self.names.iter();
        let prints = names.map(|(collection, name)| print(&full(collection, name)));
        Some(pack(&prints.chain(self.before.iter().copied()).collect()))
    }

    /// What is known of them after an interruption.
    pub(super) fn resumed(packed: Option<&str>) -> Result<Self, String> {
        Ok(Self {
            names: HashSet::new(),
            before: packed.map(unpack).transpose()?.unwrap_or_default(),
            is_cut: packed.is_none(),
        })
    }
}

fn full(collection: &str, name: &str) -> String {
    format!("{collection} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_met_before_an_interruption_counts_once() {
        let mut first = Met::default();
        for name in ["a", "b", "a"] {
            first.meet("datasets", name.to_owned());
        }
        let mut second = Met::resumed(first.packed().as_deref()).unwrap();
        assert_eq!(second.meet("datasets", "b".to_owned()), Meeting::Before);
        assert_eq!(second.meet("services", "b".to_owned()), Meeting::First);
        assert_eq!(second.meet("services", "b".to_owned()), Meeting::Again);
        assert_eq!(second.count(), 3);
        let third = Met::resumed(second.packed().as_deref()).unwrap();
        assert_eq!((third.count(), third.is_cut()), (3, false));
    }

    #[test]
    fn more_than_a_cursor_holds_is_not_counted_at_all() {
        let mut met = Met::default();
        for number in 0..=REMEMBERED {
            met.meet("datasets", number.to_string());
        }
        assert_eq!(met.packed(), None);
        let after = Met::resumed(None).unwrap();
        assert_eq!((after.count(), after.is_cut()), (0, true));
        assert_eq!(after.packed(), None);
        assert!(Met::resumed(Some("no base64!")).is_err());
    }
}
