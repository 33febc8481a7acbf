//! The engines side by side: oxigraph's own `Store`, its evaluator over the frozen file, and our executor
//! over the same file. What one answers the others answer too, or the difference is listed and argued.

#![expect(
    clippy::print_stdout,
    reason = "how much was compared is worth knowing of a test that passes"
)]

mod agree;
mod answer;
mod bag;
mod catalogue;
mod order;
mod random;
mod shape;
mod w3c;

use moisson::graph::frozen::build::{Builder, Options};
use moisson::graph::frozen::dataset::Dataset;
use moisson::graph::frozen::execute::{Mode, execute_with, explain};
use moisson::graph::frozen::{Frozen, Meta};

use answer::{Answer, Failure};
use oxigraph::model::Quad;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, SparqlEvaluator};
use oxigraph::store::Store;
use spargebra::Query;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How long an engine may take for one query.
const PATIENCE: Duration = Duration::from_secs(20);

/// Who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Engine {
    /// oxigraph's store in memory.
    Store,
    /// oxigraph's evaluator on the frozen file.
    Plain,
    /// oxigraph's evaluator on the frozen file without its optimiser, which takes some queries for others.
    Bare,
    /// The executor, and oxigraph's evaluator for what the executor leaves to it.
    Auto,
    /// The executor alone.
    Only,
}

/// The same quads in all engines.
pub(crate) struct Engines {
    store: Store,
    file: Frozen,
    _folder: TempDir,
}

impl Engines {
    /// Loads a store and builds a file.
    pub(crate) fn over(quads: &[Quad]) -> Self {
        let store = Store::new().unwrap();
        for quad in quads {
            store.insert(quad).unwrap();
        }
        let folder = TempDir::new().unwrap();
        let options = Options {
            memory: 1 << 20,
            threads: 1,
        };
        let mut builder = Builder::new(&folder.path().join("scratch"), options).unwrap();
        for quad in quads {
            builder.quad(quad).unwrap();
        }
        let path = folder.path().join("graph");
        builder.finish(&path, 1, &Meta::default()).unwrap();
        Self {
            store,
            file: Frozen::open(&path).unwrap(),
            _folder: folder,
        }
    }

    /// The whole answer of one engine. A panic is a failure like another.
    pub(crate) fn ask(&self, engine: Engine, query: &Query) -> Result<Answer, Failure> {
        let token = CancellationToken::new();
        let (done, waiting) = mpsc::channel::<()>();
        let watched = token.clone();
        let watch = thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                watched.cancel();
            }
        });
        let asked = AssertUnwindSafe(|| self.results(engine, query, &token));
        let answer = catch_unwind(asked).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(Failure::Panicked(text.unwrap_or_default()))
        });
        drop(done);
        watch.join().unwrap();
        answer
    }

    /// How the executor would answer.
    pub(crate) fn explain(&self, query: &Query) -> String {
        explain(&self.file, query)
    }

    fn results(
        &self,
        engine: Engine,
        query: &Query,
        token: &CancellationToken,
    ) -> Result<Answer, Failure> {
        let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
        let results = match engine {
            Engine::Store => evaluator
                .for_query(query.clone())
                .on_store(&self.store)
                .execute(),
            Engine::Bare => evaluator
                .without_optimizations()
                .for_query(query.clone())
                .on_queryable_dataset(Dataset::new(&self.file))
                .execute(),
            Engine::Plain => execute_with(&self.file, query, Mode::Plain, token),
            Engine::Auto => execute_with(&self.file, query, Mode::Auto, token),
            Engine::Only => execute_with(&self.file, query, Mode::Only, token),
        };
        match results {
            Ok(results) => Answer::collect(results),
            // What the executor does not know it refuses before the first row.
            Err(QueryEvaluationError::Unexpected(_)) if engine == Engine::Only => {
                Err(Failure::Refused)
            }
            Err(QueryEvaluationError::Cancelled) => Err(Failure::TooMuch),
            Err(error) => Err(Failure::Failed(error.to_string())),
        }
    }
}
