//! At which address a service answers for which dataset: by this the ledger knows that a service which
//! was derived from the address of a distribution is one that the portal has a record of itself.
//!
//! A derived service is told by its catalogue record, which says `prov:wasDerivedFrom` a record of ours.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};
use url::Url;

use crate::rdf::vocab::{dcat, dct, foaf, prov};
use crate::record::{Base, Reference, Set};

/// The protocols of OGC, as IRIs (<http://www.opengis.net/def/serviceType/ogc/>).
const OGC: &str = "opengis.net/def/serviceType/ogc/";

/// Stands for the protocol of a service that states none.
const ANY: &str = "any";

/// Parameters of a request, which are no part of the endpoint.
const REQUEST: [&str; 60] = [
    "service",
    "request",
    "version",
    "acceptversions",
    "layer",
    "layers",
    "style",
    "styles",
    "typename",
    "typenames",
    "outputformat",
    "format",
    "crs",
    "srsname",
    // Web Feature Service 1.0 to 2.0.
    "maxfeatures",
    "count",
    "startindex",
    "resulttype",
    "propertyname",
    "featureid",
    "resourceid",
    "sortby",
    "bbox",
    "filter",
    "filter_language",
    "cql_filter",
    "viewparams",
    "format_options",
    "namespace",
    "namespaces",
    "storedquery_id",
    // Web Map Service and Web Map Tile Service.
    "srs",
    "width",
    "height",
    "transparent",
    "bgcolor",
    "exceptions",
    "info_format",
    "query_layers",
    "feature_count",
    "sld",
    "sld_body",
    "tiled",
    "tilematrix",
    "tilematrixset",
    "tilerow",
    "tilecol",
    // Web Coverage Service.
    "coverage",
    "coverageid",
    "subset",
    "subsettingcrs",
    "outputcrs",
    // Catalogue Service, and what all have.
    "outputschema",
    "elementset",
    "elementsetname",
    "maxrecords",
    "startposition",
    "acceptformats",
    "sections",
    "updatesequence",
];

/// An address without the parameters of a request; none where it is not of the web.
#[must_use]
pub fn endpoint(address: &str) -> Option<Url> {
    let mut url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !name.is_empty() && !REQUEST.contains(&name.to_lowercase().as_str()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    Some(url)
}

/// What the service `main` answers for: protocol, address and dataset, in one text for each. They compare
/// with those of other services: a derived one is under its protocol and under none, one that the portal
/// describes under those that it states, else under none.
pub(super) fn answers(
    triples: &[Triple],
    main: NamedNodeRef<'_>,
    base: &Base,
) -> Vec<(Set, String)> {
    let is_derived = is_derived(triples, main, base);
    let endpoints: Vec<&str> = iris(triples, main, dcat::ENDPOINT_URL).collect();
    let mut protocols = stated(triples, main, &endpoints);
    if is_derived || protocols.is_empty() {
        protocols.insert(ANY.to_owned());
    }
    let addresses: BTreeSet<String> = endpoints.into_iter().filter_map(normal).collect();
    let set = if is_derived {
        Set::Derived
    } else {
        Set::Endpoint
    };
    let mut answers = Vec::new();
    for dataset in iris(triples, main, dcat::SERVES_DATASET) {
        let guess = Reference::read(dataset).map(|one| one.guess(base));
        let dataset = guess.as_ref().map_or(dataset, NamedNode::as_str);
        for address in &addresses {
            let entry = |protocol| (set, format!("{protocol} {address} {dataset}"));
            answers.extend(protocols.iter().map(entry));
        }
    }
    answers
}

/// Whether the catalogue record of `main` says that it was derived from another record of ours.
fn is_derived(triples: &[Triple], main: NamedNodeRef<'_>, base: &Base) -> bool {
    let topic = TermRef::from(main);
    let mut records = triples
        .iter()
        .filter(|triple| triple.predicate == foaf::PRIMARY_TOPIC && triple.object.as_ref() == topic)
        .filter_map(|triple| match triple.subject.as_ref() {
            NamedOrBlankNodeRef::NamedNode(record) => Some(record),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        });
    records.any(|record| {
        iris(triples, record, prov::WAS_DERIVED_FROM)
            .filter_map(|from| base.path(from))
            .any(|path| path.starts_with("record/"))
    })
}

/// The protocols that a service conforms to, or whose name its addresses ask for.
fn stated(triples: &[Triple], main: NamedNodeRef<'_>, endpoints: &[&str]) -> BTreeSet<String> {
    let conforms = iris(triples, main, dct::CONFORMS_TO)
        .filter_map(|iri| Some(iri.split_once(OGC)?.1.to_lowercase()));
    let described = iris(triples, main, dcat::ENDPOINT_DESCRIPTION);
    let asked = endpoints.iter().copied().chain(described);
    let asked = asked.filter_map(|address| {
        let url = Url::parse(address).ok()?;
        let mut pairs = url.query_pairs();
        let (_, protocol) = pairs.find(|(name, _)| name.eq_ignore_ascii_case("service"))?;
        Some(protocol.to_lowercase())
    });
    let sound = |protocol: &String| !protocol.is_empty() && !protocol.contains(' ');
    conforms.chain(asked).filter(sound).collect()
}

/// The address of an endpoint as it compares: sites change to https, and answer with and without a slash
/// at the end, without another service answering.
fn normal(address: &str) -> Option<String> {
    let url = endpoint(address)?;
    let port = url.port().map(|port| format!(":{port}"));
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort_unstable();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!(
        "https://{}{}{}{mark}{query}",
        url.host_str()?,
        port.unwrap_or_default(),
        url.path().trim_end_matches('/')
    ))
}

