//! Words that older profiles and other vocabularies have for what DCAT-AP has a word for: they stay, and
//! what they say is said in DCAT-AP's words as well, unless it is said already.

use std::collections::HashSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::{BySubject, by_subject};
use crate::rdf::vocab::{dcat, dct, owl, rdf, schema, time, vcard};

/// What is said by another word.
const WORDS: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 8] = [
    (dct::ABSTRACT, dct::DESCRIPTION),
    (owl::VERSION_INFO, dcat::VERSION),
    (schema::START_DATE, dcat::START_DATE),
    (schema::END_DATE, dcat::END_DATE),
    (vcard::EMAIL, vcard::HAS_EMAIL),
    (vcard::TEL, vcard::HAS_TELEPHONE),
    (vcard::URL, vcard::HAS_URL),
    (HAS_URL, vcard::HAS_URL),
];

/// As many feeds spell it.
const HAS_URL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#hasUrl");

/// What leads from a period to the moment that says the date.
const MOMENTS: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 2] = [
    (time::HAS_BEGINNING, dcat::START_DATE),
    (time::HAS_END, dcat::END_DATE),
];

/// What says the date of a moment, the surest first.
const INSTANT: [&str; 8] = [
    "http://www.w3.org/2006/time#inXSDDate",
    "http://www.w3.org/2006/time#inXSDDateTime",
    "http://www.w3.org/2006/time#inXSDDateTimeStamp",
    "http://www.w3.org/2006/time#inXSDgYear",
    "http://www.w3.org/2006/time#inXSDgYearMonth",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "http://purl.org/dc/terms/date",
    "http://www.w3.org/2000/01/rdf-schema#label",
];

/// schema.org by the scheme that is not in [`schema`].
const SECURE: &str = "https://schema.org/";

/// Adds what is said in other words.
pub(super) fn translate(triples: &mut Vec<Triple>) {
    let said: HashSet<(NamedOrBlankNode, NamedNode)> = triples
        .iter()
        .map(|triple| (triple.subject.clone(), triple.predicate.clone()))
        .collect();
    let is_open = |subject: &NamedOrBlankNode, property: NamedNodeRef<'_>| {
        !said.contains(&(subject.clone(), property.into_owned()))
    };
    let mut more = Vec::new();
    let below = by_subject(triples);
    for triple in triples.iter() {
        let word = triple.predicate.as_str();
        let word = word
            .strip_prefix(SECURE)
            .map_or_else(|| word.to_owned(), |local| format!("{}{local}", schema::NS));
        let meant = WORDS.iter().find(|(known, _)| known.as_str() == word);
        if let Some((_, property)) = meant
            && !triple.object.is_blank_node()
            && is_open(&triple.subject, *property)
        {
            let (subject, object) = (triple.subject.clone(), triple.object.clone());
            more.push(Triple::new(subject, property.into_owned(), object));
        }
        let moment = MOMENTS.iter().find(|(known, _)| triple.predicate == *known);
        if let Some((_, property)) = moment
            && is_open(&triple.subject, *property)
            && let Some(date) = date_of(&triple.object, &below)
        {
            let subject = triple.subject.clone();
            more.push(Triple::new(subject, property.into_owned(), date));
        }
        if moment.is_some()
            && let Some(instant) = super::names::resource(&triple.object)
            && is_open(&instant, rdf::TYPE)
        {
            more.push(Triple::new(instant, rdf::TYPE, time::INSTANT));
        }
    }
    // The periods and boxes of Dublin Core are texts (DCMI Period, DCMI Box).
    for triple in triples.iter_mut() {
        if triple.predicate == dct::TEMPORAL
            && let Term::Literal(text) = &triple.object
            && let Some(period) = dcmi_period(text.value())
        {
            triple.object = Literal::new_simple_literal(period).into();
        }
    }
    triples.extend(more);
}

/// The date of a moment, which is a node or a text itself.
fn date_of(moment: &Term, below: &BySubject<'_>) -> Option<Literal> {
    let node: NamedOrBlankNode = match moment {
        Term::Literal(date) => return Some(date.clone()),
        Term::NamedNode(node) => node.clone().into(),
        Term::BlankNode(node) => node.clone().into(),
    };
    let said = below.get(&node.to_string())?;
    INSTANT.iter().find_map(|property| {
        said.iter().find_map(|triple| match &triple.object {
            Term::Literal(date) if triple.predicate.as_str() == *property => Some(date.clone()),
            _ => None,
        })
    })
}

/// `start=2019-01-01; end=2019-12-31; scheme=W3C-DTF;` as ISO 8601 has it.
fn dcmi_period(text: &str) -> Option<String> {
    let part = |name: &str| {
        text.split(';').find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let (start, end) = (part("start"), part("end"));
    (start.is_some() || end.is_some())
        .then(|| format!("{}/{}", start.unwrap_or_default(), end.unwrap_or_default()))
}
