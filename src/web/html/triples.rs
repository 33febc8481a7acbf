//! The page of any resource that has none of its own: its properties and their values.

use std::collections::BTreeMap;

use askama::Template;
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

use super::label::{Label, Said, foreign};
use super::link::{href, shown};
use super::page::Page;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::{dct, foaf, rdfs, skos, vcard};

/// Triples shown; the rest is in the RDF.
const MOST: usize = 1_000;

/// Characters shown of one literal.
const LONGEST: usize = 2_000;

/// What the page of any resource shows.
#[derive(Debug, Clone, Template)]
#[template(path = "triples.html")]
pub(in crate::web) struct TriplesPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The IRI of the resource; it comes first.
    pub(in crate::web) subject: &'a str,
    /// Its description; other subjects follow it.
    pub(in crate::web) triples: &'a [Triple],
}

/// What is said of one subject.
struct About {
    /// What a link inside the page leads to.
    anchor: String,
    /// Its name; none for the resource itself.
    name: Option<Label>,
    rows: Vec<(Label, Vec<Value>)>,
}

/// The object of a triple.
struct Value {
    label: Label,
    /// The datatype of a literal, in short; empty for texts.
    datatype: String,
}

impl TriplesPage<'_> {
    /// What is said, subject by subject, and whether that is not all.
    fn subjects(&self) -> (Vec<About>, bool) {
        let page = &self.page;
        let mut sorted: Vec<&Triple> = self.triples.iter().collect();
        sorted.sort_by_cached_key(ToString::to_string);
        sorted.dedup();
        let is_shortened = sorted.len() > MOST;
        // The resource itself must not be what is cut off.
        sorted.sort_by_key(|triple| !is_named(&triple.subject, self.subject));
        sorted.truncate(MOST);
        let mut anchors: BTreeMap<String, String> = BTreeMap::new();
        for triple in &sorted {
            let next = format!("s{}", anchors.len());
            anchors.entry(triple.subject.to_string()).or_insert(next);
        }
        let mut subjects: Vec<About> = Vec::new();
        for group in sorted.chunk_by(|one, other| one.subject == other.subject) {
            let Some(first) = group.first() else { continue };
            let rows = group
                .chunk_by(|one, other| one.predicate == other.predicate)
                .filter_map(|row| {
                    let property = property(row.first()?.predicate.as_ref(), page);
                    let values = row
                        .iter()
                        .map(|triple| value(&triple.object, &anchors, page))
                        .collect();
                    Some((property, values))
                })
                .collect();
            let itself = is_named(&first.subject, self.subject);
            subjects.push(About {
                anchor: anchors
                    .get(&first.subject.to_string())
                    .cloned()
                    .unwrap_or_default(),
                name: (!itself).then(|| subject(&first.subject, page)),
                rows,
            });
        }
        (subjects, is_shortened)
    }

    /// The best name that the description gives the resource, else its address.
    fn title(&self) -> Said {
        let names = [
            skos::PREF_LABEL,
            dct::TITLE,
            foaf::NAME,
            vcard::FN,
            rdfs::LABEL,
        ];
        let texts = names.into_iter().map(|property| {
            self.triples
                .iter()
                .filter(|triple| {
                    triple.predicate == property && is_named(&triple.subject, self.subject)
                })
                .filter_map(|triple| match &triple.object {
                    Term::Literal(text) => Some((
                        text.language().unwrap_or_default().to_owned(),
                        text.value().to_owned(),
                    )),
                    _ => None,
                })
                .collect()
        });
        texts
            .map(|texts| Said::of(&texts, self.page.language))
            .find(|said| !said.is_empty())
            .unwrap_or_else(|| Said::plain(shown(self.subject)))
    }
}

fn is_named(subject: &NamedOrBlankNode, iri: &str) -> bool {
    matches!(subject, NamedOrBlankNode::NamedNode(node) if node.as_str() == iri)
}

fn property(iri: NamedNodeRef<'_>, page: &Page<'_>) -> Label {
    Label {
        said: Said::plain(short(iri)),
        href: href(iri.as_str(), page.site.base),
        rel: "",
        hint: iri.as_str().to_owned(),
    }
}

fn subject(node: &NamedOrBlankNode, page: &Page<'_>) -> Label {
    match node {
        NamedOrBlankNode::NamedNode(node) => Label::of(node.as_str(), page),
        NamedOrBlankNode::BlankNode(_) => Label {
            said: Said::plain(page.words().node_without_name),
            ..Label::default()
        },
    }
}

fn value(object: &Term, anchors: &BTreeMap<String, String>, page: &Page<'_>) -> Value {
    let (label, datatype) = match object {
        Term::NamedNode(node) => {
            let mut label = Label::of(node.as_str(), page);
            let name = short(node.as_ref());
            if !page.site.vocabularies.contains(node.as_str()) && !name.contains("://") {
                label.said = Said::plain(name);
                label.rel = "";
            }
            (label, String::new())
        }
        Term::BlankNode(node) => {
            let label = Label {
                said: Said::plain(page.words().node_without_name),
                href: anchors
                    .get(&node.to_string())
                    .map(|anchor| format!("#{anchor}")),
                ..Label::default()
            };
            (label, String::new())
        }
        Term::Literal(literal) => {
            let mut text: String = literal.value().chars().take(LONGEST).collect();
            if text.len() < literal.value().len() {
                text.push('…');
            }
            let said = Said {
                text,
                lang: literal
                    .language()
                    .and_then(|tag| foreign(tag, page.language)),
            };
            let datatype = match (literal.language(), literal.datatype()) {
                (Some(tag), _) => tag.to_owned(),
                (None, datatype) if datatype.as_str().ends_with("#string") => String::new(),
                (None, datatype) => short(datatype),
            };
            (
                Label {
                    said,
                    ..Label::default()
                },
                datatype,
            )
        }
    };
    Value { label, datatype }
}

/// `prefix:name`, or the IRI without the brackets that it has there.
fn short(iri: NamedNodeRef<'_>) -> String {
    let short = curie(iri);
    if short.starts_with('<') {
        iri.as_str().to_owned()
    } else {
        short
    }
}
