//! Values in other people's shapes: a node where a value should be, which says nothing but the value
//! (`[ rdf:value "x" ]`, `[ vcard:hasValue <mailto:…> ]`), and lists of values.
//!
//! One table says by which properties such nodes hold what kind of value. What says more than its value is
//! a thing, and stays one.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::names::resource;
use super::value;
use crate::rdf::vocab::{dcat, dct, foaf, gsp, rdf, rdfs, schema, skos, time, vcard};

/// What holds an address.
const ADDRESSES: [NamedNodeRef<'static>; 4] =
    [vcard::HAS_VALUE, vcard::VALUE, rdf::VALUE, schema::VALUE];

/// What holds a geometry.
const GEOMETRIES: [NamedNodeRef<'static>; 4] =
    [gsp::AS_WKT, gsp::AS_GEO_JSON, gsp::AS_GML, rdf::VALUE];

/// What holds a date.
const DATES: [NamedNodeRef<'static>; 4] = [
    rdf::VALUE,
    schema::VALUE,
    time::IN_XSD_DATE,
    time::IN_XSD_DATE_TIME,
];

/// What holds a text, a name or an identifier, the surest first.
const TEXTS: [NamedNodeRef<'static>; 8] = [
    rdf::VALUE,
    schema::VALUE,
    skos::NOTATION,
    vcard::HAS_VALUE,
    rdfs::LABEL,
    skos::PREF_LABEL,
    dct::TITLE,
    schema::NAME,
];

/// Properties of texts.
const TEXTUAL: [NamedNodeRef<'static>; 12] = [
    dcat::BYTE_SIZE,
    dcat::KEYWORD,
    dcat::VERSION,
    dct::ABSTRACT,
    dct::ALTERNATIVE,
    dct::DESCRIPTION,
    dct::IDENTIFIER,
    dct::TITLE,
    foaf::NAME,
    rdfs::LABEL,
    vcard::FN,
    vcard::ORGANIZATION_NAME,
];

/// By what a node under `property` may hold its value.
fn holding(property: NamedNodeRef<'_>) -> &'static [NamedNodeRef<'static>] {
    if value::is_date(property) {
        &DATES
    } else if TEXTUAL.contains(&property) {
        &TEXTS
    } else if value::is_drawn(property) {
        &GEOMETRIES
    } else if value::is_followed(property) {
        &ADDRESSES
    } else {
        &[]
    }
}

/// What is said of nodes that may hold values.
type Said = HashMap<NamedOrBlankNode, Vec<Triple>>;

/// Puts the values in the place of nodes that only hold them. What is said of those with a name stays.
pub(super) fn translate(triples: &mut Vec<Triple>) {
    let mut wanted: HashSet<NamedOrBlankNode> = HashSet::new();
    for triple in triples.iter() {
        if let Some(node) = holder(triple) {
            wanted.insert(node);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let mut said = Said::new();
    for triple in triples.iter() {
        // Lists go on in further nodes.
        if wanted.contains(&triple.subject) || triple.subject.is_blank_node() {
            let about = said.entry(triple.subject.clone()).or_default();
            about.push(triple.clone());
        }
    }
    let mut held: HashSet<NamedOrBlankNode> = HashSet::new();
    let mut out = Vec::with_capacity(triples.len());
    for triple in std::mem::take(triples) {
        let found = holder(&triple)
            .and_then(|node| values(&node, holding(triple.predicate.as_ref()), &said));
        let Some((values, nodes)) = found else {
            out.push(triple);
            continue;
        };
        held.extend(nodes);
        for value in values {
            let (subject, property) = (triple.subject.clone(), triple.predicate.clone());
            out.push(Triple::new(subject, property, value));
        }
    }
    // What another statement still leads to stays.
    held.retain(NamedOrBlankNode::is_blank_node);
    for triple in &out {
        if let Some(node) = resource(&triple.object)
            && !held.contains(&triple.subject)
        {
            held.remove(&node);
        }
    }
    out.retain(|triple| !held.contains(&triple.subject));
    *triples = out;
}

/// The node that a statement leads to, where a value is expected. One with a name is what it is, but for
/// geometries, which DCAT-AP wants to be texts.
fn holder(triple: &Triple) -> Option<NamedOrBlankNode> {
    let property = triple.predicate.as_ref();
    if holding(property).is_empty() {
        return None;
    }
    let node = resource(&triple.object)?;
    (node.is_blank_node() || value::is_drawn(property)).then_some(node)
}

/// The values that a node holds, and the nodes that hold them; none where it is a thing.
fn values(
    node: &NamedOrBlankNode,
    holding: &[NamedNodeRef<'static>],
    said: &Said,
) -> Option<(Vec<Term>, Vec<NamedOrBlankNode>)> {
    let about = said.get(node)?;
    if about.iter().any(|triple| triple.predicate == rdf::FIRST) {
        return items(node, said);
    }
    let is_plain = about.iter().all(|triple| {
        triple.predicate == rdf::TYPE || holding.contains(&triple.predicate.as_ref())
    });
    if !is_plain {
        return None;
    }
    let by = holding.iter().map(|property| {
        let of = about.iter().filter(|triple| triple.predicate == *property);
        let plain = of.filter(|triple| !triple.object.is_blank_node());
        plain
            .map(|triple| triple.object.clone())
            .collect::<Vec<Term>>()
    });
    let values = by.into_iter().find(|values| !values.is_empty())?;
    Some((values, vec![node.clone()]))
}

/// The members of a list, where they are values.
fn items(list: &NamedOrBlankNode, said: &Said) -> Option<(Vec<Term>, Vec<NamedOrBlankNode>)> {
    let (mut values, mut nodes) = (Vec::new(), Vec::new());
    let mut at = list.clone();
    loop {
        if nodes.contains(&at) {
            return None;
        }
        nodes.push(at.clone());
        let about = said.get(&at)?;
        let of = |property: NamedNodeRef<'static>| {
            about.iter().find(|triple| triple.predicate == property)
        };
        let first = &of(rdf::FIRST)?.object;
        if first.is_blank_node() {
            return None;
        }
        values.push(first.clone());
        match of(rdf::REST).map(|triple| &triple.object) {
            Some(Term::BlankNode(next)) => at = next.clone().into(),
            _ => return Some((values, nodes)),
        }
    }
}
