//! From a query to its answer: rows are decoded one by one as they are asked for.

use std::rc::Rc;
use std::sync::Arc;

use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Term, Triple, Variable};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter};
use rustc_hash::{FxHashMap, FxHashSet};
use spareval::QueryTripleIter;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::algebra::{Operator, Place, Plan};
use super::parts::Parts;
use super::table::{Table, UNDEF, Var, only};
use super::terms::Terms;
use super::translate::Translator;
use super::{Executor, Stop};
use crate::graph::frozen::{Frozen, Id, Reader};

/// Triples after which a CONSTRUCT forgets which ones it has shown, as in spareval.
const REMEMBERED: usize = 1024 * 1024;

/// A query, read.
pub(super) struct Read<'a> {
    pub(super) plan: Plan,
    pub(super) variables: Vec<Variable>,
    pub(super) executor: Executor<'a>,
}

/// Reads a pattern for execution.
pub(super) fn read<'a>(
    file: &'a Frozen,
    query: &Query,
    token: &CancellationToken,
) -> Result<Read<'a>, Stop> {
    let pattern = match query {
        Query::Select { pattern, .. }
        | Query::Ask { pattern, .. }
        | Query::Construct { pattern, .. } => pattern,
        Query::Describe { .. } => return Err(Stop::Unsuited("DESCRIBE")),
    };
    if query.dataset().is_some() {
        return Err(Stop::Unsuited("FROM"));
    }
    let terms = Terms::new(file);
    let mut translator = Translator::new(&terms);
    let plan = translator.plan(pattern, Place::Default)?;
    let variables = translator.variables;
    let executor = Executor::new(terms, Rc::new(query.clone()), token.clone());
    Ok(Read {
        plan,
        variables,
        executor,
    })
}

/// Answers a query by columns.
pub(super) fn answer<'a>(
    file: &'a Frozen,
    query: &Query,
    token: &CancellationToken,
) -> Result<QueryResults<'a>, Stop> {
    let Read {
        plan,
        variables,
        mut executor,
    } = read(file, query, token)?;
    match query {
        Query::Ask { .. } => {
            let plan = Plan::new(Operator::Slice(Box::new(plan), 0, Some(1)));
            let table = executor.eval(&plan, 0)?;
            Ok(QueryResults::Boolean(table.rows > 0))
        }
        Query::Construct { template, .. } => {
            let rows = Rows::new(executor, &plan, plan.possible)?;
            let template = template
                .iter()
                .map(|triple| Template::new(triple, &variables))
                .collect();
            Ok(QueryResults::Graph(QueryTripleIter::new(Constructed {
                rows,
                template,
                ready: Vec::new(),
                seen: FxHashSet::default(),
            })))
        }
        Query::Select { pattern, .. } => {
            let names = projected(pattern).ok_or(Stop::Unsuited("no projection"))?;
            let vars: Vec<Option<Var>> = names
                .iter()
                .map(|name| {
                    let at = variables.iter().position(|known| known == name)?;
                    Var::try_from(at).ok()
                })
                .collect();
            let needed = vars.iter().flatten().fold(0, |set, var| set | only(*var));
            let rows = Rows::new(executor, &plan, needed)?;
            let solutions = Solutions::new(file, rows, vars);
            Ok(QueryResults::Solutions(QuerySolutionIter::from_tuples(
                Arc::from(names),
                solutions,
            )))
        }
        Query::Describe { .. } => Err(Stop::Unsuited("DESCRIBE")),
    }
}

/// The variables that a query shows.
fn projected(pattern: &GraphPattern) -> Option<Vec<Variable>> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables.clone()),
        GraphPattern::Slice { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner } => projected(inner),
        _ => None,
    }
}

/// The rows of an answer.
struct Rows<'a> {
    executor: Executor<'a>,
    parts: Option<Parts<'a>>,
    table: Table,
    row: usize,
}

impl<'a> Rows<'a> {
    /// Works out the first rows, or all of them.
    fn new(mut executor: Executor<'a>, plan: &Plan, needed: u128) -> Result<Self, Stop> {
        let (inner, start, length) = match &plan.operator {
            Operator::Slice(inner, start, length) => (&**inner, *start, *length),
            _ => (plan, 0, None),
        };
        let mut parts = executor.parts(inner, start, length, needed)?;
        let table = match &mut parts {
            Some(parts) => parts.next(&mut executor)?.unwrap_or_default(),
            None => executor.eval(plan, needed)?,
        };
        Ok(Self {
            executor,
            parts,
            table,
            row: 0,
        })
    }

    /// Goes to the next row; false when there is none.
    fn advance(&mut self) -> Result<bool, QueryEvaluationError> {
        loop {
            if self.row < self.table.rows {
                self.row += 1;
                return Ok(true);
            }
            self.executor.alive()?;
            let Some(parts) = &mut self.parts else {
                return Ok(false);
            };
            match parts.next(&mut self.executor)? {
                Some(table) => {
                    self.table = table;
                    self.row = 0;
                }
                None => return Ok(false),
            }
        }
    }

