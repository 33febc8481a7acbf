//! Front coding: a sorted row of strings of which each is written as what it does not share with the one
//! before. In a file every sixteenth is whole, so that reading may begin there; in a run none needs to be.

use super::super::front::{self, write_varint};

/// Strings of a block.
pub(in super::super) const BLOCK: u64 = front::BLOCK as u64;

/// Takes a number off the front of bytes; none where they end too early.
pub(in super::super) fn take_varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// How many bytes two strings have in common at their beginnings.
pub(in super::super) fn shared(a: &[u8], b: &[u8]) -> usize {
    let mut length = 0;
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        let (Ok(a), Ok(b)) = (<[u8; 8]>::try_from(a), <[u8; 8]>::try_from(b)) else {
            break;
        };
        let differing = u64::from_le_bytes(a) ^ u64::from_le_bytes(b);
        if differing != 0 {
            return length + differing.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    let rest = |bytes| <[u8]>::get(bytes, length..).unwrap_or_default().iter();
    length + rest(a).zip(rest(b)).take_while(|(a, b)| a == b).count()
}

/// Appends strings in blocks of [`BLOCK`], and notes where each block begins.
#[derive(Debug, Default)]
pub(in super::super) struct Blocks {
    last: Vec<u8>,
    /// Strings so far.
    pub(in super::super) count: u64,
    /// Bytes so far.
    pub(in super::super) length: u64,
}

impl Blocks {
    /// Encodes the next string into `out`, which is emptied before; returns where its block begins if it is
    /// the first of one.
    pub(in super::super) fn encode(
        &mut self,
        tag: Option<usize>,
        value: &[u8],
        out: &mut Vec<u8>,
    ) -> Option<u64> {
        out.clear();
        let begins = self.count.is_multiple_of(BLOCK);
        let common = if begins { 0 } else { shared(&self.last, value) };
        if let Some(tag) = tag {
            write_varint(tag as u64, out);
        }
        write_varint(common as u64, out);
        let suffix = value.get(common..).unwrap_or_default();
        write_varint(suffix.len() as u64, out);
        out.extend_from_slice(suffix);
        self.last.truncate(common);
        self.last.extend_from_slice(suffix);
        let block = begins.then_some(self.length);
        self.count += 1;
        self.length += out.len() as u64;
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_come_back() {
        for value in [0, 1, 127, 128, 300, usize::MAX] {
            let mut bytes = Vec::new();
            write_varint(value as u64, &mut bytes);
            let mut rest = bytes.as_slice();
            assert_eq!(take_varint(&mut rest), Some(value));
            assert!(rest.is_empty());
            bytes.pop();
            assert_eq!(take_varint(&mut bytes.as_slice()), None);
        }
    }

    #[test]
    fn what_strings_share_is_counted_to_the_byte() {
        let long = b"http://example.org/dataset/1";
        for length in 0..long.len() {
            let mut other = long[..length].to_vec();
            assert_eq!(shared(long, &other), length);
            other.extend_from_slice(b"~~~~~~~~~~");
            assert_eq!(shared(long, &other), length);
        }
    }
}
