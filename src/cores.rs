//! Work shared between all cores, in the order in which it came.

/// Fewer items are done at once: starting threads would take longer.
const FEW: usize = 8;

/// What `act` makes of each item. A panic in it goes on here.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, act: impl Fn(T) -> R + Sync) -> Vec<R> {
    if items.len() < FEW {
        return items.into_iter().map(act).collect();
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = items.len().div_ceil(cores);
    let act = &act;
    std::thread::scope(|scope| {
        let mut threads = Vec::with_capacity(cores);
        let mut rest = items;
        while !rest.is_empty() {
            let after = rest.split_off(share.min(rest.len()));
            let mine = std::mem::replace(&mut rest, after);
            threads.push(scope.spawn(move || mine.into_iter().map(act).collect::<Vec<_>>()));
        }
        threads.into_iter().flat_map(joined).collect()
    })
}

/// What a thread came to; its panic goes on here.
pub(crate) fn joined<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
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
