//! The directory: one entry for each graph and predicate, with exact counts.

use super::Id;

/// The statements of one graph and predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    /// The named graph; none for the default graph.
    pub graph: Option<Id>,
    /// The predicate.
    pub predicate: Id,
    /// How many pairs there are.
    pub pairs: u64,
    /// How many distinct subjects.
    pub subjects: u64,
    /// How many distinct objects.
    pub objects: u64,
    pub(super) by_subject: Place,
    pub(super) by_object: Place,
}

/// Where an order is, in units of four bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    pub(super) is_csr: bool,
    pub(super) keys: u64,
    pub(super) offsets: u64,
    pub(super) values: u64,
}

/// Bytes of a partition in the directory.
pub(super) const PARTITION: usize = 96;
/// Stands for the default graph in the directory.
pub(super) const DEFAULT_GRAPH: u64 = u64::MAX;

impl Partition {
    /// The partition as the directory holds it.
    pub(super) fn to_bytes(self) -> [u8; PARTITION] {
        let flags = u64::from(self.by_subject.is_csr) | u64::from(self.by_object.is_csr) << 1;
        let numbers = [
            self.graph.map_or(DEFAULT_GRAPH, u64::from),
            u64::from(self.predicate),
            self.pairs,
            self.subjects,
            self.objects,
            flags,
            self.by_subject.keys,
            self.by_subject.offsets,
            self.by_subject.values,
            self.by_object.keys,
            self.by_object.offsets,
            self.by_object.values,
        ];
        let mut bytes = [0; PARTITION];
        for (place, number) in bytes.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    /// Reads an entry of the directory.
    pub(super) fn from_bytes(bytes: &[u8; PARTITION]) -> Option<Self> {
        let mut numbers = [0; 12];
        for (number, place) in numbers.iter_mut().zip(bytes.as_chunks().0) {
            *number = u64::from_le_bytes(*place);
        }
        let [
            graph,
            predicate,
            pairs,
            subjects,
            objects,
            flags,
            sk,
            so,
            sv,
            ok,
            oo,
            ov,
        ] = numbers;
        let place = |bit: u64, keys, offsets, values| Place {
            is_csr: flags & bit != 0,
            keys,
            offsets,
            values,
        };
        Some(Self {
            graph: match graph {
                DEFAULT_GRAPH => None,
                graph => Some(u32::try_from(graph).ok()?),
            },
            predicate: u32::try_from(predicate).ok()?,
            pairs,
            subjects,
            objects,
            by_subject: place(1, sk, so, sv),
            by_object: place(2, ok, oo, ov),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partition_survives_its_bytes() {
        let partition = Partition {
            graph: Some(7),
            predicate: 3,
            pairs: 10,
            subjects: 5,
            objects: 6,
            by_subject: Place {
                is_csr: true,
                keys: 1,
                offsets: 2,
                values: 3,
            },
            by_object: Place {
                is_csr: false,
                keys: 4,
                offsets: 0,
                values: 5,
            },
        };
        assert_eq!(
            Partition::from_bytes(&partition.to_bytes()),
            Some(partition)
        );
        let default = Partition {
            graph: None,
            ..partition
        };
        assert_eq!(Partition::from_bytes(&default.to_bytes()), Some(default));
    }
}
