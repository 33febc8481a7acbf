//! Expressions over the rows of a table: the logic of three values here, everything else once for each
//! distinct value or combination of values, natively where the answer is plain and in bulk elsewhere.

use oxigraph::model::{Literal, Term, Variable};
use rustc_hash::FxHashMap;
use spareval::QueryableDataset as _;
use spargebra::algebra::{Expression, Function};

use super::algebra::{Condition, Kind};
use super::compare::Pair;
use super::native::Test;
use super::table::{Table, UNDEF, Var, fits};
use super::{Executor, Stop};
use crate::graph::frozen::Id;
use crate::graph::frozen::dataset::Dataset;

/// True, false, or an error.
pub(super) type Truth = Option<bool>;

impl Executor<'_> {
    /// What a condition is for each row.
    pub(super) fn truth(
        &mut self,
        condition: &Condition,
        table: &Table,
    ) -> Result<Vec<Truth>, Stop> {
        self.alive()?;
        fits(table.rows, 1)?;
        match &condition.kind {
            Kind::And(inner) => self.combined(inner, table, false),
            Kind::Or(inner) => self.combined(inner, table, true),
            Kind::Not(inner) => {
                let mut truths = self.truth(inner, table)?;
                for truth in &mut truths {
                    *truth = truth.map(|truth| !truth);
                }
                Ok(truths)
            }
            Kind::Exists(plan) => {
                let outer = std::mem::replace(&mut self.correlated, true);
                let marks = self.matched(table, plan, condition.vars);
                self.correlated = outer;
                Ok(marks?.into_iter().map(Some).collect())
            }
            Kind::Bound(var) => Ok(match table.column(*var) {
                Some(column) => column.iter().map(|id| Some(*id != UNDEF)).collect(),
                None => vec![Some(false); table.rows],
            }),
            Kind::Variable(_) | Kind::Constant(_) => {
                let column = self.values(condition, table)?;
                let (ids, at) = distinct(&column);
                let dataset = Dataset::with_locals(self.file(), self.terms.locals.clone());
                let mut truths = Vec::with_capacity(ids.len());
                for id in ids {
                    truths.push(if id == UNDEF {
                        None
                    } else {
                        dataset.internal_term_effective_boolean_value(id)?
                    });
                }
                Ok(spread(&truths, &at))
            }
            Kind::Leaf(expression, vars) => self.leaf(expression, vars, table),
        }
    }

    /// The conjunction (which ends with false) or disjunction (which ends with true).
    fn combined(
        &mut self,
        inner: &[Condition],
        table: &Table,
        end: bool,
    ) -> Result<Vec<Truth>, Stop> {
        let mut all = vec![Some(!end); table.rows];
        for condition in inner {
            let truths = self.truth(condition, table)?;
            for (all, truth) in all.iter_mut().zip(truths) {
                *all = match (*all, truth) {
                    (Some(a), _) if a == end => Some(end),
                    (_, Some(b)) if b == end => Some(end),
                    (None, _) | (_, None) => None,
                    _ => Some(!end),
                };
            }
        }
        Ok(all)
    }

    fn leaf(
        &mut self,
        expression: &Expression,
        vars: &[(Variable, Var)],
        table: &Table,
    ) -> Result<Vec<Truth>, Stop> {
        if let [(name, var)] = vars
            && let Some(column) = table.column(*var)
        {
            let (ids, at) = distinct(column);
            let mut truths: Vec<Truth> = vec![None; ids.len()];
            let mut open: Vec<u32> = Vec::new();
            if let Some(mut test) = Test::new(self, expression, name)? {
                for (place, (id, truth)) in (0..).zip(ids.iter().zip(&mut truths)) {
                    if place % 4096 == 0 {
                        self.alive()?;
                    }
                    match test.of(*id) {
                        Some(found) => *truth = found,
                        None => open.push(place),
                    }
                }
            } else {
                open = (0..).zip(&ids).map(|(place, _)| place).collect();
            }
            self.decide(expression, vars, &[&ids], &open, &mut truths)?;
            return Ok(spread(&truths, &at));
        }
        if let Some(pair) = Pair::new(expression, vars)
            && let (Some(left), Some(right)) = (table.column(pair.left), table.column(pair.right))
        {
            let mut truths: Vec<Truth> = vec![None; table.rows];
            let mut open = Vec::new();
            for (row, ((left, right), truth)) in (0..).zip(left.iter().zip(right).zip(&mut truths))
            {
                match pair.of(self.file(), *left, *right) {
                    Some(found) => *truth = found,
                    None => open.push(row),
                }
            }
            if open.is_empty() {
                return Ok(truths);
            }
            let columns: Vec<&[Id]> = vars
                .iter()
                .filter_map(|(_, var)| table.column(*var))
                .collect();
            if columns.len() == vars.len() {
                self.decide(expression, vars, &columns, &open, &mut truths)?;
                return Ok(truths);
            }
        }
        let (columns, at, count) = tuples(vars, table);
        let columns: Vec<&[Id]> = columns.iter().map(Vec::as_slice).collect();
        let mut truths = vec![None; count];
        let open: Vec<u32> = (0..)
            .zip(&truths)
            .map(|(row, _): (u32, &Truth)| row)
            .collect();
        self.decide(expression, vars, &columns, &open, &mut truths)?;
        Ok(spread(&truths, &at))
    }

    /// Has the evaluator decide what is open.
    fn decide(
        &mut self,
        expression: &Expression,
        vars: &[(Variable, Var)],
        columns: &[&[Id]],
        open: &[u32],
        truths: &mut [Truth],
    ) -> Result<(), Stop> {
        if open.is_empty() {
            return Ok(());
        }
        let boolean = |value: bool| Box::new(Expression::Literal(Literal::from(value)));
        let expression =
            Expression::If(Box::new(expression.clone()), boolean(true), boolean(false));
        let yes = self.terms.intern(Literal::from(true).into())?;
        let rows: Vec<Vec<Id>> = columns
            .iter()
            .map(|column| super::table::pick(column, open))
            .collect();
        let found = self.bulk(&expression, vars, &rows, open.len())?;
        for (row, id) in open.iter().zip(found) {
            if let Some(truth) = truths.get_mut(*row as usize) {
                *truth = (id != UNDEF).then_some(id == yes);
            }
        }
        Ok(())
    }

    /// The value of an expression for each row.
    pub(super) fn values(&mut self, value: &Condition, table: &Table) -> Result<Vec<Id>, Stop> {
        fits(table.rows, 1)?;
        match &value.kind {
            Kind::Variable(var) => Ok(match table.column(*var) {
                Some(column) => column.to_vec(),
                None => vec![UNDEF; table.rows],
            }),
            Kind::Constant(id) => Ok(vec![*id; table.rows]),
            Kind::And(_) | Kind::Or(_) | Kind::Not(_) | Kind::Exists(_) | Kind::Bound(_) => {
                let truths = self.truth(value, table)?;
                let yes = self.terms.intern(Literal::from(true).into())?;
                let no = self.terms.intern(Literal::from(false).into())?;
                Ok(truths
                    .into_iter()
                    .map(|truth| match truth {
                        Some(true) => yes,
                        Some(false) => no,
                        None => UNDEF,
                    })
                    .collect())
            }
            Kind::Leaf(expression, vars) => {
                if let Some((function, var)) = native_value(expression, vars)
                    && let Some(column) = table.column(var)
                {
                    return self.native_values(expression, vars, function, column);
                }
                let (columns, at, count) = tuples(vars, table);
                let values = self.bulk(expression, vars, &columns, count)?;
                Ok(spread(&values, &at))
            }
        }
    }

    fn native_values(
        &mut self,
        expression: &Expression,
        vars: &[(Variable, Var)],
        function: &Function,
        column: &[Id],
    ) -> Result<Vec<Id>, Stop> {
        let (ids, at) = match function {
            // The part of a date is found faster than whether it was found before.
            Function::Year | Function::Month | Function::Day => (
                column.to_vec(),
                (0u32..).zip(column).map(|(row, _)| row).collect(),
            ),
            _ => distinct(column),
        };
        let file = self.file();
        let ranges = file.ranges();
        let mut values = vec![UNDEF; ids.len()];
        let mut open = Vec::new();
        let mut reader = file.reader();
        for (place, (id, value)) in (0u32..).zip(ids.iter().zip(&mut values)) {
            if place % 4096 == 0 {
                self.alive()?;
            }
            let is_plain = ranges.iris.contains(id) || ranges.texts.contains(id);
            match function {
                _ if *id == UNDEF => {}
                Function::Str if is_plain => {
                    let text = match reader.iri(*id) {
                        Some(iri) => Some(iri.to_owned()),
                        // A plain string is its own.
                        None => match reader.text(*id) {
                            Some((text, Some(_))) => Some(text.to_owned()),
                            _ => None,
                        },
                    };
                    *value = match text {
                        Some(text) => self
                            .terms
                            .intern(Term::from(Literal::new_simple_literal(text)))?,
                        None => *id,
                    };
                }
                Function::Year | Function::Month | Function::Day => {
                    if let Some(moment) = file.date(*id) {
                        let (year, month, day) = moment.civil();
                        let part = match function {
                            Function::Year => year,
                            Function::Month => month.into(),
                            _ => day.into(),
                        };
                        *value = self.integer(part)?;
                    } else if !(is_plain
                        || ranges.numbers.contains(id)
                        || ranges.blanks.contains(id))
                    {
                        open.push(place);
                    }
                }
                _ => open.push(place),
            }
        }
        if !open.is_empty() {
            let rows = super::table::pick(&ids, &open);
            let found = self.bulk(expression, vars, &[rows], open.len())?;
            for (place, id) in open.iter().zip(found) {
                if let Some(value) = values.get_mut(*place as usize) {
                    *value = id;
                }
            }
        }
        Ok(spread(&values, &at))
    }

    /// The id of an xsd:integer.
    pub(super) fn integer(&mut self, value: i64) -> Result<Id, Stop> {
        if let Some(id) = self.integers.get(&value) {
            return Ok(*id);
        }
        let id = self.terms.intern(Literal::from(value).into())?;
        self.integers.insert(value, id);
        Ok(id)
    }
}

