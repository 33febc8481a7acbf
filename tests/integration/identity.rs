//! A record of any kind of portal keeps its IRI, and its distributions theirs, whatever else changes.

use std::collections::{BTreeMap, BTreeSet};

use moisson::config::PortalKind;
use moisson::source;
use oxigraph::model::Term;
use serde_json::{Value, json};

use crate::support::with_context;

/// A record as some version of the portal shows it.
struct Version {
    title: &'static str,
    page: &'static str,
    /// Whether its resources come in the order of their names.
    order: Order,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Kept,
    Reversed,
}

const BEFORE: Version = Version {
    title: "Relevés",
    page: "releves",
    order: Order::Kept,
};

const AFTER: Version = Version {
    title: "Relevés de pluie, 2024",
    page: "releves-de-pluie",
    order: Order::Reversed,
};

impl Version {
    /// Resources made of their number, in this version's order.
    fn resources<T>(&self, make: impl Fn(usize) -> T) -> Vec<T> {
        let mut all: Vec<T> = (1..=2).map(make).collect();
        if self.order == Order::Reversed {
            all.reverse();
        }
        all
    }

    fn address(&self) -> String {
        format!("https://portail.example/jeu/{}", self.page)
    }

    /// Two records as a portal of a kind sends them.
    fn bodies(&self, kind: PortalKind) -> Vec<Vec<u8>> {
        let mut all: Vec<Vec<u8>> = ["a", "b"].map(|key| self.body(kind, key)).to_vec();
        if self.order == Order::Reversed {
            all.reverse();
        }
        all
    }

    fn body(&self, kind: PortalKind, key: &str) -> Vec<u8> {
        let title = format!("{} {key}", self.title);
        let file = |n: usize| format!("https://fichiers.example/{key}{n}.csv");
        let text = |value: Value| value.to_string().into_bytes();
        match kind {
            PortalKind::Udata => text(json!({
                "id": format!("id-{key}"), "title": title, "slug": self.page, "page": self.address(),
                "description": self.title, "private": false,
                "resources": self.resources(|n| json!({"id": format!("{key}{n}"), "title": self.title, "url": file(n), "format": "csv"})),
            })),
            PortalKind::Ckan => text(json!({
                "id": format!("id-{key}"), "name": self.page, "title": title, "notes": self.title, "url": self.address(),
                "resources": self.resources(|n| json!({"id": format!("{key}{n}"), "name": self.title, "url": file(n), "format": "CSV"})),
            })),
            PortalKind::Ods => text(json!({
                "dataset_id": format!("id-{key}"), "has_records": true, "features": ["analyze"],
                "metas": {"default": {"title": title, "references": self.address()}},
                "attachments": self.resources(|n| json!({"id": format!("{key}{n}"), "title": self.title, "mimetype": "text/csv", "url": format!("odsfile://{key}{n}.csv")})),
            })),
            PortalKind::Transport => text(json!({
                "id": format!("id-{key}"), "datagouv_id": format!("id-{key}"), "title": title, "slug": self.page, "page_url": self.address(),
                "resources": self.resources(|n| json!({"id": n, "title": self.title, "url": file(n), "format": "GTFS"})),
            })),
            PortalKind::Csw => {
                let links = self.resources(|n| format!(
                    "<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{}</gmd:URL></gmd:linkage>\
                     <gmd:protocol><gco:CharacterString>WWW:DOWNLOAD-1.0-http--download</gco:CharacterString></gmd:protocol>\
                     <gmd:name><gco:CharacterString>{}</gco:CharacterString></gmd:name></gmd:CI_OnlineResource></gmd:onLine>",
                    file(n), self.title
                ));
                format!(
                    "<gmd:MD_Metadata xmlns:gmd='http://www.isotc211.org/2005/gmd' xmlns:gco='http://www.isotc211.org/2005/gco'>\
                     <gmd:fileIdentifier><gco:CharacterString>id-{key}</gco:CharacterString></gmd:fileIdentifier>\
                     <gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>\
                     <gmd:title><gco:CharacterString>{title}</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation>\
                     </gmd:MD_DataIdentification></gmd:identificationInfo><gmd:distributionInfo><gmd:MD_Distribution>\
                     <gmd:transferOptions><gmd:MD_DigitalTransferOptions>{}</gmd:MD_DigitalTransferOptions></gmd:transferOptions>\
                     </gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>",
                    links.concat()
                )
                .into_bytes()
            }
            PortalKind::Dcat => {
                let distributions = self.resources(|n| format!(
                    "dcat:distribution [ a dcat:Distribution ; dct:title \"{}\" ; dcat:downloadURL <{}> ] ;",
                    self.title, file(n)
                ));
                format!(
                    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\
                     <https://portail.example/id/{key}> a dcat:Dataset ; {} dct:title \"{title}\" ; dcat:landingPage <{}> .",
                    distributions.concat(), self.address()
                )
                .into_bytes()
            }
        }
    }

    /// The IRI of each record with those of its distributions.
    fn iris(&self, kind: PortalKind) -> BTreeMap<String, BTreeSet<String>> {
        let source = source::of(kind);
        let mut found = BTreeMap::new();
        for body in self.bodies(kind) {
            for record in (source.split)(&body).unwrap().records {
                let described = with_context("https://portail.example/", None, |context| {
                    (source.describe)(record.collection, &record.payload, context).unwrap()
                });
                let graph = &described.parts[0].graph;
                let all = graph.triples().iter();
                let distributions = all
                    .filter(|triple| triple.predicate.as_str().ends_with("dcat#distribution"))
                    .filter(|triple| matches!(triple.object, Term::NamedNode(_)));
                let distributions = distributions.map(|triple| triple.object.to_string());
                found.insert(graph.iri().to_string(), distributions.collect());
            }
        }
        found
    }
}

#[test]
fn a_record_keeps_its_iri_and_its_distributions_theirs_when_title_page_and_order_change() {
    for kind in PortalKind::ALL {
        let before = BEFORE.iris(kind);
        assert_eq!(before.len(), 2, "{}", kind.name());
        let of_one = before.values().map(BTreeSet::len);
        assert!(of_one.min() >= Some(2), "{}: {before:?}", kind.name());
        assert_eq!(AFTER.iris(kind), before, "{}", kind.name());
    }
}
