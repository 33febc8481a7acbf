//! Licences: EU licence concepts where the version is known, what was written as a rights statement.
//!
//! A licence IRI that the vocabulary does not know stays `dct:license`. A text alone is a rights
//! statement, never a licence. The shapes of DCAT-AP 3.0.1 allow one `dct:rights` on a distribution
//! and on a catalogue: texts share one statement there, and what does not fit is in the origin graph.

use foldhash::HashSet;
use oxigraph::model::{BlankNode, Literal, NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct};
use crate::vocabulary::{Alignment, Vocabularies};

/// What portals write when nothing was chosen, in lower case.
const NONE: [&str; 12] = [
    "notspecified",
    "not specified",
    "not-specified",
    "licence not specified",
    "license not specified",
    "licence non spécifiée",
    "non spécifiée",
    "non specifiee",
    "unspecified",
    "unknown",
    "none",
    "-",
];

/// The rights of one subject, as they will be written.
#[derive(Default)]
struct Rights {
    texts: Vec<Literal>,
    /// Statements that the source makes.
    terms: Vec<Term>,
    /// IRIs by which it named its licence.
    licences: Vec<Term>,
}

pub(super) fn licences(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let properties = [dct::LICENSE, dct::RIGHTS];
    let Some(mut work) = Work::on(graph, &properties) else {
        return Vec::new();
    };
    let mut single = work.instances(dcat::DISTRIBUTION_CLASS);
    single.extend(work.instances(dcat::CATALOG_CLASS));
    for (subject, [licences, stated]) in work.take(properties) {
        let mut rights = Rights::default();
        for term in stated {
            match term {
                Term::Literal(text) => {
                    work.original(&subject, dct::RIGHTS, &Term::from(text.clone()));
                    rights.texts.push(text);
                }
                term => rights.terms.push(term),
            }
        }
        settle(&mut work, vocabularies, &subject, licences, &mut rights);
        write(&mut work, &single, &subject, rights);
    }
    work.finish()
}

/// Chooses the licence, and makes rights of the words for it.
fn settle(
    work: &mut Work<'_>,
    vocabularies: &Vocabularies,
    subject: &NamedOrBlankNode,
    licences: Vec<Term>,
    rights: &mut Rights,
) {
    let mut chosen: Option<Term> = None;
    // What the vocabulary knows comes before what it does not, else the order is the source's.
    let (known, unknown): (Vec<Term>, Vec<Term>) = licences
        .into_iter()
        .partition(|term| concept(work, vocabularies, term).is_some());
    for term in known.into_iter().chain(unknown) {
        let concept = concept(work, vocabularies, &term);
        let is_concept = concept.as_ref() == Some(&term);
        match (concept, &term) {
            (Some(concept), _) if chosen.as_ref().is_none_or(|chosen| *chosen == concept) => {
                chosen = Some(concept);
                if !is_concept {
                    said(work, &term, rights);
                    work.original(subject, dct::LICENSE, &term);
                }
            }
            (None, Term::Literal(text)) => {
                if NONE.contains(&text.value().trim().to_lowercase().as_str()) {
                    let message = "left out: it says that there is none";
                    work.find(Code::LicenceUnknown, subject, dct::LICENSE, message, &term);
                } else {
                    let message = "not in the vocabulary: kept as a rights statement";
                    work.find(Code::LicenceUnknown, subject, dct::LICENSE, message, &term);
                    rights.texts.push(text.clone());
                }
                work.original(subject, dct::LICENSE, &term);
            }
            (None, _) if chosen.is_none() => {
                if term.is_named_node() {
                    let message = "not in the vocabulary: kept as it is";
                    work.find(Code::LicenceUnknown, subject, dct::LICENSE, message, &term);
                }
                chosen = Some(term);
            }
            _ => {
                let message = "left out: there is another licence";
                work.find(Code::TooManyValues, subject, dct::LICENSE, message, &term);
                work.original(subject, dct::LICENSE, &term);
            }
        }
    }
    if let Some(licence) = chosen {
        work.put(subject, dct::LICENSE, licence);
    }
}

fn concept(work: &Work<'_>, vocabularies: &Vocabularies, term: &Term) -> Option<Term> {
    let concept = vocabularies.align(Alignment::Licence, work.text(term)?)?;
    Some(concept.into_owned().into())
}

/// The IRI or the description by which a known licence was given. A code (`lov2`) tells nobody more than
/// the concept does: it is in the origin graph only.
fn said(work: &Work<'_>, term: &Term, rights: &mut Rights) {
    match term {
        Term::Literal(_) => {}
        Term::BlankNode(_) => {
            rights
                .texts
                .extend(work.text(term).map(Literal::new_simple_literal));
        }
        Term::NamedNode(_) => rights.licences.push(term.clone()),
    }
}

fn write(
    work: &mut Work<'_>,
    single: &HashSet<NamedOrBlankNode>,
    subject: &NamedOrBlankNode,
    rights: Rights,
) {
    let Rights {
        mut texts,
        mut terms,
        mut licences,
    } = rights;
    let mut statement: Option<BlankNode> = None;
    if single.contains(subject) {
        // Statements come before texts, texts before the licence's IRI, which is in the origin graph.
        for other in terms.split_off(terms.len().min(1)) {
            let message = "left out: the resource has one rights statement";
            work.find(Code::TooManyValues, subject, dct::RIGHTS, message, &other);
            work.original(subject, dct::RIGHTS, &other);
        }
        match terms.first() {
            Some(Term::BlankNode(node)) => statement = Some(node.clone()),
            Some(_) => texts.clear(),
            None => {}
        }
        let room = usize::from(terms.is_empty() && texts.is_empty());
        licences.truncate(room);
    }
    terms.extend(licences);
    for text in texts {
        if let Some(node) = &statement {
            work.label(node, text);
        } else {
            let node = work.labelled(dct::RIGHTS_STATEMENT, text);
            work.put(subject, dct::RIGHTS, node.clone());
            statement = Some(node);
        }
    }
    for term in terms {
        work.put(subject, dct::RIGHTS, term);
    }
}
