//! Watching over what is done with a document once it is here.
//!
//! Reading a document may end the process, as describing a record may. So who reads one says so before,
//! and whoever watches remembers it beyond the end of the process: the next one knows what the last one
//! died on. Waiting for a portal is no reason to suspect its answer of anything, however often a process is
//! ended meanwhile.

/// Who remembers what is being read.
pub trait Watch: Send + Sync {
    /// Notes that the document at an address, with this SHA-256, is about to be read; how many processes
    /// died on it, where that are so many that it must not be.
    fn begins(&self, address: &str, content: [u8; 32]) -> Option<u32>;

    /// Notes that the process has survived what it said last.
    fn ends(&self, address: &str);

    /// Forgets what was held against a document: whoever read it is through with it.
    fn clears(&self, address: &str);
}
