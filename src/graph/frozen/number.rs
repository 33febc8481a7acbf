//! Numbers of XML Schema as the dictionary holds them: exact values at fixed width, in the order of the
//! real line, whatever their datatypes.
//!
//! What does not fit (infinities, not-a-number, negative zero, integers beyond 64 bits, floating-point
//! numbers outside the range below) is kept as text among the other literals instead.

use oxsdatatypes::{Decimal, Double, Float, Integer};

/// What all datatypes below begin with.
pub(super) const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The local names of the numeric datatypes; a code is an index into this list, so it only ever grows.
const DATATYPES: [&str; 16] = [
    "integer",
    "decimal",
    "float",
    "double",
    "nonNegativeInteger",
    "positiveInteger",
    "nonPositiveInteger",
    "negativeInteger",
    "long",
    "int",
    "short",
    "byte",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
];

const DECIMAL: u8 = 1;
const FLOAT: u8 = 2;
const DOUBLE: u8 = 3;

/// One as a scaled decimal: decimals of XML Schema have 18 digits after the point here.
const ONE: i128 = 1_000_000_000_000_000_000;

/// A number by its value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Of xsd:integer or a type derived from it.
    Integer(i64),
    /// Of xsd:decimal.
    Decimal(Decimal),
    /// Of xsd:float.
    Float(f32),
    /// Of xsd:double.
    Double(f64),
}

/// A place on the real line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The integer part, towards minus infinity.
    pub whole: i128,
    /// What is above it, in units of 2^-128.
    pub fraction: u128,
}

impl Number {
    /// The place on the real line; none for what is not exact there (infinities, not-a-number, negative
    /// zero, floating-point numbers that are very large or very small).
    #[must_use]
    pub fn place(self) -> Option<Place> {
        let scaled = |scaled: i128| {
            let fraction = scaled.rem_euclid(ONE).unsigned_abs();
            let (one, rest) = (ONE.unsigned_abs(), fraction << 64);
            let (high, rest) = (rest / one, (rest % one) << 64);
            Place {
                whole: scaled.div_euclid(ONE),
                fraction: (high << 64) | (rest / one),
            }
        };
        match self {
            Self::Integer(value) => Some(scaled(i128::from(value) * ONE)),
            Self::Decimal(value) => Some(scaled(i128::from_be_bytes(value.to_be_bytes()))),
            Self::Float(value) => fits(f64::from(value)).then(|| binary(f64::from(value))),
            Self::Double(value) => fits(value).then(|| binary(value)),
        }
    }
}

/// A number as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stored {
    /// The datatype.
    pub(super) code: u8,
    /// A scaled integer, or the bits of a floating-point number; little-endian.
    pub(super) raw: [u8; 16],
}

/// The code of a datatype, by what follows [`XSD`] in its IRI.
pub(super) fn code(local: &str) -> Option<u8> {
    let index = DATATYPES.iter().position(|known| *known == local)?;
    u8::try_from(index).ok()
}

/// The IRI of a datatype.
pub(super) fn datatype(code: u8) -> Option<String> {
    DATATYPES
        .get(usize::from(code))
        .map(|local| format!("{XSD}{local}"))
}

impl Stored {
    /// Reads a lexical form; none where the number is to be kept as text.
    pub(super) fn parse(text: &str, code: u8) -> Option<Self> {
        let raw = match code {
            FLOAT => {
                let value = f32::from(text.parse::<Float>().ok()?);
                fits(f64::from(value)).then(|| u128::from(value.to_bits()))?
            }
            DOUBLE => {
                let value = f64::from(text.parse::<Double>().ok()?);
                fits(value).then(|| u128::from(value.to_bits()))?
            }
            DECIMAL => {
                let value: Decimal = text.parse().ok()?;
                u128::from_be_bytes(value.to_be_bytes())
            }
            _ => {
                let value = i64::from(text.parse::<Integer>().ok()?);
                u128::from_be_bytes((i128::from(value) * ONE).to_be_bytes())
            }
        };
        let raw = raw.to_le_bytes();
        Some(Self { code, raw })
    }

    fn scaled(self) -> i128 {
        i128::from_le_bytes(self.raw)
    }

    /// The value.
    pub(super) fn value(self) -> Number {
        let bits = u128::from_le_bytes(self.raw);
        match self.code {
            FLOAT => Number::Float(f32::from_bits(u32::try_from(bits).unwrap_or_default())),
            DOUBLE => Number::Double(f64::from_bits(u64::try_from(bits).unwrap_or_default())),
            DECIMAL => Number::Decimal(Decimal::from_be_bytes(self.scaled().to_be_bytes())),
            _ => Number::Integer(i64::try_from(self.scaled() / ONE).unwrap_or_default()),
        }
    }

