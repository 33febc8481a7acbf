//! The executor's own algebra: what the white list lets through, with constants as ids and variables as
//! numbers, and for every node which variables it may and which it must bind.

use oxigraph::model::Variable;
use spargebra::algebra::Expression;

use super::path::Path;
use super::table::{Var, Vars, only};
use crate::graph::frozen::Id;

/// A place in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A variable.
    Var(Var),
    /// A constant; its id is that of a query-local term where no quad has it.
    Term(Id),
}

impl Slot {
    /// The variable, as a set.
    pub(super) fn vars(self) -> Vars {
        match self {
            Self::Var(var) => only(var),
            Self::Term(_) => 0,
        }
    }
}

/// Where a pattern is matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the default graph.
    Default,
    /// In the named graphs that fit.
    Named(Slot),
}

impl Place {
    /// The variable, as a set.
    pub(super) fn vars(self) -> Vars {
        match self {
            Self::Default => 0,
            Self::Named(slot) => slot.vars(),
        }
    }
}

/// A triple pattern in a graph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// Tells the patterns of a query apart.
    pub(super) number: u32,
    pub(super) subject: Slot,
    pub(super) predicate: Slot,
    pub(super) object: Slot,
    pub(super) place: Place,
}

impl Pattern {
    /// Its variables.
    pub(super) fn vars(&self) -> Vars {
        self.subject.vars() | self.predicate.vars() | self.object.vars() | self.place.vars()
    }
}

/// A property path between two places.
#[derive(Debug, Clone)]
pub(super) struct PathPattern {
    pub(super) subject: Slot,
    pub(super) path: Path,
    pub(super) object: Slot,
    pub(super) place: Place,
}

/// An expression, with what is decided here apart from what is decided by its values.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    pub(super) kind: Kind,
    /// The variables that it looks at.
    pub(super) vars: Vars,
}

/// The kinds of expressions.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Box<Plan>),
    Bound(Var),
    Variable(Var),
    Constant(Id),
    /// Any other expression, with the numbers of its variables.
    Leaf(Expression, Vec<(Variable, Var)>),
}

/// A function over the rows of a group.
#[derive(Debug, Clone)]
pub(super) struct Aggregate {
    pub(super) function: Function,
    /// The argument; none for `COUNT(*)`.
    pub(super) argument: Option<Condition>,
    pub(super) distinct: bool,
}

/// The aggregate functions that are known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Count,
    Sum,
    Average,
    Minimum,
    Maximum,
    Sample,
}

/// An operator and its operands.
#[derive(Debug, Clone)]
pub(super) enum Operator {
    /// One solution that binds nothing.
    Unit,
    Pattern(Pattern),
    Path(PathPattern),
    Values(Vec<Var>, Vec<Vec<Id>>),
    Join(Vec<Plan>),
    LeftJoin(Box<Plan>, Box<Plan>, Vec<Condition>),
    Minus(Box<Plan>, Box<Plan>),
    Union(Vec<Plan>),
    Filter(Box<Plan>, Vec<Condition>),
    Extend(Box<Plan>, Var, Condition),
    Group(Box<Plan>, Vec<Var>, Vec<(Var, Aggregate)>),
    Order(Box<Plan>, Vec<(Condition, Direction)>),
    Project(Box<Plan>, Vec<Var>),
    Distinct(Box<Plan>),
    Slice(Box<Plan>, usize, Option<usize>),
}

/// The direction of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Ascending,
    Descending,
}

/// A node of a query.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) operator: Operator,
    /// The variables that some solution may bind.
    pub(super) possible: Vars,
    /// The variables that every solution binds.
    pub(super) certain: Vars,
}

impl Plan {
    /// A node, with its variables worked out.
    pub(super) fn new(operator: Operator) -> Self {
        let (possible, certain) = match &operator {
            Operator::Unit => (0, 0),
            Operator::Pattern(pattern) => (pattern.vars(), pattern.vars()),
            Operator::Path(path) => {
                let vars = path.subject.vars() | path.object.vars() | path.place.vars();
                (vars, vars)
            }
            Operator::Values(vars, rows) => {
                let mut certain = 0;
                for (at, var) in vars.iter().enumerate() {
                    if rows
                        .iter()
                        .all(|row| row.get(at).is_some_and(|id| *id != Id::MAX))
                    {
                        certain |= only(*var);
                    }
                }
                (set(vars), certain)
            }
            Operator::Join(children) => {
                children.iter().fold((0, 0), |(possible, certain), child| {
                    (possible | child.possible, certain | child.certain)
                })
            }
            Operator::LeftJoin(left, right, _) => (left.possible | right.possible, left.certain),
            Operator::Minus(inner, _)
            | Operator::Filter(inner, _)
            | Operator::Order(inner, _)
            | Operator::Distinct(inner)
            | Operator::Slice(inner, ..) => (inner.possible, inner.certain),
            Operator::Union(children) => children
                .iter()
                .fold((0, Vars::MAX), |(possible, certain), child| {
                    (possible | child.possible, certain & child.certain)
                }),
            Operator::Extend(inner, var, value) => {
                let is_certain = match &value.kind {
                    Kind::Constant(_) => true,
                    Kind::Variable(var) => inner.certain & only(*var) != 0,
                    _ => false,
                };
                let var = only(*var);
                (
                    inner.possible | var,
                    inner.certain | if is_certain { var } else { 0 },
                )
            }
            Operator::Group(inner, keys, aggregates) => {
                let certain = aggregates
                    .iter()
                    .filter(|(_, aggregate)| aggregate.function == Function::Count)
                    .fold(inner.certain & set(keys), |certain, (var, _)| {
                        certain | only(*var)
                    });
                let made = aggregates
                    .iter()
                    .fold(0, |made, (var, _)| made | only(*var));
                (set(keys) | made, certain)
            }
            Operator::Project(inner, vars) => {
                (inner.possible & set(vars), inner.certain & set(vars))
            }
        };
        Self {
            operator,
            possible,
            certain,
        }
    }

    /// A join; joins inside it are made one with it.
    pub(super) fn join(plans: impl IntoIterator<Item = Self>) -> Self {
        let mut children = Vec::new();
        for plan in plans {
            match plan.operator {
                Operator::Unit => {}
                Operator::Join(inner) => children.extend(inner),
                operator => children.push(Self { operator, ..plan }),
            }
        }
        if children.len() == 1
            && let Some(only) = children.pop()
        {
            return only;
        }
        if children.is_empty() {
            return Self::new(Operator::Unit);
        }
        Self::new(Operator::Join(children))
    }
}

/// The set of a list of variables.
pub(super) fn set(vars: &[Var]) -> Vars {
    vars.iter().fold(0, |set, var| set | only(*var))
}
