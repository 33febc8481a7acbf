//! Dates of a dataset, and the time that its data are about.

use super::template::{Template, Templates};
use crate::dcat::{Describe, read_date};
use crate::rdf::vocab::{dct, rdfs};
use crate::source::value::date::{self, Period};
use crate::source::value::field::Field;
use crate::source::value::path::FieldPath;

/// Writes when the dataset was made, published and changed.
pub(super) fn dates(templates: &Templates<'_>, dataset: &mut Describe<'_>) {
    let (default, dcat) = (&templates.default, &templates.dcat);
    for (name, property) in [("created", dct::CREATED), ("issued", dct::ISSUED)] {
        let date = dcat.text(name, dataset.findings()).unwrap_or_default();
        dataset.date(property, &date, &dcat.at(name));
    }
    let names = ["modified", "data_processed", "metadata_processed"];
    let sent = names.map(|name| (default.text(name, dataset.findings()), default.at(name)));
    let dates: Vec<(Option<&str>, &str)> = sent
        .iter()
        .map(|(date, field)| (date.as_deref(), field.as_str()))
        .collect();
    date::first(dataset, dct::MODIFIED, &dates, &mut FieldPath::below(""));
}

/// Writes the time that the data are about.
pub(super) fn coverage(templates: &Templates<'_>, dataset: &mut Describe<'_>) {
    let dcat = &templates.dcat;
    let names = ("temporal_coverage_start", "temporal_coverage_end");
    span(dcat, names, dataset);
    for template in &templates.dcat_ap {
        span(
            template,
            ("temporal_startDate", "temporal_endDate"),
            dataset,
        );
    }
    let field = dcat.at("temporal");
    let Some(text) = dcat.text("temporal", dataset.findings()) else {
        return;
    };
    let (start, end) = text.split_once('/').unwrap_or((&text, &text));
    if read_date(start.trim()).is_some() && read_date(end.trim()).is_some() {
        period(start, end, &field, dataset);
    } else {
        dataset
            .node(dct::TEMPORAL, dct::PERIOD_OF_TIME)
            .token(rdfs::LABEL, &text, &field);
    }
}

fn span(template: &Template<'_>, (start, end): (&str, &str), dataset: &mut Describe<'_>) {
    let from = template.text(start, dataset.findings());
    let to = template.text(end, dataset.findings());
    if from.is_some() || to.is_some() {
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        period(&from, &to, &template.at(start), dataset);
    }
}

fn period(start: &str, end: &str, field: &str, dataset: &mut Describe<'_>) {
    let field_of = |text: &str| match text.trim() {
        "" => Field::Missing,
        text => Field::Value(text.to_owned()),
    };
    let period = Period {
        start: field_of(start),
        end: field_of(end),
    };
    date::period(&period, field, dataset);
}
