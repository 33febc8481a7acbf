//! Dates with their meaning (`CI_DateTypeCode`), and which of several counts.
//!
//! DCAT-AP has one date of issue and one of modification: of several publications the first, of several
//! revisions the last. A date that is only planned or that somebody adopted is none of these. One that
//! does not say what it is, or says it in a word of its own, is `dct:date`, with a finding: which of the
//! three it would be is not guessed.
//!
//! # Fields of `date`
//!
//! | field | becomes |
//! |---|---|
//! | `date`, `dateType` | `dct:created` (creation), `dct:issued` (publication, released), `dct:modified` (revision, lastRevision, lastUpdate), `dct:date` (without type, or of an unknown one) |
//!
//! # Left out of `date`
//!
//! | field | why |
//! |---|---|
//! | `@title`, `dateType.@codeSpace` | remarks of the editor |

use oxigraph::model::NamedNodeRef;

use super::element::Element;
use crate::dcat::{Describe, read_date};
use crate::finding::Code;
use crate::rdf::vocab::dct;

/// Which of several dates counts.
#[derive(Clone, Copy)]
enum Counts {
    First,
    Last,
}

const MEANINGS: [(&[&str], NamedNodeRef<'static>, Counts); 4] = [
    (&["creation"], dct::CREATED, Counts::First),
    (&["publication"], dct::ISSUED, Counts::First),
    // Where there is no publication.
    (&["released"], dct::ISSUED, Counts::First),
    (
        &["revision", "lastRevision", "lastUpdate"],
        dct::MODIFIED,
        Counts::Last,
    ),
];

/// Types of dates that say something else: what will be, and since when something holds.
const OTHERS: [&str; 11] = [
    "nextUpdate",
    "unavailable",
    "inForce",
    "adopted",
    "deprecated",
    "superseded",
    "validityBegins",
    "validityExpires",
    "distribution",
    "expiry",
    "lastReview",
];

/// A date and what it means.
struct Dated<'a> {
    element: Element<'a>,
    kind: &'a str,
    value: &'a str,
}

fn all<'a>(dates: &[Element<'a>]) -> Vec<Dated<'a>> {
    let read = |date: &Element<'a>| {
        let element = date.first("date")?;
        let kind = date.first("dateType").and_then(Element::code);
        Some(Dated {
            element,
            kind: kind.unwrap_or_default(),
            value: element.value()?,
        })
    };
    dates.iter().filter_map(read).collect()
}

/// Writes the dates of a citation.
pub(super) fn write(dates: &[Element<'_>], about: &mut Describe<'_>) {
    let dates = all(dates);
    let mut written = Vec::new();
    for (kinds, property, counts) in MEANINGS {
        let meant = dates.iter().filter(|date| kinds.contains(&date.kind));
        let mut readable = Vec::new();
        for date in meant {
            match read_date(date.value) {
                Some(literal) => readable.push((literal.value().to_owned(), date)),
                None => about.find(
                    Code::DateInvalid,
                    &date.element.path(),
                    "left out: it is no date",
                    date.value,
                ),
            }
        }
        readable.sort_by(|a, b| a.0.cmp(&b.0));
        let kept = match counts {
            Counts::First => readable.first(),
            Counts::Last => readable.last(),
        };
        if let Some((_, date)) = kept
            && !written.contains(&property)
        {
            about.date(property, date.value, &date.element.path());
            written.push(property);
        }
    }
    let is_typed = |kind: &str| {
        OTHERS.contains(&kind) || MEANINGS.iter().any(|(kinds, ..)| kinds.contains(&kind))
    };
    for date in dates.iter().filter(|date| !is_typed(date.kind)) {
        let field = date.element.path();
        if about.date(dct::DATE, date.value, &field).is_some() {
            let message = match date.kind {
                "" => "a date without type: kept as dct:date".to_owned(),
                kind => format!("a date of the unknown type {kind}: kept as dct:date"),
            };
            about.find(Code::ValueUnknown, &field, &message, date.value);
        }
    }
}

/// The date of this meaning, as it is written.
pub(super) fn of_kind<'a>(dates: &[Element<'a>], kinds: &[&str]) -> Option<(Element<'a>, &'a str)> {
    let dates = all(dates);
    kinds.iter().find_map(|kind| {
        let mut meant = dates.iter().filter(|date| date.kind == *kind);
        meant.next().map(|date| (date.element, date.value))
    })
}

/// The first date, whatever it means.
pub(super) fn any<'a>(dates: &[Element<'a>]) -> Option<(Element<'a>, &'a str)> {
    all(dates).first().map(|date| (date.element, date.value))
}
