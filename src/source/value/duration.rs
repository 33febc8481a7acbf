//! Durations, as XML Schema writes them (<https://www.w3.org/TR/xmlschema11-2/#duration>).

use std::str::FromStr as _;

use oxigraph::model::Literal;
use oxsdatatypes::Duration;

use crate::rdf::vocab::xsd;

/// The literal of a text that is an xsd:duration, as it is written.
pub(in crate::source) fn literal(text: &str) -> Option<Literal> {
    // The crate passes over a `T` with nothing behind it, which the grammar has not.
    if text.ends_with('T') || Duration::from_str(text).is_err() {
        return None;
    }
    Some(Literal::new_typed_literal(text, xsd::DURATION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_from_other_texts() {
        for text in [
            "P1D",
            "P1Y2M3DT4H5M6.5S",
            "PT15M",
            "P0Y0M7DT0H0M0S",
            "-P1D",
            "P10Y",
        ] {
            assert_eq!(literal(text).unwrap().value(), text);
        }
        for text in [
            "", "P", "PT", "PD", "1D", "P1", "P1H", "P1DT", "P1.5D", "PT1S2M", "P1M2Y", "daily",
        ] {
            assert_eq!(literal(text), None, "{text}");
        }
    }
}
