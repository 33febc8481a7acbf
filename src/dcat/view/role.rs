//! Who did what for something, beside publishing it: custodians, authors, rights holders…

use oxigraph::model::NamedNodeRef;

use super::read::Subject;
use crate::rdf::vocab::{dcat, dct, geodcat, prov};

/// The properties of DCAT-AP and GeoDCAT-AP that lead to an agent in a role.
const PROPERTIES: [NamedNodeRef<'static>; 10] = [
    dct::CREATOR,
    dct::RIGHTS_HOLDER,
    geodcat::CUSTODIAN,
    geodcat::DISTRIBUTOR,
    geodcat::ORIGINATOR,
    geodcat::PRINCIPAL_INVESTIGATOR,
    geodcat::PROCESSOR,
    geodcat::RESOURCE_PROVIDER,
    geodcat::USER,
    dct::CONTRIBUTOR,
];

/// An agent in a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role {
    /// The IRI of the role, or of the property that says it.
    pub role: String,
    /// The IRI of the agent.
    pub agent: String,
}

impl Role {
    /// Everybody with a role.
    pub(super) fn all(about: Subject<'_, '_>) -> Vec<Self> {
        let direct = PROPERTIES.into_iter().flat_map(|property| {
            let agents = about.iris(property).into_iter();
            agents.map(move |agent| (property.as_str().to_owned(), agent))
        });
        let qualified = about.nodes(prov::QUALIFIED_ATTRIBUTION);
        let qualified = qualified
            .into_iter()
            .filter_map(|one| Some((one.iri(dcat::HAD_ROLE)?, one.iri(prov::AGENT)?)));
        let mut all: Vec<Self> = direct
            .chain(qualified)
            .map(|(role, agent)| Self { role, agent })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{BlankNode, NamedNode, Triple};

    use super::*;
    use crate::dcat::view::read::Index;

    #[test]
    fn properties_and_attributions_are_both_roles() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://e.org/{path}"));
        let (subject, attribution) = (node("d"), BlankNode::new_unchecked("a"));
        let triples = [
            Triple::new(subject.clone(), geodcat::CUSTODIAN, node("one")),
            Triple::new(
                subject.clone(),
                prov::QUALIFIED_ATTRIBUTION,
                attribution.clone(),
            ),
            Triple::new(attribution.clone(), prov::AGENT, node("other")),
            Triple::new(attribution, dcat::HAD_ROLE, node("Role/author")),
            Triple::new(subject.clone(), dct::PUBLISHER, node("publisher")),
        ];
        let index = Index::of(&triples);
        let agents: Vec<_> = Role::all(index.about(&subject))
            .into_iter()
            .map(|one| one.agent)
            .collect();
        assert_eq!(agents, ["https://e.org/one", "https://e.org/other"]);
    }
}
