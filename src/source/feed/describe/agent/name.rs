//! By what an agent is called that has no name where DCAT-AP looks for it: a vcard where an agent should be,
//! an agent where a vcard should be, the name of the organisation that a card belongs to.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};

use crate::dcat::RecordGraph;
use crate::rdf::vocab::{dct, foaf, rdf, rdfs, schema, skos, vcard};

/// As British English and many feeds spell it.
const ORGANISATION_NAME: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2006/vcard/ns#organisation-name");

/// What says how an agent is called, the surest first.
const NAMES: [NamedNodeRef<'static>; 9] = [
    foaf::NAME,
    vcard::FN,
    vcard::ORGANIZATION_NAME,
    ORGANISATION_NAME,
    skos::PREF_LABEL,
    rdfs::LABEL,
    dct::TITLE,
    schema::NAME,
    rdf::VALUE,
];

/// What leads to something that is called as the agent is.
const LEADING: [NamedNodeRef<'static>; 3] =
    [vcard::HAS_FN, vcard::HAS_ORGANIZATION_NAME, vcard::ORG];

/// What says what such a thing is called, beside names.
const VALUES: [NamedNodeRef<'static>; 2] = [vcard::HAS_VALUE, vcard::VALUE];

/// The names of an agent by the surest property that has any; none where nothing has.
pub(super) fn of(graph: &RecordGraph, agent: &NamedNode) -> Vec<Term> {
    let own = texts(graph, agent.into());
    if !own.is_empty() {
        return own;
    }
    for property in LEADING {
        for value in graph.objects(agent, property) {
            let found = match value {
                TermRef::Literal(_) => vec![value.into_owned()],
                TermRef::BlankNode(node) => texts(graph, node.into()),
                TermRef::NamedNode(node) => texts(graph, node.into()),
            };
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn texts(graph: &RecordGraph, subject: NamedOrBlankNodeRef<'_>) -> Vec<Term> {
    let mut found = NAMES.into_iter().chain(VALUES).map(|property| {
        let texts = graph.objects(subject, property).filter(TermRef::is_literal);
        texts.map(TermRef::into_owned).collect::<Vec<Term>>()
    });
    found.find(|texts| !texts.is_empty()).unwrap_or_default()
}
