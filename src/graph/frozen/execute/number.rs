//! Comparisons of numbers and dates as oxigraph's evaluator makes them: numbers of two types are compared
//! in the wider one, dates with a zone and dates without only where no zone could change the answer.

use std::cmp::Ordering;

use oxsdatatypes::{Decimal, Double, Float, Integer};

use crate::graph::frozen::{Moment, Number};

/// How two numbers compare.
pub(super) fn compare(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Integer(a), Number::Integer(b)) => Some(a.cmp(&b)),
        (Number::Integer(a), Number::Decimal(b)) => Decimal::from(Integer::from(a)).partial_cmp(&b),
        (Number::Decimal(a), Number::Integer(b)) => a.partial_cmp(&Decimal::from(Integer::from(b))),
        (Number::Decimal(a), Number::Decimal(b)) => a.partial_cmp(&b),
        (Number::Double(_), _) | (_, Number::Double(_)) => double(a).partial_cmp(&double(b)),
        (Number::Float(_), _) | (_, Number::Float(_)) => float(a).partial_cmp(&float(b)),
    }
}

fn double(number: Number) -> Double {
    match number {
        Number::Integer(value) => Integer::from(value).into(),
        Number::Decimal(value) => value.into(),
        Number::Float(value) => Float::from(value).into(),
        Number::Double(value) => value.into(),
    }
}

fn float(number: Number) -> Float {
    match number {
        Number::Integer(value) => Integer::from(value).into(),
        Number::Decimal(value) => value.into(),
        Number::Float(value) => value.into(),
        // Two numbers of which one is a double are compared as doubles.
        Number::Double(_) => Float::from(0.0),
    }
}

/// How two moments of one type compare; none where that must be asked of the evaluator.
pub(super) fn compare_moments(a: Moment, b: Moment) -> Option<Ordering> {
    let are_alike = a.has_time == b.has_time && a.zone.is_some() == b.zone.is_some();
    are_alike.then(|| a.micros.cmp(&b.micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_equals_the_double_it_is_rounded_to() {
        let tenth: Decimal = "0.1".parse().unwrap();
        assert_eq!(
            compare(Number::Decimal(tenth), Number::Double(0.1)),
            Some(Ordering::Equal)
        );
        assert_eq!(
            compare(Number::Integer(2), Number::Float(1.5)),
            Some(Ordering::Greater)
        );
        assert_eq!(
            compare(Number::Integer(2), Number::Decimal(Decimal::from(2))),
            Some(Ordering::Equal)
        );
    }
}
