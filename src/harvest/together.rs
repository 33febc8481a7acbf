//! References among records that are described together, without a ledger: what `convert` and `preview` are
//! given is then the whole catalogue. A harvest resolves them when it is committed.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, Term};

use super::{Described, Recipe};
use crate::dcat::{called, fitting};
use crate::finding::{Code, Finding};
use crate::rdf::iri::{NOWHERE, clean};
use crate::rdf::vocab::curie;
use crate::record::{Kind, Now, Reference, relate};
use crate::source::Role;

/// What was met, by the beginning of references to it.
type Known = BTreeMap<String, BTreeSet<(Kind, String)>>;

/// Makes the references of records lead to each other, to the source's own addresses, or nowhere, with a
/// finding.
pub fn settle(described: &mut [&mut Described], recipe: &Recipe<'_>) {
    let is_reference =
        |term: &Term| matches!(term, Term::NamedNode(node) if Reference::is_one(node.as_str()));
    let mut parts = described.iter().flat_map(|one| &one.parts);
    if !parts.any(|part| part.graph.triples().iter().any(|t| is_reference(&t.object))) {
        return;
    }
    let (by_key, by_name) = known(described, recipe);
    for one in described {
        let mut found = Vec::new();
        for part in &mut one.parts {
            let iri = part.graph.iri().clone();
            let objects = part
                .graph
                .triples()
                .iter()
                .filter_map(|triple| match &triple.object {
                    Term::NamedNode(node) if Reference::is_one(node.as_str()) => {
                        Some(node.as_str())
                    }
                    _ => None,
                });
            let now: BTreeMap<String, Now> = objects
                .map(|iri| (iri.to_owned(), of(iri, &by_key, &by_name)))
                .collect();
            if now.is_empty() {
                continue;
            }
            let triples = std::mem::take(part.graph.triples_mut());
            let related = relate(triples, &iri, &now, &fitting);
            *part.graph.triples_mut() = related.triples;
            for triple in related.origin {
                if let oxigraph::model::NamedOrBlankNode::NamedNode(subject) = triple.subject {
                    part.graph
                        .add_origin(subject, triple.predicate.as_ref(), triple.object);
                }
            }
            found.extend(related.unknown);
        }
        one.findings.extend(
            found
                .into_iter()
                .map(|(property, identifier, has_address)| {
                    let field = curie(property.as_ref());
                    Finding::new(
                        Code::ReferenceUnknown,
                        field,
                        crate::record::unknown(has_address),
                        &identifier,
                    )
                }),
        );
    }
}

/// The records by their keys, and by what else they are called.
fn known(described: &[&mut Described], recipe: &Recipe<'_>) -> (Known, Known) {
    let (mut by_key, mut by_name) = (Known::new(), Known::new());
    let parts = described.iter().flat_map(|one| &one.parts);
    for part in parts.filter(|part| part.role == Role::Main) {
        let iri = part.graph.iri();
        let one = (part.id.kind, iri.as_str().to_owned());
        let own = Reference::start(part.id.portal.as_str(), part.id.key.as_str());
        by_key.entry(own).or_default().insert(one.clone());
        for name in called(part.graph.triples(), iri, recipe.base) {
            by_name.entry(name).or_default().insert(one.clone());
        }
    }
    (by_key, by_name)
}

fn of(iri: &str, by_key: &Known, by_name: &Known) -> Now {
    let Some(reference) = Reference::read(iri) else {
        return Now::Nothing;
    };
    let start = Reference::start(reference.portal.as_str(), reference.key.as_str());
    let fits = |one: &&(Kind, String)| one.0 == reference.kind;
    let named = |known: &BTreeSet<(Kind, String)>| {
        let mut fitting = known.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => known.first().filter(|_| known.len() == 1).cloned(),
        }
    };
    let keyed = reference.keys().into_iter().find_map(|key| {
        let known = by_key.get(&Reference::start(reference.portal.as_str(), key.as_str()))?;
        let one = known.iter().find(fits).or_else(|| known.first());
        one.cloned()
    });
    if let Some((kind, iri)) = keyed.or_else(|| by_name.get(&start).and_then(named)) {
        return Now::Record(NamedNode::new_unchecked(iri), kind, None);
    }
    let address = clean(&reference.address).into_iri();
    let address = address.filter(|address| !address.as_str().starts_with(NOWHERE));
    address.map_or(Now::Nothing, Now::Elsewhere)
}
