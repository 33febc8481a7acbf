//! Work done by several threads whose results are taken in order, so that what is written does not depend
//! on which thread was first.

use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;

/// Does `work` on every task in `threads` threads, and hands each result to `take` in the tasks' order. Each
/// thread is at most two results ahead.
pub(in super::super) fn in_order<T, R, E>(
    threads: usize,
    tasks: &[T],
    work: impl Fn(&T) -> Result<R, E> + Sync,
    mut take: impl FnMut(&T, R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Sync,
    R: Send,
    E: Send,
{
    let threads = threads.min(tasks.len());
    if threads <= 1 {
        return tasks.iter().try_for_each(|task| take(task, work(task)?));
    }
    thread::scope(|scope| {
        let work = &work;
        let results: Vec<mpsc::Receiver<Result<R, E>>> = (0..threads)
            .map(|first| {
                let (send, receive) = mpsc::sync_channel(1);
                scope.spawn(move || {
                    for task in tasks.iter().skip(first).step_by(threads) {
                        // Nobody waits for more once one failed.
                        if send.send(work(task)).is_err() {
                            return;
                        }
                    }
                });
                receive
            })
            .collect();
        for (task, results) in tasks.iter().zip(results.iter().cycle()) {
            // A thread that panicked makes the scope panic.
            let Ok(result) = results.recv() else { break };
            take(task, result?)?;
        }
        Ok(())
    })
}

/// What a thread came to; where it panicked, so does this one.
pub(in super::super) fn joined<T>(result: thread::Result<T>) -> T {
    result.unwrap_or_else(|cause| resume_unwind(cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_the_first_error_ends_all() {
        let tasks: Vec<u32> = (0..100).collect();
        for threads in [1, 3, 200] {
            let mut taken = Vec::new();
            let done = in_order(
                threads,
                &tasks,
                |task| {
                    if *task == 90 {
                        Err("ninety")
                    } else {
                        Ok(task * 2)
                    }
                },
                |task, result| {
                    assert_eq!(result, task * 2);
                    taken.push(*task);
                    Ok(())
                },
            );
            assert_eq!(done, Err("ninety"));
            assert_eq!(taken, tasks[..90]);
        }
    }
}
