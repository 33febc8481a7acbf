//! The records in the statements of a document: which resources are records, and which statements are
//! each one's own.
//!
//! A record owns what only it leads to: its distributions, its blank nodes, the catalogue records about
//! it. What it points to and the document describes (agents, licences, concepts) comes with it, since
//! the document may be the only one that says so; describing decides what becomes of that.

mod closure;

use std::collections::{BTreeSet, HashMap, HashSet};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, Triple};

use super::payload::{self, Head, Link};
use super::{CATALOGUES, DATASETS, SERIES, SERVICES};
use crate::dcat::withhold;
use crate::rdf::vocab::{adms, dcat, dct, foaf, prov, rdf};
use crate::record::lasting;
use crate::salvage::index::{Index, IndexError};
use crate::source::contract::RawRecord;

/// The classes of records; of a resource with several, the first counts.
const CLASSES: [(&str, &str); 12] = [
    ("http://www.w3.org/ns/dcat#Catalog", CATALOGUES),
    ("http://www.w3.org/ns/dcat#DatasetSeries", SERIES),
    ("http://www.w3.org/ns/dcat#DataService", SERVICES),
    ("http://www.w3.org/ns/dcat#Dataset", DATASETS),
    ("http://schema.org/DataCatalog", CATALOGUES),
    ("https://schema.org/DataCatalog", CATALOGUES),
    ("http://schema.org/Dataset", DATASETS),
    ("https://schema.org/Dataset", DATASETS),
    ("http://data.europa.eu/r5r/Dataset", DATASETS),
    ("http://dati.gov.it/onto/dcatapit#Catalog", CATALOGUES),
    ("http://dati.gov.it/onto/dcatapit#Dataset", DATASETS),
    ("http://dcat-ap.de/def/dcatde/Dataset", DATASETS),
];

/// What leads from a catalogue to a record that need not say what it is.
const LISTED: [(NamedNodeRef<'static>, &str); 3] = [
    (dcat::DATASET, DATASETS),
    (dcat::SERVICE, SERVICES),
    (dcat::CATALOG, CATALOGUES),
];

/// What leads from one record to another that may be on a page still to come.
pub(in crate::source) const LINKS: [NamedNodeRef<'static>; 27] = [
    dcat::ACCESS_SERVICE,
    dcat::DATASET,
    dcat::FIRST,
    dcat::HAS_CURRENT_VERSION,
    dcat::HAS_VERSION,
    dcat::IN_SERIES,
    dcat::IS_VERSION_OF,
    dcat::LAST,
    dcat::NEXT,
    dcat::PREV,
    dcat::PREVIOUS_VERSION,
    dcat::SERIES_MEMBER,
    dcat::SERVES_DATASET,
    dcat::SERVICE,
    dct::HAS_PART,
    dct::HAS_VERSION,
    dct::IS_PART_OF,
    dct::IS_REFERENCED_BY,
    dct::IS_REPLACED_BY,
    dct::IS_REQUIRED_BY,
    dct::IS_VERSION_OF,
    dct::REFERENCES,
    dct::RELATION,
    dct::REPLACES,
    dct::REQUIRES,
    dct::SOURCE,
    prov::WAS_DERIVED_FROM,
];

/// What leads to a record by its identifier, where no IRI is stated.
const CALLED: [NamedNodeRef<'static>; 5] = [
    dcat::IN_SERIES,
    dcat::SERVES_DATASET,
    dct::HAS_PART,
    dct::IS_PART_OF,
    dct::SOURCE,
];

/// A resource that is a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Main {
    /// The resource, as the document has it.
    pub(super) node: NamedOrBlankNode,
    /// What kind of record.
    pub(super) collection: &'static str,
    /// The source's identifier; empty where there is none.
    pub(super) key: String,
}

