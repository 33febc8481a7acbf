//! Data services that distributions give access to: those that a resource states, and the portal's own
//! `DataStore` API. (Those behind OGC links are [`crate::source::part::ogc`]'s.)
//!
//! # Fields of `access service`
//!
//! | field | becomes |
//! |---|---|
//! | `uri` | the IRI is made of it, `adms:identifier` |
//! | `title`, `title_translated.*`, `description` | `dct:title`, `dct:description` |
//! | `endpoint_url`, `endpoint_url[]` | `dcat:endpointURL`; of the first the IRI, without `uri` |
//! | `endpoint_description` | `dcat:endpointDescription` |
//! | `serves_dataset[]` | `dcat:servesDataset`, beside the dataset itself |
//! | `access_rights`, `license` | `dct:accessRights`, `dct:license` |
//! | `identifier` | `dct:identifier` |
//! | `applicable_legislation[]`, `hvd_category[]`, `documentation[]`, `conforms_to[]` | `dcatap:applicableLegislation`, `dcatap:hvdCategory`, `foaf:page`, `dct:conformsTo` |
//!
//! # Left out of `access service`
//!
//! | field | why |
//! |---|---|
//! | `contact[].*`, `creator[].*`, `publisher[].*` | agents of the service: a dataset's record tells of the dataset's own |
//! | `format`, `format[]`, `keyword`, `keyword[]`, `landing_page`, `language`, `language[]`, `modified`, `rights`, `theme`, `theme[]` | what the data behind it have themselves |

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::fields::{Fields, Sent};
use super::{licence, words};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Finding;
use crate::rdf::vocab::{dcat, dcatap, dct, foaf};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::catalogue_record;
use crate::source::part::name::{node, notation};
use crate::source::part::ogc;

/// Where CKAN documents the `DataStore` API.
const DATASTORE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://docs.ckan.org/en/latest/maintaining/datastore.html");

/// The services that a package mentions.
#[derive(Default)]
pub(super) struct Services(BTreeMap<RecordId, Part>);

impl Services {
    /// Adds a service and gives its IRI.
    fn add(&mut self, part: Part) -> NamedNode {
        let iri = part.graph.iri().clone();
        self.0.entry(part.id.clone()).or_insert(part);
        iri
    }

    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.0.into_values()
    }

    /// The service of the OGC behind an address, where there is one.
    pub(super) fn behind(
        &mut self,
        format: &str,
        address: &NamedNode,
        dataset: &NamedNode,
        context: &Context<'_>,
    ) -> Option<NamedNode> {
        let protocol = ogc::behind(format, address.as_str())?;
        let part = ogc::service(protocol, address, dataset, context)?;
        Some(self.add(part))
    }

    /// The portal's `DataStore` API.
    ///
    /// It serves half of the portal's datasets: that it does is said by their distributions alone, or
    /// its description would change with every run.
    pub(super) fn datastore(&mut self, context: &Context<'_>) -> NamedNode {
        let endpoint = super::action(context, "datastore_search");
        let id = RecordId {
            portal: context.portal.clone(),
            kind: Kind::Service,
            key: Key::hashed(&format!("datastore\n{endpoint}")),
        };
        let mut graph = RecordGraph::new(context.base.record(&id));
        let mut findings = Vec::new();
        let host = context.root.host_str().unwrap_or_default();
        let mut about = Describe::main(&mut graph, &mut findings);
        about
            .a(dcat::DATA_SERVICE)
            .token(
                dct::TITLE,
                &format!("DataStore API {host}"),
                "datastore_active",
            )
            .link(foaf::PAGE, DATASTORE.into_owned());
        about.iri(dcat::ENDPOINT_URL, endpoint.as_str(), "datastore_active");
        catalogue_record::derived(&id, None, context, &mut about);
        let role = Role::Mention;
        self.add(Part { id, role, graph })
    }

    /// The services that a resource of `dataset` states.
    pub(super) fn stated(
        &mut self,
        resource: &Fields<'_>,
        dataset: &NamedNode,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Vec<NamedNode> {
        let list = resource.find("access_services");
        let items = list.into_iter().flat_map(Sent::items);
        let mut iris = Vec::new();
        for item in items {
            if let Some(part) = item.fields() {
                iris.extend(one(&part, dataset, context, findings).map(|part| self.add(part)));
            } else if let Some(text) = item.text(findings) {
                iris.extend(bare(&text, &item.field, findings));
            }
        }
        iris
    }
}

/// The IRI of a service that is described elsewhere.
fn bare(text: &str, field: &str, findings: &mut Vec<Finding>) -> Option<NamedNode> {
    let mut graph = RecordGraph::new(NamedNode::new_unchecked("urn:x"));
    Describe::main(&mut graph, findings).clean_iri(text, field)
}

fn one(
    part: &Fields<'_>,
    dataset: &NamedNode,
    context: &Context<'_>,
    findings: &mut Vec<Finding>,
) -> Option<Part> {
    let uri = part.text("uri", findings);
    let endpoints: Vec<Sent<'_>> = part
        .find("endpoint_url")
        .map(Sent::items)
        .unwrap_or_default();
    let first = endpoints.first().and_then(|sent| sent.value().as_str());
    let title = part.peek("title");
    let name = uri.as_deref().or(first).or(title)?;
    let id = RecordId {
        portal: context.portal.clone(),
        kind: Kind::Service,
        key: Key::hashed(&format!("service\n{name}")),
    };
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut about = Describe::main(&mut graph, findings);
    about.a(dcat::DATA_SERVICE);
    let titles = ["title_translated", "title"];
    if !words::write(dct::TITLE, &titles, part, context, &mut about) {
        about.token(dct::TITLE, name, &part.place("title"));
    }
    words::write(
        dct::DESCRIPTION,
        &["description"],
        part,
        context,
        &mut about,
    );
    if let Some(uri) = &uri {
        node(notation(uri), &mut about);
    }
    if let Some(identifier) = part.find("identifier") {
        words::code(dct::IDENTIFIER, &identifier, &mut about);
    }
    for sent in &endpoints {
        let text = sent.text(about.findings()).unwrap_or_default();
        about.iri(dcat::ENDPOINT_URL, &text, &sent.field);
    }
    about.link(dcat::SERVES_DATASET, dataset.clone());
    for (name, property) in [
        ("endpoint_description", dcat::ENDPOINT_DESCRIPTION),
        ("serves_dataset", dcat::SERVES_DATASET),
        ("applicable_legislation", dcatap::APPLICABLE_LEGISLATION),
        ("hvd_category", dcatap::HVD_CATEGORY),
        ("documentation", foaf::PAGE),
        ("conforms_to", dct::CONFORMS_TO),
    ] {
        for sent in part.find(name).into_iter().flat_map(Sent::items) {
            if let Some(text) = sent.text(about.findings()) {
                about.iri(property, &text, &sent.field);
            }
        }
    }
    if let Some(rights) = part.find("access_rights") {
        words::code(dct::ACCESS_RIGHTS, &rights, &mut about);
    }
    if let Some(licence) = licence::stated(part, context, &mut about) {
        licence.write(&mut about);
    }
    catalogue_record::within(&id, context, &mut about);
    graph.dedup();
    let role = Role::Mention;
    Some(Part { id, role, graph })
}
