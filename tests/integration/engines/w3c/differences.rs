//! Every test whose result differs between engines or from what the W3C expects, with the reason.

/// Which two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sides {
    StoreExpected,
    PlainExpected,
    AutoExpected,
    StorePlain,
    PlainAuto,
}

/// The end of a test's IRI, who differs, and why that is so.
pub(crate) const LISTED: &[(&str, &[Sides], &str)] = &[];
