//! One record from payload to canonical form: describe, normalise, validate, digest.
//!
//! Synchronous and deterministic: the same payload, context and vocabularies give the same bytes.

use oxigraph::model::{NamedOrBlankNodeRef, Term, Triple};
use sha2::{Digest as _, Sha256};

use super::placeless::place;
use crate::address::{Secrets, public};
use crate::config::{Config, Portal, PortalKind};
use crate::dcat::{RecordGraph, withhold, withhold_long};
use crate::finding::{Code, Finding};
use crate::ledger::{Prepared, PreparedPart};
use crate::normalise::normalise;
use crate::rdf::canon::{CanonError, canonicalise};
use crate::rdf::iri::NOWHERE;
use crate::rdf::vocab::{dcat, rdf};
use crate::record::{Base, Former, Kind, RecordId};
use crate::source::{self, Context, Part, Rejected, Role};
use crate::validate::validate;
use crate::vocabulary::Vocabularies;

/// Raised when the mapping or normalisation changes what it writes: stored payloads are then stale.
const MAPPING: &str = "7";

/// Everything that describing a portal's records depends on.
#[derive(Debug, Clone)]
pub struct Recipe<'a> {
    /// The portal's software.
    pub kind: PortalKind,
    /// Prefix of minted IRIs.
    pub base: &'a Base,
    /// The portal.
    pub portal: &'a Portal,
    /// Its root, without credentials; [`NOWHERE`] of a file of which nobody said where it is from.
    pub root: url::Url,
    /// What its address holds that nobody may see.
    pub secrets: Secrets,
    /// The vocabularies.
    pub vocabularies: &'a Vocabularies,
    /// The keys that its records keep from an earlier version of the program.
    pub former: Former,
}

impl<'a> Recipe<'a> {
    /// The recipe of a configured portal.
    ///
    /// # Errors
    /// A message where the portal's address is none.
    pub fn new(
        config: &'a Config,
        portal: &'a Portal,
        vocabularies: &'a Vocabularies,
    ) -> Result<Self, String> {
        Ok(Self {
            kind: portal.kind(),
            base: &config.base_uri,
            portal,
            root: public(&portal.root()?),
            secrets: portal.secrets(),
            vocabularies,
            former: Former::NONE.clone(),
        })
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            base: self.base,
            portal: &self.portal.id,
            root: &self.root,
            language: self.portal.language.as_deref(),
            licence: self.portal.licence.as_deref(),
            vocabularies: self.vocabularies,
            former: &self.former,
        }
    }

    /// Changes whenever the same payload would be described otherwise.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let parts = [
            MAPPING,
            self.kind.name(),
            self.vocabularies.release(),
            self.root.as_str(),
            self.portal.language.as_deref().unwrap_or_default(),
            self.portal.licence.as_deref().unwrap_or_default(),
        ];
        data_encoding::HEXLOWER.encode(&Sha256::digest(parts.join("\n").as_bytes()))
    }
}