    /// The value of a variable in the row.
    fn id(&self, var: Var) -> Option<Id> {
        let id = *self.table.column(var)?.get(self.row.checked_sub(1)?)?;
        (id != UNDEF).then_some(id)
    }
}

/// A column of an answer: its variable, what reads its terms, and the last of them.
type Column<'a> = (Option<Var>, Reader<'a>, Option<(Id, Term)>);

/// The solutions of a SELECT.
struct Solutions<'a> {
    rows: Rows<'a>,
    file: &'a Frozen,
    columns: Vec<Column<'a>>,
    is_over: bool,
}

impl<'a> Solutions<'a> {
    fn new(file: &'a Frozen, rows: Rows<'a>, vars: Vec<Option<Var>>) -> Self {
        Self {
            rows,
            file,
            columns: vars
                .into_iter()
                .map(|var| (var, file.reader(), None))
                .collect(),
            is_over: false,
        }
    }

    fn solution(&mut self) -> Result<Option<Vec<Option<Term>>>, QueryEvaluationError> {
        if !self.rows.advance()? {
            return Ok(None);
        }
        let mut solution = Vec::with_capacity(self.columns.len());
        for (var, reader, last) in &mut self.columns {
            let Some(id) = var.and_then(|var| self.rows.id(var)) else {
                solution.push(None);
                continue;
            };
            if let Some((same, term)) = last
                && *same == id
            {
                solution.push(Some(term.clone()));
                continue;
            }
            let term = if id < self.file.terms() {
                reader
                    .term(id)
                    .map_err(|error| QueryEvaluationError::Dataset(Box::new(error)))?
            } else {
                self.rows.executor.terms.term(id)?
            };
            *last = Some((id, term.clone()));
            solution.push(Some(term));
        }
        Ok(Some(solution))
    }
}

impl Iterator for Solutions<'_> {
    type Item = Result<Vec<Option<Term>>, QueryEvaluationError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.solution().transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }
}

/// A part of a template.
enum Part {
    Term(Term),
    Var(Option<Var>),
    Blank(BlankNode),
}

struct Template {
    subject: Part,
    predicate: Part,
    object: Part,
}

impl Template {
    fn new(triple: &TriplePattern, variables: &[Variable]) -> Self {
        let var = |name: &Variable| {
            let at = variables.iter().position(|known| known == name)?;
            Var::try_from(at).ok()
        };
        let term = |term: &TermPattern| match term {
            TermPattern::NamedNode(node) => Part::Term(node.clone().into()),
            TermPattern::Literal(literal) => Part::Term(literal.clone().into()),
            TermPattern::BlankNode(node) => Part::Blank(node.clone()),
            TermPattern::Variable(name) => Part::Var(var(name)),
        };
        Self {
            subject: term(&triple.subject),
            predicate: match &triple.predicate {
                NamedNodePattern::NamedNode(node) => Part::Term(node.clone().into()),
                NamedNodePattern::Variable(name) => Part::Var(var(name)),
            },
            object: term(&triple.object),
        }
    }
}

/// The triples of a CONSTRUCT.
struct Constructed<'a> {
    rows: Rows<'a>,
    template: Vec<Template>,
    ready: Vec<Triple>,
    seen: FxHashSet<Triple>,
}

impl Constructed<'_> {
    fn fill(&mut self) -> Result<bool, QueryEvaluationError> {
        if !self.rows.advance()? {
            return Ok(false);
        }
        let mut blanks: FxHashMap<BlankNode, BlankNode> = FxHashMap::default();
        for template in &self.template {
            let mut value = |place: &Part| -> Result<Option<Term>, QueryEvaluationError> {
                Ok(match place {
                    Part::Term(term) => Some(term.clone()),
                    Part::Blank(node) => {
                        Some(blanks.entry(node.clone()).or_default().clone().into())
                    }
                    Part::Var(var) => match var.and_then(|var| self.rows.id(var)) {
                        Some(id) => Some(self.rows.executor.terms.term(id)?),
                        None => None,
                    },
                })
            };
            let (subject, predicate, object) = (
                value(&template.subject)?,
                value(&template.predicate)?,
                value(&template.object)?,
            );
            let subject = match subject {
                Some(Term::NamedNode(node)) => NamedOrBlankNode::from(node),
                Some(Term::BlankNode(node)) => node.into(),
                _ => continue,
            };
            let predicate: NamedNode = match predicate {
                Some(Term::NamedNode(node)) => node,
                _ => continue,
            };
            let Some(object) = object else {
                continue;
            };
            let triple = Triple::new(subject, predicate, object);
            let is_new = triple.subject.is_blank_node()
                || triple.object.is_blank_node()
                || self.seen.insert(triple.clone());
            if is_new {
                self.ready.push(triple);
                if self.seen.len() > REMEMBERED {
                    self.seen.clear();
                }
            }
        }
        Ok(true)
    }
}

impl Iterator for Constructed<'_> {
    type Item = Result<Triple, QueryEvaluationError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(triple) = self.ready.pop() {
                return Some(Ok(triple));
            }
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
