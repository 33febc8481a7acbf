//! Locks between processes: named files in the store's folder, given back by the system when a process
//! dies.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

/// Who only looks whether a lock is held has it for a moment: it is tried again so often, so far apart.
const LOOKS: u32 = 3;
const LOOK: Duration = Duration::from_millis(10);

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
        for look in 0..=LOOKS {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self { _file: file })),
                Err(TryLockError::WouldBlock) if look < LOOKS => std::thread::sleep(LOOK),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(source)) => return Err(LockError { path, source }),
            }
        }
        Ok(None)
    }
}

/// Whether a process holds the lock `name` in `folder`. The system gives a lock back when its process ends,
/// however it does, so that this says who lives, whatever the numbers of processes are. Nothing is written.
///
/// # Errors
/// The file system's; a lock that nobody ever took is not held.
pub fn is_held(folder: &Path, name: &str) -> Result<bool, LockError> {
    let path = folder.join(name);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(LockError { path, source }),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(source)) => Err(LockError { path, source }),
    }
}

/// The folder of the portals' locks, in that of the store.
#[must_use]
pub fn portals(store: &Path) -> PathBuf {
    store.join("locks")
}

/// The name of a portal's lock: whoever harvests it, or describes it again, holds it.
#[must_use]
pub fn of_portal(portal: &str) -> String {
    format!("{portal}.lock")
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
        assert!(is_held(folder.path(), "a.lock").unwrap());
        drop(held);
        assert!(!is_held(folder.path(), "a.lock").unwrap());
        assert!(!is_held(folder.path(), "c.lock").unwrap());
        assert!(
            FileLock::try_acquire(folder.path(), "a.lock")
                .unwrap()
                .is_some()
        );
    }
}
