//! Whether two answers to a random query are both right, if one is. What may differ is decided by column:
//! which row SAMPLE saw, in what order texts were joined, which of equal values is the least.

use super::super::answer::{Answer, Failure, Row};
use super::super::shape::{Shape, sliced};
use super::super::{Engine, Engines, bag};
use super::data::Data;
use super::order;
use oxigraph::model::{Literal, Term, Variable};
use spargebra::SparqlParser;
use spargebra::algebra::{Expression, OrderExpression};
use std::cmp::Ordering;

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
    /// The text is no query, or the evaluator itself breaks down over it.
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
    let plain = engines.ask(Engine::Plain, &query);
    if let Err(Failure::Panicked(_)) = plain {
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
    let mut judge = Judge {
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
    let quads: Vec<String> = data.quads.iter().map(|quad| format!("{quad} .")).collect();
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

struct Judge {
    shape: Shape,
    /// Whether the literals of the data can be put in one order.
    orderly: bool,
    /// Whether both sides call blank nodes the same.
    labels: bool,
    whole: Option<Answer>,
}

impl Judge {
    fn answers(
        &self,
        one: &Result<Answer, Failure>,
        other: &Result<Answer, Failure>,
    ) -> Result<(), &'static str> {
        let (one, other) = match (one, other) {
            (Ok(one), Ok(other)) => (one, other),
            (Err(Failure::Failed(_)), Err(Failure::Failed(_))) => return Ok(()),
            _ => return Err("one fails"),
        };
        let (Answer::Rows(names, rows), Answer::Rows(others, more)) = (one, other) else {
            return if one.same(other) {
                Ok(())
            } else {
                Err("other answers")
            };
        };
        if names != others {
            return Err("other columns");
        }
        if !self.shape.reduced && !self.in_order(names, rows, more) {
            return Err("other order");
        }
        let whole = match &self.whole {
            Some(Answer::Rows(_, whole)) => whole.as_slice(),
            _ => &[],
        };
        let mut bags = [rows.clone(), more.clone(), whole.to_vec()];
        for (at, name) in names.iter().enumerate() {
            self.mask(name.as_str(), at, &mut bags);
        }
        let [mut rows, mut more, whole] = bags;
        if self.shape.reduced {
            for bag in [&mut rows, &mut more] {
                bag.sort_by_cached_key(|row| format!("{row:?}"));
                bag.dedup();
            }
        }
        let Some((_, start, length)) = &self.shape.slice else {
            return if bag::same(&rows, &more) {
                Ok(())
            } else {
                Err("other rows")
            };
        };
        if !self.shape.reduced && rows.len() != sliced(whole.len(), *start, *length) {
            return Err("other number of rows");
        }
        let blank = |row: &Row| {
            row.iter()
                .any(|cell| matches!(cell, Some(Term::BlankNode(_))))
        };
        if (self.labels || !whole.iter().any(blank)) && !bag::within(&rows, &whole) {
            return Err("rows that are not in the whole answer");
        }
        Ok(())
    }

    /// Whether rows come in the same order, as far as ORDER BY says what it is.
    fn in_order(&self, names: &[Variable], rows: &[Row], more: &[Row]) -> bool {
        let mut keys = Vec::new();
        for key in &self.shape.order {
            let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = key;
            let Expression::Variable(key) = key else {
                return true;
            };
            let Some(at) = names.iter().position(|name| name == key) else {
                return true;
            };
            if !self.orderly && masked(key.as_str()) {
                return true;
            }
            keys.push(at);
        }
        let column = |rows: &[Row], at: usize| -> Vec<Option<Term>> {
            let cell = |row: &Row| match &row[at] {
                Some(Term::BlankNode(node)) if !self.labels => {
                    let _ = node;
                    Some(oxigraph::model::BlankNode::default().into())
                }
                cell => cell.clone(),
            };
            rows.iter().map(cell).collect()
        };
        let mut apart = vec![true; rows.len().min(more.len())];
        for at in keys {
            let (one, other) = (column(rows, at), column(more, at));
            let both: Vec<Option<Term>> = one.iter().chain(&other).cloned().collect();
            let blanks = both
                .iter()
                .any(|cell| matches!(cell, Some(Term::BlankNode(_))));
            if (blanks && !self.labels) || !order::consistent(&both) {
                // What comes after a key without an order is in none either.
                return true;
            }
            for ((same, one), other) in apart.iter_mut().zip(&one).zip(&other) {
                *same &= order::compare(one.as_ref(), other.as_ref()) == Ordering::Equal;
            }
        }
        apart.iter().all(|same| *same)
    }

    /// Makes alike what may differ in a column.
    fn mask(&self, name: &str, at: usize, bags: &mut [Vec<Row>; 3]) {
        let cells = bags.iter_mut().flatten().map(|row| &mut row[at]);
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let any = Some(Term::from(Literal::from("any")));
        match name {
            "sample" => cells
                .filter(|cell| cell.is_some())
                .for_each(|cell| cell.clone_from(&any)),
            "concat" => cells.flatten().for_each(|cell| *cell = sorted(cell)),
            "sum" | "avg" => cells.flatten().for_each(|cell| *cell = rounded(cell)),
            "least" | "most" if !self.orderly => {
                cells
                    .filter(|cell| cell.is_some())
                    .for_each(|cell| cell.clone_from(&any));
            }
            "least" | "most" => {
                let mut seen: Vec<Term> = Vec::new();
                for cell in cells.flatten() {
                    if let (Term::BlankNode(_), false) = (&*cell, self.labels) {
                        *cell = Literal::from("blank").into();
                    }
                    let equal =
                        |known: &&Term| order::compare(Some(known), Some(cell)) == Ordering::Equal;
                    match seen.iter().find(equal) {
                        Some(known) => cell.clone_from(known),
                        None => seen.push(cell.clone()),
                    }
                }
            }
            _ => {}
        }
    }
}

fn masked(name: &str) -> bool {
    ["sample", "concat", "least", "most"]
        .iter()
        .any(|kind| name.starts_with(kind))
}

/// The parts of a text in one order.
fn sorted(term: &Term) -> Term {
    let Term::Literal(text) = term else {
        return term.clone();
    };
    let mut parts: Vec<&str> = text.value().split('|').collect();
    parts.sort_unstable();
    let value = parts.join("|");
    match text.language() {
        Some(language) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        None => Literal::from(value).into(),
    }
}

/// A sum of floating-point numbers without what depends on the order in which they were added.
fn rounded(term: &Term) -> Term {
    let Term::Literal(number) = term else {
        return term.clone();
    };
    let kind = number.datatype().as_str().to_owned();
    match number.value().parse::<f64>() {
        Ok(value) if kind.ends_with("#double") => Literal::from(format!("{value:.9e}")).into(),
        Ok(value) if kind.ends_with("#float") => Literal::from(format!("{value:.4e}")).into(),
        _ => term.clone(),
    }
}
