//! Dates, of which a portal sends several for one property: the first that can be read counts.

use oxigraph::model::{Literal, NamedNodeRef};

use serde::Deserialize;

use super::field::{Field, Text};
use super::path::FieldPath;
use crate::dcat::{Describe, read_date};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::source) struct Period {
    pub start: Text,
    pub end: Text,
}

/// Writes the first of several dates that can be read; `path` leads to their fields.
pub(in crate::source) fn first(
    about: &mut Describe<'_>,
    property: NamedNodeRef<'_>,
    dates: &[(Option<&str>, &str)],
    path: &mut FieldPath,
) {
    for (date, name) in dates {
        if let Some(date) = date
            && about.date(property, date, path.to(name)).is_some()
        {
            return;
        }
    }
}

/// Writes dates that are each the only one for their property.
pub(in crate::source) fn each(
    dates: &[(&Field<String>, NamedNodeRef<'_>, &str)],
    about: &mut Describe<'_>,
) {
    for (date, property, field) in dates {
        let date = date.text(field, about.findings()).unwrap_or_default();
        about.date(*property, date, field);
    }
}

/// Writes the time that something is about as `dct:temporal`; `field` is where it stands.
pub(in crate::source) fn period(period: &Period, field: &str, about: &mut Describe<'_>) {
    let (from, to) = (&format!("{field}.start"), &format!("{field}.end"));
    let start = period
        .start
        .text(from, about.findings())
        .unwrap_or_default();
    let end = period.end.text(to, about.findings()).unwrap_or_default();
    if read_date(start).is_none() && read_date(end).is_none() {
        for (date, field) in [(start, from), (end, to)] {
            if !date.is_empty() {
                about.find(Code::DateInvalid, field, "left out: it is no date", date);
            }
        }
        return;
    }
    let mut node = about.node(dct::TEMPORAL, dct::PERIOD_OF_TIME);
    let first = node.date(dcat::START_DATE, start, from);
    let last = node.date(dcat::END_DATE, end, to);
    if let (Some(first), Some(last)) = (first, last)
        && is_after(&first, &last)
    {
        let value = format!("{start}/{end}");
        node.find(
            Code::PeriodReversed,
            field,
            "kept: it ends before it starts",
            &value,
        );
    }
}

/// Whether one date lies after another; dates of unequal precision are compared by what both say.
fn is_after(one: &Literal, other: &Literal) -> bool {
    let length = one.value().len().min(other.value().len());
    one.value().get(..length) > other.value().get(..length)
}
