//! The new dictionary: the terms of the old file that are left, and the new ones between them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::super::dictionary::Ranges;
use super::super::error::FrozenError;
use super::super::front::Walk;
use super::super::key::{self, Part};
use super::super::write::dictionary::Dictionary;
use super::super::write::keys::Keys;
use super::super::write::sections::Sections;
use super::super::write::spill::Spill;
use super::super::write::tags::Tags;
use super::super::{Frozen, Id};
use super::live::{GONE, Live};

/// Bytes of new keys read at once.
const READ: usize = 1 << 16;

/// The terms that the old file has not.
#[derive(Debug)]
pub(super) struct News {
    /// Their keys.
    pub(super) keys: Spill,
    /// Which old term each comes before.
    pub(super) before: Vec<u32>,
}

/// Reads the terms of a file in their order.
struct Old<'a> {
    file: &'a Frozen,
    ranges: &'a Ranges,
    iris: Walk<'a>,
    texts: Walk<'a>,
    others: Walk<'a>,
}

impl<'a> Old<'a> {
    fn new(file: &'a Frozen) -> Self {
        Self {
            file,
            ranges: file.ranges(),
            iris: file.iris().walk(),
            texts: file.texts().walk(),
            others: file.others().walk(),
        }
    }

    /// A term, taken apart; none where the file is damaged.
    fn part(&mut self, id: Id) -> Option<Part<'_>> {
        let file = self.file;
        let index = |start: Id| usize::try_from(id.checked_sub(start)?).ok();
        if id < self.ranges.blanks.end {
            return Some(Part::Blank(*file.blanks().get(index(0)?)?));
        }
        if id < self.ranges.iris.end {
            let (iri, _) = self.iris.seek(index(self.ranges.iris.start)?)?;
            return Some(Part::Iri(iri));
        }
        if id < self.ranges.numbers.end {
            let (stored, is_exception) = file.number_at(index(self.ranges.numbers.start)?)?;
            return Some(Part::Number(stored, self.lexical(id, is_exception)?));
        }
        if id < self.ranges.dates.end {
            let (stored, is_exception) = file.date_at(index(self.ranges.dates.start)?)?;
            return Some(Part::Date(stored, self.lexical(id, is_exception)?));
        }
        if id < self.ranges.texts.end {
            let (value, tag) = self.texts.seek(index(self.ranges.texts.start)?)?;
            let language = file.languages.get(tag).map(String::as_bytes);
            return Some(Part::Text(value.into(), language));
        }
        let (value, tag) = self.others.seek(index(self.ranges.others.start)?)?;
        let datatype = file.datatypes.get(tag)?.as_str().as_bytes();
        Some(Part::Other(datatype, value))
    }

    #[expect(
        clippy::option_option,
        reason = "the outer none is damage, the inner one the usual form"
    )]
    fn lexical(&self, id: Id, is_exception: bool) -> Option<Option<&'a [u8]>> {
        if is_exception {
            self.file.exception(id).map(Some)
        } else {
            Some(None)
        }
    }
}

/// The languages and datatypes of the terms that are left or new.
pub(super) fn tags(file: &Frozen, news: &News, live: &Live) -> Result<Tags, FrozenError> {
    let mut tags = Tags::default();
    let mut old = Old::new(file);
    let ranges = file.ranges();
    let used = used(&mut old.texts, &ranges.texts, live).ok_or_else(|| no_term(file))?;
    // Plain strings have a tag beyond all languages.
    for language in used.iter().filter_map(|tag| file.languages.get(*tag)) {
        tags.note(&Part::Text(Cow::Borrowed(b""), Some(language.as_bytes())));
    }
    let used = self::used(&mut old.others, &ranges.others, live).ok_or_else(|| no_term(file))?;
    for datatype in used.iter().filter_map(|tag| file.datatypes.get(*tag)) {
        tags.note(&Part::Other(datatype.as_str().as_bytes(), b""));
    }
    let mut keys = Keys::new(0, news.keys.len(), READ);
    for number in &live.new {
        keys.advance(&news.keys)?;
        if *number != GONE {
            let part = key::parse(&keys.key).ok_or_else(|| FrozenError::malformed(&keys.key))?;
            tags.note(&part);
        }
    }
    Ok(tags)
}

/// The tags of the strings that are left.
fn used(walk: &mut Walk<'_>, range: &Range<Id>, live: &Live) -> Option<BTreeSet<usize>> {
    let mut used = BTreeSet::new();
    let mut last = None;
    for (index, id) in range.clone().enumerate() {
        let (_, tag) = walk.seek(index)?;
        if last != Some(tag) && live.of_old(id) != GONE {
            used.insert(tag);
            last = Some(tag);
        }
    }
    Some(used)
}

/// Writes all terms that are left or new.
pub(super) fn write(
    file: &Frozen,
    news: &News,
    live: &Live,
    dictionary: &mut Dictionary<'_>,
    sections: &mut Sections,
) -> Result<(), FrozenError> {
    let mut old = Old::new(file);
    let mut keys = Keys::new(0, news.keys.len(), READ);
    let mut next = live.new.iter().zip(&news.before).peekable();
    for id in 0..=file.terms() {
        while let Some((number, _)) = next.next_if(|(_, before)| **before == id) {
            keys.advance(&news.keys)?;
            if *number != GONE {
                dictionary.push(sections, &keys.key)?;
            }
        }
        if live.of_old(id) != GONE {
            let part = old.part(id).ok_or_else(|| no_term(file))?;
            dictionary.push_part(sections, &part)?;
        }
    }
    Ok(())
}

fn no_term(file: &Frozen) -> FrozenError {
    file.damaged("its dictionary ends too early")
}
