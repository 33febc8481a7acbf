//! SIRET numbers: the French register's identifier of an establishment, 14 digits.
//!
//! The last digit is a Luhn check over all 14 (ISO/IEC 7812-1). La Poste's establishments, SIREN
//! 356 000 000, are the documented exception: there the digits add up to a multiple of five.

use thiserror::Error;

/// Why a text is no SIRET.
#[derive(Debug, Error, PartialEq, Eq)]
pub(in crate::source) enum SiretError {
    /// Not 14 digits.
    #[error("a SIRET has 14 digits")]
    Shape,
    /// The check digit disagrees.
    #[error("its check digit does not fit")]
    Checksum,
}

/// A SIRET whose check digit fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) struct Siret(String);

impl Siret {
    /// Reads a SIRET; spaces between the digits are dropped.
    pub(in crate::source) fn parse(text: &str) -> Result<Self, SiretError> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(SiretError::Shape);
        }
        let values = || digits.bytes().map(|b| u32::from(b - b'0'));
        // Every second digit from the right is doubled; of 14 digits, those at even positions.
        let luhn: u32 = values()
            .enumerate()
            .map(|(position, digit)| match (position % 2, digit * 2) {
                (0, doubled @ 10..) => doubled - 9,
                (0, doubled) => doubled,
                _ => digit,
            })
            .sum();
        let post_office =
            digits.starts_with("356000000") && values().sum::<u32>().is_multiple_of(5);
        if luhn.is_multiple_of(10) || post_office {
            Ok(Self(digits))
        } else {
            Err(SiretError::Checksum)
        }
    }

    /// The 14 digits.
    pub(in crate::source) fn as_str(&self) -> &str {
        &self.0
    }

    /// The first nine digits: the legal unit that the establishment is of.
    pub(in crate::source) fn siren(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }

    /// Whether it belongs to one of the State's own administrations, whose SIREN begins with 11 or 12.
    pub(in crate::source) fn is_of_the_state(&self) -> bool {
        self.0.starts_with("11") || self.0.starts_with("12")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        for good in [
            "13002526500013",
            "120 027 016 00563",
            "21350328700012",
            "35600000049837",
        ] {
            assert!(Siret::parse(good).is_ok(), "{good}");
        }
        assert_eq!(Siret::parse("13002526500014"), Err(SiretError::Checksum));
        for bad in [
            "",
            "130025265",
            "1300252650001a",
            "１３００２５２６５０００１３",
        ] {
            assert_eq!(Siret::parse(bad), Err(SiretError::Shape), "{bad}");
        }
    }
}
