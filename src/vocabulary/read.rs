//! Reads the compiled-in files into [`Vocabularies`], and refuses what is not as it must be.

use std::collections::{BTreeMap, HashSet};

use foldhash::{HashMap, HashMapExt as _};
use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use sha2::{Digest, Sha256};

use super::Vocabularies;
use super::alignment::{Alignment, Table};
use super::concept::{Concept, Scheme};
use super::files::{AUTHORITY, MATCH};

const CONCEPT: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#Concept");
const CONCEPT_SCHEME: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#ConceptScheme");
const IN_SCHEME: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
const PREF_LABEL: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");
const NOTATION: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");
const BROADER: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
const TITLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/title");

/// What is wrong with a compiled-in file. Seen only by whoever edits the files.
#[derive(Debug, thiserror::Error)]
pub(super) enum VocabularyError {
    #[error("vocabulary {file} is not valid Turtle")]
    Turtle {
        file: &'static str,
        #[source]
        source: RdfParseError,
    },
    #[error("vocabulary {file} has a blank node or a named graph: {quad}")]
    NotPlain { file: &'static str, quad: Box<Quad> },
    #[error("concept {0} belongs to no scheme")]
    NoScheme(NamedNode),
    #[error("alignment {file} is not valid CSV")]
    Csv {
        file: &'static str,
        #[source]
        source: csv::Error,
    },
    #[error(
        "alignment {file} gives {text:?} the concept {concept}, which its scheme does not have"
    )]
    UnknownConcept {
        file: &'static str,
        text: String,
        concept: String,
    },
}

/// Reads all compiled-in files.
pub(super) fn read() -> Result<Vocabularies, VocabularyError> {
    let triples = read_triples()?;
    let mut concepts = HashMap::new();
    let mut schemes: BTreeMap<String, Scheme> = BTreeMap::new();
    for (subject, triples) in by_subject(&triples) {
        if is_a(&triples, CONCEPT_SCHEME) {
            schemes
                .entry(subject.as_str().to_owned())
                .or_insert_with(|| empty_scheme(&subject))
                .titles = texts(&triples, TITLE);
        }
        if is_a(&triples, CONCEPT) {
            let concept = view(&subject, &triples)?;
            let scheme = &concept.scheme;
            schemes
                .entry(scheme.as_str().to_owned())
                .or_insert_with(|| empty_scheme(scheme))
                .concepts
                .push(subject);
            concepts.insert(concept.iri.as_str().to_owned(), concept);
        }
    }
    let tables = read_tables(&concepts)?;
    let languages = languages(&triples);
    Ok(Vocabularies {
        release: release(),
        triples,
        concepts,
        schemes,
        tables,
        languages,
    })
}

/// The codes of languages: two letters count more than three.
fn languages(triples: &[Triple]) -> HashMap<String, String> {
    let mut tags: HashMap<String, String> = HashMap::new();
    for triple in triples {
        let (NamedOrBlankNode::NamedNode(concept), Term::Literal(code)) =
            (&triple.subject, &triple.object)
        else {
            continue;
        };
        if triple.predicate != NOTATION {
            continue;
        }
        match code.datatype().as_str().rsplit('#').next() {
            Some("ISO_639_1") => {
                tags.insert(concept.as_str().to_owned(), code.value().to_owned());
            }
            Some("ISO_639_3") => {
                let three = code.value().to_owned();
                tags.entry(concept.as_str().to_owned()).or_insert(three);
            }
            _ => {}
        }
    }
    tags
}

fn read_triples() -> Result<Vec<Triple>, VocabularyError> {
    let mut triples = Vec::new();
    let mut seen = HashSet::new();
    for (file, turtle) in AUTHORITY {
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
            let quad = quad.map_err(|error| VocabularyError::Turtle {
                file,
                source: error.into(),
            })?;
            let plain = quad.graph_name == GraphName::DefaultGraph
                && quad.subject.is_named_node()
                && !quad.object.is_blank_node();
            if !plain {
                let quad = Box::new(quad);
                return Err(VocabularyError::NotPlain { file, quad });
            }
            let triple = Triple::from(quad);
            if seen.insert(triple.clone()) {
                triples.push(triple);
            }
        }
    }
    Ok(triples)
}

