//! The file itself: sections one after another, each with its checksum, then the header over all; written
//! aside, brought to the disk, checked, and only then put in its place.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};

use super::super::error::FrozenError;
use super::super::file::{
    ALIGNMENT, ENTRY, Entry, HEADER, Header, Meta, SECTIONS, Section, write_head,
};
use super::check;
use super::spill::Spill;
use super::threads::joined;

/// Bytes after which the disk is set to work, so that it does not begin only at the end.
const FLUSH: u64 = 64 << 20;

/// What the header says of the whole.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Totals {
    /// How far in the ledger the file has come.
    pub(in super::super) sequence: u64,
    pub(in super::super) quads: u64,
    pub(in super::super) terms: u32,
}

/// A file in the making.
#[derive(Debug)]
pub(in super::super) struct Sections {
    path: PathBuf,
    aside: PathBuf,
    file: BufWriter<File>,
    position: u64,
    entries: [Entry; SECTIONS.len()],
    open: Option<Open>,
    flusher: Option<Flusher>,
    flushed: u64,
}

#[derive(Debug)]
struct Open {
    section: Section,
    offset: u64,
    checksum: crc32fast::Hasher,
}

/// Brings to the disk what is written, while more is made.
#[derive(Debug)]
struct Flusher {
    wake: SyncSender<()>,
    thread: JoinHandle<std::io::Result<()>>,
}