/// A function of one variable that is known here.
fn native_value<'e>(
    expression: &'e Expression,
    vars: &[(Variable, Var)],
) -> Option<(&'e Function, Var)> {
    let (Expression::FunctionCall(function, arguments), [(_, var)]) = (expression, vars) else {
        return None;
    };
    let is_known = matches!(
        function,
        Function::Str | Function::Year | Function::Month | Function::Day
    );
    let is_variable = matches!(arguments.as_slice(), [Expression::Variable(_)]);
    (is_known && is_variable).then_some((function, *var))
}

/// The distinct values of a column, ascending, and for each row which one it has.
pub(super) fn distinct(column: &[Id]) -> (Vec<Id>, Vec<u32>) {
    let mut ids = Vec::new();
    let mut at = vec![0; column.len()];
    if column.is_sorted() {
        for (id, at) in column.iter().zip(&mut at) {
            if ids.last() != Some(id) {
                ids.push(*id);
            }
            *at = u32::try_from(ids.len())
                .unwrap_or(u32::MAX)
                .saturating_sub(1);
        }
        return (ids, at);
    }
    let mut keys: Vec<u64> = column
        .iter()
        .zip(0u64..)
        .map(|(id, row)| u64::from(*id) << 32 | row)
        .collect();
    keys.sort_unstable();
    for key in keys {
        let (id, row) = super::order::unpack(key);
        if ids.last() != Some(&id) {
            ids.push(id);
        }
        if let Some(at) = at.get_mut(row as usize) {
            *at = u32::try_from(ids.len())
                .unwrap_or(u32::MAX)
                .saturating_sub(1);
        }
    }
    (ids, at)
}

/// The distinct combinations of values, by columns, and for each row which one it has.
fn tuples(vars: &[(Variable, Var)], table: &Table) -> (Vec<Vec<Id>>, Vec<u32>, usize) {
    let unbound = vec![UNDEF; table.rows];
    let columns: Vec<&[Id]> = vars
        .iter()
        .map(|(_, var)| table.column(*var).unwrap_or(&unbound))
        .collect();
    let (at, firsts) = super::order::groups(&columns, table.rows);
    let rows = columns
        .iter()
        .map(|column| super::table::pick(column, &firsts))
        .collect();
    (rows, at, firsts.len())
}

/// What holds for distinct values, for each row.
fn spread<T: Copy + Default>(values: &[T], at: &[u32]) -> Vec<T> {
    at.iter()
        .map(|at| values.get(*at as usize).copied().unwrap_or_default())
        .collect()
}

/// Values by key.
pub(super) type Memo<T> = FxHashMap<Id, T>;
