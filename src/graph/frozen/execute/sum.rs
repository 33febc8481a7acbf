//! SUM and AVG over xsd:integer and xsd:decimal. Sums of floating-point numbers depend on the order of the
//! rows, so those are left to oxigraph's evaluator, as are sums that might overflow on the way.

use oxsdatatypes::{Decimal, Integer};
use spareval::ExpressionTerm;

use super::aggregate::{Groups, distinct_pairs};
use super::expression::Memo;
use super::table::UNDEF;
use super::{Executor, Stop};
use crate::graph::frozen::{Id, Number};

/// One, as a scaled decimal.
const ONE: i128 = 1_000_000_000_000_000_000;

/// The sum of a group.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: i64,
    integers: i128,
    /// The sum of the absolute values: no order of the rows can overflow if this does not.
    size: i128,
    decimals: i128,
    has_decimals: bool,
    is_error: bool,
}

/// What is added.
#[derive(Debug, Clone, Copy)]
enum Summand {
    Integer(i64),
    Decimal(i128),
    Error,
}

impl Executor<'_> {
    /// The sum or average of each group.
    pub(super) fn sums(
        &mut self,
        column: &[Id],
        groups: &Groups,
        distinct: bool,
        average: bool,
    ) -> Result<Vec<Id>, Stop> {
        let mut sums = vec![Sum::default(); groups.count];
        let mut memo: Memo<Summand> = Memo::default();
        if distinct {
            let normal = self.normal(column)?;
            for (group, id) in groups.of.iter().zip(column) {
                if *id == UNDEF
                    && let Some(sum) = sums.get_mut(*group as usize)
                {
                    sum.is_error = true;
                }
            }
            for (group, id) in distinct_pairs(&normal, groups) {
                let summand = self.summand(id, &mut memo)?;
                if let Some(sum) = sums.get_mut(group as usize) {
                    sum.add(summand)?;
                }
            }
        } else {
            for (group, id) in groups.of.iter().zip(column) {
                let summand = self.summand(*id, &mut memo)?;
                if let Some(sum) = sums.get_mut(*group as usize) {
                    sum.add(summand)?;
                }
            }
        }
        let mut ids = Vec::with_capacity(sums.len());
        for sum in sums {
            ids.push(match sum.finish(average)? {
                Some(value) => self.terms.intern(value.into())?,
                None => UNDEF,
            });
        }
        Ok(ids)
    }

    fn summand(&self, id: Id, memo: &mut Memo<Summand>) -> Result<Summand, Stop> {
        match self.file().number(id) {
            Some(Number::Integer(value)) => return Ok(Summand::Integer(value)),
            Some(Number::Decimal(value)) => {
                return Ok(Summand::Decimal(i128::from_be_bytes(value.to_be_bytes())));
            }
            _ if id == UNDEF => return Ok(Summand::Error),
            _ => {}
        }
        if let Some(summand) = memo.get(&id) {
            return Ok(*summand);
        }
        let summand = match self.terms.value(id)? {
            ExpressionTerm::IntegerLiteral(value) => Summand::Integer(value.into()),
            ExpressionTerm::DecimalLiteral(value) => {
                Summand::Decimal(i128::from_be_bytes(value.to_be_bytes()))
            }
            ExpressionTerm::FloatLiteral(_) | ExpressionTerm::DoubleLiteral(_) => {
                return Err(Stop::Unsuited("a sum of floating-point numbers"));
            }
            _ => Summand::Error,
        };
        memo.insert(id, summand);
        Ok(summand)
    }
}

impl Sum {
    fn add(&mut self, summand: Summand) -> Result<(), Stop> {
        self.count += 1;
        let overflow = Stop::Unsuited("a sum that may overflow");
        match summand {
            Summand::Integer(value) => {
                let value = i128::from(value);
                self.integers += value;
                self.size += value.abs();
                if self.size > i128::from(i64::MAX) {
                    return Err(overflow);
                }
            }
            Summand::Decimal(value) => {
                self.has_decimals = true;
                let size = value
                    .checked_abs()
                    .and_then(|size| self.decimals_size(size));
                if size.is_none() {
                    return Err(overflow);
                }
                self.decimals += value;
            }
            Summand::Error => self.is_error = true,
        }
        Ok(())
    }

    /// Adds the size of a decimal to that of the integers, rounded up.
    fn decimals_size(&mut self, size: i128) -> Option<()> {
        self.size = self.size.checked_add(size / ONE + 1)?;
        (self.size <= i128::from(i64::MAX)).then_some(())
    }

    fn finish(self, average: bool) -> Result<Option<ExpressionTerm>, Stop> {
        if self.is_error {
            return Ok(None);
        }
        let Ok(integers) = i64::try_from(self.integers) else {
            return Err(Stop::Unsuited("a sum that may overflow"));
        };
        let integer = Integer::from(integers);
        if average && self.count == 0 {
            return Ok(Some(ExpressionTerm::IntegerLiteral(0.into())));
        }
        let decimal = Decimal::from_be_bytes((self.integers * ONE + self.decimals).to_be_bytes());
        if average {
            let quotient = decimal.checked_div(Integer::from(self.count));
            return Ok(quotient.map(ExpressionTerm::DecimalLiteral));
        }
        Ok(Some(if self.has_decimals {
            ExpressionTerm::DecimalLiteral(decimal)
        } else {
            ExpressionTerm::IntegerLiteral(integer)
        }))
    }
}
