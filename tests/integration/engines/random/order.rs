//! The order in which oxigraph's evaluator puts terms, asked of the evaluator itself. It compares values
//! where they can be compared and forms where they cannot, so that among mixed values it may run in a circle.

use oxigraph::model::{Term, Variable};
use spareval::QueryEvaluator;
use sparopt::algebra::Expression;
use std::cmp::Ordering;

/// How ORDER BY, MIN and MAX compare two terms, or the lack of one.
pub(crate) fn compare(one: Option<&Term>, other: Option<&Term>) -> Ordering {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_some().cmp(&other.is_some());
    };
    match (one, other) {
        (Term::BlankNode(one), Term::BlankNode(other)) => one.as_str().cmp(other.as_str()),
        (Term::NamedNode(one), Term::NamedNode(other)) => one.as_str().cmp(other.as_str()),
        (Term::Literal(_), Term::Literal(_)) => literals(one, other),
        _ => kind(one).cmp(&kind(other)),
    }
}

fn kind(term: &Term) -> usize {
    match term {
        Term::BlankNode(_) => 0,
        Term::NamedNode(_) => 1,
        Term::Literal(_) => 2,
    }
}

fn literals(one: &Term, other: &Term) -> Ordering {
    let (less, greater) = (
        Variable::new_unchecked("one"),
        Variable::new_unchecked("other"),
    );
    let variable = |name: &Variable| Box::new(Expression::Variable(name.clone()));
    let evaluator = QueryEvaluator::new();
    let holds = |expression: Expression| {
        let values = [(&less, one.clone()), (&greater, other.clone())];
        evaluator.evaluate_effective_boolean_value_expression(&expression, values)
    };
    if holds(Expression::Less(variable(&less), variable(&greater))) == Some(true) {
        return Ordering::Less;
    }
    if holds(Expression::Greater(variable(&less), variable(&greater))) == Some(true) {
        return Ordering::Greater;
    }
    if holds(Expression::LessOrEqual(variable(&less), variable(&greater))) == Some(true) {
        return Ordering::Equal;
    }
    let form = |term: &Term| match super::super::answer::rewritten(term.clone()) {
        Term::Literal(it) => (
            it.value().to_owned(),
            it.datatype().as_str().to_owned(),
            it.language().map(str::to_owned),
        ),
        term => (term.to_string(), String::new(), None),
    };
    form(one).cmp(&form(other))
}

/// Whether the order among these terms is one: it never runs in a circle, and equal terms have the same
/// place among the others.
pub(crate) fn consistent(terms: &[Option<Term>]) -> bool {
    let mut once: Vec<&Option<Term>> = Vec::new();
    for term in terms {
        if !once.contains(&term) {
            once.push(term);
        }
    }
    if once.len() > 60 {
        return false;
    }
    let table: Vec<Vec<Ordering>> = once
        .iter()
        .map(|one| {
            once.iter()
                .map(|other| compare(one.as_ref(), other.as_ref()))
                .collect()
        })
        .collect();
    let all = 0..once.len();
    all.clone().all(|one| {
        all.clone().all(|two| {
            all.clone().all(|three| {
                let (first, second, whole) =
                    (table[one][two], table[two][three], table[one][three]);
                match (first, second) {
                    (Ordering::Equal, other) | (other, Ordering::Equal) => whole == other,
                    (first, second) if first == second => whole == first,
                    _ => true,
                }
            })
        })
    })
}

#[test]
fn an_order_that_runs_in_a_circle_is_none() {
    use oxigraph::model::Literal;
    let term = |literal: Literal| Some(Term::from(literal));
    let (two, ten, text) = (term(2.into()), term(10.into()), term(Literal::from("1x")));
    assert!(consistent(&[None, two.clone(), ten.clone()]));
    assert!(!consistent(&[two, ten, text]));
}
