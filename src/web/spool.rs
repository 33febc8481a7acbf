//! Bytes between the one who writes them all at once and the client who takes them in its own time: few
//! of them in memory, the rest in a nameless temporary file.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use axum::body::Bytes;

/// The most bytes in memory.
const MOST: usize = 256 << 10;

/// The most bytes that are taken at once.
const PIECE: usize = 32 << 10;

/// Written first, then taken, then written again.
#[derive(Debug)]
pub(super) struct Spool {
    /// Where a temporary file is made.
    folder: PathBuf,
    written: Vec<u8>,
    file: Option<File>,
    /// How far the file has been taken.
    offset: u64,
    /// What is taken from memory.
    taken: Bytes,
}

impl Spool {
    /// An empty one, with its temporary files in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            written: Vec::new(),
            file: None,
            offset: 0,
            taken: Bytes::new(),
        }
    }

    /// Whether there is enough to send.
    pub(super) fn is_worth_taking(&self) -> bool {
        self.file.is_some() || self.written.len() >= PIECE
    }

    /// The next bytes; none when all have been taken.
    pub(super) fn take(&mut self) -> io::Result<Option<Bytes>> {
        if let Some(file) = &self.file {
            // Of a file that was written a moment ago, which the system has in memory.
            let mut piece = vec![0; PIECE];
            let length = file.read_at(&mut piece, self.offset)?;
            if length > 0 {
                self.offset += length as u64;
                piece.truncate(length);
                return Ok(Some(piece.into()));
            }
            self.file = None;
            self.offset = 0;
        }
        if self.taken.is_empty() {
            self.taken = std::mem::take(&mut self.written).into();
        }
        let length = self.taken.len().min(PIECE);
        Ok((length > 0).then(|| self.taken.split_to(length)))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written.extend_from_slice(bytes);
        if self.written.len() > MOST {
            let file = match &mut self.file {
                Some(file) => file,
                None => self.file.insert(tempfile::tempfile_in(&self.folder)?),
            };
            file.write_all(&self.written)?;
            self.written.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_taken_in_order_from_memory_and_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(folder.path().to_owned());
        for size in [0, 1, PIECE, MOST, MOST + 1, 3 * MOST + 17] {
            let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
            for part in bytes.chunks(100) {
                spool.write_all(part).unwrap();
            }
            assert_eq!(spool.is_worth_taking(), size >= PIECE);
            assert!(spool.written.len() <= MOST);
            let mut taken = Vec::new();
            while let Some(piece) = spool.take().unwrap() {
                assert!(piece.len() <= PIECE);
                taken.extend_from_slice(&piece);
            }
            assert!(taken == bytes, "{size}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
