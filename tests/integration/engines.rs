//! The engines side by side: oxigraph's own `Store`, its evaluator over the frozen file, and our executor
//! over the same file. What one answers the others answer too, or the difference is listed and argued.

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
use moisson::graph::frozen::execute::{Mode, execute};
use moisson::graph::frozen::{Frozen, Meta};

use answer::{Answer, Failure};
use oxigraph::model::Quad;
use oxigraph::sparql::{QueryEvaluationError, SparqlEvaluator};
use oxigraph::store::Store;
use spargebra::Query;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tempfile::TempDir;

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
        let mode = match engine {
            Engine::Store => return caught(|| self.ask_store(query)),
            Engine::Bare => return caught(|| self.ask_bare(query)),
            Engine::Plain => Mode::Plain,
            Engine::Auto => Mode::Auto,
            Engine::Only => Mode::Only,
        };
        caught(|| match execute(&self.file, query, mode) {
            Ok(results) => Answer::collect(results),
            // What the executor does not know it refuses before the first row.
            Err(QueryEvaluationError::Unexpected(_)) if mode == Mode::Only => Err(Failure::Refused),
            Err(error) => Err(Failure::Failed(error.to_string())),
        })
    }

    fn ask_bare(&self, query: &Query) -> Result<Answer, Failure> {
        let evaluator = SparqlEvaluator::new().without_optimizations();
        let prepared = evaluator.for_query(query.clone());
        match prepared
            .on_queryable_dataset(Dataset::new(&self.file))
            .execute()
        {
            Ok(results) => Answer::collect(results),
            Err(error) => Err(Failure::Failed(error.to_string())),
        }
    }

    fn ask_store(&self, query: &Query) -> Result<Answer, Failure> {
        let prepared = SparqlEvaluator::new().for_query(query.clone());
        match prepared.on_store(&self.store).execute() {
            Ok(results) => Answer::collect(results),
            Err(error) => Err(Failure::Failed(error.to_string())),
        }
    }
}

fn caught(ask: impl FnOnce() -> Result<Answer, Failure>) -> Result<Answer, Failure> {
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Failure::Panicked(text.unwrap_or_default()))
    })
}