fn iris<'a>(
    triples: &'a [Triple],
    subject: NamedNodeRef<'a>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = &'a str> {
    triples
        .iter()
        .filter(move |t| t.subject.as_ref() == subject.into() && t.predicate == property)
        .filter_map(|t| match t.object.as_ref() {
            TermRef::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;

    #[test]
    fn an_endpoint_is_the_same_whatever_is_asked_of_it() {
        for (address, at) in [
            (
                "https://geo.example/wms?service=WMS&request=GetCapabilities",
                "https://geo.example/wms",
            ),
            (
                "https://geo.example/wms?map=a.map&LAYERS=b#c",
                "https://geo.example/wms?map=a.map",
            ),
            (
                "https://geo.example/ows?typeNames=a&count=9&startIndex=0&bbox=1,2,3,4&CQL_FILTER=a&token=t",
                "https://geo.example/ows?token=t",
            ),
            ("https://geo.example/wms?", "https://geo.example/wms"),
        ] {
            assert_eq!(endpoint(address).map(String::from).as_deref(), Some(at));
        }
        assert_eq!(endpoint("mailto:x@geo.example"), None);
    }

    fn node(iri: &str) -> NamedNode {
        NamedNode::new_unchecked(iri)
    }

    fn of(said: &[(&str, NamedNodeRef<'static>, &str)]) -> Vec<(Set, String)> {
        let base = Base::new("https://e.org/").unwrap();
        let said = said.iter().map(|(subject, property, object)| {
            Triple::new(
                node(&format!("https://e.org/{subject}")),
                *property,
                node(object),
            )
        });
        let triples: Vec<Triple> = said.collect();
        answers(&triples, node("https://e.org/service/p/s").as_ref(), &base)
    }

    #[test]
    fn a_derived_service_meets_one_of_its_protocol_and_one_that_states_none() {
        let (service, dataset) = ("service/p/s", "https://e.org/dataset/p/d");
        let wms = "http://www.opengis.net/def/serviceType/ogc/wms";
        let own = [
            (
                service,
                dcat::ENDPOINT_URL,
                "http://GEO.example:80/ows/?b=2&a=1",
            ),
            (service, dcat::SERVES_DATASET, dataset),
        ];
        let entry = |protocol| format!("{protocol} https://geo.example/ows?a=1&b=2 {dataset}");
        assert_eq!(of(&own), [(Set::Endpoint, entry("any"))]);
        let stated = [own.as_slice(), &[(service, dct::CONFORMS_TO, wms)]].concat();
        assert_eq!(of(&stated), [(Set::Endpoint, entry("wms"))]);
        let record = "record/p/service-s";
        let derived = [
            stated.as_slice(),
            &[
                (record, foaf::PRIMARY_TOPIC, "https://e.org/service/p/s"),
                (record, prov::WAS_DERIVED_FROM, "https://e.org/record/p/d"),
            ],
        ]
        .concat();
        assert_eq!(
            of(&derived),
            [(Set::Derived, entry("any")), (Set::Derived, entry("wms"))]
        );
    }

    #[test]
    fn a_service_derived_elsewhere_is_one_of_its_portal() {
        let record = "record/p/service-s";
        let said = [
            (
                "service/p/s",
                dcat::ENDPOINT_URL,
                "https://geo.example/wms?SERVICE=WMS",
            ),
            (
                "service/p/s",
                dcat::SERVES_DATASET,
                "https://e.org/dataset/p/d",
            ),
            (record, foaf::PRIMARY_TOPIC, "https://e.org/service/p/s"),
            (
                record,
                prov::WAS_DERIVED_FROM,
                "https://elsewhere.org/record/p/d",
            ),
        ];
        let entry = "wms https://geo.example/wms https://e.org/dataset/p/d".to_owned();
        assert_eq!(of(&said), [(Set::Endpoint, entry)]);
    }
}
