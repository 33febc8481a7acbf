//! Reference systems as `geodcat:referenceSystem`, which is a `dct:conformsTo` of GeoDCAT-AP.
//!
//! Records name them in many ways: an address or URN of the OGC, `EPSG:2154`, a number, a name with the
//! code in brackets. What has a code of EPSG gets the OGC's address of it
//! (<http://www.opengis.net/def/crs/EPSG/0/2154>); anything else is a dct:Standard with its name.
//!
//! # Fields of `reference system`
//!
//! | field | becomes |
//! |---|---|
//! | `referenceSystemIdentifier.code`, `referenceSystemIdentifier.code.@href`, `referenceSystemIdentifier.codeSpace` | `geodcat:referenceSystem`: an IRI, else a dct:Standard |
//!
//! # Left out of `reference system`
//!
//! | field | why |
//! |---|---|
//! | `referenceSystemIdentifier.description`, `referenceSystemIdentifier.code.@title` | a name beside the code |
//! | `referenceSystemIdentifier.authority.*`, `referenceSystemIdentifier.version`, `referenceSystemIdentifier.codeSpace.@href` | of the register, which the code names |
//! | `referenceSystemType`, `coordinateEpoch` | whether it is projected: the system says it |
//! | `@href`, `@uuidref` | where an editor has its copy |

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::Record;
use super::text::{Text, is_address};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dct, geodcat};

/// INSPIRE's name for what a standard of this kind is.
const KIND: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://inspire.ec.europa.eu/glossary/SpatialReferenceSystem");

/// Names that mean one system, in lower case without spaces.
const NAMES: [(&str, &str); 9] = [
    ("wgs84", "4326"),
    ("etrs89", "4258"),
    ("rgf93", "4171"),
    ("lambert93", "2154"),
    ("lambert-93", "2154"),
    ("rgf93/lambert93", "2154"),
    ("rgf93/lambert-93", "2154"),
    ("webmercator", "3857"),
    ("crs84", "CRS84"),
];

/// Writes the reference systems of what a record describes.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    for system in record.root.all("referenceSystemInfo") {
        let code = Text::first(system, "referenceSystemIdentifier.code", &record.locales);
        let Some(code) = code else {
            continue;
        };
        let space = Text::first(
            system,
            "referenceSystemIdentifier.codeSpace",
            &record.locales,
        );
        let space = space.and_then(|space| space.plain()).unwrap_or_default();
        let said = code.anchor.into_iter().chain(code.words());
        let mut known = said.filter_map(|text| system_of(text, space));
        if let Some(iri) = known.next() {
            about.link(geodcat::REFERENCE_SYSTEM, iri);
            continue;
        }
        if let Some(address) = code.address() {
            about.iri(geodcat::REFERENCE_SYSTEM, address, &code.element.path());
            continue;
        }
        let words = code.plain().unwrap_or_default();
        about.find(
            Code::ValueUnknown,
            &code.element.path(),
            "a reference system without address: it names no code of EPSG",
            words,
        );
        let mut standard = about.node(geodcat::REFERENCE_SYSTEM, dct::STANDARD);
        standard.link(dct::TYPE, KIND.into_owned());
        code.write_name(dct::TITLE, &mut standard);
        if !space.is_empty() {
            let identifier = format!("{space}:{words}");
            standard.token(dct::IDENTIFIER, &identifier, &code.element.path());
        }
    }
}

/// The IRI of a system of EPSG or of the OGC.
fn system_of(text: &str, space: &str) -> Option<NamedNode> {
    let code = epsg(text, space)?;
    let iri = if code == "CRS84" {
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84".to_owned()
    } else {
        format!("http://www.opengis.net/def/crs/EPSG/0/{code}")
    };
    Some(NamedNode::new_unchecked(iri))
}

/// The code at EPSG of a system, as a text names it.
pub(super) fn epsg(text: &str, space: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let space = space.to_lowercase();
    if lower.ends_with("crs84") && !lower.contains(' ') {
        return Some("CRS84".to_owned());
    }
    let digits = |text: &str| {
        let fits = (4..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.to_owned())
    };
    // A number alone is one of EPSG, unless another register is named.
    if (space.is_empty() || space.contains("epsg"))
        && let Some(code) = digits(&lower)
    {
        return Some(code);
    }
    if let Some((_, after)) = lower.rsplit_once("epsg") {
        let is_separator = |c: char| matches!(c, ':' | '/' | '#' | ' ' | '.' | '-' | '_' | '=');
        // What stands between is the version of the register: `::`, `/0/`, `:6.11:`, `.xml#`.
        let end = after.find(')').unwrap_or(after.len());
        let parts = after.get(..end)?.split(is_separator);
        if let Some(code) = parts.filter_map(digits).next_back() {
            return Some(code);
        }
    }
    if is_address(text) {
        return None;
    }
    let plain: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    let found = NAMES.iter().find(|(name, _)| *name == plain);
    found.map(|(_, code)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_written() {
        for (text, space, expected) in [
            (
                "http://www.opengis.net/def/crs/EPSG/0/4258",
                "",
                Some("4258"),
            ),
            (
                "https://www.opengis.net/def/crs/EPSG/0/2154",
                "x",
                Some("2154"),
            ),
            ("urn:ogc:def:crs:EPSG::27700", "", Some("27700")),
            ("urn:ogc:def:crs:EPSG:6.11:2154", "", Some("2154")),
            (
                "http://www.opengis.net/gml/srs/epsg.xml#4326",
                "",
                Some("4326"),
            ),
            ("EPSG:31370", "", Some("31370")),
            ("epsg 3857", "", Some("3857")),
            ("RGF93 / Lambert-93 (EPSG:2154)", "", Some("2154")),
            ("WGS 84 (EPSG:4326) [x 12345]", "", Some("4326")),
            ("2154", "", Some("2154")),
            ("2154", "http://www.epsg.org/", Some("2154")),
            ("2154", "IGNF", None),
            ("WGS 84", "", Some("4326")),
            (
                "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                "",
                Some("CRS84"),
            ),
            ("http://registre.ign.fr/ign/IGNF/crs/LAMB93", "", None),
            ("Lambert II étendu", "", None),
            ("EPSG", "", None),
        ] {
            assert_eq!(epsg(text, space).as_deref(), expected, "{text}");
        }
    }
}
