//! What a scenario measured, as a row of a table, and what it may have been.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

use super::meter::{KINDS, Measured};

/// What a scenario may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Proportional memory of the server with its workers, in MB.
    pub(super) memory: u64,
    /// Of the bystander: the 99th percentile.
    pub(super) late: Duration,
    /// Of the bystander: how many of 100 of its queries and documents may fail. `/health` never may.
    pub(super) failed: usize,
    /// Until the attacker has an answer.
    pub(super) answer: Duration,
}

impl Default for Limits {
    /// For an unoptimised build on two cores on which others work.
    fn default() -> Self {
        Self {
            memory: 600,
            late: Duration::from_secs(2),
            failed: 0,
            answer: Duration::from_mins(1),
        }
    }
}

/// Prints the row of a scenario, then fails where a limit is missed. `answer` is the longest that the
/// attacker waited; without one there was nothing to wait for.
pub(super) fn report(
    name: &str,
    done: &str,
    answer: Option<Duration>,
    measured: &Measured,
    limits: Limits,
) {
    let mut missed = Vec::new();
    let memory = measured.memory;
    if memory.all > limits.memory << 10 {
        missed.push(format!("memory above {} MB", limits.memory));
    }
    if answer.is_some_and(|answer| answer > limits.answer) {
        missed.push(format!("no answer within {:?}", limits.answer));
    }
    let mut asked = String::new();
    for (kind, times) in KINDS.iter().zip(&measured.bystander) {
        let (count, failed) = (times.count(), times.failed);
        write!(asked, "{} | ", times.shown()).unwrap();
        let may_fail = if *kind == "health" { 0 } else { limits.failed };
        if count == 0 || failed * 100 > may_fail * (count + failed) {
            missed.push(format!("{failed} of {} {kind} failed", count + failed));
        }
        if count > 0 && times.percentile(99) > limits.late {
            missed.push(format!("{kind} above {:?}", limits.late));
        }
    }
    let answer = answer.map_or("–".to_owned(), |answer| {
        format!("{:.1} s", answer.as_secs_f64())
    });
    let verdict = if missed.is_empty() {
        "met".to_owned()
    } else {
        format!("**missed**: {}", missed.join(", "))
    };
    let row = format!(
        "attack: {name} | {done} | {} s | {} MB | {} MB | {asked}{answer} | {verdict}",
        measured.ran.as_secs(),
        memory.server >> 10,
        memory.all >> 10,
    );
    let mut out = std::io::stdout();
    writeln!(out, "{row}").unwrap();
    assert!(missed.is_empty(), "{name}: {missed:?}");
}
