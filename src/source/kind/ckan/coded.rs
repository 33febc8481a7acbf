//! Values that are codes, numbers or links, most of which both packages and resources have: what a
//! vocabulary's IRI, a number or a duration can be made of is written so.

use std::borrow::Cow;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::fields::{Fields, Sent};
use super::words;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, foaf, geodcat, rdfs, xsd};
use crate::source::contract::Context;
use crate::source::value::duration;

/// The EU's vocabularies, by what their IRIs begin with.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority/";

/// Days between two updates, as the Humanitarian Data Exchange counts them, and the EU's codes.
const DAYS: [(&str, &str); 11] = [
    ("-2", "IRREG"),
    ("-1", "NEVER"),
    ("0", "CONT"),
    ("1", "DAILY"),
    ("7", "WEEKLY"),
    ("14", "BIWEEKLY"),
    ("30", "MONTHLY"),
    ("60", "BIMONTHLY"),
    ("90", "QUARTERLY"),
    ("180", "ANNUAL_2"),
    ("365", "ANNUAL"),
];

/// Writes what can be said of a package and of one of its resources alike.
pub(super) fn common(fields: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    languages(fields, about);
    for sent in fields.find("conforms_to").into_iter().flat_map(Sent::items) {
        words::named(
            dct::CONFORMS_TO,
            dct::STANDARD,
            dct::TITLE,
            &sent,
            context,
            about,
        );
    }
    for (name, property) in [
        ("documentation", foaf::PAGE),
        ("applicable_legislation", dcatap::APPLICABLE_LEGISLATION),
    ] {
        for sent in fields.find(name).into_iter().flat_map(Sent::items) {
            if let Some(text) = sent.text(about.findings()).map(Cow::into_owned) {
                about.iri(property, &text, &sent.field);
            }
        }
    }
    if let Some(sent) = fields.find("temporal_resolution") {
        duration(&sent, about);
    }
    for sent in fields
        .find("spatial_resolution_in_meters")
        .into_iter()
        .flat_map(Sent::items)
    {
        decimal(&sent, about);
    }
}

/// Writes the codes that only a package has.
pub(super) fn of_package(record: &Fields<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let frequencies = [
        "frequency",
        "frequency-of-update",
        "accrual_periodicity",
        "update_frequency",
        "update_freq",
    ];
    if let Some(sent) = record.first(&frequencies) {
        words::code(dct::ACCRUAL_PERIODICITY, &sent, about);
    } else if let Some(sent) = record.find("data_update_frequency") {
        let days = sent.text(about.findings()).unwrap_or_default().into_owned();
        let known = DAYS.iter().find(|(known, _)| *known == days);
        let code = known.map_or(days.as_str(), |(_, code)| code);
        about.token(dct::ACCRUAL_PERIODICITY, code, &sent.field);
    }
    if let Some(sent) = record.find("access_rights") {
        let sent = words::open(sent);
        if sent.value().is_object() {
            let class = dct::RIGHTS_STATEMENT;
            words::named(
                dct::ACCESS_RIGHTS,
                class,
                rdfs::LABEL,
                &sent,
                context,
                about,
            );
        } else {
            words::code(dct::ACCESS_RIGHTS, &sent, about);
        }
    }
    for list in record.all(&["access_constraints", "rights"]) {
        for sent in list.items() {
            let class = dct::RIGHTS_STATEMENT;
            words::named(dct::RIGHTS, class, rdfs::LABEL, &sent, context, about);
        }
    }
    for sent in record.find("dcat_type").into_iter().flat_map(Sent::items) {
        words::concept(dct::TYPE, &sent, context, about);
    }
    for (names, property) in [
        (
            &["reference_system", "spatial-reference-system"][..],
            geodcat::REFERENCE_SYSTEM,
        ),
        (&["representation_type"], adms::REPRESENTATION_TECHNIQUE),
    ] {
        let sent = record.first(names);
        for one in sent.into_iter().flat_map(Sent::items) {
            if let Some(text) = one.text(about.findings()).map(Cow::into_owned) {
                about.iri(property, &text, &one.field);
            }
        }
    }
}

/// Languages: a list, or codes with commas between them.
fn languages(fields: &Fields<'_>, about: &mut Describe<'_>) {
    let Some(sent) = fields.find("language") else {
        return;
    };
    for item in sent.items() {
        let Some(text) = item.text(about.findings()).map(Cow::into_owned) else {
            continue;
        };
        if words::is_iri(&text) {
            about.iri(dct::LANGUAGE, &text, &item.field);
            continue;
        }
        for code in text.split([',', ';']).map(str::trim) {
            about.token(dct::LANGUAGE, code, &item.field);
        }
    }
}

/// Writes a value of one of the EU's vocabularies, given as IRI, as its code, or in other words.
pub(super) fn authority(
    property: NamedNodeRef<'_>,
    scheme: &str,
    sent: &Sent<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    if let Some(code) = sent.value().as_str() {
        let known = format!("{AUTHORITY}{scheme}/{}", code.trim().to_uppercase());
        if context.vocabularies.contains(&known) {
            about.link(property, NamedNode::new_unchecked(known));
            return;
        }
    }
    words::concept(property, sent, context, about);
}

/// Writes `dcat:temporalResolution`, a duration of XML Schema.
fn duration(sent: &Sent<'_>, about: &mut Describe<'_>) {
    let Some(text) = sent.text(about.findings()).map(Cow::into_owned) else {
        return;
    };
    if let Some(literal) = duration::literal(&text) {
        about.literal(dcat::TEMPORAL_RESOLUTION, literal);
    } else {
        let message = "left out: it is no duration";
        about.find(Code::NumberInvalid, &sent.field, message, &text);
        about.origin(dcat::TEMPORAL_RESOLUTION, &text);
    }
}

/// Writes `dcat:spatialResolutionInMeters`, a decimal number.
fn decimal(sent: &Sent<'_>, about: &mut Describe<'_>) {
    let Some(text) = sent.text(about.findings()).map(Cow::into_owned) else {
        return;
    };
    let number = text.trim_end_matches('m').trim();
    let is_decimal =
        number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.parse::<f64>().is_ok();
    if is_decimal {
        let literal = Literal::new_typed_literal(number, xsd::DECIMAL);
        about.literal(dcat::SPATIAL_RESOLUTION_IN_METERS, literal);
    } else {
        let message = "left out: it is no number of metres";
        about.find(Code::NumberInvalid, &sent.field, message, &text);
    }
}
