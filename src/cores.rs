//! Work shared between all cores, in the order in which it came, on stacks large enough for it.

use std::thread::{Builder, Scope, ScopedJoinHandle};

/// Fewer items than this are one thread's.
const FEW: usize = 8;

/// The stack of every thread that reads or describes what strangers wrote, in bytes: eight times the usual.
/// Readers refuse what is nested more than 200 deep; a test reads that on such a stack, unoptimised.
pub(crate) const STACK: usize = 16 << 20;

/// The stack of a thread that parses and evaluates queries, in bytes: a test evaluates some with as many
/// operators as are allowed on it, unoptimised. What is not used of it is never there.
pub(crate) const QUERY_STACK: usize = 256 << 20;

/// What `act` makes of each item. A panic in it goes on here.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, act: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = items.len().div_ceil(cores).max(FEW);
    let act = &act;
    std::thread::scope(|scope| {
        let mut threads = Vec::with_capacity(cores);
        let mut rest = items;
        while !rest.is_empty() {
            let after = rest.split_off(share.min(rest.len()));
            let mine = std::mem::replace(&mut rest, after);
            threads.push(spawn(scope, STACK, move || {
                mine.into_iter().map(act).collect::<Vec<_>>()
            }));
        }
        threads.into_iter().flat_map(joined).collect()
    })
}

/// What `act` comes to on a stack of so many bytes. A panic in it goes on here.
pub(crate) fn on_stack<T: Send>(stack: usize, act: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| joined(spawn(scope, stack, act)))
}

/// Starts a thread with a stack of so many bytes.
pub(crate) fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    stack: usize,
    act: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    Builder::new()
        .stack_size(stack)
        .spawn_scoped(scope, act)
        // As the standard library does where the system has no room for a thread.
        .unwrap_or_else(|error| std::panic::resume_unwind(Box::new(error.to_string())))
}

/// What a thread came to; its panic goes on here.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_however_many_there_are() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let expected: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(items, |item| item * 2), expected, "{count}");
        }
    }
}
