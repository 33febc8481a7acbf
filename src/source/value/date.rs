//! Dates, of which a portal sends several for one property: the first that can be read counts.

use oxigraph::model::{Literal, NamedNodeRef};

use serde::Deserialize;

use super::field::{Field, Text};
use super::path::FieldPath;
use crate::dcat::{Describe, read_date};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, rdfs};

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
    let sides = [(start, from), (end, to)];
    let is_word = |text: &str| read_date(text).is_none() && text.contains(char::is_alphabetic);
    let words: Vec<&str> = sides
        .iter()
        .map(|(text, _)| *text)
        .filter(|it| is_word(it))
        .collect();
    if words.is_empty() && sides.iter().all(|(text, _)| read_date(text).is_none()) {
        for (date, field) in sides {
            if !date.is_empty() {
                about.find(Code::DateInvalid, field, "left out: it is no date", date);
            }
        }
        return;
    }
    let mut node = about.node(dct::TEMPORAL, dct::PERIOD_OF_TIME);
    let mut side = |property, text: &str, field: &str| {
        if is_word(text) {
            let message = "kept as the name of the period: it is no date";
            node.find(Code::DateInvalid, field, message, text);
            return None;
        }
        node.date(property, text, field)
    };
    let first = side(dcat::START_DATE, start, from);
    let last = side(dcat::END_DATE, end, to);
    // What no rule understands is kept where texts go.
    node.token(rdfs::LABEL, &words.join(" / "), field);
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
pub(in crate::source) fn is_after(one: &Literal, other: &Literal) -> bool {
    let length = one.value().len().min(other.value().len());
    one.value().get(..length) > other.value().get(..length)
}