impl Sections {
    /// Begins a file that is to be at `path`; what an interrupted attempt left beside it is overwritten.
    pub(in super::super) fn create(path: &Path) -> Result<Self, FrozenError> {
        let aside = aside(path);
        remove(&aside)?;
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&aside)
            .map_err(FrozenError::file(&aside))?;
        let mut sections = Self {
            path: path.to_owned(),
            aside,
            file: BufWriter::with_capacity(1 << 18, file),
            position: 0,
            entries: [Entry::default(); SECTIONS.len()],
            open: None,
            flusher: None,
            flushed: 0,
        };
        sections.put(&[0; HEADER + ENTRY * SECTIONS.len()])?;
        Ok(sections)
    }

    /// Begins a section.
    pub(in super::super) fn begin(&mut self, section: Section) -> Result<(), FrozenError> {
        let gap = self.position.next_multiple_of(ALIGNMENT) - self.position;
        self.put(&vec![0; usize::try_from(gap).unwrap_or_default()])?;
        self.open = Some(Open {
            section,
            offset: self.position,
            checksum: crc32fast::Hasher::new(),
        });
        Ok(())
    }

    /// Adds to the section.
    pub(in super::super) fn write(&mut self, bytes: &[u8]) -> Result<(), FrozenError> {
        if let Some(open) = &mut self.open {
            open.checksum.update(bytes);
        }
        self.put(bytes)
    }

    /// Ends the section.
    pub(in super::super) fn end(&mut self, count: u64) {
        if let Some(open) = self.open.take()
            && let Some(entry) = self.entries.get_mut(open.section.index())
        {
            *entry = Entry {
                crc: open.checksum.finalize(),
                offset: open.offset,
                length: self.position - open.offset,
                count,
            };
        }
    }

    /// Writes a section at once.
    pub(in super::super) fn whole(
        &mut self,
        section: Section,
        bytes: &[u8],
        count: u64,
    ) -> Result<(), FrozenError> {
        self.begin(section)?;
        self.write(bytes)?;
        self.end(count);
        Ok(())
    }

    /// Writes the first section.
    pub(in super::super) fn meta(&mut self, meta: &Meta) -> Result<(), FrozenError> {
        let json = serde_json::to_vec(meta)
            .map_err(|error| FrozenError::file(&self.aside)(error.into()))?;
        self.whole(Section::Meta, &json, 1)
    }

    /// Writes a section from what was laid aside for it.
    pub(in super::super) fn spilled(
        &mut self,
        section: Section,
        spill: &Spill,
        count: u64,
    ) -> Result<(), FrozenError> {
        self.begin(section)?;
        let mut buffer = vec![0; 1 << 18];
        let mut at = 0;
        while at < spill.len() {
            let length = usize::try_from(spill.len() - at).unwrap_or(usize::MAX);
            let length = length.min(buffer.len());
            if let Some(part) = buffer.get_mut(..length) {
                spill.read_at(at, part)?;
                self.write(part)?;
            }
            at += length as u64;
        }
        self.end(count);
        Ok(())
    }

    /// Completes the file and puts it in its place, read-only, once it is on disk and found sound.
    pub(in super::super) fn publish(
        mut self,
        totals: Totals,
        threads: usize,
    ) -> Result<(), FrozenError> {
        let header = Header {
            length: self.position,
            sequence: totals.sequence,
            quads: totals.quads,
            terms: u64::from(totals.terms),
        };
        let head = write_head(&header, &self.entries);
        let failed = || FrozenError::file(&self.aside);
        self.file.seek(SeekFrom::Start(0)).map_err(failed())?;
        self.file.write_all(&head).map_err(failed())?;
        self.file.flush().map_err(failed())?;
        let flusher = self.flusher.take();
        let file = self.file.get_ref();
        file.set_permissions(Permissions::from_mode(0o444))
            .map_err(failed())?;
        // The disk works while the file is looked through.
        thread::scope(|scope| {
            let synced = scope.spawn(|| {
                if let Some(Flusher { wake, thread }) = flusher {
                    drop(wake);
                    joined(thread.join())?;
                }
                file.sync_all()
            });
            let checksums = scope.spawn(|| self.verify());
            check::check(&self.aside, threads)?;
            joined(checksums.join())?;
            joined(synced.join()).map_err(failed())
        })?;
        fs::rename(&self.aside, &self.path).map_err(FrozenError::file(&self.path))?;
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(FrozenError::file(folder))
    }

    /// Compares the checksum of what the file gives back. The file is read, not mapped, so that this costs
    /// no memory.
    fn verify(&self) -> Result<(), FrozenError> {
        let failed = || FrozenError::file(&self.aside);
        let file = File::open(&self.aside).map_err(failed())?;
        let mut buffer = vec![0; 1 << 18];
        for (section, entry) in SECTIONS.iter().zip(&self.entries) {
            let mut checksum = crc32fast::Hasher::new();
            let (mut at, end) = (entry.offset, entry.offset + entry.length);
            while at < end {
                let length = usize::try_from(end - at)
                    .unwrap_or(usize::MAX)
                    .min(buffer.len());
                let part = buffer.get_mut(..length).unwrap_or_default();
                file.read_exact_at(part, at).map_err(failed())?;
                checksum.update(part);
                at += length as u64;
            }
            if checksum.finalize() != entry.crc {
                return Err(FrozenError::Damaged {
                    path: self.aside.clone(),
                    reason: format!("it gives back another section {section:?}"),
                });
            }
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), FrozenError> {
        self.file
            .write_all(bytes)
            .map_err(FrozenError::file(&self.aside))?;
        self.position += bytes.len() as u64;
        if self.position - self.flushed > FLUSH {
            self.flushed = self.position;
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), FrozenError> {
        if self.flusher.is_none() {
            let file = self.file.get_ref().try_clone();
            let file = file.map_err(FrozenError::file(&self.aside))?;
            let (wake, woken) = mpsc::sync_channel(1);
            let thread = thread::spawn(move || woken.iter().try_for_each(|()| file.sync_data()));
            self.flusher = Some(Flusher { wake, thread });
        }
        if let Some(flusher) = &self.flusher {
            // Where it is still busy it will find this, too.
            let _ = flusher.wake.try_send(());
        }
        Ok(())
    }
}

/// Where a file is written before it is whole.
pub(in super::super) fn aside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}

/// Removes what is left of a file that did not become whole.
pub(in super::super) fn remove(aside: &Path) -> Result<(), FrozenError> {
    match fs::remove_file(aside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(FrozenError::file(aside)(error))
        }
        _ => Ok(()),
    }
}
