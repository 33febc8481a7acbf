//! Sorted keys laid aside: each without what it shares with the one before.

use super::super::error::FrozenError;
use super::super::front::write_varint;
use super::front::{shared, take_varint};
use super::spill::Spill;

/// Bytes that the two lengths before a key take at most.
const LENGTHS: usize = 20;

/// Encodes a key behind the last one.
pub(in super::super) fn encode(last: &[u8], key: &[u8], out: &mut Vec<u8>) {
    let common = shared(last, key);
    let suffix = key.get(common..).unwrap_or_default();
    write_varint(common as u64, out);
    write_varint(suffix.len() as u64, out);
    out.extend_from_slice(suffix);
}

/// Reads keys one after the other.
#[derive(Debug)]
pub(in super::super) struct Keys {
    /// What is still to be read.
    at: u64,
    end: u64,
    /// Bytes read at once.
    room: usize,
    buffer: Vec<u8>,
    read: usize,
    pub(in super::super) key: Vec<u8>,
}

impl Keys {
    /// The keys in these bytes of a spill, of which `room` are read at once.
    pub(in super::super) fn new(begin: u64, end: u64, room: usize) -> Self {
        Self {
            at: begin,
            end,
            room,
            buffer: Vec::new(),
            read: 0,
            key: Vec::new(),
        }
    }

    /// Goes to the next key; returns how much it shares with the one before, and none at the end.
    pub(in super::super) fn advance(
        &mut self,
        spill: &Spill,
    ) -> Result<Option<usize>, FrozenError> {
        let mut wanted = LENGTHS;
        loop {
            let unread = self.buffer.get(self.read..).unwrap_or_default();
            let mut rest = unread;
            if let (Some(common), Some(length)) = (take_varint(&mut rest), take_varint(&mut rest)) {
                if let Some(suffix) = rest.get(..length) {
                    self.read += unread.len() - rest.len() + length;
                    self.key.truncate(common);
                    self.key.extend_from_slice(suffix);
                    return Ok(Some(common));
                }
                wanted = LENGTHS + length;
            }
            if self.at == self.end {
                return Ok(None);
            }
            self.buffer.drain(..self.read);
            self.read = 0;
            let have = self.buffer.len();
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let more = left.min(wanted.max(self.room));
            self.buffer.resize(have + more, 0);
            if let Some(fresh) = self.buffer.get_mut(have..) {
                spill.read_at(self.at, fresh)?;
            }
            self.at += more as u64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_however_little_is_read_at_once() {
        let keys: Vec<Vec<u8>> = (0..200usize).map(|n| vec![b'a'; n * n % 97]).collect();
        let mut bytes = Vec::new();
        let mut last: &[u8] = b"";
        for key in &keys {
            encode(last, key, &mut bytes);
            last = key;
        }
        let spill = Spill::new(std::path::Path::new("."), bytes.len());
        spill.append(&bytes).unwrap();
        for room in [1, 7, 1 << 16] {
            let mut reader = Keys::new(0, spill.len(), room);
            for key in &keys {
                assert!(reader.advance(&spill).unwrap().is_some());
                assert_eq!(&reader.key, key);
            }
            assert_eq!(reader.advance(&spill).unwrap(), None);
        }
    }
}
