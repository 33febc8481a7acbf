//! Documents of very large records, which are made one at a time: one of 32 MiB takes many times that until
//! it is written.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The bytes of canonical text beyond which the records of a document are large.
pub(super) const LARGE: u64 = 2 << 20;

/// Lets one large document be made at a time.
#[derive(Debug, Default)]
pub(super) struct Gate {
    is_taken: Mutex<bool>,
    free: Condvar,
}

impl Gate {
    /// Waits until nobody makes a large document. Only for threads that may wait.
    pub(super) fn enter(self: &Arc<Self>) -> Turn {
        let taken = self.is_taken.lock().unwrap_or_else(PoisonError::into_inner);
        let mut taken = self
            .free
            .wait_while(taken, |taken| *taken)
            .unwrap_or_else(PoisonError::into_inner);
        *taken = true;
        Turn(Arc::clone(self))
    }
}

/// The turn to make a large document; given back when dropped.
#[derive(Debug)]
pub(super) struct Turn(Arc<Gate>);

impl Drop for Turn {
    fn drop(&mut self) {
        let taken = self.0.is_taken.lock();
        *taken.unwrap_or_else(PoisonError::into_inner) = false;
        self.0.free.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn one_at_a_time_and_everybody_in_the_end() {
        let (gate, inside, done) = (
            Arc::new(Gate::default()),
            AtomicU32::new(0),
            AtomicU32::new(0),
        );
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _turn = gate.enter();
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    inside.fetch_sub(1, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(done.into_inner(), 8);
    }
}
