//! All runs of a build, laid aside, and the threads that make them of chunks.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::super::error::FrozenError;
use super::super::write::spill::Spill;
use super::super::write::tags::Tags;
use super::super::write::threads::joined;
use super::Options;
use super::chunk::{Chunk, Side};
use super::run::{Run, Segment};

/// Where a run lies.
#[derive(Debug)]
pub(in super::super) struct Laid {
    /// Where its keys begin, and their bytes.
    pub(in super::super) keys: (u64, u64),
    pub(in super::super) terms: u32,
    /// Where its pairs begin.
    pub(in super::super) pairs: u64,
    pub(in super::super) segments: Vec<Segment>,
}

/// Runs that are laid aside.
#[derive(Debug)]
pub(in super::super) struct Runs {
    pub(in super::super) keys: Spill,
    pub(in super::super) pairs: Spill,
    pub(in super::super) laid: Vec<Laid>,
    pub(in super::super) tags: Tags,
}

impl Runs {
    /// Pairs that lie at a place.
    pub(in super::super) fn read_pairs(
        &self,
        at: u64,
        count: usize,
    ) -> Result<Vec<u64>, FrozenError> {
        let mut pairs = vec![0u64; count];
        self.pairs
            .read_at(at, bytemuck::cast_slice_mut(&mut pairs))?;
        Ok(pairs)
    }
}

#[derive(Debug)]
struct Shared {
    keys: Spill,
    pairs: Spill,
    done: Mutex<(Vec<Laid>, Tags)>,
}

/// Takes statements in, and has full chunks made into runs while it goes on.
#[derive(Debug)]
pub(in super::super) struct Intake {
    folder: PathBuf,
    options: Options,
    chunk: Chunk,
    shared: Arc<Shared>,
    workers: Option<Workers>,
    /// Set when statements were lost to an error: no file may come of the rest.
    is_broken: bool,
}

#[derive(Debug)]
struct Workers {
    chunks: SyncSender<Chunk>,
    threads: Vec<JoinHandle<Result<(), FrozenError>>>,
    /// Memory of chunks that are done.
    emptied: Receiver<Vec<u8>>,
}

impl Intake {
    pub(in super::super) fn new(folder: &Path, options: Options) -> Self {
        let spill = || Spill::new(folder, options.spill());
        Self {
            folder: folder.to_owned(),
            options,
            chunk: Chunk::default(),
            shared: Arc::new(Shared {
                keys: spill(),
                pairs: spill(),
                done: Mutex::default(),
            }),
            workers: None,
            is_broken: false,
        }
    }

    pub(in super::super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(in super::super) fn options(&self) -> Options {
        self.options
    }

    /// Takes the lines of a document.
    pub(in super::super) fn take(
        &mut self,
        side: Side,
        graph: Option<&str>,
        prefix: &str,
        mut document: &[u8],
    ) -> Result<(), FrozenError> {
        let limit = self.options.chunk();
        while !document.is_empty() {
            if self.chunk.fill(side, graph, prefix, &mut document, limit) {
                self.send()?;
            }
        }
        Ok(())
    }

    /// The runs, once all statements are taken.
    pub(in super::super) fn done(mut self) -> Result<Runs, FrozenError> {
        if self.is_broken {
            return Err(FrozenError::file(&self.folder)(
                ErrorKind::BrokenPipe.into(),
            ));
        }
        let chunk = std::mem::take(&mut self.chunk);
        self.shared.add(&chunk)?;
        drop(chunk);
        if let Some(workers) = self.workers.take() {
            workers.join()?;
        }
        let mut done = self
            .shared
            .done
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (laid, tags) = std::mem::take(&mut *done);
        drop(done);
        let Some(shared) = Arc::into_inner(self.shared) else {
            // All threads have ended, so nobody else has it.
            return Err(FrozenError::file(&self.folder)(
                ErrorKind::ResourceBusy.into(),
            ));
        };
        Ok(Runs {
            keys: shared.keys,
            pairs: shared.pairs,
            laid,
            tags,
        })
    }

    fn send(&mut self) -> Result<(), FrozenError> {
        let chunk = std::mem::take(&mut self.chunk);
        let workers = self
            .workers
            .get_or_insert_with(|| Workers::start(self.options.threads, &self.shared));
        if workers.chunks.send(chunk).is_err() {
            // Threads only end of themselves where they fail.
            self.is_broken = true;
            return match self.workers.take() {
                Some(workers) => workers.join(),
                None => Ok(()),
            };
        }
        let emptied = workers.emptied.try_recv().unwrap_or_default();
        self.chunk = Chunk::reuse(emptied);
        Ok(())
    }
}

impl Workers {
    fn start(threads: usize, shared: &Arc<Shared>) -> Self {
        let (chunks, waiting) = mpsc::sync_channel::<Chunk>(0);
        let (empty, emptied) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let threads = (0..threads.max(1))
            .map(|_| {
                let (shared, waiting) = (Arc::clone(shared), Arc::clone(&waiting));
                let empty: Sender<Vec<u8>> = empty.clone();
                std::thread::spawn(move || {
                    loop {
                        let next = waiting
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .recv();
                        let Ok(chunk) = next else { return Ok(()) };
                        shared.add(&chunk)?;
                        // Nobody wants it any more once all statements are taken.
                        let _ = empty.send(chunk.text);
                    }
                })
            })
            .collect();
        Self {
            chunks,
            threads,
            emptied,
        }
    }

    /// Waits until all chunks are runs; the first error there was.
    fn join(self) -> Result<(), FrozenError> {
        drop(self.chunks);
        let mut result = Ok(());
        for thread in self.threads {
            result = result.and(joined(thread.join()));
        }
        result
    }
}

impl Shared {
    /// Makes a run of a chunk and lays it aside.
    fn add(&self, chunk: &Chunk) -> Result<(), FrozenError> {
        let run = Run::of(chunk)?;
        let keys = self.keys.append(&run.keys)?;
        let laid = Laid {
            keys: (keys, run.keys.len() as u64),
            terms: run.terms,
            pairs: self.pairs.append(bytemuck::cast_slice(&run.pairs))?,
            segments: run.segments,
        };
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0.push(laid);
        done.1.extend(run.tags);
        Ok(())
    }
}
