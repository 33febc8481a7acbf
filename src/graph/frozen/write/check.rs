//! Looks a file through before it is published: all that readers rely on to search it (rows sorted,
//! numbers in range, counts exact, both orders of the same pairs) is compared with what is there.
//!
//! Pieces of the file are mapped one after another, so that the whole never counts as memory in use.

use std::ops::Range;
use std::path::Path;

use super::super::dictionary::Ranges;
use super::super::error::FrozenError;
use super::super::file::Section;
use super::super::front::{BLOCK, Front, Tags};
use super::super::number;
use super::super::pairs::Order;
use super::super::partition::{PARTITION, Partition, Place};
use super::super::{Frozen, Id};
use super::order::Layout;
use super::threads::in_order;

/// Strings of a piece.
const STRINGS: usize = BLOCK << 15;
/// Pairs of a piece, where a partition has no more.
const PAIRS: u64 = 1 << 22;

/// A part of the file that is looked at on its own.
#[derive(Debug)]
enum Piece {
    Blanks,
    Numbers,
    Dates,
    Exceptions,
    Directory,
    Strings(Kind, Range<usize>),
    Partitions(Range<usize>),
    Shapes,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Iris,
    Texts,
    Others,
}

/// Checks the structure of a whole file.
pub(super) fn check(path: &Path, threads: usize) -> Result<(), FrozenError> {
    let pieces = pieces(&Frozen::open(path)?);
    in_order(
        threads,
        &pieces,
        |piece| {
            let file = Frozen::open(path)?;
            match check_piece(&file, piece) {
                Some(true) => Ok(()),
                _ => Err(file.damaged(format!("it is not in order: {piece:?}"))),
            }
        },
        |_, ()| Ok(()),
    )
}

fn pieces(file: &Frozen) -> Vec<Piece> {
    let mut pieces = vec![
        Piece::Blanks,
        Piece::Numbers,
        Piece::Dates,
        Piece::Exceptions,
        Piece::Directory,
        Piece::Shapes,
    ];
    for kind in [Kind::Iris, Kind::Texts, Kind::Others] {
        let count = front(file, kind).0.count;
        for start in (0..count).step_by(STRINGS) {
            pieces.push(Piece::Strings(kind, start..(start + STRINGS).min(count)));
        }
    }
    let (mut start, mut pairs) = (0, 0);
    for (index, partition) in file.partitions().iter().enumerate() {
        pairs += partition.pairs;
        if pairs >= PAIRS {
            pieces.push(Piece::Partitions(start..index + 1));
            (start, pairs) = (index + 1, 0);
        }
    }
    pieces.push(Piece::Partitions(start..file.partitions().len()));
    pieces
}

/// Strings of a kind, and the end of their tags.
fn front(file: &Frozen, kind: Kind) -> (Front<'_>, usize) {
    match kind {
        Kind::Iris => (file.iris(), 1),
        // Plain strings have a tag behind all languages.
        Kind::Texts => (file.texts(), file.languages.len() + 1),
        Kind::Others => (file.others(), file.datatypes.len()),
    }
}

/// Whether a piece is in order; none where something is missing.
fn check_piece(file: &Frozen, piece: &Piece) -> Option<bool> {
    let ranges = file.ranges();
    match piece {
        Piece::Blanks => Some(ascend(file.blanks())),
        Piece::Numbers => numbers(file, &ranges.numbers),
        Piece::Dates => dates(file, &ranges.dates),
        Piece::Exceptions => exceptions(file, ranges),
        Piece::Directory => Some(directory(file)),
        Piece::Strings(kind, range) => {
            let (front, tags) = front(file, *kind);
            strings(front, tags, range.clone())
        }
        Piece::Partitions(range) => {
            let partitions = file.partitions().get(range.clone())?;
            Some(partitions.iter().all(|p| partition(file, p)))
        }
        Piece::Shapes => shapes(file),
    }
}

fn ascend<T: PartialOrd>(row: &[T]) -> bool {
    row.is_sorted_by(|a, b| a < b)
}

