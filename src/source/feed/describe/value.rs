//! Values that are written wrongly: repaired where the meaning is plain, left out alone where there is
//! none, each with a finding.
//!
//! What cannot be published stays in the origin graph. A value that is merely unusual stays as it is.

mod date;

use oxigraph::model::{Literal, NamedNodeRef, Term};

use crate::finding::{Code, Finding};
use crate::rdf::iri::{Cleaned, clean, mailto};
use crate::rdf::vocab::{
    adms, dcat, dct, foaf, gsp, locn, owl, rdfs, schema, skos, spdx, vcard, xsd,
};
use crate::source::contract::Context;
use crate::source::value::geometry::{self, Geometry};

/// What became of a value.
pub(super) enum Repaired {
    /// It is right.
    Kept,
    /// It is written so.
    As(Vec<Term>),
    /// It is a thing of a class, of which this is said.
    Thing(NamedNodeRef<'static>, Vec<(NamedNodeRef<'static>, Term)>),
    /// It cannot be published.
    Dropped,
    /// It says nothing.
    Nothing,
}

/// Properties of dates.
const DATES: [NamedNodeRef<'static>; 7] = [
    dcat::END_DATE,
    dcat::START_DATE,
    dct::CREATED,
    dct::ISSUED,
    dct::MODIFIED,
    schema::END_DATE,
    schema::START_DATE,
];

