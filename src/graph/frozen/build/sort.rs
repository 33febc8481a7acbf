//! Sorts byte strings that have long beginnings in common, as IRIs do, without comparing those again and
//! again: eight bytes at a time, and what a whole group shares is skipped at once.

use super::super::write::front::shared;

/// Below this many strings comparing them is quicker.
const FEW: usize = 12;

/// A string to be sorted: eight of its bytes, and its number.
type Entry = (u64, u32);

/// The numbers of the strings in the order of the strings. Equal ones stand together.
pub(in super::super) fn sorted<'a>(count: u32, string: impl Fn(u32) -> &'a [u8]) -> Vec<u32> {
    let mut entries: Vec<Entry> = (0..count).map(|number| (0, number)).collect();
    // Groups of strings that share their first bytes, and how many bytes; not on the call stack, as
    // strings may share very many.
    let mut groups = vec![(0..entries.len(), 0)];
    while let Some((range, depth)) = groups.pop() {
        let begin = range.start;
        let Some(group) = entries.get_mut(range) else {
            continue;
        };
        if group.len() <= FEW {
            group.sort_unstable_by(|a, b| tail(string(a.1), depth).cmp(tail(string(b.1), depth)));
            continue;
        }
        let depth = depth + common(group, depth, &string);
        for entry in group.iter_mut() {
            entry.0 = cached(tail(string(entry.1), depth));
        }
        group.sort_unstable();
        let mut at = begin;
        for equal in group.chunk_by(|a, b| a.0 == b.0) {
            // The last byte of what was compared says whether there may be more.
            let may_go_on = equal.first().is_some_and(|entry| entry.0 & 0xff == MORE);
            if equal.len() > 1 && may_go_on {
                groups.push((at..at + equal.len(), depth + CACHED));
            }
            at += equal.len();
        }
    }
    entries.into_iter().map(|(_, number)| number).collect()
}

/// Bytes of a string compared at once.
const CACHED: usize = 7;

/// Stands behind the bytes of a string that goes on; otherwise their number does.
const MORE: u64 = 0xff;

/// The first seven bytes as a number in their order, then how many they are.
fn cached(tail: &[u8]) -> u64 {
    if let Some(first) = tail.first_chunk::<8>() {
        return u64::from_be_bytes(*first) | MORE;
    }
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(tail.iter().take(CACHED)) {
        *to = *from;
    }
    u64::from_be_bytes(bytes)
        | if tail.len() > CACHED {
            MORE
        } else {
            tail.len() as u64
        }
}

/// What all strings of a group share behind `depth`.
fn common<'a>(group: &[Entry], depth: usize, string: &impl Fn(u32) -> &'a [u8]) -> usize {
    let mut entries = group.iter().map(|entry| tail(string(entry.1), depth));
    let Some(mut common) = entries.next() else {
        return 0;
    };
    for other in entries {
        if !other.starts_with(common) {
            let length = shared(common, other);
            common = common.get(..length).unwrap_or_default();
            if common.is_empty() {
                break;
            }
        }
    }
    common.len()
}

fn tail(string: &[u8], depth: usize) -> &[u8] {
    string.get(depth..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(strings: &[Vec<u8>]) {
        let count = u32::try_from(strings.len()).unwrap();
        let order = sorted(count, |number| strings[number as usize].as_slice());
        let found: Vec<_> = order
            .iter()
            .map(|number| &strings[*number as usize])
            .collect();
        let mut expected: Vec<_> = strings.iter().collect();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn long_equal_beginnings_are_no_trouble() {
        let long = "http://example.org/".repeat(2000);
        let strings: Vec<_> = (0..100u32)
            .rev()
            .map(|i| format!("{long}{}", i % 40).into_bytes())
            .collect();
        check(&strings);
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_bytes(strings in prop::collection::vec(
            prop::collection::vec(prop::sample::select(vec![0u8, 1, 97, 255]), 0..20), 0..200,
        )) {
            check(&strings);
        }
    }
}
