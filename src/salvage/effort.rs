//! How much a document may make the parser read.
//!
//! A statement with an error is parsed again in pieces, each time behind all declarations (in JSON-LD, the
//! context). Ten thousand declarations before a hundred thousand broken statements are three megabytes, and
//! would be read for hours.

use std::cell::Cell;

/// What is said of a statement that is not read any more.
pub(super) const SPENT: &str = "the document has too many errors to look into each";

/// Every document may be read so many bytes.
const AT_LEAST: usize = 16 << 20;

/// And so many times its own length.
const TIMES: usize = 64;

/// What was read, and what may be.
#[derive(Debug)]
pub(super) struct Effort {
    allowed: Cell<usize>,
    spent: Cell<usize>,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            allowed: Cell::new(AT_LEAST),
            spent: Cell::new(0),
        }
    }
}

impl Effort {
    /// The document has so many bytes more.
    pub(super) fn earn(&self, bytes: usize) {
        let more = bytes.saturating_mul(TIMES);
        self.allowed.set(self.allowed.get().saturating_add(more));
    }

    /// Whether so many bytes may still be read; they then are.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let spent = self.spent.get().saturating_add(bytes);
        self.spent.set(spent);
        spent <= self.allowed.get()
    }

    /// Whether nothing more may be read.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get() > self.allowed.get()
    }
}
