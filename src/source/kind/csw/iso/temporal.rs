//! The time that data are about, as `dct:temporal`.
//!
//! A period whose end is `now` or unknown has no end. A position that is only known to lie before or
//! after a date is written as that date, with a finding.
//!
//! # Fields of `period`
//!
//! | field | becomes |
//! |---|---|
//! | `beginPosition`, `begin.timePosition` | `dcat:startDate` |
//! | `endPosition`, `end.timePosition` | `dcat:endDate` |
//! | `timePosition` | both |
//! | `beginPosition.@indeterminatePosition`, `endPosition.@indeterminatePosition`, `begin.timePosition.@indeterminatePosition`, `end.timePosition.@indeterminatePosition`, `timePosition.@indeterminatePosition` | `now` and `unknown` leave the period open |
//!
//! # Left out of `period`
//!
//! | field | why |
//! |---|---|
//! | `description`, `name`, `identifier`, `identifier.@codeSpace` | a remark beside the dates |
//! | `beginPosition.@frame`, `endPosition.@frame`, `timePosition.@frame`, `begin.timePosition.@frame`, `end.timePosition.@frame` | the calendar, which is always the common one |
//! | `duration`, `timeLength`, `timeInterval`, `timeInterval.@unit`, `timeInterval.@radix`, `timeInterval.@factor`, `duration.@unit` | the time between the dates |

use oxigraph::model::Literal;

use super::Record;
use super::element::Element;
use crate::dcat::{Describe, read_date};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct};
use crate::source::value::date::is_after;

/// Writes the periods of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for period in record
        .root
        .all("identificationInfo.extent.temporalElement.extent")
    {
        one(period, about);
    }
}

fn one(period: Element<'_>, about: &mut Describe<'_>) {
    let start = period.first("beginPosition|begin.timePosition");
    let end = period.first("endPosition|end.timePosition");
    let instant = period.first("timePosition");
    let instant = instant.and_then(|element| position(element, about));
    let mut date = |sent: Option<Element<'_>>| match sent {
        Some(element) => position(element, about),
        None => instant.clone(),
    };
    let (start, end) = (date(start), date(end));
    if start.is_none() && end.is_none() {
        return;
    }
    let reversed = matches!((&start, &end), (Some(start), Some(end)) if is_after(start, end));
    if reversed {
        let said = [&start, &end].map(|date| date.as_ref().map_or("", |date| date.value()));
        let message = "kept: it ends before it starts";
        about.find(
            Code::PeriodReversed,
            &period.path(),
            message,
            &said.join("/"),
        );
    }
    let mut node = about.node(dct::TEMPORAL, dct::PERIOD_OF_TIME);
    if let Some(start) = start {
        node.literal(dcat::START_DATE, start);
    }
    if let Some(end) = end {
        node.literal(dcat::END_DATE, end);
    }
}

/// The date of a position; `None` where it is open, empty or unreadable.
fn position(element: Element<'_>, about: &mut Describe<'_>) -> Option<Literal> {
    let value = element.value()?;
    let indeterminate = element.attribute("indeterminatePosition");
    if matches!(indeterminate, Some("now" | "unknown")) {
        return None;
    }
    let date = read_date(value);
    let field = element.path();
    if date.is_none() {
        about.find(Code::DateInvalid, &field, "left out: it is no date", value);
    } else if let Some(word @ ("before" | "after")) = indeterminate {
        let message = format!("taken as the date itself: it lies {word} it");
        about.find(Code::ValueUnknown, &field, &message, value);
    }
    date
}