fn numbers(file: &Frozen, range: &Range<Id>) -> Option<bool> {
    let mut last = None;
    for (index, id) in range.clone().enumerate() {
        let (stored, is_exception) = file.number_at(index)?;
        number::datatype(stored.code)?;
        let lexical = if is_exception {
            Some(file.exception(id)?)
        } else {
            None
        };
        let this = Some((stored.place(), stored.code, stored.raw, lexical));
        if last >= this {
            return Some(false);
        }
        last = this;
    }
    Some(true)
}

fn dates(file: &Frozen, range: &Range<Id>) -> Option<bool> {
    let mut last = None;
    for (index, id) in range.clone().enumerate() {
        let (stored, is_exception) = file.date_at(index)?;
        let lexical = if is_exception {
            Some(file.exception(id)?)
        } else {
            None
        };
        let this = Some((stored.micros, stored.class(), stored.code, lexical));
        if last >= this {
            return Some(false);
        }
        last = this;
    }
    Some(true)
}

fn exceptions(file: &Frozen, ranges: &Ranges) -> Option<bool> {
    let ids: &[u32] = file.cast(Section::ExceptionIds);
    let ends: &[u64] = file.cast(Section::ExceptionEnds);
    let bytes = file.section(Section::ExceptionBytes);
    for id in ids {
        let is_marked = if ranges.numbers.contains(id) {
            file.number_at((id - ranges.numbers.start) as usize)?.1
        } else {
            file.date_at(id.checked_sub(ranges.dates.start)? as usize)?
                .1
        };
        if !is_marked {
            return Some(false);
        }
    }
    let is_whole = ends.last().copied().unwrap_or_default() == bytes.len() as u64;
    let is_text = std::str::from_utf8(bytes).is_ok();
    Some(ids.len() == ends.len() && ascend(ids) && ends.is_sorted() && is_whole && is_text)
}

/// Whether partitions lie one behind the other, each as its counts demand.
fn directory(file: &Frozen) -> bool {
    let iris = &file.ranges().iris;
    let (entries, _) = file.section(Section::Partitions).as_chunks::<PARTITION>();
    let mut position = 0;
    let mut last = None;
    for (p, entry) in file.partitions().iter().zip(entries) {
        let name = Some((p.graph, p.predicate));
        let are_iris = iris.contains(&p.predicate) && p.graph.is_none_or(|id| iris.contains(&id));
        if p.subjects > p.pairs || p.objects > p.pairs {
            return false;
        }
        let by_subject = Layout::new(p.pairs, p.subjects);
        let by_object = Layout::new(p.pairs, p.objects);
        let behind = position + by_subject.length();
        let wanted = Partition {
            by_subject: by_subject.place(position),
            by_object: by_object.place(behind),
            ..*p
        };
        if last >= name || !are_iris || p.pairs == 0 || wanted.to_bytes() != *entry {
            return false;
        }
        position = behind + by_object.length();
        last = name;
    }
    position == file.cast::<u32>(Section::Pairs).len() as u64
}

fn strings(front: Front<'_>, tags: usize, range: Range<usize>) -> Option<bool> {
    let mut walk = front.walk();
    let mut last: (Vec<u8>, usize) = (Vec::new(), 0);
    let first = range.start;
    // The string before shows that this piece goes on where the last one ended.
    for index in first.saturating_sub(1)..range.end {
        let (text, tag) = walk.seek(index)?;
        let is_behind = match front.tags {
            Tags::None => last.0.as_slice() < text,
            Tags::After => (last.0.as_slice(), last.1) < (text, tag),
            Tags::Before => (last.1, last.0.as_slice()) < (tag, text),
        };
        let is_first = index == first.saturating_sub(1);
        if !(is_behind || is_first) || tag >= tags || std::str::from_utf8(text).is_err() {
            return Some(false);
        }
        // A reader that comes from elsewhere finds the same.
        if index.is_multiple_of(BLOCK) && front.walk().seek(index)? != (text, tag) {
            return Some(false);
        }
        last.0.clear();
        last.0.extend_from_slice(text);
        last.1 = tag;
    }
    Some(true)
}

