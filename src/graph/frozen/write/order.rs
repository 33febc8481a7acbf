//! One sorting of the pairs of a partition: flat, or with each key once, whichever is smaller.

use std::ops::Range;

use super::super::error::FrozenError;
use super::super::partition::Place;

/// Pairs, key in the upper half and value in the lower: sorted, each once.
pub(in super::super) trait Pairs {
    /// Hands over all pairs in order, a slice at a time.
    fn each(&self, f: &mut dyn FnMut(&[u64]) -> Result<(), FrozenError>)
    -> Result<(), FrozenError>;
}

impl Pairs for [u64] {
    fn each(
        &self,
        f: &mut dyn FnMut(&[u64]) -> Result<(), FrozenError>,
    ) -> Result<(), FrozenError> {
        f(self)
    }
}

/// A key and a value as one number.
pub(in super::super) fn pair(key: u32, value: u32) -> u64 {
    u64::from(key) << 32 | u64::from(value)
}

/// The key of a pair.
pub(in super::super) fn key(pair: u64) -> u32 {
    u32::try_from(pair >> 32).unwrap_or_default()
}

/// The value of a pair.
pub(in super::super) fn value(pair: u64) -> u32 {
    u32::try_from(pair & u64::from(u32::MAX)).unwrap_or_default()
}

/// Pairs the other way round, sorted so.
pub(in super::super) fn turned(pairs: &[u64]) -> Vec<u64> {
    let mut turned: Vec<u64> = pairs.iter().map(|pair| pair.rotate_left(32)).collect();
    turned.sort_unstable();
    turned
}

/// What the directory says of an order, its places counted from its own beginning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Layout {
    pub(in super::super) pairs: u64,
    pub(in super::super) distinct: u64,
    /// Whether each key is stored once, with the range of its values.
    pub(in super::super) is_csr: bool,
}

impl Layout {
    /// Counts the pairs and decides.
    pub(in super::super) fn of(pairs: &(impl Pairs + ?Sized)) -> Result<Self, FrozenError> {
        let (mut count, mut distinct, mut last) = (0, 0, None);
        pairs.each(&mut |slice| {
            count += slice.len() as u64;
            for pair in slice {
                let key = Some(key(*pair));
                distinct += u64::from(key != last);
                last = key;
            }
            Ok(())
        })?;
        Ok(Self::new(count, distinct))
    }

    pub(in super::super) fn new(pairs: u64, distinct: u64) -> Self {
        Self {
            pairs,
            distinct,
            is_csr: 2 * distinct + 1 < pairs && u32::try_from(pairs).is_ok(),
        }
    }

    /// The numbers it takes.
    pub(in super::super) fn length(&self) -> u64 {
        if self.is_csr {
            2 * self.distinct + 1 + self.pairs
        } else {
            2 * self.pairs
        }
    }

    /// Where keys, offsets and values are when the order begins at `base`.
    pub(in super::super) fn place(&self, base: u64) -> Place {
        let (offsets, values) = if self.is_csr {
            let offsets = base + self.distinct;
            (offsets, offsets + self.distinct + 1)
        } else {
            (0, base + self.pairs)
        };
        Place {
            is_csr: self.is_csr,
            keys: base,
            offsets,
            values,
        }
    }

    /// Where among all numbers of the order the keys are.
    pub(in super::super) fn keys(&self) -> Range<usize> {
        let keys = if self.is_csr {
            self.distinct
        } else {
            self.pairs
        };
        0..usize::try_from(keys).unwrap_or(usize::MAX)
    }
}

/// Numbers collected before they are written.
const ROOM: usize = 1 << 14;

/// Writes an order: keys, offsets if there are any, values.
pub(in super::super) fn write(
    layout: &Layout,
    pairs: &(impl Pairs + ?Sized),
    sink: &mut dyn FnMut(&[u32]) -> Result<(), FrozenError>,
) -> Result<(), FrozenError> {
    let mut out = Vec::with_capacity(ROOM);
    let mut flush = |out: &mut Vec<u32>, room: usize| {
        if out.len() < room {
            return Ok(());
        }
        sink(out)?;
        out.clear();
        Ok::<_, FrozenError>(())
    };
    if layout.is_csr {
        each_group(pairs, &mut |key, _| {
            out.push(key);
            flush(&mut out, ROOM)
        })?;
        each_group(pairs, &mut |_, begin| {
            out.push(begin);
            flush(&mut out, ROOM)
        })?;
        out.push(u32::try_from(layout.pairs).unwrap_or(u32::MAX));
    } else {
        pairs.each(&mut |slice| {
            for slice in slice.chunks(ROOM) {
                out.extend(slice.iter().map(|pair| key(*pair)));
                flush(&mut out, ROOM)?;
            }
            Ok(())
        })?;
    }
    pairs.each(&mut |slice| {
        for slice in slice.chunks(ROOM) {
            out.extend(slice.iter().map(|pair| value(*pair)));
            flush(&mut out, ROOM)?;
        }
        Ok(())
    })?;
    flush(&mut out, 0)
}

/// Hands over each key and where its values begin.
fn each_group(
    pairs: &(impl Pairs + ?Sized),
    f: &mut dyn FnMut(u32, u32) -> Result<(), FrozenError>,
) -> Result<(), FrozenError> {
    let (mut at, mut last) = (0, None);
    pairs.each(&mut |slice| {
        for pair in slice {
            let key = key(*pair);
            if last != Some(key) {
                f(key, at)?;
                last = Some(key);
            }
            at += 1;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pairs: &[u64]) -> (Layout, Vec<u32>) {
        let layout = Layout::of(pairs).unwrap();
        let mut all = Vec::new();
        write(&layout, pairs, &mut |part| {
            all.extend_from_slice(part);
            Ok(())
        })
        .unwrap();
        assert_eq!(all.len() as u64, layout.length());
        (layout, all)
    }

    #[test]
    fn few_keys_are_stored_once() {
        let pairs: Vec<_> = (0..8).map(|i| pair(i / 4 + 1, i)).collect();
        let (layout, all) = written(&pairs);
        let place = layout.place(100);
        assert_eq!((place.keys, place.offsets, place.values), (100, 102, 105));
        assert_eq!(all, [1, 2, 0, 4, 8, 0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn many_keys_are_flat() {
        let (layout, all) = written(&[pair(1, 9), pair(2, 3), pair(2, 4)]);
        assert_eq!((layout.distinct, layout.is_csr), (2, false));
        let place = layout.place(100);
        assert_eq!((place.keys, place.offsets, place.values), (100, 0, 103));
        assert_eq!(all, [1, 2, 2, 9, 3, 4]);
        assert_eq!(written(&[]), (Layout::default(), vec![]));
    }
}
