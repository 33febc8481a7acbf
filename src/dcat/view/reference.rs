//! What a description refers to: rights, standards, annotations, roles.
//!
//! Portals give an IRI, or words, or both; a page shows the words and links to the IRI.

use oxigraph::model::{NamedNodeRef, TermRef};

use super::Texts;
use super::read::Subject;
use crate::rdf::vocab::{dcat, dct, foaf, rdfs, skos};

/// Something known by its IRI, by its words, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// Its IRI.
    pub iri: Option<String>,
    /// Its words; empty where the description gives none.
    pub texts: Texts,
    /// Its version, as text.
    pub version: Option<String>,
    /// Pages that say more.
    pub pages: Vec<String>,
}

impl Reference {
    /// An IRI without words.
    #[must_use]
    pub fn to(iri: &str) -> Self {
        Self {
            iri: Some(iri.to_owned()),
            ..Self::default()
        }
    }

    /// Whether it is a coordinate reference system of the OGC's register: `dct:conformsTo` leads to those
    /// and to any other standard.
    pub(super) fn is_reference_system(&self) -> bool {
        let iri = self.iri.as_deref().unwrap_or_default();
        iri.contains("/def/crs/") || iri.starts_with("urn:ogc:def:crs:")
    }

    /// Everything that `property` leads to, IRIs first; what is neither IRI nor words is left out.
    pub(super) fn all(about: Subject<'_, '_>, property: NamedNodeRef<'static>) -> Vec<Self> {
        let mut all: Vec<Self> = about
            .objects(property)
            .filter_map(|object| match object {
                TermRef::Literal(text) => Some(Self {
                    texts: std::iter::once((
                        text.language().unwrap_or_default().to_owned(),
                        text.value().to_owned(),
                    ))
                    .collect(),
                    ..Self::default()
                }),
                _ => None,
            })
            .chain(about.nodes(property).into_iter().map(Self::read))
            .filter(|one| one.iri.is_some() || !one.texts.is_empty() || !one.pages.is_empty())
            .collect();
        // A version beside the standard itself says all that is said of it.
        let told: Vec<String> = all
            .iter()
            .filter(|one| one.version.is_some() || !one.texts.is_empty())
            .filter_map(|one| one.iri.clone())
            .collect();
        all.retain(|one| {
            let bare = one.version.is_none() && one.texts.is_empty();
            !bare || one.iri.as_ref().is_none_or(|iri| !told.contains(iri))
        });
        tidy(&mut all);
        all
    }

    /// What `property` leads to that has words and no IRI.
    pub(super) fn unnamed(about: Subject<'_, '_>, property: NamedNodeRef<'static>) -> Vec<Self> {
        let mut all = Self::all(about, property);
        all.retain(|one| one.iri.is_none());
        all
    }

    fn read(about: Subject<'_, '_>) -> Self {
        let texts = [
            rdfs::LABEL,
            skos::PREF_LABEL,
            dct::TITLE,
            foaf::NAME,
            dct::DESCRIPTION,
        ]
        .into_iter()
        .map(|property| about.texts(property))
        .find(|texts| !texts.is_empty());
        let mut pages = about.iris(rdfs::SEE_ALSO);
        pages.extend(about.iris(foaf::PAGE));
        Self {
            iri: about
                .name()
                .map(str::to_owned)
                .or_else(|| about.iri(dct::IS_VERSION_OF)),
            texts: texts.unwrap_or_default(),
            version: about.value(dcat::VERSION),
            pages,
        }
    }
}

/// Puts references into their order, IRIs first, each once.
pub(super) fn tidy(all: &mut Vec<Reference>) {
    all.sort_unstable_by(|one, other| (one.iri.is_none(), one).cmp(&(other.iri.is_none(), other)));
    all.dedup();
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{BlankNode, Literal, NamedNode, Triple};

    use super::*;
    use crate::dcat::view::read::Index;

    #[test]
    fn words_come_with_the_iri_and_the_pages_that_belong_to_them() {
        let subject = NamedNode::new_unchecked("https://e.org/d");
        let rights = BlankNode::new_unchecked("r");
        let schema = NamedNode::new_unchecked("https://e.org/schema");
        let page = NamedNode::new_unchecked("https://e.org/limits");
        let triples = [
            Triple::new(subject.clone(), dct::RIGHTS, rights.clone()),
            Triple::new(
                subject.clone(),
                dct::RIGHTS,
                BlankNode::new_unchecked("empty"),
            ),
            Triple::new(
                subject.clone(),
                dct::RIGHTS,
                Literal::new_simple_literal("free"),
            ),
            Triple::new(subject.clone(), dct::RIGHTS, schema.clone()),
            Triple::new(
                rights.clone(),
                rdfs::LABEL,
                Literal::new_simple_literal("50/s"),
            ),
            Triple::new(rights, rdfs::SEE_ALSO, page),
            Triple::new(
                schema.clone(),
                dct::TITLE,
                Literal::new_simple_literal("Trees"),
            ),
            Triple::new(schema, dcat::VERSION, Literal::new_simple_literal("1.2")),
        ];
        let index = Index::of(&triples);
        let all = Reference::all(index.about(&subject), dct::RIGHTS);
        let short: Vec<_> = all
            .iter()
            .map(|one| {
                (
                    one.iri.is_some(),
                    one.texts.get("fr"),
                    one.pages.len(),
                    one.version.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            short,
            [
                (true, "Trees", 0, Some("1.2")),
                (false, "50/s", 1, None),
                (false, "free", 0, None)
            ]
        );
    }
}