/// The records of a document, to be taken one by one.
pub(super) struct Mains {
    /// In the order of the document.
    pub(super) list: Vec<Main>,
    /// Collection and identifier of what catalogues list by name.
    pub(super) listed: Vec<(&'static str, String)>,
    /// The records by what they are identified by, and by the form of their IRIs that lasts.
    keys: HashMap<String, usize>,
    places: HashMap<NamedOrBlankNode, usize>,
    base: Option<String>,
}

impl Mains {
    /// Finds them.
    pub(super) fn of(index: &Index, base: Option<&str>) -> Result<Self, IndexError> {
        let mut kinds: HashMap<NamedOrBlankNode, &'static str> = HashMap::new();
        let mut order = Vec::new();
        let mut take = |node: NamedOrBlankNode, collection: &'static str| {
            kinds.entry(node.clone()).or_insert_with(|| {
                order.push(node);
                collection
            });
        };
        for (class, collection) in CLASSES {
            for node in index.subjects(rdf::TYPE, NamedNodeRef::new_unchecked(class))? {
                take(node, collection);
            }
        }
        let mut listed = Vec::new();
        for (property, collection) in LISTED {
            for triple in index.with_property(property)? {
                let node = match triple.object {
                    Term::NamedNode(node) => {
                        listed.push((collection, lasting(node.as_str())));
                        NamedOrBlankNode::from(node)
                    }
                    Term::BlankNode(node) => node.into(),
                    Term::Literal(_) => continue,
                };
                if index.knows(&node)? {
                    take(node, collection);
                }
            }
        }
        let mut mains = Self {
            list: Vec::with_capacity(order.len()),
            listed,
            keys: HashMap::new(),
            places: HashMap::with_capacity(order.len()),
            base: base.map(str::to_owned),
        };
        for node in order {
            let collection = kinds.get(&node).copied().unwrap_or(DATASETS);
            let triples = index.about(&node)?;
            // A resource of which only the class is said is referred to, and described elsewhere.
            if triples.iter().all(|triple| triple.predicate == rdf::TYPE) {
                continue;
            }
            let mut key = mains.key(&node, &triples);
            if collection == CATALOGUES {
                key = mains.catalogue_key(key);
            }
            // A catalogue without a name is the document itself, which says who it is elsewhere.
            if key.is_empty() && (collection == CATALOGUES || is_part(&node, index)?) {
                continue;
            }
            mains.places.insert(node.clone(), mains.list.len());
            if !key.is_empty() {
                mains.keys.insert(key.clone(), mains.list.len());
            }
            let identifiers = triples
                .iter()
                .filter(|triple| triple.predicate == dct::IDENTIFIER);
            for triple in identifiers {
                if let Term::Literal(name) = &triple.object {
                    let name = name.value().trim().to_owned();
                    mains.keys.entry(name).or_insert(mains.list.len());
                }
            }
            mains.list.push(Main {
                node,
                collection,
                key,
            });
        }
        Ok(mains)
    }

    /// The identifier of a record: its IRI in the form that lasts, unless that is a place in the document only.
    fn key(&self, node: &NamedOrBlankNode, triples: &[Triple]) -> String {
        let identifier = || {
            let mut all: Vec<&str> = triples
                .iter()
                .filter(|triple| triple.predicate == dct::IDENTIFIER)
                .filter_map(|triple| match triple.object.as_ref() {
                    TermRef::Literal(literal) => Some(literal.value().trim()),
                    TermRef::NamedNode(node) => Some(node.as_str()),
                    TermRef::BlankNode(_) => None,
                })
                .filter(|value| !value.is_empty())
                .collect();
            all.sort_unstable();
            all.first().map(|value| (*value).to_owned())
        };
        match node {
            NamedOrBlankNode::NamedNode(iri) => {
                let is_place = self.base.as_deref().is_some_and(|base| {
                    iri.as_str()
                        .strip_prefix(base.split('#').next().unwrap_or(base))
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
                });
                let own = || lasting(iri.as_str());
                if is_place {
                    identifier().unwrap_or_else(own)
                } else {
                    own()
                }
            }
            NamedOrBlankNode::BlankNode(_) => identifier().unwrap_or_default(),
        }
    }

    /// The identifier of a catalogue: one without any is known by the feed's address, and one that is
    /// called by a page's address is the same on the next page.
    fn catalogue_key(&self, key: String) -> String {
        let Some(base) = self.base.as_deref() else {
            return key;
        };
        let document = lasting(base.split(['?', '#']).next().unwrap_or(base));
        let is_page = key.strip_prefix(&*document).is_some_and(|rest| {
            let rest = rest.trim_start_matches('/');
            rest.is_empty() || rest.starts_with('?')
        });
        if key.is_empty() || is_page {
            document
        } else {
            key
        }
    }

    /// The record that a resource is.
    fn get(&self, node: &NamedOrBlankNode) -> Option<&Main> {
        self.list.get(*self.places.get(node)?)
    }

