//! What a record of a service says beside the rest: where and how it is asked, and what it serves.
//!
//! Endpoints are the addresses of its operations, and of links that are services, without the request
//! in them; a request for capabilities, or a description for machines, is the endpoint's description.
//! A service has one IRI for its protocol at the OGC, `dct:conformsTo`, and one on the OGC's pages about
//! standards, which the published mapping has in `geodcat:serviceProtocol`.
//!
//! # Fields of `identification`
//!
//! | field | becomes |
//! |---|---|
//! | `serviceType`, `serviceTypeVersion` | `geodcat:serviceType`; `geodcat:serviceProtocol` and `dct:conformsTo`, where they name the protocol |
//! | `containsOperations.connectPoint` | `dcat:endpointURL`, `dcat:endpointDescription`: see [`super::online`], # Fields of `online resource` |
//! | `containsOperations.operationName` | which operation describes the endpoint: `dcat:endpointDescription` is the request for capabilities, also where only the address before it is given |
//! | `operatesOn.@uuidref`, `operatesOn.@href`, `coupledResource.identifier`, `coupledResource.resourceReference.@uuidref`, `coupledResource.resourceReference.@href` | `dcat:servesDataset` |
//! | `accessProperties.fees` | `dct:rights` |
//!
//! # Left out of `identification`
//!
//! | field | why |
//! |---|---|
//! | `serviceType.@codeSpace` | its words are known |
//! | `couplingType`, `profile.*`, `serviceStandard.*` | of the protocol, which the capabilities say themselves |
//! | `containsOperations`, `containsOperations.distributedComputingPlatform`, `containsOperations.DCP`, `containsOperations.invocationName`, `containsOperations.operationDescription`, `containsOperations.parameter.*`, `containsOperations.parameters.*`, `containsOperations.dependsOn.*` | operations, which the capabilities list |
//! | `coupledResource`, `coupledResource.operationName`, `coupledResource.operation.*`, `coupledResource.scopedName`, `coupledResource.resource.*` | by which operation, under which name |
//! | `operatesOn.@title`, `operatesOn.*` | the name of the dataset, whose own record has it |
//! | `accessProperties.plannedAvailableDateTime`, `accessProperties.orderingInstructions`, `accessProperties.turnaround` | how and when to order by post |

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;
use url::Url;

use super::concept::Concept;
use super::distribution::links;
use super::element::Element;
use super::online::{Behind, Online};
use super::text::Text;
use super::{Record, reference};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, geodcat};
use crate::record::Kind;
use crate::source::part::ogc;

/// INSPIRE's list of types of services.
const SERVICE_TYPE: &str = "http://inspire.ec.europa.eu/metadata-codelist/SpatialDataServiceType/";

/// The OGC's names of protocols.
const OGC: &str = "http://www.opengis.net/def/serviceType/ogc/";

/// The OGC's pages about standards.
const STANDARDS: &str = "http://www.opengeospatial.org/standards/";

/// Writes what is said of a service alone.
pub(super) fn write(record: &Record<'_>, about: &mut Describe<'_>) {
    let mut protocols = kind(record, about);
    endpoints(record, &mut protocols, about);
    for protocol in protocols {
        let conforms = NamedNode::new_unchecked(format!("{OGC}{protocol}"));
        let page = NamedNode::new_unchecked(format!("{STANDARDS}{}", page_of(protocol)));
        about.link(dct::CONFORMS_TO, conforms);
        about.link(geodcat::SERVICE_PROTOCOL, page);
    }
    served(record, about);
    let fees = "identificationInfo.accessProperties.fees";
    for fees in Text::all(record.root, fees, &record.locales) {
        fees.write(dct::RIGHTS, about);
    }
}

/// The OGC's page of a protocol; the catalogue's is named otherwise.
fn page_of(protocol: &str) -> &str {
    if protocol == "csw" { "cat" } else { protocol }
}

/// Writes the type of the service; gives the protocol, where the record has that instead.
fn kind(record: &Record<'_>, about: &mut Describe<'_>) -> BTreeSet<&'static str> {
    let mut protocols = BTreeSet::new();
    // The version often has the name of the protocol before it: `OGC:WFS 2.0`.
    let versions = record.root.all("identificationInfo.serviceTypeVersion");
    protocols.extend(
        versions
            .into_iter()
            .filter_map(|it| ogc::protocol(it.value()?)),
    );
    // GeoDCAT-AP has one type.
    let Some(element) = record.root.first("identificationInfo.serviceType") else {
        return protocols;
    };
    let Some(said) = element.value() else {
        return protocols;
    };
    let lower = said.to_lowercase();
    let last = lower.rsplit('/').next().unwrap_or(&lower);
    let protocol = ogc::protocol(last);
    let name = match last {
        "view" | "download" | "discovery" | "transformation" | "invoke" | "other" => last,
        _ => match protocol {
            Some("wms" | "wmts") => "view",
            Some("wfs" | "wcs" | "sos") => "download",
            Some("csw") => "discovery",
            _ => "",
        },
    };
    protocols.extend(protocol);
    if name.is_empty() {
        let message = "in no list: kept as a word";
        about.find(Code::ValueUnknown, &element.path(), message, said);
        Concept::word(said, "serviceType").write(geodcat::SERVICE_TYPE, about);
    } else {
        let iri = NamedNode::new_unchecked(format!("{SERVICE_TYPE}{name}"));
        about.link(geodcat::SERVICE_TYPE, iri);
    }
    protocols
}

