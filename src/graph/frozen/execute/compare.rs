//! Comparisons of single values with a constant or with each other, where the answer is plain from ids
//! and values.

use std::cmp::Ordering;

use oxigraph::model::{Term, Variable};
use spargebra::algebra::Expression;

use super::expression::Truth;
use super::number::{compare, compare_moments};
use super::table::{UNDEF, Var};
use super::{Executor, Stop};
use crate::graph::frozen::{Frozen, Id, Moment, Number, Reader, date, number};

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Same,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    fn of(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal | Self::Same => ordering == Ordering::Equal,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
        }
    }
}

/// What a value is compared with.
pub(super) enum Constant {
    Iri(Id),
    Text(Id),
    Tagged(Id),
    Number(Id, Number),
    Date(Id, Moment),
    Other(Id),
}

/// The operands of a comparison.
pub(super) fn relation(expression: &Expression) -> Option<(Relation, &Expression, &Expression)> {
    Some(match expression {
        Expression::Equal(a, b) => (Relation::Equal, a, b),
        Expression::SameTerm(a, b) => (Relation::Same, a, b),
        Expression::Less(a, b) => (Relation::Less, a, b),
        Expression::LessOrEqual(a, b) => (Relation::LessOrEqual, a, b),
        Expression::Greater(a, b) => (Relation::Greater, a, b),
        Expression::GreaterOrEqual(a, b) => (Relation::GreaterOrEqual, a, b),
        _ => return None,
    })
}

pub(super) fn constant(executor: &Executor<'_>, expression: &Expression) -> Result<Constant, Stop> {
    let term: Term = match expression {
        Expression::NamedNode(node) => node.clone().into(),
        Expression::Literal(literal) => literal.clone().into(),
        _ => return Err(Stop::Unsuited("no constant")),
    };
    let id = executor.terms.intern(term.clone())?;
    let Term::Literal(literal) = term else {
        return Ok(Constant::Iri(id));
    };
    if literal.language().is_some() {
        return Ok(Constant::Tagged(id));
    }
    if literal.datatype().as_str() == super::matching::XSD_STRING {
        return Ok(Constant::Text(id));
    }
    let Some(local) = literal.datatype().as_str().strip_prefix(number::XSD) else {
        return Ok(Constant::Other(id));
    };
    if matches!(local, "date" | "dateTime") {
        return Ok(
            match date::Stored::parse(literal.value(), local == "dateTime") {
                Some(date) => Constant::Date(id, date.moment()),
                None => Constant::Other(id),
            },
        );
    }
    let number = number::code(local).and_then(|code| number::Stored::parse(literal.value(), code));
    Ok(match number {
        Some(number) => Constant::Number(id, number.value()),
        None => Constant::Other(id),
    })
}

impl Constant {
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Iri(id)
            | Self::Text(id)
            | Self::Tagged(id)
            | Self::Number(id, _)
            | Self::Date(id, _)
            | Self::Other(id) => *id,
        }
    }

    /// Whether a term of the file equals the constant.
    pub(super) fn equals(&self, file: &Frozen, id: Id) -> Option<Truth> {
        let is_other = file.ranges().others.contains(&id);
        match self {
            Self::Iri(own) | Self::Tagged(own) => Some(Some(*own == id)),
            _ if is_other => None,
            Self::Text(own) => Some(Some(*own == id)),
            Self::Number(_, own) => Some(Some(match file.number(id) {
                Some(number) => compare(number, *own) == Some(Ordering::Equal),
                None => false,
            })),
            Self::Date(_, own) => match file.date(id) {
                Some(date) if date.has_time != own.has_time => Some(Some(false)),
                Some(date) => {
                    compare_moments(date, *own).map(|ordering| Some(ordering == Ordering::Equal))
                }
                None => Some(Some(false)),
            },
            Self::Other(_) => None,
        }
    }

    /// How a term of the file stands to the constant.
    pub(super) fn compare(
        &self,
        file: &Frozen,
        reader: &mut Reader<'_>,
        relation: Relation,
        id: Id,
    ) -> Option<Truth> {
        let ranges = file.ranges();
        if ranges.others.contains(&id) || self.id() == id {
            return None;
        }
        match self {
            Self::Number(_, own) => match file.number(id) {
                Some(number) => Some(compare(number, *own).map(|ordering| relation.of(ordering))),
                None => Some(None),
            },
            Self::Date(_, own) => match file.date(id) {
                Some(date) if date.has_time != own.has_time => Some(None),
                Some(date) => {
                    compare_moments(date, *own).map(|ordering| Some(relation.of(ordering)))
                }
                None => Some(None),
            },
            Self::Text(own) if *own < file.terms() => {
                if !ranges.texts.contains(&id) {
                    return Some(None);
                }
                // Plain strings are in the order of their code points.
                match reader.text(id)? {
                    (_, None) => Some(Some(relation.of(id.cmp(own)))),
                    (_, Some(_)) => Some(None),
                }
            }
            _ => None,
        }
    }
}

/// A comparison of two variables.
pub(super) struct Pair {
    pub(super) left: Var,
    pub(super) right: Var,
    relation: Relation,
}

impl Pair {
    /// The comparison that an expression is, if it is one of two variables.
    pub(super) fn new(expression: &Expression, vars: &[(Variable, Var)]) -> Option<Self> {
        let (relation, Expression::Variable(a), Expression::Variable(b)) = relation(expression)?
        else {
            return None;
        };
        let number = |name: &Variable| {
            vars.iter()
                .find(|(known, _)| known == name)
                .map(|(_, var)| *var)
        };
        Some(Self {
            left: number(a)?,
            right: number(b)?,
            relation,
        })
    }

    /// What it says of two values; none where the evaluator must decide.
    pub(super) fn of(&self, file: &Frozen, a: Id, b: Id) -> Option<Truth> {
        if a == UNDEF || b == UNDEF {
            return Some(None);
        }
        if self.relation == Relation::Same {
            return Some(Some(a == b));
        }
        let ranges = file.ranges();
        if let (Some(a), Some(b)) = (file.number(a), file.number(b)) {
            return match self.relation {
                Relation::Equal => Some(Some(compare(a, b) == Some(Ordering::Equal))),
                relation => Some(compare(a, b).map(|ordering| relation.of(ordering))),
            };
        }
        if let (Some(a), Some(b)) = (file.date(a), file.date(b)) {
            return compare_moments(a, b).map(|ordering| Some(self.relation.of(ordering)));
        }
        let is_node = |id| ranges.blanks.contains(&id) || ranges.iris.contains(&id);
        let is_text = |id| ranges.texts.contains(&id);
        if self.relation == Relation::Equal
            && (is_node(a) || is_node(b) || (is_text(a) && is_text(b)))
        {
            return Some(Some(a == b));
        }
        None
    }
}
