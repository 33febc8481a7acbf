//! The pairs of subject and object of one graph and predicate, sorted one way or the other.

use super::partition::Place;

/// Pairs sorted by key, then by value.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order<'a> {
    keys: &'a [u32],
    /// Where the values of each key begin, and the end; none where each value has its key beside it.
    offsets: Option<&'a [u32]>,
    values: &'a [u32],
    distinct: usize,
}

impl<'a> Order<'a> {
    /// The order at a place; none where it lies outside `all`.
    pub(super) fn new(all: &'a [u32], place: Place, pairs: u64, distinct: u64) -> Option<Self> {
        let part = |start: u64, length: u64| {
            let start = usize::try_from(start).ok()?;
            all.get(start..start.checked_add(usize::try_from(length).ok()?)?)
        };
        let keys = if place.is_csr { distinct } else { pairs };
        Some(Self {
            keys: part(place.keys, keys)?,
            offsets: if place.is_csr {
                Some(part(place.offsets, distinct.checked_add(1)?)?)
            } else {
                None
            },
            values: part(place.values, pairs)?,
            distinct: usize::try_from(distinct).ok()?,
        })
    }

    /// How many distinct keys there are.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All values, in the order of their keys.
    #[must_use]
    pub fn all_values(&self) -> &'a [u32] {
        self.values
    }

    /// The keys, each once, where they are kept so.
    #[must_use]
    pub fn distinct_keys(&self) -> Option<&'a [u32]> {
        (self.offsets.is_some() || self.keys.len() == self.distinct).then_some(self.keys)
    }

    /// The values of a key, sorted.
    #[inline]
    #[must_use]
    pub fn values(&self, key: u32) -> &'a [u32] {
        let mut from = 0;
        self.find(key, &mut from, |keys, key| {
            keys.partition_point(|other| *other < key)
        })
    }

    /// The values of a key, sorted; `from` remembers the place, so that ascending keys are found fast.
    #[inline]
    #[must_use]
    pub fn seek(&self, key: u32, from: &mut usize) -> &'a [u32] {
        if from
            .checked_sub(1)
            .and_then(|last| self.keys.get(last))
            .is_some_and(|last| *last >= key)
        {
            *from = 0;
        }
        self.find(key, from, gallop)
    }

    #[inline]
    fn find(
        &self,
        key: u32,
        from: &mut usize,
        lower_bound: impl Fn(&[u32], u32) -> usize,
    ) -> &'a [u32] {
        let Some(ahead) = self.keys.get(*from..) else {
            return &[];
        };
        let at = *from + lower_bound(ahead, key);
        *from = at;
        if self.keys.get(at) != Some(&key) {
            return &[];
        }
        let (start, end) = if let Some(offsets) = self.offsets {
            let (Some(start), Some(end)) = (offsets.get(at), offsets.get(at + 1)) else {
                return &[];
            };
            (index(*start), index(*end))
        } else {
            let run = self.keys.get(at..).unwrap_or_default();
            (at, at + gallop_past(run, key))
        };
        self.values.get(start..end).unwrap_or_default()
    }

    /// Whether a pair is there.
    #[inline]
    #[must_use]
    pub fn contains(&self, key: u32, value: u32) -> bool {
        self.values(key).binary_search(&value).is_ok()
    }

    /// Each key with its values.
    #[must_use]
    pub fn groups(self) -> Groups<'a> {
        Groups { order: self, at: 0 }
    }

    /// Each pair of key and value.
    #[must_use]
    pub fn pairs(self) -> Pairs<'a> {
        Pairs {
            groups: self.groups(),
            key: 0,
            values: [].iter(),
        }
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// How many keys at the beginning are below `key`: the nearer it is, the faster.
#[inline]
fn gallop(keys: &[u32], key: u32) -> usize {
    let mut step = 1;
    while keys.get(step - 1).is_some_and(|other| *other < key) {
        step *= 2;
    }
    let low = step / 2;
    let high = (step - 1).min(keys.len());
    let window = keys.get(low..high).unwrap_or_default();
    low.min(keys.len()) + window.partition_point(|other| *other < key)
}

/// How many keys at the beginning are `key` itself.
#[inline]
fn gallop_past(keys: &[u32], key: u32) -> usize {
    key.checked_add(1)
        .map_or(keys.len(), |next| gallop(keys, next))
}

/// Iterator of [`Order::groups`].
#[derive(Debug, Clone)]
pub struct Groups<'a> {
    order: Order<'a>,
    at: usize,
}

impl<'a> Iterator for Groups<'a> {
    type Item = (u32, &'a [u32]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let key = *self.order.keys.get(self.at)?;
        let (start, end) = if let Some(offsets) = self.order.offsets {
            let range = (
                index(*offsets.get(self.at)?),
                index(*offsets.get(self.at + 1)?),
            );
            self.at += 1;
            range
        } else {
            let start = self.at;
            self.at += gallop_past(self.order.keys.get(start..)?, key);
            (start, self.at)
        };
        Some((key, self.order.values.get(start..end)?))
    }
}

/// Iterator of [`Order::pairs`].
#[derive(Debug, Clone)]
pub struct Pairs<'a> {
    groups: Groups<'a>,
    key: u32,
    values: std::slice::Iter<'a, u32>,
}

impl Iterator for Pairs<'_> {
    type Item = (u32, u32);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(value) = self.values.next() {
                return Some((self.key, *value));
            }
            let (key, values) = self.groups.next()?;
            self.key = key;
            self.values = values.iter();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: ([u32; 7], [u32; 7]) = ([1, 4, 4, 4, 9, 12, 12], [5, 1, 2, 3, 5, 0, 9]);

    fn orders(all: &mut Vec<u32>) -> [(Place, u64); 2] {
        all.clear();
        all.extend(FLAT.0);
        all.extend(FLAT.1);
        all.extend([1, 4, 9, 12, 0, 1, 4, 5, 7]);
        let flat = Place {
            is_csr: false,
            keys: 0,
            offsets: 0,
            values: 7,
        };
        let csr = Place {
            is_csr: true,
            keys: 14,
            offsets: 18,
            values: 7,
        };
        [(flat, 4), (csr, 4)]
    }

    #[test]
    fn both_layouts_give_the_same_pairs() {
        let mut all = Vec::new();
        for (place, distinct) in orders(&mut all) {
            let order = Order::new(&all, place, 7, distinct).unwrap();
            let pairs: Vec<_> = order.pairs().collect();
            let expected: Vec<_> = FLAT.0.into_iter().zip(FLAT.1).collect();
            assert_eq!(pairs, expected);
            assert_eq!(order.groups().count(), 4);
            let mut from = 0;
            for key in 0..14 {
                let expected: Vec<u32> = expected
                    .iter()
                    .filter(|p| p.0 == key)
                    .map(|p| p.1)
                    .collect();
                assert_eq!(order.values(key), expected, "{key}");
                assert_eq!(order.seek(key, &mut from), expected, "{key}");
                assert_eq!(order.seek(key, &mut from), expected, "{key} again");
            }
            assert_eq!(order.seek(4, &mut from), [1, 2, 3]);
            assert!(
                order.contains(12, 9) && !order.contains(12, 8) && !order.contains(u32::MAX, 0)
            );
        }
        assert!(
            Order::new(
                &all,
                Place {
                    values: 20,
                    ..Place::default()
                },
                7,
                4
            )
            .is_none()
        );
    }
}
