//! An order of all values, for columns in which oxigraph's comparison is none.
//!
//! Its comparison of literals that are not comparable goes by their lexical forms (spareval, `cmp_terms`),
//! so that with 2, 10 and "1x" each may come before each, and a sort of them may end in a panic. Here
//! literals of different kinds are kept apart, in the order in which the file has them: numbers by value,
//! dates by time, texts, then each other datatype by itself, by value where its values have an order.

use oxigraph::model::Term;
use spareval::ExpressionTerm;

use super::{Executor, Stop};
use crate::graph::frozen::{Id, Number, Place};

/// Where a value stands.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Blank(String),
    Iri(String),
    /// By the place on the real line, and what is left of numbers too large or too small for one.
    Number(i128, u128, i64),
    NotANumber,
    /// By time; days before moments.
    Date(i64, bool),
    /// By code point, then by language; those without one last.
    Text(String, bool, String),
    /// By datatype, then by value, then by lexical form.
    Other(String, i128, String),
}

/// A month of a duration, in units of 10^-18 seconds: a twelfth of 365.25 days.
const MONTH: i128 = 2_629_800 * 1_000_000_000_000_000_000;

impl Executor<'_> {
    /// Where a value stands among all values.
    pub(super) fn standing(&self, id: Id) -> Result<Standing, Stop> {
        if let Some(number) = self.file().number(id) {
            return Ok(number_at(number));
        }
        if let Some(moment) = self.file().date(id) {
            return Ok(Standing::Date(moment.micros, moment.has_time));
        }
        let term = self.terms.term(id)?;
        Ok(match ExpressionTerm::from(term.clone()) {
            ExpressionTerm::IntegerLiteral(value) => number_at(Number::Integer(value.into())),
            ExpressionTerm::DecimalLiteral(value) => number_at(Number::Decimal(value)),
            ExpressionTerm::FloatLiteral(value) => number_at(Number::Float(value.into())),
            ExpressionTerm::DoubleLiteral(value) => number_at(Number::Double(value.into())),
            value => of_term(term, &value),
        })
    }
}

fn number_at(number: Number) -> Standing {
    let place = match number.place() {
        Some(Place { whole, fraction }) => return Standing::Number(whole, fraction, 0),
        None => match number {
            Number::Float(value) => f64::from(value),
            Number::Double(value) => value,
            Number::Integer(_) | Number::Decimal(_) => 0.0,
        },
    };
    if place.is_nan() {
        return Standing::NotANumber;
    }
    // The bits of floating-point numbers are in their order, but for the sign.
    let bits = i64::from_ne_bytes(place.to_bits().to_ne_bytes());
    let ordered = if bits < 0 {
        i64::MIN.wrapping_sub(bits)
    } else {
        bits
    };
    if place.abs() > 1.0 {
        let whole = if place > 0.0 { i128::MAX } else { i128::MIN };
        Standing::Number(whole, 0, ordered)
    } else if place < 0.0 {
        Standing::Number(-1, u128::MAX, ordered)
    } else {
        Standing::Number(0, 0, ordered)
    }
}

fn of_term(term: Term, value: &ExpressionTerm) -> Standing {
    let literal = match term {
        Term::BlankNode(node) => return Standing::Blank(node.into_string()),
        Term::NamedNode(node) => return Standing::Iri(node.into_string()),
        Term::Literal(literal) => literal,
    };
    let first = |bytes: &[u8]| {
        bytes
            .first_chunk()
            .map_or(0, |chunk| i128::from_be_bytes(*chunk))
    };
    let worth = match value {
        ExpressionTerm::TimeLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::GYearLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::GYearMonthLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::GMonthLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::GMonthDayLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::GDayLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::DateLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::DateTimeLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::DayTimeDurationLiteral(value) => Some(first(&value.to_be_bytes())),
        ExpressionTerm::YearMonthDurationLiteral(value) => {
            Some(i128::from(i64::from_be_bytes(value.to_be_bytes())).saturating_mul(MONTH))
        }
        ExpressionTerm::DurationLiteral(value) => {
            let bytes = value.to_be_bytes();
            let (months, seconds) = bytes.split_at(8);
            let months = months.first_chunk().map_or(0, |m| i64::from_be_bytes(*m));
            Some(
                i128::from(months)
                    .saturating_mul(MONTH)
                    .saturating_add(first(seconds)),
            )
        }
        _ => None,
    };
    let (datatype, language) = (
        literal.datatype().as_str().to_owned(),
        literal.language().map(str::to_owned),
    );
    let is_plain = language.is_none();
    if matches!(
        value,
        ExpressionTerm::StringLiteral(_) | ExpressionTerm::LangStringLiteral { .. }
    ) {
        return Standing::Text(literal.destruct().0, is_plain, language.unwrap_or_default());
    }
    match worth {
        Some(worth) => Standing::Other(datatype, worth, String::new()),
        None => Standing::Other(datatype, 0, literal.destruct().0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_place_stand_where_they_belong() {
        let line = [
            f64::NEG_INFINITY,
            -1e300,
            -1e40,
            -5.0,
            -1e-30,
            -1e-40,
            0.0,
            1e-40,
            1e-30,
            0.5,
            1e30,
            1e40,
            f64::INFINITY,
        ];
        let standings = line.map(|value| number_at(Number::Double(value)));
        assert!(standings.is_sorted(), "{standings:?}");
        assert_eq!(
            number_at(Number::Double(-0.0)),
            number_at(Number::Integer(0))
        );
        assert!(number_at(Number::Double(f64::NAN)) > number_at(Number::Double(f64::INFINITY)));
    }
}