    /// The canonical lexical form of the value.
    pub(super) fn canonical(self) -> String {
        match self.value() {
            Number::Integer(value) => value.to_string(),
            Number::Decimal(value) => value.to_string(),
            Number::Float(value) => Float::from(value).to_string(),
            Number::Double(value) => Double::from(value).to_string(),
        }
    }

    /// The place on the real line.
    pub(super) fn place(self) -> Place {
        self.value().place().unwrap_or(Place {
            whole: 0,
            fraction: 0,
        })
    }
}

/// Whether all bits of a floating-point number have room in a [`Place`].
fn fits(value: f64) -> bool {
    let size = value.abs();
    if value == 0.0 {
        return value.is_sign_positive();
    }
    value.is_finite() && size >= 2f64.powi(-75) && size < 2f64.powi(126)
}

/// The place of a number for which [`fits`] holds.
fn binary(value: f64) -> Place {
    if value == 0.0 {
        return Place {
            whole: 0,
            fraction: 0,
        };
    }
    let bits = value.to_bits();
    let mantissa = u128::from((bits & ((1 << 52) - 1)) | (1 << 52));
    // The number is the mantissa times two to the power of the exponent less 1075; in units of 2^-128
    // it is the mantissa shifted to the left by this much.
    let exponent = u32::try_from((bits >> 52) & 0x7ff).unwrap_or_default();
    let shift = (exponent + 128).saturating_sub(1075).min(254);
    let (high, low) = if shift >= 128 {
        (mantissa << (shift - 128), 0)
    } else if shift == 0 {
        (0, mantissa)
    } else {
        (mantissa >> (128 - shift), mantissa << shift)
    };
    let high = i128::try_from(high).unwrap_or(i128::MAX);
    if value > 0.0 {
        return Place {
            whole: high,
            fraction: low,
        };
    }
    let fraction = low.wrapping_neg();
    Place {
        whole: if fraction == 0 { -high } else { !high },
        fraction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, local: &str) -> Place {
        Stored::parse(text, code(local).unwrap()).unwrap().place()
    }

    #[test]
    fn numbers_of_all_types_stand_on_one_line() {
        let line = [
            ("-3", "integer"),
            ("-2.5", "decimal"),
            ("-0.3", "double"),
            ("-0.25", "float"),
            ("-0.000000000000000001", "decimal"),
            ("0", "byte"),
            ("1.0E-20", "double"),
            ("0.1", "decimal"),
            ("0.1", "double"),
            ("0.1", "float"),
            ("0.5", "double"),
            ("9223372036854775807", "integer"),
            ("9.3E18", "double"),
            ("1.0E37", "float"),
        ];
        let mut places = Vec::new();
        for (text, local) in line {
            places.push(place(text, local));
        }
        assert!(places.is_sorted(), "{places:?}");
        let mut distinct = places.clone();
        distinct.dedup();
        assert_eq!(distinct.len(), places.len());
    }

    #[test]
    fn equal_values_have_one_place() {
        for (text, local) in [
            ("5", "long"),
            ("5.0", "decimal"),
            ("5", "float"),
            ("5.0E0", "double"),
        ] {
            let five = Place {
                whole: 5,
                fraction: 0,
            };
            assert_eq!(place(text, local), five, "{text} {local}");
        }
        assert_eq!(place("-0.5", "decimal"), place("-5.0E-1", "double"));
        assert_eq!(place("-2", "integer"), place("-2.0E0", "double"));
    }

    #[test]
    fn what_has_no_exact_place_is_kept_as_text() {
        for (text, local) in [
            ("NaN", "double"),
            ("INF", "float"),
            ("-0.0E0", "double"),
            ("1e300", "double"),
            ("1e-30", "double"),
            ("99999999999999999999", "integer"),
            ("x", "integer"),
        ] {
            assert_eq!(Stored::parse(text, code(local).unwrap()), None, "{text}");
        }
    }

    #[test]
    fn canonical_forms_come_back() {
        for (text, local) in [("42", "nonNegativeInteger"), ("-1.5", "decimal")] {
            let stored = Stored::parse(text, code(local).unwrap()).unwrap();
            assert_eq!(stored.canonical(), text);
        }
        let double = Stored::parse("15e-1", DOUBLE).unwrap();
        assert_eq!(Stored::parse(&double.canonical(), DOUBLE), Some(double));
    }
}
