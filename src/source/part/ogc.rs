//! Geographic services behind the links of a dataset: each a dcat:DataService, which the distribution
//! gives access to.
//!
//! Many datasets link to one service, so it is a record of its own, named by its endpoint: the address
//! without the parameters of a request. Everything that is said of it follows from the endpoint, so
//! that all who mention it agree; each adds that it serves its dataset, and that it was derived from the
//! dataset's record. Where the portal has the service itself, that one is shown ([`crate::dcat::endpoint`]).

use oxigraph::model::NamedNode;
use url::Url;

pub(in crate::source) use crate::dcat::endpoint::endpoint;
use crate::dcat::{Describe, RecordGraph};
use crate::rdf::vocab::{dcat, dct};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::catalogue_record;

/// The protocols, as resources' formats begin, with the names that OGC gives them
/// (<http://www.opengis.net/def/serviceType/ogc/>).
const PROTOCOLS: [&str; 7] = ["csw", "sos", "wcs", "wfs", "wms", "wmts", "wps"];

/// The protocol of a format such as `ogc:wms`, `WFS 2.0.0`.
pub(in crate::source) fn protocol(format: &str) -> Option<&'static str> {
    let name = first_word(format);
    PROTOCOLS.into_iter().find(|protocol| *protocol == name)
}

/// The names of protocols in words.
const NAMES: [(&str, &str); 7] = [
    ("web map tile service", "wmts"),
    ("web map service", "wms"),
    ("web feature service", "wfs"),
    ("web coverage service", "wcs"),
    ("web processing service", "wps"),
    ("sensor observation service", "sos"),
    ("catalogue service", "csw"),
];

/// The protocol that a text names: as [`protocol`], or in words.
pub(in crate::source) fn named(text: &str) -> Option<&'static str> {
    protocol(text).or_else(|| {
        let words = text.to_lowercase();
        let mut names = NAMES.iter();
        let found = names.find(|(name, _)| words.contains(name));
        found.map(|(_, protocol)| *protocol)
    })
}

/// The protocol of the service behind an address, of whose format a record says `format`: by that, and where
/// it says no more than that something answers there by the request that the address makes.
pub(in crate::source) fn behind(format: &str, address: &str) -> Option<&'static str> {
    const VAGUE: [&str; 12] = [
        "",
        "api",
        "geo",
        "geoservice",
        "html",
        "link",
        "ogc",
        "other",
        "service",
        "url",
        "web service",
        "xml",
    ];
    named(format).or_else(|| {
        let is_vague = VAGUE.contains(&format.trim().to_lowercase().as_str());
        asked(address).filter(|_| is_vague)
    })
}

/// The protocol of a request that an address makes: by the name of the service, or of an address of
/// capabilities by a step of its path.
pub(in crate::source) fn asked(address: &str) -> Option<&'static str> {
    let url = Url::parse(address).ok()?;
    let service = url
        .query_pairs()
        .find(|(name, _)| name.eq_ignore_ascii_case("service"));
    if let Some((_, service)) = service {
        return protocol(&service);
    }
    if !is_capabilities(&url) {
        return None;
    }
    let steps = url.path().split(|c: char| !c.is_ascii_alphanumeric());
    let mut named = steps.map(|step| {
        let step = step.to_lowercase();
        let name = step.strip_suffix("capabilities").unwrap_or(&step);
        let name = name.strip_suffix("server").unwrap_or(name);
        PROTOCOLS.into_iter().find(|protocol| *protocol == name)
    });
    named.find_map(|protocol| protocol)
}

/// Whether an address is that of a description of a service: a request for its capabilities, or a file
/// of that name.
pub(in crate::source) fn is_capabilities(url: &Url) -> bool {
    let asks = url.query_pairs().any(|(name, value)| {
        name.eq_ignore_ascii_case("request") && value.eq_ignore_ascii_case("GetCapabilities")
    });
    asks || url.path().to_lowercase().ends_with("capabilities.xml")
}

