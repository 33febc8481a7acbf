//! <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>

use oxigraph::model::NamedNodeRef;

/// The namespace.
pub const NS: &str = "http://data.europa.eu/r5r/";
/// `dcatap:applicableLegislation`
pub const APPLICABLE_LEGISLATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/applicableLegislation");
/// `dcatap:availability`
pub const AVAILABILITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/availability");
/// `dcatap:hvdCategory`
pub const HVD_CATEGORY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/r5r/hvdCategory");