    /// The record that is meant by an identifier where a link belongs: of what a dataset of a `data.json` is
    /// part of, mostly.
    fn whole(&self, triple: &Triple) -> Option<&Main> {
        let Term::Literal(name) = &triple.object else {
            return None;
        };
        if !CALLED.contains(&triple.predicate.as_ref()) {
            return None;
        }
        self.list.get(*self.keys.get(name.value().trim())?)
    }

    /// The record that a link means, whose IRI it may spell otherwise: by http, with a slash at its end.
    fn linked(&self, triple: &Triple, node: &NamedNode) -> Option<&Main> {
        let is_link = LINKS.contains(&triple.predicate.as_ref());
        let place = is_link.then(|| self.keys.get(&lasting(node.as_str())))??;
        self.list.get(*place)
    }

    /// The catalogues that no other catalogue of the document has: the feed's own.
    pub(super) fn roots(&self, index: &Index) -> Result<HashSet<NamedOrBlankNode>, IndexError> {
        let mut roots = HashSet::new();
        for main in self
            .list
            .iter()
            .filter(|main| main.collection == CATALOGUES)
        {
            let above = index.pointing_to(main.node.as_ref())?;
            let is_below = above.iter().any(|(subject, property)| {
                *subject != main.node.to_string()
                    && (property == dcat::CATALOG.as_str() || property == dct::HAS_PART.as_str())
            });
            if !is_below {
                roots.insert(main.node.clone());
            }
        }
        Ok(roots)
    }

    /// The record as it is kept.
    pub(super) fn record(
        &self,
        main: &Main,
        is_root: bool,
        index: &Index,
    ) -> Result<RawRecord, IndexError> {
        let closure = closure::of(main, is_root, self, index)?;
        let name = self.name(&main.node);
        let mut links = std::collections::BTreeMap::new();
        let mut open = BTreeSet::new();
        for triple in &closure.triples {
            let Term::NamedNode(object) = &triple.object else {
                continue;
            };
            let node = NamedOrBlankNode::from(object.clone());
            if node == main.node {
                continue;
            }
            let other = self.get(&node).or_else(|| self.linked(triple, object));
            if let Some(other) = other.filter(|other| other.node != main.node) {
                let link = Link {
                    collection: other.collection.to_owned(),
                    key: other.key.clone(),
                };
                links.insert(object.as_str().to_owned(), link);
            } else if LINKS.contains(&triple.predicate.as_ref()) {
                open.insert(object.as_str().to_owned());
            }
        }
        for node in closure.nameless {
            if let Some(other) = self.get(&node) {
                let link = Link {
                    collection: other.collection.to_owned(),
                    key: other.key.clone(),
                };
                links.insert(self.name(&node).as_str().to_owned(), link);
            }
        }
        let mut head = Head {
            main: name.as_str().to_owned(),
            key: main.key.clone(),
            base: self.base.clone(),
            links,
            open: open.into_iter().collect(),
            findings: closure.findings,
        };
        let mut triples = closure.triples;
        let findings = withhold(&mut triples, "", name.as_str());
        head.findings.extend(findings);
        // What is left has a canonical form.
        let payload = payload::write(&head, &triples);
        let payload = payload.unwrap_or_else(|why| payload::refused(&why));
        Ok(RawRecord {
            collection: main.collection,
            key: main.key.clone(),
            payload,
            mark: None,
        })
    }

    /// The name of a record in payloads.
    fn name(&self, node: &NamedOrBlankNode) -> NamedNode {
        match node {
            NamedOrBlankNode::NamedNode(node) => node.clone(),
            NamedOrBlankNode::BlankNode(_) => {
                let main = self.get(node);
                let collection = main.map_or(DATASETS, |main| main.collection);
                payload::nameless(collection, main.map_or("", |main| main.key.as_str()))
            }
        }
    }
}

/// Whether a blank node without identifier is a part of a record rather than one.
fn is_part(node: &NamedOrBlankNode, index: &Index) -> Result<bool, IndexError> {
    if node.is_named_node() {
        return Ok(false);
    }
    let listing = [
        dcat::DATASET,
        dcat::SERVICE,
        dcat::CATALOG,
        dcat::RECORD,
        dct::HAS_PART,
        foaf::PRIMARY_TOPIC,
        rdf::FIRST,
        dcat::HAS_RESOURCE,
        adms::SAMPLE,
    ];
    let above = index.pointing_to(node.as_ref())?;
    Ok(above
        .iter()
        .any(|(_, property)| listing.iter().all(|known| known.as_str() != property)))
}
