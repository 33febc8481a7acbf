//! The white list: reads SPARQL's algebra into the executor's own, or says why it cannot.
//!
//! Graphs are put into every pattern, and blank nodes of patterns are variables, both as oxigraph's
//! optimiser has it (sparopt, `from_sparql_algebra`).

use std::collections::HashMap;

use oxigraph::model::{BlankNode, Term, Variable};
use spargebra::algebra::{GraphPattern, OrderExpression, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::Stop;
use super::algebra::{Direction, Operator, PathPattern, Pattern, Place, Plan, Slot};
use super::path::Path;
use super::table::{UNDEF, Var, only};
use super::terms::Terms;
use crate::graph::frozen::Id;

/// Numbers from here on are for columns that the executor adds itself.
pub(super) const OWN: Var = 96;

/// Reads one query.
pub(super) struct Translator<'t, 'a> {
    terms: &'t Terms<'a>,
    /// The variables by their numbers; blank nodes have made-up names.
    pub(super) variables: Vec<Variable>,
    pub(super) blanks: HashMap<BlankNode, Var>,
    patterns: u32,
    /// Whether a pattern of EXISTS is read, whose solutions depend on the outer row.
    pub(super) in_exists: bool,
}

pub(super) type Read<T> = Result<T, Stop>;

pub(super) fn no<T>(reason: &'static str) -> Read<T> {
    Err(Stop::Unsuited(reason))
}

impl<'t, 'a> Translator<'t, 'a> {
    pub(super) fn new(terms: &'t Terms<'a>) -> Self {
        Self {
            terms,
            variables: Vec::new(),
            blanks: HashMap::new(),
            patterns: 0,
            in_exists: false,
        }
    }

    /// The number of a variable.
    pub(super) fn var(&mut self, variable: &Variable) -> Read<Var> {
        let known = self.variables.iter().position(|known| known == variable);
        let at = known.unwrap_or_else(|| {
            self.variables.push(variable.clone());
            self.variables.len() - 1
        });
        match Var::try_from(at) {
            Ok(var) if var < OWN => Ok(var),
            _ => no("too many variables"),
        }
    }

    fn fresh(&mut self) -> Read<Var> {
        // No variable of a query can have a space in its name.
        let name = format!("a {}", self.variables.len());
        self.var(&Variable::new_unchecked(name))
    }

    pub(super) fn id(&self, term: impl Into<Term>) -> Read<Id> {
        self.terms.intern(term.into())
    }

    fn term(&mut self, term: &TermPattern) -> Read<Slot> {
        Ok(match term {
            TermPattern::NamedNode(node) => Slot::Term(self.id(node.clone())?),
            TermPattern::Literal(literal) => Slot::Term(self.id(literal.clone())?),
            TermPattern::Variable(variable) => Slot::Var(self.var(variable)?),
            TermPattern::BlankNode(node) => {
                if let Some(var) = self.blanks.get(node) {
                    return Ok(Slot::Var(*var));
                }
                let var = self.fresh()?;
                self.blanks.insert(node.clone(), var);
                Slot::Var(var)
            }
        })
    }

    pub(super) fn name(&mut self, name: &NamedNodePattern) -> Read<Slot> {
        Ok(match name {
            NamedNodePattern::NamedNode(node) => Slot::Term(self.id(node.clone())?),
            NamedNodePattern::Variable(variable) => Slot::Var(self.var(variable)?),
        })
    }

    fn pattern(&mut self, subject: Slot, predicate: Slot, object: Slot, place: Place) -> Plan {
        self.patterns += 1;
        Plan::new(Operator::Pattern(Pattern {
            number: self.patterns,
            subject,
            predicate,
            object,
            place,
        }))
    }

    pub(super) fn triple(&mut self, triple: &TriplePattern, place: Place) -> Read<Plan> {
        let subject = self.term(&triple.subject)?;
        let predicate = self.name(&triple.predicate)?;
        let object = self.term(&triple.object)?;
        Ok(self.pattern(subject, predicate, object, place))
    }

    /// Reads a pattern that is matched in the given place.
    pub(super) fn plan(&mut self, pattern: &GraphPattern, place: Place) -> Read<Plan> {
        let is_fit = matches!(
            pattern,
            GraphPattern::Bgp { .. }
                | GraphPattern::Path { .. }
                | GraphPattern::Join { .. }
                | GraphPattern::LeftJoin { .. }
                | GraphPattern::Filter { .. }
                | GraphPattern::Union { .. }
                | GraphPattern::Graph { .. }
                | GraphPattern::Values { .. }
        );
        if self.in_exists && !is_fit {
            return no("BIND, MINUS or a subquery inside EXISTS");
        }
        Ok(match pattern {
            GraphPattern::Bgp { patterns } => {
                if patterns.is_empty() && place != Place::Default {
                    return no("an empty pattern in a named graph");
                }
                let mut plans = Vec::with_capacity(patterns.len());
                for triple in patterns {
                    plans.push(self.triple(triple, place)?);
                }
                Plan::join(plans)
            }
            GraphPattern::Path {
                subject,
                path,
                object,
            } => {
                let (subject, object) = (self.term(subject)?, self.term(object)?);
                self.path(subject, path, object, place)?
            }
            GraphPattern::Join { left, right } => {
                Plan::join([self.plan(left, place)?, self.plan(right, place)?])
            }
            GraphPattern::LeftJoin {
                left,
                right,
                expression,
            } => {
                let left = self.plan(left, place)?;
                let right = self.plan(right, place)?;
                let mut conditions = Vec::new();
                if let Some(expression) = expression {
                    self.conjuncts(expression, place, &mut conditions)?;
                }
                Plan::new(Operator::LeftJoin(
                    Box::new(left),
                    Box::new(right),
                    conditions,
                ))
            }
            GraphPattern::Filter { expr, inner } => {
                let inner = self.plan(inner, place)?;
                let mut conditions = Vec::new();
                self.conjuncts(expr, place, &mut conditions)?;
                Plan::new(Operator::Filter(Box::new(inner), conditions))
            }
            GraphPattern::Union { left, right } => {
                let mut children = Vec::new();
                for side in [left, right] {
                    let side = self.plan(side, place)?;
                    match side.operator {
                        Operator::Union(inner) => children.extend(inner),
                        operator => children.push(Plan { operator, ..side }),
                    }
                }
                Plan::new(Operator::Union(children))
            }
            GraphPattern::Graph { name, inner } => {
                let name = self.name(name)?;
                self.plan(inner, Place::Named(name))?
            }
            GraphPattern::Extend {
                inner,
                variable,
                expression,
            } => {
                let inner = self.plan(inner, place)?;
                let var = self.var(variable)?;
                if inner.possible & only(var) != 0 {
                    return no("BIND to a variable that is bound");
                }
                let value = self.condition(expression, place)?;
                Plan::new(Operator::Extend(Box::new(inner), var, value))
            }
            GraphPattern::Values {
                variables,
                bindings,
            } => self.values(variables, bindings)?,
            pattern => self.modified(pattern, place)?,
        })
    }

    /// Reads what is around groups: MINUS, and what a SELECT is made of.
    fn modified(&mut self, pattern: &GraphPattern, place: Place) -> Read<Plan> {
        Ok(match pattern {
            GraphPattern::Minus { left, right } => {
                let left = self.plan(left, place)?;
                let right = self.plan(right, place)?;
                let shared = left.possible & right.possible;
                if shared == 0 {
                    return Ok(left);
                }
                if left.certain & right.certain & shared == 0 {
                    return no("MINUS over variables that may be unbound");
                }
                Plan::new(Operator::Minus(Box::new(left), Box::new(right)))
            }
            GraphPattern::Project { inner, variables } => self.project(inner, variables, place)?,
            GraphPattern::OrderBy { inner, expression } => {
                let inner = self.plan(inner, place)?;
                let mut keys = Vec::with_capacity(expression.len());
                for key in expression {
                    let (key, direction) = match key {
                        OrderExpression::Asc(key) => (key, Direction::Ascending),
                        OrderExpression::Desc(key) => (key, Direction::Descending),
                    };
                    keys.push((self.condition(key, place)?, direction));
                }
                Plan::new(Operator::Order(Box::new(inner), keys))
            }
            // As sparopt has it, REDUCED is DISTINCT.
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
                Plan::new(Operator::Distinct(Box::new(self.plan(inner, place)?)))
            }
            GraphPattern::Slice {
                inner,
                start,
                length,
            } => Plan::new(Operator::Slice(
                Box::new(self.plan(inner, place)?),
                *start,
                *length,
            )),
            GraphPattern::Group {
                inner,
                variables,
                aggregates,
            } => {
                let inner = self.plan(inner, place)?;
                let mut keys = Vec::with_capacity(variables.len());
                for variable in variables {
                    keys.push(self.var(variable)?);
                }
                let mut made = Vec::with_capacity(aggregates.len());
                for (variable, aggregate) in aggregates {
                    made.push((self.var(variable)?, self.aggregate(aggregate, place)?));
                }
                Plan::new(Operator::Group(Box::new(inner), keys, made))
            }
            _ => return no("LATERAL or SERVICE"),
        })
    }

    fn project(
        &mut self,
        inner: &GraphPattern,
        variables: &[Variable],
        place: Place,
    ) -> Read<Plan> {
        let blanks = std::mem::take(&mut self.blanks);
        let mut vars = Vec::with_capacity(variables.len());
        for variable in variables {
            vars.push(self.var(variable)?);
        }
        let place = match place {
            Place::Named(Slot::Var(var)) if !vars.contains(&var) => {
                Place::Named(Slot::Var(self.fresh()?))
            }
            place => place,
        };
        let inner = self.plan(inner, place)?;
        self.blanks = blanks;
        Ok(Plan::new(Operator::Project(Box::new(inner), vars)))
    }

    fn values(
        &mut self,
        variables: &[Variable],
        bindings: &[Vec<Option<GroundTerm>>],
    ) -> Read<Plan> {
        let mut vars = Vec::with_capacity(variables.len());
        for variable in variables {
            vars.push(self.var(variable)?);
        }
        let mut rows = Vec::with_capacity(bindings.len());
        for binding in bindings {
            let mut row = Vec::with_capacity(binding.len());
            for term in binding {
                row.push(match term {
                    None => UNDEF,
                    Some(GroundTerm::NamedNode(node)) => self.id(node.clone())?,
                    Some(GroundTerm::Literal(literal)) => self.id(literal.clone())?,
                });
            }
            rows.push(row);
        }
        Ok(Plan::new(Operator::Values(vars, rows)))
    }

    fn path(
        &mut self,
        subject: Slot,
        path: &PropertyPathExpression,
        object: Slot,
        place: Place,
    ) -> Read<Plan> {
        Ok(match path {
            PropertyPathExpression::NamedNode(node) => {
                let predicate = Slot::Term(self.id(node.clone())?);
                self.pattern(subject, predicate, object, place)
            }
            PropertyPathExpression::Reverse(inner) => self.path(object, inner, subject, place)?,
            PropertyPathExpression::Sequence(..)
            | PropertyPathExpression::NegatedPropertySet(_) => {
                return no("a path whose solutions oxigraph counts by its plan");
            }
            path => Plan::new(Operator::Path(PathPattern {
                subject,
                path: self.steps(path)?,
                object,
                place,
            })),
        })
    }

    fn steps(&self, path: &PropertyPathExpression) -> Read<Path> {
        let inner = |path: &PropertyPathExpression| self.steps(path).map(Box::new);
        Ok(match path {
            PropertyPathExpression::NamedNode(node) => Path::Step(self.id(node.clone())?),
            PropertyPathExpression::Reverse(path) => Path::Reverse(inner(path)?),
            PropertyPathExpression::Sequence(a, b) => Path::Sequence(inner(a)?, inner(b)?),
            PropertyPathExpression::Alternative(a, b) => Path::Alternative(inner(a)?, inner(b)?),
            PropertyPathExpression::ZeroOrMore(path) => Path::ZeroOrMore(inner(path)?),
            PropertyPathExpression::OneOrMore(path) => Path::OneOrMore(inner(path)?),
            PropertyPathExpression::ZeroOrOne(path) => Path::ZeroOrOne(inner(path)?),
            PropertyPathExpression::NegatedPropertySet(nodes) => {
                let mut ids = Vec::with_capacity(nodes.len());
                for node in nodes {
                    ids.push(self.id(node.clone())?);
                }
                Path::Negated(ids)
            }
        })
    }
}
