//! Finds sorted keys in the dictionary of a file: their own identifiers, or those they would come before.
//! Keys ascend, so each search begins where the last one ended.

use std::cmp::Ordering;

use super::super::front::{BLOCK, Front, Walk};
use super::super::key::{self, Part};
use super::super::{Frozen, Id};

/// Where a key belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the key of this term.
    Term(Id),
    /// It comes right before this term, or behind the last one.
    Before(Id),
}

/// Finds one key after the other.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    file: &'a Frozen,
    blank: usize,
    iris: Strings<'a>,
    number: usize,
    date: usize,
    texts: Strings<'a>,
    others: Strings<'a>,
}

impl<'a> Locator<'a> {
    pub(super) fn new(file: &'a Frozen) -> Self {
        Self {
            file,
            blank: 0,
            iris: Strings::new(file.iris()),
            number: 0,
            date: 0,
            texts: Strings::new(file.texts()),
            others: Strings::new(file.others()),
        }
    }

    /// The place of the next key; none where it is no key, or the file is damaged.
    pub(super) fn locate(&mut self, key: &[u8]) -> Option<Place> {
        let file = self.file;
        let ranges = file.ranges();
        let ((index, is_there), start) = match key::parse(key)? {
            Part::Blank(hash) => {
                let blanks = file.blanks();
                let compare = |index: usize| Some(blanks.get(index)?.cmp(&hash));
                let found = gallop(self.blank, blanks.len(), compare)?;
                self.blank = found.0;
                (found, ranges.blanks.start)
            }
            Part::Iri(iri) => {
                let found = self.iris.find(|text, _| text.cmp(iri))?;
                (found, ranges.iris.start)
            }
            Part::Number(number, lexical) => {
                let wanted = (number.place(), number.code, number.raw, lexical);
                let compare = |index: usize| {
                    let (stored, is_exception) = file.number_at(index)?;
                    let id = ranges
                        .numbers
                        .start
                        .checked_add(u32::try_from(index).ok()?)?;
                    let lexical = is_exception.then(|| file.exception(id)).flatten();
                    Some((stored.place(), stored.code, stored.raw, lexical).cmp(&wanted))
                };
                let found = gallop(self.number, ranges.numbers.len(), compare)?;
                self.number = found.0;
                (found, ranges.numbers.start)
            }
            Part::Date(date, lexical) => {
                let wanted = (date.micros, date.class(), date.code, lexical);
                let compare = |index: usize| {
                    let (stored, is_exception) = file.date_at(index)?;
                    let id = ranges.dates.start.checked_add(u32::try_from(index).ok()?)?;
                    let lexical = is_exception.then(|| file.exception(id)).flatten();
                    Some((stored.micros, stored.class(), stored.code, lexical).cmp(&wanted))
                };
                let found = gallop(self.date, ranges.dates.len(), compare)?;
                self.date = found.0;
                (found, ranges.dates.start)
            }
            Part::Text(value, language) => {
                let languages = &file.languages;
                let compare = |tag: usize| match language {
                    Some(language) => languages
                        .get(tag)
                        .map_or(Ordering::Greater, |known| known.as_bytes().cmp(language)),
                    None => tag.cmp(&languages.len()),
                };
                let order = |text: &[u8], tag| text.cmp(&value).then_with(|| compare(tag));
                (self.texts.find(order)?, ranges.texts.start)
            }
            Part::Other(datatype, value) => {
                let compare = |tag: usize| {
                    let known = file.datatypes.get(tag);
                    known.map_or(Ordering::Greater, |known| {
                        known.as_str().as_bytes().cmp(datatype)
                    })
                };
                let order = |text: &[u8], tag| compare(tag).then_with(|| text.cmp(value));
                (self.others.find(order)?, ranges.others.start)
            }
        };
        let id = start.checked_add(u32::try_from(index).ok()?)?;
        Some(if is_there {
            Place::Term(id)
        } else {
            Place::Before(id)
        })
    }
}

/// The index of what is equal to the wanted, or of the first behind it; from `from` on, and the faster the
/// nearer it is.
fn gallop(
    from: usize,
    count: usize,
    compare: impl Fn(usize) -> Option<Ordering>,
) -> Option<(usize, bool)> {
    let (mut low, mut step) = (from, 1);
    while low + step <= count && compare(low + step - 1)? == Ordering::Less {
        low += step;
        step *= 2;
    }
    let mut high = (low + step - 1).min(count);
    while low < high {
        let middle = usize::midpoint(low, high);
        match compare(middle)? {
            Ordering::Less => low = middle + 1,
            _ => high = middle,
        }
    }
    Some((low, low < count && compare(low)? == Ordering::Equal))
}

/// A section of strings, searched forwards.
#[derive(Debug)]
struct Strings<'a> {
    walk: Walk<'a>,
    count: usize,
    /// All strings before this one are before the wanted one, too.
    at: usize,
}

impl<'a> Strings<'a> {
    fn new(front: Front<'a>) -> Self {
        Self {
            walk: front.walk(),
            count: front.count,
            at: 0,
        }
    }

    /// As [`gallop`]; `compare` tells how a string and its tag compare to the wanted.
    fn find(&mut self, compare: impl Fn(&[u8], usize) -> Ordering) -> Option<(usize, bool)> {
        // The last block that does not begin behind the wanted string; it, or the next, has its place.
        let blocks = self.count.div_ceil(BLOCK);
        let (mut low, mut step) = (self.at / BLOCK, 1);
        while low + step < blocks && !self.is_behind((low + step) * BLOCK, &compare)? {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(blocks);
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            if self.is_behind(middle * BLOCK, &compare)? {
                high = middle;
            } else {
                low = middle;
            }
        }
        let end = ((low + 1) * BLOCK).min(self.count);
        let mut index = self.at.max(low * BLOCK);
        let mut is_there = false;
        while index < end {
            let (text, tag) = self.walk.seek(index)?;
            match compare(text, tag) {
                Ordering::Less => index += 1,
                order => {
                    is_there = order == Ordering::Equal;
                    break;
                }
            }
        }
        self.at = index;
        Some((index, is_there))
    }

    fn is_behind(
        &mut self,
        index: usize,
        compare: &impl Fn(&[u8], usize) -> Ordering,
    ) -> Option<bool> {
        let (text, tag) = self.walk.seek(index)?;
        Some(compare(text, tag) == Ordering::Greater)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_from_anywhere_before_them() {
        let row: Vec<u32> = (0..50).map(|n| n * 2).collect();
        for wanted in 0..102 {
            let place = row.partition_point(|n| *n < wanted);
            for from in 0..=place {
                let found = gallop(from, row.len(), |index| Some(row[index].cmp(&wanted)));
                assert_eq!(found, Some((place, wanted % 2 == 0 && wanted < 100)));
            }
        }
    }
}