/// A record as graphs, normalised and validated.
#[derive(Debug, Clone, Default)]
pub struct Described {
    /// The record itself first, then those that it mentions.
    pub parts: Vec<Part>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// Describes a record, and normalises and validates what came of it.
///
/// # Errors
/// [`Rejected`] when it cannot be described at all.
pub fn describe(
    recipe: &Recipe<'_>,
    collection: &str,
    payload: &[u8],
) -> Result<Described, Rejected> {
    let source::Described {
        mut parts,
        mut findings,
    } = source::describe(recipe.kind, collection, payload, &recipe.context())?;
    let root = (recipe.root.as_str() != NOWHERE).then_some(&recipe.root);
    for part in &mut parts {
        let lost = place(&mut part.graph, root, payload);
        if part.role == Role::Main {
            findings.extend(lost);
        }
        if part.id.kind == Kind::Series {
            // A catalogue lists it as a dataset, and it may have distributions.
            let iri = part.graph.iri().clone();
            part.graph
                .add(iri, rdf::TYPE, dcat::DATASET_CLASS.into_owned());
            part.graph.dedup();
        }
        // Before anything copies it.
        for triples in part.graph.each_mut() {
            findings.extend(withhold_long(triples));
        }
        // A mention is not the record: what is odd about it is found where it is described itself.
        let odd = normalise(&mut part.graph, recipe.vocabularies);
        if part.role == Role::Main {
            findings.extend(odd);
            findings.extend(validate(&part.graph, recipe.vocabularies));
        }
    }
    for finding in &mut findings {
        // What was sent without a host is told without one.
        for text in [&mut finding.value, &mut finding.message] {
            if text.contains(NOWHERE) {
                *text = text.replace(NOWHERE, "");
            }
        }
    }
    Ok(Described { parts, findings })
}

/// Describes a record and gives every part its canonical form.
///
/// # Errors
/// [`Rejected::Hidden`] for a record that must not be listed; every other reason becomes a rejection
/// in the result.
pub fn prepare(
    recipe: &Recipe<'_>,
    collection: &str,
    payload: &[u8],
) -> Result<Prepared, Rejected> {
    prepared(describe(recipe, collection, payload))
}

/// The same of a record that was described, or was not.
///
/// # Errors
/// [`Rejected::Hidden`], as it is given.
pub fn prepared(described: Result<Described, Rejected>) -> Result<Prepared, Rejected> {
    let Described {
        parts,
        mut findings,
    } = match described {
        Ok(described) => described,
        Err(hidden @ Rejected::Hidden(_)) => return Err(hidden),
        Err(why) => {
            return Ok(Prepared {
                rejected: Some(why.to_string()),
                ..Prepared::default()
            });
        }
    };
    let mut prepared = Vec::with_capacity(parts.len());
    for (index, part) in parts.into_iter().enumerate() {
        match canonical(part, &mut findings) {
            Ok(part) => prepared.push(part),
            Err((_, error)) if index == 0 => {
                return Ok(Prepared {
                    rejected: Some(error.to_string()),
                    ..Prepared::default()
                });
            }
            Err((id, error)) => findings.push(Finding::new(
                Code::GraphRefused,
                id.to_string(),
                format!("this mention was left out: {error}"),
                "",
            )),
        }
    }
    Ok(Prepared {
        parts: prepared,
        findings,
        rejected: None,
    })
}

/// The keys of the distributions in the order in which they were described, which the canonical form has
/// not; none where that is the order of their IRIs.
fn arrangement(graph: &RecordGraph) -> Vec<String> {
    let main = NamedOrBlankNodeRef::from(graph.iri().as_ref());
    let iris: Vec<&str> = graph
        .triples()
        .iter()
        .filter(|triple| triple.subject.as_ref() == main && triple.predicate == dcat::DISTRIBUTION)
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
        .collect();
    if iris.is_sorted() {
        return Vec::new();
    }
    let keys = iris.iter().filter_map(|iri| iri.rsplit('/').next());
    keys.map(str::to_owned).collect()
}

/// Gives a part its canonical form; blank nodes that would cost too much are left out, with a finding.
fn canonical(
    part: Part,
    findings: &mut Vec<Finding>,
) -> Result<PreparedPart, (RecordId, CanonError)> {
    let Part { id, role, graph } = part;
    let mut form = |triples: &[Triple]| {
        let canonical = canonicalise(triples);
        if canonical.is_ok() {
            return canonical;
        }
        let mut triples = triples.to_vec();
        findings.extend(withhold(
            &mut triples,
            &id.to_string(),
            graph.iri().as_str(),
        ));
        canonicalise(&triples)
    };
    let mut beside = |triples: &[Triple]| match triples {
        [] => Ok(None),
        triples => form(triples).map(Some),
    };
    let arrangement = arrangement(&graph);
    let (origin, quality) = (beside(graph.origin()), beside(graph.quality()));
    match (form(graph.triples()), origin, quality) {
        (Ok(body), Ok(origin), Ok(quality)) => Ok(PreparedPart {
            iri: graph.iri().clone(),
            role,
            body,
            origin,
            quality,
            arrangement,
            id,
        }),
        (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => Err((id, error)),
    }
}
