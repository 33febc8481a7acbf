//! Titles and descriptions, in the language that is stated for them or in none.

use super::field::Field;
use super::markup::note_markup;
use crate::dcat::Describe;
use crate::rdf::vocab::dct;
use crate::source::contract::Context;

/// Writes `dct:title`.
pub(in crate::source) fn title(
    title: &Field<String>,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let text = title.text(field, about.findings()).unwrap_or_default();
    about.text(dct::TITLE, text, context.language, field);
}

/// Writes `dct:description`; a finding where HTML is in it.
pub(in crate::source) fn description(
    description: &Field<String>,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let text = description
        .text(field, about.findings())
        .unwrap_or_default();
    note_markup(text, field, about);
    about.text(dct::DESCRIPTION, text, context.language, field);
}
