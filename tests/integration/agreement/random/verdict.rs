//! What all engines say to a query, compared.

use super::super::agree::Agreement;
use super::super::answer::{Answer, Failure};
use super::super::shape::Shape;
use super::super::{Engine, Engines, order};
use super::data::Data;
use oxigraph::model::Term;
use spargebra::SparqlParser;

/// What came of one query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// All say the same; the executor answered itself, or left it to the evaluator.
    Same {
        executor: bool,
        rows: usize,
    },
    /// The executor says what the evaluator says without its optimiser, and not with it.
    Optimised,
    /// The text is no query, or the evaluator itself breaks down over it, or does not end.
    Unasked,
    Different(Difference),
}

/// Who differs, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) between: &'static str,
    pub(crate) report: String,
}

/// Asks all engines.
pub(crate) fn judge(engines: &Engines, data: &Data, text: &str) -> Verdict {
    let Ok(query) = SparqlParser::new().parse_query(text) else {
        return Verdict::Unasked;
    };
    assert!(!engines.explain(&query).is_empty(), "no plan of {text}");
    let plain = engines.ask(Engine::Plain, &query);
    if let Err(Failure::Panicked(_) | Failure::TooMuch) = plain {
        return Verdict::Unasked;
    }
    let mut auto = engines.ask(Engine::Only, &query);
    let executor = !matches!(auto, Err(Failure::Refused));
    if !executor {
        auto = engines.ask(Engine::Auto, &query);
    }
    let terms: Vec<Option<Term>> = data
        .literals
        .iter()
        .map(|it| Some(it.clone().into()))
        .collect();
    let mut judge = Agreement {
        shape: Shape::of(&query),
        orderly: order::consistent(&terms),
        labels: true,
        whole: None,
    };
    judge.whole = judge
        .shape
        .slice
        .as_ref()
        .and_then(|(query, ..)| engines.ask(Engine::Plain, query).ok());
    let between = match judge.answers(&auto, &plain) {
        Err(why) => {
            let bare = engines.ask(Engine::Bare, &query);
            if judge.answers(&auto, &bare).is_ok() {
                return Verdict::Optimised;
            }
            Some(("executor and evaluator", why))
        }
        Ok(()) if data.canonical => {
            judge.labels = false;
            let store = engines
                .ask(Engine::Store, &query)
                .map(|answer| answer.rewritten());
            if let Err(Failure::Panicked(_) | Failure::TooMuch) = store {
                return Verdict::Unasked;
            }
            let plain = plain.clone().map(|answer| answer.rewritten());
            judge.whole = judge.whole.map(|answer| answer.rewritten());
            let why = judge.answers(&store, &plain).err();
            auto = store;
            why.map(|why| ("store and file", why))
        }
        Ok(()) => None,
    };
    let Some((between, why)) = between else {
        let rows = plain.map_or(0, |answer| answer.len());
        return Verdict::Same { executor, rows };
    };
    let show = |answer: &Result<Answer, Failure>| match answer {
        Ok(answer) => answer.to_string(),
        Err(failure) => format!("{failure:?}\n"),
    };
    let quads: Vec<String> = data
        .quads
        .iter()
        .take(100)
        .map(|quad| format!("{quad} ."))
        .collect();
    Verdict::Different(Difference {
        between,
        report: format!(
            "{between}: {why}\n{text}\n{}\none: {}other: {}",
            quads.join("\n"),
            show(&auto),
            show(&plain)
        ),
    })
}
