//! Values that are written wrongly: repaired where the meaning is plain, left out alone where there is
//! none, each with a finding.
//!
//! What cannot be published stays in the origin graph. A value that is merely unusual stays as it is.

mod address;
mod date;
mod place;
mod thing;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{
    adms, dcat, dct, gsp, locn, owl, prov, rdf, rdfs, schema, skos, spdx, time, xsd,
};
use crate::source::contract::Context;

pub(super) use address::stated;

/// What became of a value.
pub(super) enum Repaired {
    /// It is right.
    Kept,
    /// It is written so.
    As(Vec<Term>),
    /// It is so written, by another property.
    By(NamedNodeRef<'static>, Vec<Term>),
    /// It is a thing, of which this is said.
    Thing(Vec<(NamedNodeRef<'static>, Term)>),
    /// It cannot be published.
    Dropped,
    /// It says nothing.
    Nothing,
}

impl Repaired {
    /// Writes what became of the value of a statement. What was sent stays in the origin graph, as said of
    /// `owner`, unless it reads the same.
    pub(super) fn write(self, triple: Triple, owner: NamedNode, graph: &mut RecordGraph) {
        let Triple {
            subject,
            predicate,
            object,
        } = triple;
        let property = predicate.as_ref();
        let is_kept = match self {
            Self::Kept => {
                graph.add(subject, property, object.clone());
                true
            }
            Self::As(values) => {
                let is_same = values.iter().any(|value| says_the_same(value, &object));
                for value in values {
                    graph.add(subject.clone(), property, value);
                }
                is_same
            }
            Self::By(other, values) => {
                for value in values {
                    graph.add(subject.clone(), other, value);
                }
                false
            }
            Self::Thing(statements) => {
                let mut values = statements.iter().map(|(_, value)| value);
                let is_same = values.any(|value| says_the_same(value, &object));
                let node = graph.blank();
                graph.add(subject, property, node.clone());
                for (property, value) in statements {
                    graph.add(node.clone(), property, value);
                }
                is_same
            }
            Self::Dropped => false,
            Self::Nothing => true,
        };
        if !is_kept && !object.is_blank_node() {
            graph.add_origin(owner, property, object);
        }
    }
}

/// Whether a value is written with the same characters as another.
fn says_the_same(one: &Term, other: &Term) -> bool {
    fn text(term: &Term) -> Option<&str> {
        match term {
            Term::NamedNode(node) => Some(node.as_str()),
            Term::Literal(literal) => Some(literal.value()),
            Term::BlankNode(_) => None,
        }
    }
    text(one) == text(other)
}

/// Properties of dates.
const DATES: [NamedNodeRef<'static>; 11] = [
    dcat::END_DATE,
    dcat::START_DATE,
    dct::CREATED,
    dct::ISSUED,
    dct::MODIFIED,
    prov::ENDED_AT_TIME,
    prov::STARTED_AT_TIME,
    schema::END_DATE,
    schema::START_DATE,
    time::IN_XSD_DATE,
    time::IN_XSD_DATE_TIME,
];

/// Types of dates.
const DATE_TYPES: [NamedNodeRef<'static>; 4] =
    [xsd::DATE, xsd::DATE_TIME, xsd::G_YEAR, xsd::G_YEAR_MONTH];

/// Properties of texts for people, in the language of the portal where they state none.
const TEXTS: [NamedNodeRef<'static>; 7] = [
    adms::VERSION_NOTES,
    dcat::KEYWORD,
    dct::DESCRIPTION,
    dct::TITLE,
    rdfs::COMMENT,
    rdfs::LABEL,
    skos::DEFINITION,
];

/// Properties of identifiers and names, whose values are texts also where they are addresses.
const LITERALS: [NamedNodeRef<'static>; 4] =
    [dcat::KEYWORD, dct::IDENTIFIER, dct::TITLE, skos::NOTATION];

/// Properties of geometries.
const GEOMETRIES: [NamedNodeRef<'static>; 4] =
    [dcat::BBOX, dcat::CENTROID, gsp::AS_WKT, locn::GEOMETRY];

/// Properties whose values are names in the feed, and stay what they are.
const NAMES: [NamedNodeRef<'static>; 2] = [dct::IDENTIFIER, owl::SAME_AS];

/// Whether a property leads to an address or name, rather than to what is called by it.
pub(super) fn is_address(property: NamedNodeRef<'_>) -> bool {
    address::is_one(property) || NAMES.contains(&property)
}

/// Whether a property leads to an address that is followed, or written to.
pub(super) fn is_followed(property: NamedNodeRef<'_>) -> bool {
    address::is_one(property) && !address::is_dialled(property)
}

/// Whether a property has geometries.
pub(super) fn is_drawn(property: NamedNodeRef<'_>) -> bool {
    GEOMETRIES.contains(&property) && property != gsp::AS_WKT
}

/// Whether a property has dates.
pub(super) fn is_date(property: NamedNodeRef<'_>) -> bool {
    DATES.contains(&property)
}

/// Repairs the value of `property`.
pub(super) fn repair(
    property: NamedNodeRef<'_>,
    value: &Term,
    field: &str,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Repaired {
    let mut tell = |code, message: &str, value: &str| {
        findings.push(Finding::new(code, field, message, value));
    };
    match value {
        Term::BlankNode(_) => Repaired::Kept,
        Term::NamedNode(node) if LITERALS.contains(&property) => {
            let message = "an IRI was taken as the text that belongs here";
            tell(Code::WrongRange, message, node.as_str());
            Repaired::As(vec![Literal::new_simple_literal(node.as_str()).into()])
        }
        Term::NamedNode(node) => address::named(property, node, &mut tell),
        Term::Literal(literal) => self::literal(property, literal, context, &mut tell),
    }
}

fn literal(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    context: &Context<'_>,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let value = literal.value();
    if value.trim().is_empty() {
        return Repaired::Nothing;
    }
    let datatype = literal.datatype();
    if DATES.contains(&property) || DATE_TYPES.contains(&datatype) {
        return date::repair(literal, tell);
    }
    if address::is_one(property) || datatype == xsd::ANY_URI && is_about_resources(property) {
        return address::text(property, literal, tell);
    }
    if property == dcat::BYTE_SIZE {
        return size(literal, tell);
    }
    if let Some(datatype) = typed(property, value.trim())
        && datatype != literal.datatype()
    {
        let value = Literal::new_typed_literal(value.trim(), datatype);
        return Repaired::As(vec![value.into()]);
    }
    if property == dct::TEMPORAL
        && let Some(period) = date::period(value)
    {
        return Repaired::Thing(classed(dct::PERIOD_OF_TIME, period));
    }
    // Before the geometries: a drawing that stands for a place is no name of it.
    if property == dct::SPATIAL {
        return place::place(literal, context, tell);
    }
    if GEOMETRIES.contains(&property) || place::is_geojson(datatype) {
        return place::geometry(property, literal, tell);
    }
    if let Some(thing) = thing::of_text(property, literal, context.vocabularies, tell) {
        return thing;
    }
    text(property, literal, context, tell)
}

/// What is said of a thing of a class.
fn classed(
    class: NamedNodeRef<'_>,
    mut said: Vec<(NamedNodeRef<'static>, Term)>,
) -> Vec<(NamedNodeRef<'static>, Term)> {
    said.insert(0, (rdf::TYPE, class.into_owned().into()));
    said
}

/// Whether a typed address under this property is one that people follow; identifiers stay texts.
fn is_about_resources(property: NamedNodeRef<'_>) -> bool {
    ![
        dct::IDENTIFIER,
        skos::NOTATION,
        spdx::CHECKSUM_VALUE,
        adms::IDENTIFIER,
    ]
    .contains(&property)
}

/// The type of a number or a duration, which many leave out.
fn typed(property: NamedNodeRef<'_>, value: &str) -> Option<NamedNodeRef<'static>> {
    if property == dcat::SPATIAL_RESOLUTION_IN_METERS {
        let is_plain = value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        return (is_plain && value.parse::<f64>().is_ok()).then_some(xsd::DECIMAL);
    }
    let is_duration = property == dcat::TEMPORAL_RESOLUTION
        && value.strip_prefix('P').is_some_and(|rest| {
            let known = |b: u8| b.is_ascii_digit() || b"YMWDTHS.".contains(&b);
            rest.len() > 1 && !rest.contains('W') && rest.bytes().all(known)
        });
    is_duration.then_some(xsd::DURATION)
}

fn size(literal: &Literal, tell: &mut dyn FnMut(Code, &str, &str)) -> Repaired {
    let value = literal.value().trim();
    let whole = value.split_once('.').map_or(Some(value), |(whole, rest)| {
        rest.bytes().all(|b| b == b'0').then_some(whole)
    });
    match whole {
        Some(digits) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
            let size = Literal::new_typed_literal(digits, xsd::NON_NEGATIVE_INTEGER);
            if size == *literal {
                return Repaired::Kept;
            }
            if digits != value {
                tell(Code::NumberInvalid, &format!("taken as {digits}"), value);
            }
            Repaired::As(vec![size.into()])
        }
        _ => {
            tell(
                Code::NumberInvalid,
                "left out: it is no number of bytes",
                value,
            );
            Repaired::Dropped
        }
    }
}

fn text(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    context: &Context<'_>,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let value = literal.value();
    let clean: String = value.chars().filter(|c| !is_stray(*c)).collect();
    let is_dirty = clean.len() != value.len();
    if is_dirty {
        tell(Code::TextCleaned, "control characters were dropped", value);
    }
    let is_plain = literal.datatype() == xsd::STRING;
    if let Some(language) = literal.language() {
        if !is_dirty {
            return Repaired::Kept;
        }
        let text = Literal::new_language_tagged_literal_unchecked(clean, language);
        return Repaired::As(vec![text.into()]);
    }
    if is_plain
        && TEXTS.contains(&property)
        && let Some(language) = context.language
    {
        let text = Literal::new_language_tagged_literal_unchecked(clean, language);
        return Repaired::As(vec![text.into()]);
    }
    if !is_dirty {
        return Repaired::Kept;
    }
    Repaired::As(vec![
        Literal::new_typed_literal(clean, literal.datatype().into_owned()).into(),
    ])
}

/// Control characters that no text needs; XML 1.0 cannot even carry them.
fn is_stray(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}
