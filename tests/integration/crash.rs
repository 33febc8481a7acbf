//! The real program, killed at any moment, beside others, with a full disk: nothing that is published is
//! lost, and the next run completes what was interrupted.

mod beside;
mod disk;
mod killed;

use std::time::{Duration, Instant};

use moisson::demo::udata::SampleData;

/// Waits until something holds, and fails after a while.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(
            started.elapsed() < Duration::from_mins(1),
            "waited in vain: {what}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Changes a portal so that a harvest creates, updates and withdraws.
fn turn(data: &SampleData, generation: usize) {
    data.change(|records| {
        let count = records.datasets.len();
        for n in 0..6 {
            let position = (generation * 7 + n) % count;
            records.datasets[position]["title"] = format!("Génération {generation}").into();
        }
        if generation.is_multiple_of(2) {
            records.datasets.remove(generation % count);
        } else {
            let mut new = records.datasets[generation % count].clone();
            new["id"] = format!("neuf-{generation}").into();
            new["slug"] = new["id"].clone();
            new["resources"] = serde_json::json!([]);
            records.datasets.push(new);
        }
    });
}
