//! The records of a sample catalogue.

use std::sync::Arc;

use roxmltree::{Document, Node};

use crate::demo::shared::Shared;

/// The files of `data/csw`.
const FILES: [&str; 30] = [
    include_str!("../../../data/csw/bathymetrie.xml"),
    include_str!("../../../data/csw/budgets-eau.xml"),
    include_str!("../../../data/csw/campagnes-serie.xml"),
    include_str!("../../../data/csw/carottes-vase.xml"),
    include_str!("../../../data/csw/cultures-marines.xml"),
    include_str!("../../../data/csw/defaut-adresses.xml"),
    include_str!("../../../data/csw/defaut-dates.xml"),
    include_str!("../../../data/csw/defaut-emprises.xml"),
    include_str!("../../../data/csw/defaut-langues.xml"),
    include_str!("../../../data/csw/defaut-sans-identifiant.xml"),
    include_str!("../../../data/csw/defaut-sans-titre.xml"),
    include_str!("../../../data/csw/habitats-naturels.xml"),
    include_str!("../../../data/csw/herbiers-zosteres.xml"),
    include_str!("../../../data/csw/limites-communes.xml"),
    include_str!("../../../data/csw/occupation-du-sol-2015.xml"),
    include_str!("../../../data/csw/occupation-du-sol-2020.xml"),
    include_str!("../../../data/csw/occupation-du-sol-2024.xml"),
    include_str!("../../../data/csw/occupation-du-sol-serie.xml"),
    include_str!("../../../data/csw/orthophotographie.xml"),
    include_str!("../../../data/csw/qualite-cours-d-eau.xml"),
    include_str!("../../../data/csw/recensement-arbres.xml"),
    include_str!("../../../data/csw/risques-inondation.xml"),
    include_str!("../../../data/csw/sentiers-bretons.xml"),
    include_str!("../../../data/csw/service-atom.xml"),
    include_str!("../../../data/csw/service-csw.xml"),
    include_str!("../../../data/csw/service-wfs.xml"),
    include_str!("../../../data/csw/service-wms.xml"),
    include_str!("../../../data/csw/stations-meteo.xml"),
    include_str!("../../../data/csw/trait-de-cote-serie.xml"),
    include_str!("../../../data/csw/zonages-plu.xml"),
];

/// A record, with what can be asked for.
#[derive(Debug, Clone)]
pub struct Record {
    /// `fileIdentifier`, or that of ISO 19115-3; empty where there is none.
    pub identifier: String,
    /// What it describes: `dataset`, `series`, `service`…
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// When it was changed.
    pub modified: String,
    /// Its keywords.
    pub keywords: Vec<String>,
    body: Body,
}

/// The record itself.
#[derive(Debug, Clone)]
enum Body {
    /// As it stands.
    Text(Arc<str>),
    /// One of many that are alike: another identifier and title in the place of the template's.
    Made(Arc<Record>),
}

impl Record {
    /// A record as a file has it. What is no XML has neither identifier nor title.
    #[must_use]
    pub fn new(xml: &str) -> Self {
        let body = match xml.trim_start().strip_prefix("<?xml") {
            Some(rest) => rest.split_once("?>").map_or(rest, |(_, rest)| rest),
            None => xml,
        };
        let body = body.trim();
        let document = Document::parse(body).ok();
        let root = document.as_ref().map(Document::root_element);
        let first = |names: &[&str]| root.and_then(|root| value(root, names)).unwrap_or_default();
        let either = |one: &[&str], other: &[&str]| match first(one) {
            text if text.is_empty() => first(other),
            text => text,
        };
        let keywords = root
            .into_iter()
            .flat_map(|root| root.descendants())
            .filter(|node| node.tag_name().name() == "keyword")
            .filter_map(text)
            .collect();
        Self {
            identifier: either(&["fileIdentifier"], &["metadataIdentifier", "code"]),
            kind: either(
                &["hierarchyLevel", "@codeListValue"],
                &["resourceScope", "@codeListValue"],
            ),
            title: first(&["citation", "title"]),
            summary: first(&["abstract"]),
            modified: match first(&["dateStamp"]) {
                date if date.is_empty() => root.and_then(latest).unwrap_or_default(),
                date => date,
            },
            keywords,
            body: Body::Text(body.into()),
        }
    }

