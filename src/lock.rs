//! Locks between processes: named files in the store's folder, given back by the system when a process
//! dies.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A lock could not be taken for a reason other than that somebody holds it.
#[derive(Debug, Error)]
#[error("cannot lock {path}: {source}")]
pub struct LockError {
    /// The file.
    pub path: PathBuf,
    /// The cause.
    pub source: std::io::Error,
}

/// A lock that this process holds; given back when dropped.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl FileLock {
    /// Waits for the lock `name` in `folder`; calls `waiting` once if another process holds it.
    ///
    /// # Errors
    /// The file system's.
    pub fn acquire(folder: &Path, name: &str, waiting: impl FnOnce()) -> Result<Self, LockError> {
        let (file, path) = open(folder, name)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(|source| LockError { path, source })?;
            }
            Err(TryLockError::Error(source)) => return Err(LockError { path, source }),
        }
        Ok(Self { _file: file })
    }

    /// Takes the lock if nobody holds it.
    ///
    /// # Errors
    /// The file system's.
    pub fn try_acquire(folder: &Path, name: &str) -> Result<Option<Self>, LockError> {
        let (file, path) = open(folder, name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(LockError { path, source }),
        }
    }
}

fn open(folder: &Path, name: &str) -> Result<(File, PathBuf), LockError> {
    let path = folder.join(name);
    std::fs::create_dir_all(folder)
        .and_then(|()| {
            File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
        })
        .map(|file| (file, path.clone()))
        .map_err(|source| LockError { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_by_one_and_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let held = FileLock::try_acquire(folder.path(), "a.lock").unwrap();
        assert!(held.is_some());
        assert!(
            FileLock::try_acquire(folder.path(), "a.lock")
                .unwrap()
                .is_none()
        );
        assert!(
            FileLock::try_acquire(folder.path(), "b.lock")
                .unwrap()
                .is_some()
        );
        drop(held);
        assert!(
            FileLock::try_acquire(folder.path(), "a.lock")
                .unwrap()
                .is_some()
        );
    }
}