/// Types of dates.
const DATE_TYPES: [NamedNodeRef<'static>; 4] =
    [xsd::DATE, xsd::DATE_TIME, xsd::G_YEAR, xsd::G_YEAR_MONTH];

/// Properties of addresses.
const ADDRESSES: [NamedNodeRef<'static>; 11] = [
    dcat::ACCESS_URL,
    dcat::DOWNLOAD_URL,
    dcat::ENDPOINT_DESCRIPTION,
    dcat::ENDPOINT_URL,
    dcat::LANDING_PAGE,
    foaf::HOMEPAGE,
    foaf::LOGO,
    foaf::PAGE,
    vcard::HAS_EMAIL,
    vcard::HAS_URL,
    foaf::MBOX,
];

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

/// Properties of geometries.
const GEOMETRIES: [NamedNodeRef<'static>; 4] =
    [dcat::BBOX, dcat::CENTROID, gsp::AS_WKT, locn::GEOMETRY];

/// Properties whose values are names in the feed, and stay what they are.
const NAMES: [NamedNodeRef<'static>; 2] = [dct::IDENTIFIER, owl::SAME_AS];

/// Whether a property leads to an address or name, rather than to what is called by it.
pub(super) fn is_address(property: NamedNodeRef<'_>) -> bool {
    ADDRESSES.contains(&property) || NAMES.contains(&property)
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
        Term::NamedNode(node) => match clean(node.as_str()) {
            Cleaned::Kept(_) => Repaired::Kept,
            Cleaned::Repaired(iri) => {
                tell(
                    Code::IriRepaired,
                    "forbidden characters were percent-encoded",
                    node.as_str(),
                );
                Repaired::As(vec![iri.into()])
            }
            Cleaned::Refused(why) => {
                tell(Code::IriInvalid, &format!("left out: {why}"), node.as_str());
                Repaired::Dropped
            }
        },
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
    if ADDRESSES.contains(&property) || datatype == xsd::ANY_URI && is_about_resources(property) {
        return address(property, value, tell);
    }
    if property == dcat::BYTE_SIZE {
        return size(literal, tell);
    }
    if property == dct::TEMPORAL
        && let Some(period) = date::period(value)
    {
        return Repaired::Thing(dct::PERIOD_OF_TIME, period);
    }
    // Before the geometries: a drawing that stands for a place is no name of it.
    if property == dct::SPATIAL {
        return place(literal, context, tell);
    }
    if GEOMETRIES.contains(&property) || is_geojson(datatype) {
        return geometry(property, literal, tell);
    }
    if (property == dct::LICENSE || property == dct::CONFORMS_TO || property == dcat::THEME)
        && value.trim().starts_with("http")
        && let Cleaned::Kept(iri) | Cleaned::Repaired(iri) = clean(value)
    {
        tell(
            Code::WrongRange,
            "a text was taken as the IRI that it is",
            value,
        );
        return Repaired::As(vec![iri.into()]);
    }
    text(property, literal, context, tell)
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

fn address(
    property: NamedNodeRef<'_>,
    value: &str,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let is_mail = (property == vcard::HAS_EMAIL || property == foaf::MBOX)
        && value.contains('@')
        && !value.contains(':');
    let written = if is_mail {
        mailto(value)
    } else if value.trim().starts_with("www.") {
        format!("http://{}", value.trim())
    } else {
        value.to_owned()
    };
    match clean(&written) {
        Cleaned::Kept(iri) | Cleaned::Repaired(iri) => {
            tell(
                Code::WrongRange,
                "a text was taken as the IRI that it is",
                value,
            );
            Repaired::As(vec![iri.into()])
        }
        Cleaned::Refused(why) => {
            tell(Code::IriInvalid, &format!("left out: {why}"), value);
            Repaired::Dropped
        }
    }
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

/// Whether a type is one of the names that GeoJSON goes by.
fn is_geojson(datatype: NamedNodeRef<'_>) -> bool {
    datatype == gsp::GEO_JSONLITERAL
        || (datatype.as_str().contains("iana.org") && datatype.as_str().contains("geo+json"))
}

/// Whether a type is one of a geometry, in whatever encoding: feeds write the namespace of GeoSPARQL in
/// several ways.
fn is_drawing(datatype: NamedNodeRef<'_>) -> bool {
    is_geojson(datatype) || datatype.as_str().starts_with("http://www.opengis.net/")
}

fn geometry(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let datatype = literal.datatype();
    let value = literal.value().trim();
    if is_geojson(datatype) || value.starts_with('{') {
        let read = serde_json::from_str(value)
            .ok()
            .and_then(|value| Geometry::read(&value).ok());
        let Some(geometry) = read else {
            tell(Code::GeometryInvalid, "left out: it is no GeoJSON", value);
            return Repaired::Dropped;
        };
        // Elsewhere the other encoding is added once it is known what else the place is drawn as.
        let drawn = if property == gsp::AS_WKT {
            Literal::new_typed_literal(geometry.wkt, gsp::WKT_LITERAL)
        } else {
            Literal::new_typed_literal(geometry.geojson, gsp::GEO_JSONLITERAL)
        };
        return Repaired::As(vec![drawn.into()]);
    }
    if datatype == xsd::STRING && is_wkt(value) {
        let wkt = Literal::new_typed_literal(value, gsp::WKT_LITERAL);
        return Repaired::As(vec![wkt.into()]);
    }
    Repaired::Kept
}

/// Whether a text begins as Well-known Text does.
fn is_wkt(value: &str) -> bool {
    let upper: String = value
        .chars()
        .take(20)
        .collect::<String>()
        .to_ascii_uppercase();
    [
        "POINT",
        "LINESTRING",
        "POLYGON",
        "MULTI",
        "GEOMETRYCOLLECTION",
        "ENVELOPE",
    ]
    .iter()
    .any(|word| upper.starts_with(word))
        && value.contains('(')
}

/// A text where a place should be: its geometry, or its name.
fn place(
    literal: &Literal,
    context: &Context<'_>,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let value = literal.value().trim();
    let bbox: Option<Vec<f64>> = value.split(',').map(|n| n.trim().parse().ok()).collect();
    if let Some([west, south, east, north]) = bbox.as_deref()
        && value.len() >= 7
    {
        let wkt = geometry::around([*west, *south, *east, *north]);
        let wkt = Literal::new_typed_literal(wkt, gsp::WKT_LITERAL);
        return Repaired::Thing(dct::LOCATION, vec![(dcat::BBOX, wkt.into())]);
    }
    if is_drawing(literal.datatype()) || is_wkt(value) || value.starts_with('{') {
        return match geometry(locn::GEOMETRY, literal, tell) {
            Repaired::As(values) => {
                let values = values.into_iter();
                let said = values.map(|value| (locn::GEOMETRY, value)).collect();
                Repaired::Thing(dct::LOCATION, said)
            }
            Repaired::Kept => Repaired::Thing(
                dct::LOCATION,
                vec![(locn::GEOMETRY, literal.clone().into())],
            ),
            other => other,
        };
    }
    if value.starts_with("http")
        && let Cleaned::Kept(iri) = clean(value)
    {
        tell(
            Code::WrongRange,
            "a text was taken as the IRI that it is",
            value,
        );
        return Repaired::As(vec![iri.into()]);
    }
    // Normalisation knows countries, and makes a named place of any other text.
    text(dct::SPATIAL, literal, context, tell)
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