/// Whether both orders of a partition are sorted, as large as stated, and of the same pairs.
fn partition(file: &Frozen, p: &Partition) -> bool {
    let (nodes, terms) = (file.ranges().iris.end, file.terms());
    let (by_subject, by_object) = (file.by_subject(p), file.by_object(p));
    let subjects = sum(by_subject, nodes, terms, mix);
    let objects = sum(by_object, terms, nodes, |object, subject| {
        mix(subject, object)
    });
    let counts = (by_subject.distinct() as u64, by_object.distinct() as u64);
    let are_sorted = |place: Place, distinct| {
        let count = if place.is_csr { distinct } else { p.pairs };
        keys_of(file, place.keys, count).is_some_and(<[u32]>::is_sorted)
    };
    are_sorted(p.by_subject, p.subjects)
        && are_sorted(p.by_object, p.objects)
        && subjects.is_some()
        && subjects == objects
        && counts == (p.subjects, p.objects)
}

/// The keys of an order as they are, repetitions included.
fn keys_of(file: &Frozen, start: u64, count: u64) -> Option<&[u32]> {
    let start = usize::try_from(start).ok()?;
    let end = start.checked_add(usize::try_from(count).ok()?)?;
    file.cast(Section::Pairs).get(start..end)
}

/// Adds up a mixture of each pair, so that both orders can be compared; none where one is not in order.
fn sum(order: Order<'_>, keys: Id, values: Id, mix: impl Fn(u32, u32) -> u64) -> Option<u64> {
    let (mut sum, mut pairs, mut distinct) = (0u64, 0, 0);
    let mut last = None;
    for (key, of_key) in order.groups() {
        let is_inside = key < keys && of_key.last().is_some_and(|value| *value < values);
        if last >= Some(key) || !is_inside || !ascend(of_key) {
            return None;
        }
        last = Some(key);
        distinct += 1;
        pairs += of_key.len();
        for value in of_key {
            sum = sum.wrapping_add(mix(key, *value));
        }
    }
    (pairs == order.len() && distinct == order.distinct()).then_some(sum)
}

fn mix(subject: u32, object: u32) -> u64 {
    let mixed = (u64::from(subject) << 32 | u64::from(object)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

fn shapes(file: &Frozen) -> Option<bool> {
    let subjects: &[u32] = file.cast(Section::ShapeSubjects);
    let sets: &[u32] = file.cast(Section::ShapeSets);
    let ends: &[u32] = file.cast(Section::SetEnds);
    let members: &[u32] = file.cast(Section::SetMembers);
    let mut sizes = Vec::with_capacity(ends.len());
    let mut start = 0;
    for end in ends {
        let set = members.get(start..*end as usize)?;
        if !ascend(set) || *set.last()? as usize >= file.partitions().len() {
            return Some(false);
        }
        sizes.push(set.len() as u64);
        start = *end as usize;
    }
    let mut sum = 0;
    for set in sets {
        sum += sizes.get(*set as usize)?;
    }
    let stated: u64 = file.partitions().iter().map(|p| p.subjects).sum();
    let is_whole = start == members.len() && subjects.len() == sets.len();
    Some(is_whole && ascend(subjects) && sum == stated)
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::super::build;
    use super::super::super::build::tests::{meta, quads};
    use super::super::super::file::{SECTIONS, read_head};
    use super::*;

    #[test]
    fn only_rows_of_distinct_ascending_things_are_in_order() {
        assert!(ascend(&[1, 2, 5]) && ascend::<u32>(&[]));
        assert!(!ascend(&[1, 1]) && !ascend(&[2, 1]));
    }

    #[test]
    fn changed_bytes_are_found_where_searches_rely_on_them_and_never_make_a_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph");
        build::write(&path, quads(), 1, &meta()).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        check(&path, 1).unwrap();
        let sound = fs::read(&path).unwrap();
        let (_, entries) = read_head(&path, &sound).unwrap();
        for (section, entry) in SECTIONS.iter().zip(entries) {
            let mut found = 0;
            let range = entry.range().unwrap();
            for at in range.clone() {
                let mut changed = sound.clone();
                changed[at] ^= 1 << (at % 8);
                fs::write(&path, &changed).unwrap();
                found += usize::from(check(&path, 1).is_err());
            }
            let must_be_found = matches!(
                section,
                Section::Pairs
                    | Section::IriBlocks
                    | Section::TextBlocks
                    | Section::OtherBlocks
                    | Section::SetEnds
                    | Section::ExceptionIds
            );
            assert!(
                found == range.len() || !must_be_found,
                "{section:?}: {found} of {range:?}"
            );
        }
    }
}
