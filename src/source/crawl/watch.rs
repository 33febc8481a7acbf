//! Reading that may end the process, noted with whoever watches over it.

use std::sync::Arc;

use crate::fetch::Watch;

/// A document that is watched while it is read.
pub(in crate::source) struct Watched {
    watch: Arc<dyn Watch>,
    address: String,
    content: [u8; 32],
    is_left_alone: bool,
}

impl Watched {
    pub(in crate::source) fn new(
        watch: Arc<dyn Watch>,
        address: String,
        content: [u8; 32],
    ) -> Self {
        Self {
            watch,
            address,
            content,
            is_left_alone: false,
        }
    }

    /// Does something with the document.
    ///
    /// # Errors
    /// How many processes died on it: then nothing is done.
    pub(in crate::source) fn during<T>(&mut self, act: impl FnOnce() -> T) -> Result<T, u32> {
        if let Some(deaths) = self.watch.begins(&self.address, self.content) {
            self.is_left_alone = true;
            return Err(deaths);
        }
        // A panic is caught further up, and no death.
        let ends = Ends(self);
        let done = act();
        drop(ends);
        Ok(done)
    }
}

impl Drop for Watched {
    /// Whether it was whole or not, whoever had it is through with it.
    fn drop(&mut self) {
        if !self.is_left_alone {
            self.watch.clears(&self.address);
        }
    }
}

struct Ends<'a>(&'a Watched);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.watch.ends(&self.0.address);
    }
}
