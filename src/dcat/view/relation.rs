//! What a description is related to: other versions, sources, works that cite it, parts.
//!
//! Plain properties and DCAT's qualified relations
//! (<https://www.w3.org/TR/vocab-dcat-3/#qualified-forms>) are read alike.

use oxigraph::model::NamedNodeRef;

use super::Reference;
use super::read::Subject;
use crate::rdf::vocab::{dcat, dct};

/// What leads to a related resource, in the order in which pages show it.
const PROPERTIES: [NamedNodeRef<'static>; 21] = [
    dcat::HAS_CURRENT_VERSION,
    dcat::HAS_VERSION,
    dct::HAS_VERSION,
    dcat::IS_VERSION_OF,
    dct::IS_VERSION_OF,
    dcat::PREVIOUS_VERSION,
    dct::REPLACES,
    dct::IS_REPLACED_BY,
    dcat::PREV,
    dcat::NEXT,
    dcat::FIRST,
    dcat::LAST,
    dct::SOURCE,
    dct::IS_PART_OF,
    dct::HAS_PART,
    dct::REQUIRES,
    dct::IS_REQUIRED_BY,
    dct::REFERENCES,
    dct::IS_REFERENCED_BY,
    dct::RELATION,
    // With a role.
    dcat::QUALIFIED_RELATION,
];

/// A related resource.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The IRI of the property that leads to it.
    pub property: String,
    /// The role that it has, of a qualified relation: the IRI of a concept or a text.
    pub role: Option<String>,
    /// The resource.
    pub to: Reference,
}

impl Relation {
    /// Everything that is related, property by property.
    pub(super) fn all(about: Subject<'_, '_>) -> Vec<Self> {
        let mut all = Vec::new();
        for property in PROPERTIES {
            let relation = |role: Option<String>, to| Self {
                property: property.as_str().to_owned(),
                role,
                to,
            };
            if property != dcat::QUALIFIED_RELATION {
                let found = Reference::all(about, property).into_iter();
                all.extend(found.map(|to| relation(None, to)));
                continue;
            }
            let mut qualified: Vec<Self> = about
                .nodes(property)
                .into_iter()
                .flat_map(|one| {
                    let role = one.named(dcat::HAD_ROLE).into_iter().next();
                    let found = Reference::all(one, dct::RELATION).into_iter();
                    found.map(move |to| relation(role.clone(), to))
                })
                .collect();
            qualified.sort_unstable();
            qualified.dedup();
            // With its role it is said better.
            all.retain(|one: &Self| {
                let same = |other: &Self| other.to.iri.is_some() && other.to.iri == one.to.iri;
                one.property != dct::RELATION.as_str() || !qualified.iter().any(same)
            });
            all.extend(qualified);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{BlankNode, Literal, NamedNode, Triple};

    use super::*;
    use crate::dcat::view::read::Index;

    #[test]
    fn relations_are_in_the_order_of_pages_and_have_their_roles() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://e.org/{path}"));
        let (main, qualified) = (node("d"), BlankNode::new_unchecked("q"));
        let triples = [
            Triple::new(main.clone(), dct::RELATION, node("r")),
            Triple::new(main.clone(), dct::RELATION, node("o")),
            Triple::new(main.clone(), dcat::QUALIFIED_RELATION, qualified.clone()),
            Triple::new(qualified.clone(), dct::RELATION, node("o")),
            Triple::new(qualified, dcat::HAD_ROLE, node("roles/original")),
            Triple::new(
                main.clone(),
                dct::SOURCE,
                Literal::new_simple_literal("IGN"),
            ),
            Triple::new(main.clone(), dcat::HAS_VERSION, node("v2")),
            Triple::new(main.clone(), dct::LICENSE, node("licence")),
        ];
        let index = Index::of(&triples);
        let all = Relation::all(index.about(&main));
        let shown: Vec<_> = all
            .iter()
            .map(|one| {
                let property = one.property.rsplit(['/', '#']).next().unwrap_or_default();
                let to = one.to.iri.as_deref().unwrap_or(one.to.texts.get("fr"));
                (property, to, one.role.as_deref())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("hasVersion", "https://e.org/v2", None),
                ("source", "IGN", None),
                ("relation", "https://e.org/r", None),
                (
                    "qualifiedRelation",
                    "https://e.org/o",
                    Some("https://e.org/roles/original")
                ),
            ]
        );
    }
}
