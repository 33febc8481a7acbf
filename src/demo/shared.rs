//! What a running sample portal serves: its clones share it, so that it can be changed between two
//! harvests.

use std::sync::{Arc, PoisonError, RwLock};

/// Something that is served; clones share it.
#[derive(Debug, Default)]
pub struct Shared<T>(Arc<RwLock<T>>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> From<T> for Shared<T> {
    fn from(served: T) -> Self {
        Self(Arc::new(RwLock::new(served)))
    }
}

impl<T> Shared<T> {
    /// Changes what is served from now on.
    pub fn change<U>(&self, change: impl FnOnce(&mut T) -> U) -> U {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at what is served.
    pub(super) fn look<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}
