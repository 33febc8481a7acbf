//! Licences: EU licence concepts where family, version and jurisdiction are certain, else the licence as
//! it was named.
//!
//! A licence IRI that the vocabulary does not know stays `dct:license`. A text that it does not know is a
//! licence all the same: the address that its code has in the lists of udata and CKAN, else a
//! `dct:LicenseDocument` with the text as title. Beside another licence it is a statement of rights. What
//! is said on access is moved to `dct:accessRights`. A statement of rights that names a licence for
//! certain, on what states none, gives it one. The shapes of DCAT-AP 3.0.1 allow one `dct:rights` on a
//! distribution and on a catalogue: texts share one statement there, and what does not fit is in the
//! origin graph.

use foldhash::HashSet;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dct};
use crate::vocabulary::{Alignment, Vocabularies};

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
    // What DCAT-AP has a licence on.
    let mut licensed = single.clone();
    licensed.extend(work.instances(dcat::DATA_SERVICE));
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
        let licence = settle(&mut work, vocabularies, &subject, licences, &mut rights)
            .or_else(|| implied(&rights, vocabularies).filter(|_| licensed.contains(&subject)));
        if let Some(licence) = licence {
            work.put(&subject, dct::LICENSE, licence);
        }
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
) -> Option<Term> {
    let mut chosen: Option<Term> = None;
    // What the vocabulary knows comes before what it does not, addresses before words; else the order is
    // the source's.
    let (known, unknown): (Vec<Term>, Vec<Term>) = licences
        .into_iter()
        .partition(|term| concept(work, vocabularies, term).is_some());
    let (words, others): (Vec<Term>, Vec<Term>) = unknown.into_iter().partition(Term::is_literal);
    for term in known.into_iter().chain(others).chain(words) {
        let concept = concept(work, vocabularies, &term);
        let is_concept = concept.as_ref() == Some(&term);
        match (concept, &term) {
            (Some(concept), _) if chosen.as_ref().is_none_or(|chosen| *chosen == concept) => {
                chosen = Some(concept);
                if !is_concept {
                    said(work, vocabularies, &term, rights);
                    work.original(subject, dct::LICENSE, &term);
                }
            }
            (None, _) if says_access(work, vocabularies, &term) => {
                let message = "a statement on access: kept as access rights";
                work.find(Code::LicenceUnknown, subject, dct::LICENSE, message, &term);
                work.original(subject, dct::LICENSE, &term);
                work.put(subject, dct::ACCESS_RIGHTS, term);
            }
            (None, Term::Literal(text)) => {
                let licence = unlisted(work, vocabularies, text, chosen.is_some());
                let message = match (&licence, chosen.is_some()) {
                    _ if vocabularies.says_no_licence(text.value()) => {
                        "left out: it says that there is none"
                    }
                    (_, true) => "not in the vocabulary: kept as a rights statement",
                    (Some(Term::NamedNode(_)), _) => {
                        "not in the vocabulary: kept by the address that its code stands for"
                    }
                    _ => "not in the vocabulary: kept as a licence with this title",
                };
                work.find(Code::LicenceUnknown, subject, dct::LICENSE, message, &term);
                work.original(subject, dct::LICENSE, &term);
                if chosen.is_some() && !vocabularies.says_no_licence(text.value()) {
                    rights.texts.push(text.clone());
                }
                chosen = chosen.or(licence);
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
    chosen
}

/// The licence of a text that no list has: its address, else a document with its title; none where there
/// is another licence, or the text says that there is none.
fn unlisted(
    work: &mut Work<'_>,
    vocabularies: &Vocabularies,
    text: &Literal,
    has_another: bool,
) -> Option<Term> {
    if has_another || vocabularies.says_no_licence(text.value()) {
        return None;
    }
    let Some(coded) = vocabularies.coded_licence(text.value()) else {
        return Some(work.titled(dct::LICENSE_DOCUMENT, text.clone()).into());
    };
    Some(match coded.address {
        Some(address) => NamedNode::new_unchecked(address).into(),
        None => work
            .titled(
                dct::LICENSE_DOCUMENT,
                Literal::new_simple_literal(coded.title),
            )
            .into(),
    })
}

/// The one licence that statements of rights name.
fn implied(rights: &Rights, vocabularies: &Vocabularies) -> Option<Term> {
    let named = rights.texts.iter().filter_map(|text| {
        let concept = vocabularies.align(Alignment::Licence, text.value())?;
        Some(Term::from(concept.into_owned()))
    });
    let named: HashSet<Term> = named.collect();
    let mut named = named.into_iter();
    let licence = named.next()?;
    named.next().is_none().then_some(licence)
}

fn says_access(work: &Work<'_>, vocabularies: &Vocabularies, term: &Term) -> bool {
    work.text(term)
        .is_some_and(|text| vocabularies.says_access(text))
}

fn concept(work: &Work<'_>, vocabularies: &Vocabularies, term: &Term) -> Option<Term> {
    let concept = work.readings(term).find_map(|text| {
        vocabularies
            .align(Alignment::Licence, text)
            .or_else(|| vocabularies.align(Alignment::AccessCondition, text))
    })?;
    Some(concept.into_owned().into())
}

/// The IRI or the description by which a known licence was given. A code (`lov2`) tells nobody more than
/// the concept does: it is in the origin graph only. A text that says more is a statement of rights.
fn said(work: &Work<'_>, vocabularies: &Vocabularies, term: &Term, rights: &mut Rights) {
    match term {
        Term::Literal(text) => {
            let adds = vocabularies
                .licence(text.value())
                .is_some_and(|licence| !licence.is_whole());
            let is_said = rights.texts.iter().any(|said| said.value() == text.value());
            if adds && !is_said && !vocabularies.is_licence(text.value()) {
                rights.texts.push(text.clone());
            }
        }
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
