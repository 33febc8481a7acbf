//! Bytes laid aside while a file is made: in memory while they are few, in a nameless temporary file
//! beyond, which vanishes with the process whatever ends it.

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::error::FrozenError;

/// Bytes of small pieces that are collected before they are laid aside.
const PIECES: usize = 1 << 16;

/// A growing row of bytes that all threads may write to and read from.
#[derive(Debug)]
pub(in super::super) struct Spill {
    folder: PathBuf,
    /// Bytes that stay in memory.
    limit: usize,
    store: Mutex<Store>,
}

#[derive(Debug)]
enum Store {
    Memory(Vec<u8>),
    File(Arc<File>, u64),
}

/// Where a write goes once the lock is let go.
enum Target {
    Done(u64),
    File(Arc<File>, u64),
}

impl Spill {
    pub(in super::super) fn new(folder: &Path, limit: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            limit,
            store: Mutex::new(Store::Memory(Vec::new())),
        }
    }

    /// Adds bytes at the end; returns where they begin.
    pub(in super::super) fn append(&self, bytes: &[u8]) -> Result<u64, FrozenError> {
        match self.reserve(bytes.len(), Some(bytes))? {
            Target::Done(at) => Ok(at),
            Target::File(file, at) => {
                file.write_all_at(bytes, at)
                    .map_err(FrozenError::file(&self.folder))?;
                Ok(at)
            }
        }
    }

    /// Adds room at the end, to be written later; returns where it begins.
    pub(in super::super) fn extend(&self, length: usize) -> Result<u64, FrozenError> {
        match self.reserve(length, None)? {
            Target::Done(at) | Target::File(_, at) => Ok(at),
        }
    }

    /// Writes bytes over others.
    pub(in super::super) fn write_at(&self, at: u64, bytes: &[u8]) -> Result<(), FrozenError> {
        let file = match &mut *self.store() {
            Store::Memory(memory) => {
                let place = memory
                    .get_mut(to_usize(at)..)
                    .and_then(|rest| rest.get_mut(..bytes.len()));
                return match place {
                    Some(place) => {
                        place.copy_from_slice(bytes);
                        Ok(())
                    }
                    None => Err(self.cut_short()),
                };
            }
            Store::File(file, _) => Arc::clone(file),
        };
        file.write_all_at(bytes, at)
            .map_err(FrozenError::file(&self.folder))
    }

    /// Fills a buffer with the bytes from a place on.
    pub(in super::super) fn read_at(&self, at: u64, buffer: &mut [u8]) -> Result<(), FrozenError> {
        let file = match &*self.store() {
            Store::Memory(memory) => {
                let place = memory
                    .get(to_usize(at)..)
                    .and_then(|rest| rest.get(..buffer.len()));
                return match place {
                    Some(place) => {
                        buffer.copy_from_slice(place);
                        Ok(())
                    }
                    None => Err(self.cut_short()),
                };
            }
            Store::File(file, _) => Arc::clone(file),
        };
        file.read_exact_at(buffer, at)
            .map_err(FrozenError::file(&self.folder))
    }

    /// The number of bytes.
    pub(in super::super) fn len(&self) -> u64 {
        match &*self.store() {
            Store::Memory(memory) => memory.len() as u64,
            Store::File(_, length) => *length,
        }
    }

    fn store(&self) -> std::sync::MutexGuard<'_, Store> {
        // Each change is one step, so what a dead thread leaves is whole.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reserve(&self, length: usize, bytes: Option<&[u8]>) -> Result<Target, FrozenError> {
        let mut store = self.store();
        if let Store::Memory(memory) = &mut *store {
            let at = memory.len();
            if at + length <= self.limit {
                match bytes {
                    Some(bytes) => memory.extend_from_slice(bytes),
                    None => memory.resize(at + length, 0),
                }
                return Ok(Target::Done(at as u64));
            }
            let file = std::fs::create_dir_all(&self.folder)
                .and_then(|()| tempfile::tempfile_in(&self.folder))
                .and_then(|file| file.write_all_at(memory, 0).map(|()| file))
                .map_err(FrozenError::file(&self.folder))?;
            *store = Store::File(Arc::new(file), at as u64);
        }
        match &mut *store {
            Store::File(file, end) => {
                let at = *end;
                *end += length as u64;
                Ok(Target::File(Arc::clone(file), at))
            }
            Store::Memory(_) => Err(self.cut_short()),
        }
    }

    fn cut_short(&self) -> FrozenError {
        FrozenError::file(&self.folder)(std::io::ErrorKind::UnexpectedEof.into())
    }
}

/// Adds small pieces to a spill of its own, many at a time.
#[derive(Debug)]
pub(in super::super) struct Pieces {
    spill: Spill,
    buffer: Vec<u8>,
}

impl Pieces {
    pub(in super::super) fn new(spill: Spill) -> Self {
        Self {
            spill,
            buffer: Vec::new(),
        }
    }

    /// Adds a piece.
    pub(in super::super) fn push(&mut self, bytes: &[u8]) -> Result<(), FrozenError> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECES {
            self.flush()?;
        }
        Ok(())
    }

    /// The number of bytes.
    pub(in super::super) fn len(&self) -> u64 {
        self.spill.len() + self.buffer.len() as u64
    }

    /// All of them.
    pub(in super::super) fn done(mut self) -> Result<Spill, FrozenError> {
        self.flush()?;
        Ok(self.spill)
    }

    fn flush(&mut self) -> Result<(), FrozenError> {
        self.spill.append(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

/// An offset as an index; what does not fit lies behind every end.
fn to_usize(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_memory_and_from_disk() {
        let folder = tempfile::tempdir().unwrap();
        for limit in [0, 5, 100] {
            let spill = Spill::new(folder.path(), limit);
            assert_eq!(spill.append(b"abcd").unwrap(), 0);
            let room = spill.extend(3).unwrap();
            assert_eq!(spill.append(b"xyz").unwrap(), 7);
            spill.write_at(room, b"efg").unwrap();
            let mut read = [0; 10];
            spill.read_at(0, &mut read).unwrap();
            assert_eq!(&read, b"abcdefgxyz");
            assert_eq!(spill.len(), 10);
            assert!(spill.read_at(8, &mut read).is_err());
        }
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
