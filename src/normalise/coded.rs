//! Properties whose values come from one code list: frequency, language, access rights,
//! country, planned availability.

use oxigraph::model::{Literal, NamedNodeRef, NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dcatap, dct};
use crate::vocabulary::{Alignment, Vocabularies};

/// How many values a property can have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Values {
    One,
    Many,
}

/// What becomes of a text that is in no code list.
#[derive(Clone, Copy)]
enum Unknown {
    /// It goes to the origin graph.
    Leave,
    /// It is the label of a node of this class, which DCAT-AP allows here.
    Label(NamedNodeRef<'static>),
}

const CODED: &[(NamedNodeRef<'static>, Alignment, Values, Unknown)] = &[
    (
        dct::ACCRUAL_PERIODICITY,
        Alignment::Frequency,
        Values::One,
        Unknown::Leave,
    ),
    (
        dct::ACCESS_RIGHTS,
        Alignment::AccessRight,
        Values::One,
        Unknown::Label(dct::RIGHTS_STATEMENT),
    ),
    (
        dct::LANGUAGE,
        Alignment::Language,
        Values::Many,
        Unknown::Leave,
    ),
    (
        dct::SPATIAL,
        Alignment::Country,
        Values::Many,
        Unknown::Label(dct::LOCATION),
    ),
    (
        dcatap::AVAILABILITY,
        Alignment::Availability,
        Values::One,
        Unknown::Leave,
    ),
    (
        dcat::COMPRESS_FORMAT,
        Alignment::MediaType,
        Values::One,
        Unknown::Label(dct::MEDIA_TYPE),
    ),
    (
        dcat::PACKAGE_FORMAT,
        Alignment::MediaType,
        Values::One,
        Unknown::Label(dct::MEDIA_TYPE),
    ),
];

pub(super) fn coded(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (property, alignment, values, unknown) in CODED {
        let Some(mut work) = Work::on(graph, &[*property]) else {
            continue;
        };
        for (subject, [mut terms]) in work.take([*property]) {
            if *values == Values::One {
                keep_one(
                    &mut work,
                    vocabularies,
                    *alignment,
                    &subject,
                    *property,
                    &mut terms,
                );
            }
            for term in terms {
                let concept = work
                    .readings(&term)
                    .find_map(|text| vocabularies.align(*alignment, text));
                if *property == dct::ACCESS_RIGHTS
                    && !term.is_named_node()
                    && let Some(limitation) = work
                        .text(&term)
                        .and_then(|text| vocabularies.align(Alignment::AccessLimitation, text))
                {
                    limit(&mut work, &subject, limitation);
                }
                match (concept, &term) {
                    (Some(concept), _) => {
                        if term.as_ref() != concept.into() {
                            work.original(&subject, *property, &term);
                        }
                        work.put(&subject, *property, concept.into_owned());
                    }
                    (None, Term::Literal(text)) => {
                        unaligned(&mut work, &subject, *property, *unknown, text);
                    }
                    (None, _) => work.put(&subject, *property, term),
                }
            }
        }
        findings.extend(work.finish());
    }
    findings
}

/// Says why access is limited where words say so, beside the access rights; on a distribution there is no
/// room for it. The address of a limitation is the value of `dct:accessRights` itself, as GeoDCAT-AP has it.
fn limit(work: &mut Work<'_>, subject: &NamedOrBlankNode, limitation: NamedNodeRef<'_>) {
    let is_limited = !limitation.as_str().ends_with("/noLimitations");
    if is_limited && !work.instances(dcat::DISTRIBUTION_CLASS).contains(subject) {
        work.put(subject, dct::RIGHTS, limitation.into_owned());
    }
}

fn unaligned(
    work: &mut Work<'_>,
    subject: &NamedOrBlankNode,
    property: NamedNodeRef<'static>,
    unknown: Unknown,
    text: &Literal,
) {
    let term = Term::from(text.clone());
    work.original(subject, property, &term);
    match unknown {
        Unknown::Leave => {
            let message = "not in the vocabulary: only the original is kept";
            work.find(Code::ValueUnknown, subject, property, message, &term);
        }
        Unknown::Label(class) => {
            // A place is rarely a country: that is no oddity.
            if property != dct::SPATIAL {
                let message = "not in the vocabulary: kept as a label";
                work.find(Code::ValueUnknown, subject, property, message, &term);
            }
            let node = work.labelled(class, text.clone());
            work.put(subject, property, node);
        }
    }
}

/// Leaves the first value that is in the code list, else the first, and keeps the others as originals.
fn keep_one(
    work: &mut Work<'_>,
    vocabularies: &Vocabularies,
    alignment: Alignment,
    subject: &NamedOrBlankNode,
    property: NamedNodeRef<'static>,
    terms: &mut Vec<Term>,
) {
    let concept = |term: &Term| {
        work.text(term)
            .and_then(|text| vocabularies.align(alignment, text))
    };
    let kept = terms
        .iter()
        .position(|term| concept(term).is_some())
        .unwrap_or(0);
    if terms.len() < 2 {
        return;
    }
    let first = terms.swap_remove(kept);
    let meaning = concept(&first).map(NamedNodeRef::into_owned);
    for other in std::mem::replace(terms, vec![first]) {
        let same = meaning.is_some()
            && work
                .text(&other)
                .and_then(|t| vocabularies.align(alignment, t))
                == meaning.as_ref().map(|m| m.as_ref());
        if !same {
            let message = "left out: the property has one value";
            work.find(Code::TooManyValues, subject, property, message, &other);
        }
        work.original(subject, property, &other);
    }
}
