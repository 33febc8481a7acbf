//! `check --online`: each portal is asked for the first page of its datasets, one after the other, each
//! within a minute, with few bytes and no second try.

use std::time::Instant;

use super::output;
use crate::causes::causes;
use crate::commands::runtime;
use crate::config::{Config, Portal};
use crate::harvest::{Answer, probe};

/// Asks each portal; how many gave no answer of their kind.
pub(super) fn ask(config: &Config) -> anyhow::Result<usize> {
    let runtime = runtime()?;
    let mut silent = 0;
    for portal in &config.portals {
        let started = Instant::now();
        let answer = runtime.block_on(probe(config, portal));
        let took = started.elapsed().as_secs_f64();
        let line = match answer {
            Ok(answer) => told(portal, &answer, took),
            Err(error) => {
                silent += 1;
                format!(
                    "{}: FAILED after {took:.1} s: {}",
                    portal.id,
                    causes(&error)
                )
            }
        };
        output::print(&line)?;
    }
    Ok(silent)
}

fn told(portal: &Portal, answer: &Answer, took: f64) -> String {
    let kind = portal.kind().name();
    let start = format!("{}: answers as `{kind}` in {took:.1} s", portal.id);
    match answer {
        Answer::Counted(0, what) | Answer::Listed(0, what) => {
            format!("{start}, and has NO {what}: a harvest finds nothing there")
        }
        Answer::Counted(total, what) => format!("{start}: {} {what}", output::grouped(*total)),
        Answer::Listed(count, what) => {
            format!(
                "{start}: {} {what} on its first page, and does not say how many there are",
                output::grouped(*count)
            )
        }
        Answer::Large(limit) => format!(
            "{}: answers, with more than {} MB: whether as `{kind}` is not known before a harvest ({took:.1} s)",
            portal.id,
            limit / 1_000_000
        ),
    }
}
