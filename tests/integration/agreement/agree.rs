//! Whether two answers to a query are both right, if one is. What may differ is decided by the query and
//! by column: which rows a LIMIT picks, which row SAMPLE saw, in what order texts were joined, which of
//! equal values is the least.

use super::answer::{Answer, Failure, Row};
use super::shape::{Shape, sliced};
use super::{bag, order};
use oxigraph::model::{BlankNode, Literal, Term, Variable};
use spargebra::algebra::{Expression, OrderExpression};
use std::cmp::Ordering;

/// What there is to know of a query before two of its answers are compared.
pub(crate) struct Agreement {
    pub(crate) shape: Shape,
    /// Whether the literals of the data can be put in one order.
    pub(crate) orderly: bool,
    /// Whether both sides call blank nodes the same.
    pub(crate) labels: bool,
    /// The answer without LIMIT and OFFSET, where there are any.
    pub(crate) whole: Option<Answer>,
}

impl Agreement {
    /// Says what is different, if one answer is wrong where the other is right.
    pub(crate) fn answers(
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
        if self.whole.is_none() {
            // There are too many rows to say which.
            let same = self.shape.reduced || rows.len() == more.len();
            return if same {
                Ok(())
            } else {
                Err("other number of rows")
            };
        }
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
                Some(Term::BlankNode(_)) if !self.labels => {
                    Some(BlankNode::new_unchecked("any").into())
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
