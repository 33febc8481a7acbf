//! Namespaces of a document: those that it declares, and those that everybody means by a prefix.
//!
//! A feed made by string templates forgets a declaration as soon as a field is added. Where the prefix
//! is one that the catalogues of the world use for one vocabulary only, that vocabulary is meant.

use crate::rdf::vocab::PREFIXES;

/// Prefixes beside those that documents of ours declare, and other spellings of them.
const OTHERS: &[(&str, &str)] = &[
    ("cnt", "http://www.w3.org/2011/content#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcatapde", "http://dcat-ap.de/def/dcatde/"),
    ("dcatapit", "http://dati.gov.it/onto/dcatapit#"),
    ("dcatde", "http://dcat-ap.de/def/dcatde/"),
    ("dcmitype", "http://purl.org/dc/dcmitype/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("dctype", "http://purl.org/dc/dcmitype/"),
    ("dpv", "https://w3id.org/dpv#"),
    ("edp", "https://europeandataportal.eu/voc#"),
    ("epos", "https://www.epos-eu.org/epos-dcat-ap#"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("geodcatap", "http://data.europa.eu/930/"),
    ("geosparql", "http://www.opengis.net/ont/geosparql#"),
    ("gml", "http://www.opengis.net/gml"),
    ("healthdcatap", "http://healthdataportal.eu/ns/health#"),
    ("mobilitydcatap", "https://w3id.org/mobilitydcat-ap#"),
    ("napdcat", "https://w3id.org/napdcat-ap#"),
    ("pod", "https://project-open-data.cio.gov/v1.1/schema#"),
    ("qudt", "http://qudt.org/schema/qudt/"),
    ("regorg", "http://www.w3.org/ns/regorg#"),
    ("sdo", "https://schema.org/"),
    ("statdcat", "http://data.europa.eu/m8g/"),
    ("ucum", "https://w3id.org/uom/"),
    ("void", "http://rdfs.org/ns/void#"),
    ("wdrs", "http://www.w3.org/2007/05/powder-s#"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
];

/// Prefixes that stand for one namespace everywhere, with it.
pub fn known() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.iter().chain(OTHERS).copied()
}

/// The namespace that a prefix stands for everywhere.
#[must_use]
pub fn well_known(prefix: &str) -> Option<&'static str> {
    let mut known = known();
    known
        .find(|(name, _)| *name == prefix)
        .map(|(_, namespace)| namespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_that_everybody_uses_are_known_and_others_are_not() {
        assert_eq!(well_known("dcterms"), Some("http://purl.org/dc/terms/"));
        assert_eq!(well_known("dcat"), Some("http://www.w3.org/ns/dcat#"));
        assert_eq!(well_known("ns1"), None);
        assert!(OTHERS.is_sorted_by(|one, other| one.0 < other.0));
    }
}