    /// A small dataset of ISO 19139.
    #[must_use]
    pub fn plain(identifier: &str, modified: &str) -> Self {
        Self::new(&format!(
            r#"<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>{identifier}</gco:CharacterString></gmd:fileIdentifier><gmd:hierarchyLevel><gmd:MD_ScopeCode codeList="http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#MD_ScopeCode" codeListValue="dataset"/></gmd:hierarchyLevel><gmd:dateStamp><gco:DateTime>{modified}</gco:DateTime></gmd:dateStamp><gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Jeu {identifier}</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation><gmd:abstract><gco:CharacterString>Essai.</gco:CharacterString></gmd:abstract></gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>"#
        ))
    }

    /// The record as XML, without declaration.
    #[must_use]
    pub fn xml(&self) -> String {
        match &self.body {
            Body::Text(text) => text.as_ref().to_owned(),
            Body::Made(template) => template
                .xml()
                .replace(&template.identifier, &self.identifier)
                .replace(&template.title, &self.title)
                .replace(&template.modified, &self.modified),
        }
    }
}

/// The text of the first element at the end of a way through descendants; `@` before an attribute.
fn value(root: Node<'_, '_>, names: &[&str]) -> Option<String> {
    let Some((name, rest)) = names.split_first() else {
        return text(root);
    };
    let mut within = root.descendants();
    match name.strip_prefix('@') {
        Some(name) => within
            .find_map(|node| node.attribute(name))
            .map(ToOwned::to_owned),
        None => value(within.find(|node| node.tag_name().name() == *name)?, rest),
    }
}

/// The latest date of a record of ISO 19115-3.
fn latest(root: Node<'_, '_>) -> Option<String> {
    root.children()
        .filter(|node| node.tag_name().name() == "dateInfo")
        .filter_map(text)
        .max()
}

/// The first text in an element.
fn text(node: Node<'_, '_>) -> Option<String> {
    node.descendants()
        .filter_map(|node| node.text().map(str::trim))
        .find(|text| !text.is_empty())
        .map(ToOwned::to_owned)
}

/// The records that a running sample catalogue serves; clones share them, so that they can be changed
/// between two harvests.
pub type SampleData = Shared<Vec<Record>>;

impl Shared<Vec<Record>> {
    /// The catalogue in `data/csw`, compiled in.
    #[must_use]
    pub fn bundled() -> Self {
        Self::from(FILES.map(Record::new).to_vec())
    }

    /// As many records as wanted, made of the bundled ones that have all that records should have. The
    /// same parameters give the same records; only their heads are kept.
    #[must_use]
    pub fn synthetic(datasets: usize, seed: u64) -> Self {
        let templates: Vec<_> = FILES
            .map(Record::new)
            .into_iter()
            .filter(|it| it.identifier.len() > 8 && it.title.len() > 8 && it.modified.len() > 8)
            .map(Arc::new)
            .collect();
        let made = |(number, template): (usize, &Arc<Record>)| Record {
            identifier: format!("{:016x}-{number:08}", seed ^ 0x5eed),
            title: format!("{} {number}", template.title),
            modified: template.modified.clone(),
            kind: template.kind.clone(),
            summary: template.summary.clone(),
            keywords: template.keywords.clone(),
            body: Body::Made(Arc::clone(template)),
        };
        let records = templates
            .iter()
            .cycle()
            .take(datasets)
            .enumerate()
            .map(made);
        Self::from(records.collect::<Vec<_>>())
    }

    /// The records, as they are now.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.look(Vec::clone)
    }
}