/// The triples of each subject, subjects and triples in the order of the files.
fn by_subject(triples: &[Triple]) -> Vec<(NamedNode, Vec<&Triple>)> {
    let mut groups: Vec<(NamedNode, Vec<&Triple>)> = Vec::new();
    let mut places = HashMap::new();
    for triple in triples {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            continue;
        };
        let place = *places.entry(subject).or_insert_with(|| {
            groups.push((subject.clone(), Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(place) {
            group.push(triple);
        }
    }
    groups
}

fn view(iri: &NamedNode, triples: &[&Triple]) -> Result<Concept, VocabularyError> {
    let scheme = nodes(triples, IN_SCHEME)
        .next()
        .ok_or_else(|| VocabularyError::NoScheme(iri.clone()))?;
    Ok(Concept {
        iri: iri.clone(),
        scheme,
        notation: objects(triples, NOTATION).find_map(plain_text),
        labels: texts(triples, PREF_LABEL),
        types: nodes(triples, rdf::TYPE).collect(),
        broader: nodes(triples, BROADER).next(),
    })
}

fn empty_scheme(iri: &NamedNode) -> Scheme {
    Scheme {
        iri: iri.clone(),
        titles: Vec::new(),
        concepts: Vec::new(),
    }
}

fn is_a(triples: &[&Triple], class: NamedNodeRef<'_>) -> bool {
    nodes(triples, rdf::TYPE).any(|node| node == class)
}

fn objects<'a>(
    triples: &'a [&'a Triple],
    predicate: NamedNodeRef<'a>,
) -> impl Iterator<Item = &'a Term> {
    triples
        .iter()
        .filter(move |triple| triple.predicate == predicate)
        .map(|triple| &triple.object)
}

fn nodes<'a>(
    triples: &'a [&'a Triple],
    predicate: NamedNodeRef<'a>,
) -> impl Iterator<Item = NamedNode> {
    objects(triples, predicate).filter_map(|object| match object {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    })
}

fn texts(triples: &[&Triple], predicate: NamedNodeRef<'_>) -> Vec<(String, String)> {
    objects(triples, predicate)
        .filter_map(|object| match object {
            Term::Literal(text) => Some((
                text.language().unwrap_or_default().to_owned(),
                text.value().to_owned(),
            )),
            _ => None,
        })
        .collect()
}

/// The text of a literal without language or datatype: typed notations are codes of other lists.
fn plain_text(term: &Term) -> Option<String> {
    match term {
        Term::Literal(literal) if literal.datatype() == xsd::STRING => {
            Some(literal.value().to_owned())
        }
        _ => None,
    }
}

fn read_tables(
    concepts: &HashMap<String, Concept>,
) -> Result<HashMap<Alignment, Table>, VocabularyError> {
    let mut tables = HashMap::new();
    for (alignment, file, content) in MATCH {
        let mut table = Table::new(*alignment);
        for concept in concepts.values() {
            if concept.scheme.as_str() == alignment.scheme() {
                table.insert(concept.iri.as_str(), concept.iri.clone());
            }
        }
        for (text, iri) in rows(content).map_err(|source| VocabularyError::Csv { file, source })? {
            match concepts.get(&iri) {
                Some(concept) if concept.scheme.as_str() == alignment.scheme() => {
                    table.insert(&text, concept.iri.clone());
                }
                _ => {
                    let concept = iri;
                    return Err(VocabularyError::UnknownConcept {
                        file,
                        text,
                        concept,
                    });
                }
            }
        }
        tables.insert(*alignment, table);
    }
    Ok(tables)
}

fn rows(content: &str) -> csv::Result<Vec<(String, String)>> {
    csv::Reader::from_reader(content.as_bytes())
        .deserialize()
        .collect()
}

/// Names and lengths are hashed too, so that no text can move from one file to the next unseen.
fn release() -> String {
    let mut hash = Sha256::new();
    let matches = MATCH.iter().map(|(_, name, content)| (name, content));
    for (name, content) in AUTHORITY
        .iter()
        .map(|(name, content)| (name, content))
        .chain(matches)
    {
        hash.update(format!("{name} {}\n", content.len()));
        hash.update(content);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::text::lookup_key;

    #[test]
    fn every_file_is_read() {
        read().unwrap();
    }

    #[test]
    fn no_subject_is_in_two_files() {
        let mut owners = HashMap::new();
        for (file, turtle) in AUTHORITY {
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle) {
                let subject = quad.unwrap().subject;
                let owner = *owners.entry(subject.clone()).or_insert(*file);
                assert_eq!(owner, *file, "{subject}");
            }
        }
    }

    #[test]
    fn rows_are_normal_sorted_and_unique() {
        for (alignment, file, content) in MATCH {
            assert!(content.starts_with("text,concept\n"), "{file}");
            let rows = rows(content).unwrap();
            assert!(!rows.is_empty(), "{file}");
            for (text, _) in &rows {
                assert!(!text.is_empty(), "{file}");
                assert_eq!(*text, lookup_key(text), "{file}");
            }
            for pair in rows.windows(2) {
                if *alignment == Alignment::Theme {
                    assert!(pair[0] < pair[1], "{file}: {pair:?}");
                } else {
                    assert!(pair[0].0 < pair[1].0, "{file}: {pair:?}");
                }
            }
        }
    }

    #[test]
    fn release_is_a_sha256() {
        assert_eq!(release().len(), 64);
        assert!(release().bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
