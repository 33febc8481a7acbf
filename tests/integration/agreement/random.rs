//! Random queries over random graphs, through all engines. A difference is made as small as it can be
//! and printed with its seed, its query and its data.

mod choices;
mod data;
mod expression;
mod pattern;
mod query;
mod verdict;

use super::Engines;
use choices::{Choices, shrink};
pub(crate) use data::Data;
use std::fmt;
use std::time::{Duration, Instant};
use verdict::Difference;
pub(crate) use verdict::{Verdict, judge};

/// How many queries are asked of one graph.
const QUERIES: u64 = 12;

/// How long a difference is made smaller.
const SHRINKING: Duration = Duration::from_mins(1);

/// What came of many queries.
#[derive(Debug, Default)]
struct Tally {
    graphs: u64,
    queries: u64,
    executor: u64,
    empty: u64,
    /// Where oxigraph's optimiser is alone with its answer.
    optimised: u64,
    unasked: u64,
    differences: Vec<Difference>,
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} graphs, {} queries ({} with rows, {} not asked), {} answered by the executor, {} differences, {} of the optimiser",
            self.graphs,
            self.queries,
            self.queries - self.empty - self.unasked,
            self.unasked,
            self.executor,
            self.differences.len(),
            self.optimised
        )
    }
}

impl Tally {
    /// Makes the graph of a seed and asks its queries.
    fn graph(&mut self, seed: u64) {
        let mut choices = Choices::seeded(seed);
        let data = Data::generate(&mut choices);
        let made = choices.taken();
        let engines = Engines::over(&data.quads);
        self.graphs += 1;
        for number in 1..=QUERIES {
            let mut choices = Choices::seeded(seed.wrapping_mul(1000).wrapping_add(number));
            let text = query::query(&mut choices, &data);
            self.queries += 1;
            match judge(&engines, &data, &text) {
                Verdict::Same { executor, rows } => {
                    self.executor += u64::from(executor);
                    self.empty += u64::from(rows == 0);
                }
                Verdict::Optimised => self.optimised += 1,
                Verdict::Unasked => self.unasked += 1,
                Verdict::Different(difference) => {
                    println!(
                        "seed {seed}, query {number}: {}\n{text}",
                        difference.between
                    );
                    let mut least = smallest(&made, &choices.taken(), difference.between);
                    least.report = format!("seed {seed}, query {number}\n{}", least.report);
                    self.differences.push(least);
                }
            }
        }
    }
}

/// The same kind of difference with as little data and query as can be found.
fn smallest(data: &[u32], query: &[u32], between: &str) -> Difference {
    let mut trials = 3000;
    let end = Instant::now() + SHRINKING;
    let mut last = None;
    let mut differs = |data: &[u32], query: &[u32]| {
        let data = Data::generate(&mut Choices::replayed(data));
        let text = query::query(&mut Choices::replayed(query), &data);
        if last.is_some() && Instant::now() > end {
            return false;
        }
        match judge(&Engines::over(&data.quads), &data, &text) {
            Verdict::Different(difference) if difference.between == between => {
                last = Some(difference);
                true
            }
            _ => false,
        }
    };
    assert!(differs(data, query), "a difference that comes and goes");
    let mut query = query.to_vec();
    let mut data = data.to_vec();
    for _ in 0..2 {
        query = shrink(&query, &mut trials, &mut |query| differs(&data, query));
        data = shrink(&data, &mut trials, &mut |data| differs(data, &query));
    }
    differs(&data, &query);
    last.unwrap()
}

fn reports(tally: &Tally) -> String {
    let reports: Vec<&str> = tally
        .differences
        .iter()
        .map(|it| it.report.as_str())
        .collect();
    reports.join("\n----\n")
}

#[test]
fn engines_agree_on_random_queries() {
    let mut tally = Tally::default();
    for seed in 0..40 {
        tally.graph(seed);
    }
    println!("{tally}");
    assert!(tally.differences.is_empty(), "{}", reports(&tally));
    assert!(
        tally.unasked * 20 < tally.queries,
        "too much that is no query"
    );
}

#[test]
#[ignore = "`make torture` runs it for as long as it is told"]
fn engines_agree_on_random_queries_for_hours() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let time = Duration::from_secs(number("MOISSON_TORTURE_SECONDS").unwrap_or(60));
    let first = number("MOISSON_TORTURE_SEED").unwrap_or(1_000_000);
    let most = number("MOISSON_TORTURE_DIFFERENCES").unwrap_or(10);
    let start = Instant::now();
    let mut tally = Tally::default();
    let mut seed = first;
    while start.elapsed() < time && (tally.differences.len() as u64) < most {
        tally.graph(seed);
        seed += 1;
    }
    let seconds = start.elapsed().as_secs();
    println!(
        "torture: {seconds} s, seeds {first} to {}, {tally}",
        seed - 1
    );
    assert!(tally.differences.is_empty(), "{}", reports(&tally));
}
