//! A writer that holds the first bytes back, sends the others in chunks, and counts them all.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// The longest that written bytes wait for more, counted from the first of them.
pub(super) const PATIENCE: Duration = Duration::from_millis(100);

/// The size of a chunk.
const CHUNK: usize = 64 * 1024;

/// How many bytes may come between two looks at the clock: a serialiser of JSON writes one at a time.
const UNTIMED: usize = 256;

pub(super) struct Held<W> {
    out: W,
    waiting: Vec<u8>,
    since: Option<Instant>,
    untimed: usize,
    bytes: u64,
    limit: u64,
    begun: bool,
    over: bool,
}

impl<W: Write> Held<W> {
    pub(super) fn new(out: W, limit: u64) -> Self {
        Self {
            out,
            waiting: Vec::new(),
            since: None,
            untimed: 0,
            bytes: 0,
            limit,
            begun: false,
            over: false,
        }
    }

    /// Bytes written, sent or not.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether a byte has been sent.
    pub(super) fn has_begun(&self) -> bool {
        self.begun
    }

    /// Whether writing failed since the limit was met.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Sends what is left.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.send()
    }

    /// Whether the first of the bytes that wait has waited too long.
    fn is_late(&mut self) -> bool {
        match self.since {
            None => {
                self.since = Some(Instant::now());
                false
            }
            Some(since) if self.untimed >= UNTIMED => {
                self.untimed = 0;
                since.elapsed() > PATIENCE
            }
            Some(_) => false,
        }
    }

    fn send(&mut self) -> io::Result<()> {
        self.begun = true;
        self.out.write_all(&self.waiting)?;
        self.waiting.clear();
        self.since = None;
        self.out.flush()
    }
}

impl<W: Write> Write for Held<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len() as u64;
        if self.bytes.saturating_add(length) > self.limit {
            self.over = true;
            return Err(io::Error::other("the answer is larger than allowed"));
        }
        self.bytes += length;
        self.waiting.extend_from_slice(bytes);
        self.untimed += bytes.len();
        if self.waiting.len() >= CHUNK || self.is_late() {
            self.send()?;
        }
        Ok(bytes.len())
    }

    /// Does nothing: serialisers flush after every row, which would undo the holding back.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
