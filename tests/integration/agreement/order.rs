//! The order in which oxigraph's evaluator puts terms, asked of the evaluator itself. It compares values
//! where they can be compared and forms where they cannot, so that among mixed values it may run in a circle.
//! The executor keeps values of different kinds apart instead, so their order is compared only where all
//! are of one kind.

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
    let form = |term: &Term| match super::answer::rewritten(term.clone()) {
        Term::Literal(it) => (
            it.value().to_owned(),
            it.datatype().as_str().to_owned(),
            it.language().map(str::to_owned),
        ),
        term => (term.to_string(), String::new(), None),
    };
    form(one).cmp(&form(other))
}

/// What values are comparable with: those of another kind are only put in some order. Forms are a kind too.
fn comparable_with(term: &Term) -> Option<String> {
    let Term::Literal(literal) = term else {
        return None;
    };
    let zoned =
        |text: &str| text.ends_with('Z') || text.get(10..).is_some_and(|t| t.contains(['+', '-']));
    let datatype = literal.datatype();
    Some(match spareval::ExpressionTerm::from(term.clone()) {
        spareval::ExpressionTerm::IntegerLiteral(_)
        | spareval::ExpressionTerm::DecimalLiteral(_) => "numbers".to_owned(),
        spareval::ExpressionTerm::DateTimeLiteral(_) | spareval::ExpressionTerm::DateLiteral(_) => {
            format!("{datatype} {}", zoned(literal.value()))
        }
        spareval::ExpressionTerm::FloatLiteral(_) | spareval::ExpressionTerm::DoubleLiteral(_) => {
            datatype.to_string()
        }
        spareval::ExpressionTerm::StringLiteral(_)
        | spareval::ExpressionTerm::LangStringLiteral { .. }
        | spareval::ExpressionTerm::BooleanLiteral(_)
        | spareval::ExpressionTerm::OtherTypedLiteral { .. } => "forms".to_owned(),
        // Years with and without zones, durations of months and of days.
        _ => term.to_string(),
    })
}

/// Whether the order among these terms is one: they are of one kind, it never runs in a circle, and equal
/// terms have the same place among the others.
pub(crate) fn consistent(terms: &[Option<Term>]) -> bool {
    let mut kinds = terms.iter().flatten().filter_map(comparable_with);
    let first = kinds.next();
    if kinds.any(|kind| Some(&kind) != first.as_ref()) {
        return false;
    }
    let mut once: Vec<&Option<Term>> = Vec::new();
    for term in terms {
        if !once.contains(&term) {
            once.push(term);
        }
    }
    if once
        .iter()
        .all(|term| !matches!(term, Some(Term::Literal(_))))
    {
        return true;
    }
    if once.len() > 200 {
        return false;
    }
    let mut sorted: Vec<&Option<Term>> = Vec::new();
    for term in once {
        let at = sorted
            .partition_point(|other| compare(other.as_ref(), term.as_ref()) != Ordering::Greater);
        sorted.insert(at, term);
    }
    // Equal neighbours are of one class; classes must be in order each with each.
    let mut classes = vec![0];
    for pair in sorted.windows(2) {
        let apart = compare(pair[0].as_ref(), pair[1].as_ref()) != Ordering::Equal;
        classes.push(classes[classes.len() - 1] + usize::from(apart));
    }
    let ranked = sorted.iter().zip(&classes);
    ranked.clone().all(|(one, class)| {
        let mut others = ranked.clone();
        others.all(|(other, of)| compare(one.as_ref(), other.as_ref()) == class.cmp(of))
    })
}

#[test]
fn an_order_that_runs_in_a_circle_is_none() {
    use oxigraph::model::Literal;
    let term = |literal: Literal| Some(Term::from(literal));
    let (two, ten, text) = (term(2.into()), term(10.into()), term(Literal::from("1x")));
    assert!(consistent(&[None, two.clone(), ten.clone()]));
    assert!(!consistent(&[two, ten, text]));
    let (large, larger) = (9_007_199_254_740_992_i64, 9_007_199_254_740_993_i64);
    let double = Literal::from(9_007_199_254_740_992_f64);
    assert!(!consistent(&[
        term(large.into()),
        term(double),
        term(larger.into())
    ]));
}