/// The request for the capabilities of a service, or the file that has them.
pub(in crate::source) fn capabilities(protocol: &str, endpoint: &Url) -> Url {
    let mut capabilities = endpoint.clone();
    if !is_capabilities(endpoint) {
        capabilities
            .query_pairs_mut()
            .append_pair("SERVICE", &protocol.to_uppercase())
            .append_pair("REQUEST", "GetCapabilities");
    }
    capabilities
}

/// What a format begins with, without the namespace of OGC.
fn first_word(format: &str) -> String {
    let format = format.to_lowercase();
    let words = format.strip_prefix("ogc:").unwrap_or(&format);
    let mut words = words.split([' ', '-', '_', '/']);
    words.next().unwrap_or_default().to_owned()
}

/// Whether a format is that of a service, whose address gives no file.
pub(in crate::source) fn is_service(format: &str) -> bool {
    matches!(
        first_word(format).as_str(),
        "wms"
            | "wfs"
            | "wmts"
            | "wcs"
            | "wps"
            | "wmsc"
            | "tms"
            | "csw"
            | "sos"
            | "ogcapi"
            | "api"
            | "esri:rest"
    )
}

/// Describes the service that answers at `address`, which serves `dataset`.
///
/// Its catalogue record says that it was derived, and from which records.
pub(in crate::source) fn service(
    protocol: &str,
    address: &NamedNode,
    dataset: &NamedNode,
    context: &Context<'_>,
) -> Option<Part> {
    let endpoint = endpoint(address.as_str())?;
    let id = RecordId {
        portal: context.portal.clone(),
        kind: Kind::Service,
        key: Key::hashed(&format!("{protocol}\n{endpoint}")),
    };
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut findings = Vec::new();
    let mut about = Describe::main(&mut graph, &mut findings);
    let place = endpoint
        .as_str()
        .split_once("://")
        .map_or(endpoint.as_str(), |(_, place)| place);
    let capabilities = capabilities(protocol, &endpoint);
    let title = format!("{} {place}", protocol.to_uppercase());
    about
        .a(dcat::DATA_SERVICE)
        .token(dct::TITLE, &title, "url")
        .link(dcat::SERVES_DATASET, dataset.clone())
        .link(
            dct::CONFORMS_TO,
            NamedNode::new_unchecked(format!(
                "http://www.opengis.net/def/serviceType/ogc/{protocol}"
            )),
        );
    about.iri(dcat::ENDPOINT_URL, endpoint.as_str(), "url");
    about.iri(dcat::ENDPOINT_DESCRIPTION, capabilities.as_str(), "url");
    catalogue_record::derived(&id, Some(dataset), context, &mut about);
    Some(Part {
        id,
        role: Role::Mention,
        graph,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_are_told_from_other_formats() {
        assert_eq!(protocol("ogc:wms"), Some("wms"));
        assert_eq!(protocol("WFS 2.0.0"), Some("wfs"));
        for other in ["api", "csv", "ogc:gpkg", ""] {
            assert_eq!(protocol(other), None, "{other}");
        }
    }

    #[test]
    fn a_service_is_behind_what_says_so_or_asks_it_and_says_no_format() {
        let wfs = "https://e.org/ows?service=WFS&request=GetFeature&outputFormat=csv";
        for (format, address, protocol) in [
            ("WFS", "https://e.org/ows", Some("wfs")),
            ("Web Map Service", "https://e.org/ows", Some("wms")),
            ("", wfs, Some("wfs")),
            ("XML", wfs, Some("wfs")),
            ("CSV", wfs, None),
            ("", "https://e.org/?a=wfs", None),
        ] {
            assert_eq!(behind(format, address), protocol, "{format} {address}");
        }
    }

    #[test]
    fn services_are_told_from_files() {
        for service in ["wms", "OGC:WFS", "ogc:wmts", "WFS 2.0.0", "api"] {
            assert!(is_service(service), "{service}");
        }
        for file in ["csv", "", "geojson", "apidae", "zip", "ogc:gpkg"] {
            assert!(!is_service(file), "{file}");
        }
    }
}
