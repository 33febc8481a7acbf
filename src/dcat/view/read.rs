//! Reads the values of one subject out of triples, sorted, whatever their order.

use std::collections::HashMap;

use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};

use super::Texts;
use crate::rdf::vocab::{dct, rdf, rdfs, skos};

/// Triples by subject, so that a dataset of ten thousand distributions is read in one go.
pub(super) struct Index<'a>(HashMap<NamedOrBlankNodeRef<'a>, Vec<&'a Triple>>);

impl<'a> Index<'a> {
    pub(super) fn of(triples: &'a [Triple]) -> Self {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for triple in triples {
            index
                .entry(triple.subject.as_ref())
                .or_default()
                .push(triple);
        }
        Self(index)
    }

    pub(super) fn about(&self, subject: impl Into<NamedOrBlankNodeRef<'a>>) -> Subject<'_, 'a> {
        let subject = subject.into();
        let triples = self.0.get(&subject).map_or(&[][..], Vec::as_slice);
        let iri = match subject {
            NamedOrBlankNodeRef::NamedNode(node) => Some(node.as_str()),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        };
        Subject {
            index: self,
            triples,
            iri,
        }
    }

    /// Every subject, in no order.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Subject<'_, 'a>> {
        self.0.keys().map(|subject| self.about(*subject))
    }
}

/// What is said of one subject.
#[derive(Clone, Copy)]
pub(super) struct Subject<'i, 'a> {
    index: &'i Index<'a>,
    triples: &'i [&'a Triple],
    iri: Option<&'a str>,
}

impl<'i, 'a> Subject<'i, 'a> {
    /// Its IRI; a blank node has none.
    pub(super) fn name(self) -> Option<&'a str> {
        self.iri
    }

    pub(super) fn objects(
        self,
        property: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = TermRef<'a>> + use<'i, 'a> {
        self.triples
            .iter()
            .filter(move |t| t.predicate == property)
            .map(|t| t.object.as_ref())
    }

    /// The resources that the property leads to.
    pub(super) fn nodes(self, property: NamedNodeRef<'static>) -> Vec<Subject<'i, 'a>> {
        self.objects(property)
            .filter_map(|term| match term {
                TermRef::NamedNode(node) => Some(self.index.about(node)),
                TermRef::BlankNode(node) => Some(self.index.about(node)),
                TermRef::Literal(_) => None,
            })
            .collect()
    }

    pub(super) fn texts(self, property: NamedNodeRef<'static>) -> Texts {
        self.objects(property)
            .filter_map(|term| match term {
                TermRef::Literal(text) => Some((
                    text.language().unwrap_or_default().to_owned(),
                    text.value().to_owned(),
                )),
                _ => None,
            })
            .collect()
    }

    /// Literals, without their language or datatype.
    pub(super) fn values(self, property: NamedNodeRef<'static>) -> Vec<String> {
        sorted(self.objects(property).filter_map(|term| match term {
            TermRef::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        }))
    }

    pub(super) fn iris(self, property: NamedNodeRef<'static>) -> Vec<String> {
        sorted(self.objects(property).filter_map(|term| match term {
            TermRef::NamedNode(node) => Some(node.as_str().to_owned()),
            _ => None,
        }))
    }

    pub(super) fn value(self, property: NamedNodeRef<'static>) -> Option<String> {
        self.values(property).into_iter().next()
    }

    pub(super) fn iri(self, property: NamedNodeRef<'static>) -> Option<String> {
        self.iris(property).into_iter().next()
    }

    /// IRIs, and the labels of what has none.
    pub(super) fn named(self, property: NamedNodeRef<'static>) -> Vec<String> {
        sorted(self.objects(property).flat_map(|term| match term {
            TermRef::NamedNode(node) => vec![node.as_str().to_owned()],
            TermRef::Literal(literal) => vec![literal.value().to_owned()],
            TermRef::BlankNode(node) => self.index.about(node).labels(),
        }))
    }

    /// What the subject is called, in any language.
    pub(super) fn labels(self) -> Vec<String> {
        sorted(
            [rdfs::LABEL, skos::PREF_LABEL, dct::TITLE]
                .into_iter()
                .flat_map(|property| self.values(property)),
        )
    }

    /// Whether anything is said of it.
    pub(super) fn is_described(self) -> bool {
        !self.triples.is_empty()
    }

    pub(super) fn is_a(self, class: NamedNodeRef<'static>) -> bool {
        self.objects(rdf::TYPE).any(|object| object == class.into())
    }
}

fn sorted(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut values: Vec<String> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}
