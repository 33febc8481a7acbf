//! Organizations and contact points as pages show them.

use oxigraph::model::{NamedNode, Triple};

use super::Texts;
use super::read::{Index, Subject};
use crate::rdf::vocab::{adms, dct, foaf, org, rdfs, skos, vcard};

/// A foaf:Agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgentView {
    /// Its IRI.
    pub iri: String,
    /// Its names.
    pub names: Texts,
    /// What it is about.
    pub description: Texts,
    /// Its kind, as the IRI of a concept.
    pub kind: Option<String>,
    /// Its site.
    pub homepage: Option<String>,
    /// Its page at the portal.
    pub page: Option<String>,
    /// An image.
    pub logo: Option<String>,
    /// Identifiers, as texts.
    pub identifiers: Vec<String>,
    /// Identifiers in registers (SIRET…).
    pub registered: Vec<Identifier>,
    /// The organizations that it is a part or a member of, as IRIs.
    pub part_of: Vec<String>,
    /// Pages of others about it.
    pub see_also: Vec<String>,
}

/// An identifier in a register.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier {
    /// The register.
    pub register: String,
    /// The identifier.
    pub value: String,
}

impl AgentView {
    /// The agent `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        Self {
            iri: iri.as_str().to_owned(),
            names: about.texts(foaf::NAME),
            description: about.texts(dct::DESCRIPTION),
            kind: about.iri(dct::TYPE),
            homepage: about.iri(foaf::HOMEPAGE),
            page: about.iri(foaf::PAGE),
            logo: about.iri(foaf::LOGO),
            identifiers: about.values(dct::IDENTIFIER),
            registered: registered(about),
            part_of: [org::SUB_ORGANIZATION_OF, org::MEMBER_OF]
                .into_iter()
                .flat_map(|property| about.iris(property))
                .collect(),
            see_also: about.iris(rdfs::SEE_ALSO),
        }
    }

    /// Its name for a reader of `language`.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language)
    }
}

fn registered(about: Subject<'_, '_>) -> Vec<Identifier> {
    let mut all: Vec<Identifier> = about
        .nodes(adms::IDENTIFIER)
        .into_iter()
        .filter_map(|one| {
            Some(Identifier {
                register: one.value(rdfs::LABEL)?,
                value: one.value(skos::NOTATION)?,
            })
        })
        .collect();
    all.sort_unstable();
    all
}

/// A vcard:Kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactView {
    /// Its IRI.
    pub iri: String,
    /// Its names.
    pub names: Texts,
    /// Addresses, without `mailto:`.
    pub emails: Vec<String>,
    /// Forms and pages to write on.
    pub urls: Vec<String>,
    /// Numbers, without `tel:`.
    pub telephones: Vec<String>,
}

impl ContactView {
    /// The contact point `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let without = |values: Vec<String>, scheme: &str| -> Vec<String> {
            values
                .iter()
                .map(|value| value.strip_prefix(scheme).unwrap_or(value).to_owned())
                .collect()
        };
        Self {
            iri: iri.as_str().to_owned(),
            names: about.texts(vcard::FN),
            emails: without(about.named(vcard::HAS_EMAIL), "mailto:"),
            urls: about.iris(vcard::HAS_URL),
            telephones: without(about.named(vcard::HAS_TELEPHONE), "tel:"),
        }
    }

    /// Its name for a reader of `language`.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn an_agent_is_read_whatever_is_missing() {
        let iri = NamedNode::new_unchecked("https://e.org/organization/p/o");
        assert_eq!(AgentView::of(&iri, &[]).name("fr"), "");
        let french = Literal::new_language_tagged_literal_unchecked("Ville", "fr");
        let triples = [
            Triple::new(iri.clone(), foaf::NAME, french),
            Triple::new(
                iri.clone(),
                foaf::HOMEPAGE,
                Literal::new_simple_literal("no IRI"),
            ),
            Triple::new(
                iri.clone(),
                dct::IDENTIFIER,
                Literal::new_simple_literal("21690123100011"),
            ),
        ];
        let view = AgentView::of(&iri, &triples);
        assert_eq!((view.name("en"), view.homepage.as_deref()), ("Ville", None));
        assert_eq!(view.identifiers, ["21690123100011"]);
    }

    #[test]
    fn addresses_lose_their_scheme() {
        let iri = NamedNode::new_unchecked("https://e.org/contact/p/c");
        let mail = NamedNode::new_unchecked("mailto:a@e.org");
        let view = ContactView::of(&iri, &[Triple::new(iri.clone(), vcard::HAS_EMAIL, mail)]);
        assert_eq!(view.emails, ["a@e.org"]);
    }
}