fn endpoints(
    record: &Record<'_>,
    protocols: &mut BTreeSet<&'static str>,
    about: &mut Describe<'_>,
) {
    let operations = record.root.all("identificationInfo.containsOperations");
    let mut pages = Vec::new();
    let mut has_endpoint = false;
    for operation in operations {
        let name = operation.first("operationName").and_then(Element::value);
        let describes = name.is_some_and(|name| name.eq_ignore_ascii_case("GetCapabilities"));
        for point in operation.all("connectPoint") {
            let Some(online) = Online::read(point, record) else {
                continue;
            };
            let online = if describes {
                online.of_protocol(protocols.iter().next().copied())
            } else {
                online
            };
            // A portal names pages for people as operations, too; they are no endpoints.
            let is_page = matches!(
                online.behind,
                Behind::Page | Behind::Record | Behind::Picture
            );
            if is_page && !describes {
                pages.push(online);
                continue;
            }
            has_endpoint |= endpoint(&online, describes, protocols, about);
        }
    }
    for link in links(record) {
        let Some(online) = Online::read(link, record) else {
            continue;
        };
        match online.behind {
            Behind::Service(_) | Behind::Interface(_) => {
                has_endpoint |= endpoint(&online, false, protocols, about);
            }
            Behind::Record => {}
            _ => pages.push(online),
        }
    }
    for online in pages {
        // Where nothing else is given, a link without function or for downloads is where it is asked.
        let is_last_resort =
            !has_endpoint && !matches!(online.behind, Behind::Page | Behind::Picture);
        if is_last_resort {
            has_endpoint |= endpoint(&online, false, protocols, about);
            continue;
        }
        match online.behind {
            Behind::Landing => online.write_page(dcat::LANDING_PAGE, about),
            Behind::Picture => {
                about.iri(foaf::DEPICTION, online.address, &online.linkage.path());
            }
            _ => online.write_page(foaf::PAGE, about),
        }
    }
}

/// Writes where a service is asked, and its description; says whether there is an address. At the address
/// of its operation `GetCapabilities` it `describes` itself, whether the request is written there or not.
fn endpoint(
    online: &Online<'_>,
    describes: bool,
    protocols: &mut BTreeSet<&'static str>,
    about: &mut Describe<'_>,
) -> bool {
    let field = online.linkage.path();
    let Some(address) = about.clean_iri(online.address, &field) else {
        return false;
    };
    if let Behind::Service(protocol) = online.behind {
        protocols.insert(protocol);
    }
    let lower = address.as_str().to_lowercase();
    let bare = ogc::endpoint(address.as_str());
    let is_request = Url::parse(address.as_str()).is_ok_and(|url| ogc::is_capabilities(&url));
    let is_document = is_request
        || [
            "wsdl",
            "openapi.json",
            "openapi.yaml",
            "swagger.json",
            "/api?f=json",
        ]
        .iter()
        .any(|end| lower.ends_with(end));
    if is_document {
        about.link(dcat::ENDPOINT_DESCRIPTION, address.clone());
    } else if describes {
        let request = match (online.behind, &bare) {
            (Behind::Service(protocol), Some(bare)) => Some(ogc::capabilities(protocol, bare)),
            _ => None,
        };
        let request = request.and_then(|url| NamedNode::new(url.as_str()).ok());
        about.link(
            dcat::ENDPOINT_DESCRIPTION,
            request.unwrap_or_else(|| address.clone()),
        );
    }
    let bare = bare.and_then(|url| NamedNode::new(url.as_str()).ok());
    about.link(dcat::ENDPOINT_URL, bare.unwrap_or(address));
    true
}

fn served(record: &Record<'_>, about: &mut Describe<'_>) {
    let mut found = BTreeSet::new();
    for element in record
        .root
        .all("identificationInfo.operatesOn|identificationInfo.coupledResource.resourceReference")
    {
        if let Some(iri) = reference::to(element, record, about) {
            found.insert(iri.into_string());
        }
    }
    // Coupled by an identifier of the dataset, which is the record's where catalogues keep to that; it
    // says no more than a reference does.
    let coupled = record
        .root
        .all("identificationInfo.coupledResource.identifier");
    let is_referred = !found.is_empty();
    for element in coupled.into_iter().filter(|_| !is_referred) {
        if let Some(identifier) = element.value() {
            let iri = reference::of_identifier(identifier, Kind::Dataset, record);
            found.insert(iri.into_string());
        }
    }
    for iri in found {
        about.link(dcat::SERVES_DATASET, NamedNode::new_unchecked(iri));
    }
}
