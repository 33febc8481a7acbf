//! HVD categories (Regulation 2023/138): tags become concepts, and only what names the regulation has
//! any. A tag such as "addresses" means a category on a high-value dataset, and nothing on another. A
//! category that is stated by its IRI is no guess: it stays, and a missing regulation is a finding.

use std::collections::BTreeSet;

use oxigraph::model::{NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::{HVD_LEGISLATION, RecordGraph, is_hvd_legislation};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dcatap, rdf};
use crate::vocabulary::{Alignment, Vocabularies};

pub(super) fn categories(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let property = dcatap::HVD_CATEGORY;
    let concerned = [property, dcatap::APPLICABLE_LEGISLATION];
    let main = NamedOrBlankNode::from(graph.iri().clone());
    let Some(mut work) = Work::on(graph, &concerned) else {
        return Vec::new();
    };
    laws(&mut work);
    let keywords = work.words(dcat::KEYWORD);
    let high_value = work.pointing(dcatap::APPLICABLE_LEGISLATION, HVD_LEGISLATION);
    // The shapes of DCAT-AP HVD 3.0.0 want this class on what a catalogue record is about, stated and
    // not inferred.
    if high_value.contains(&main) {
        work.put(&main, rdf::TYPE, dcat::RESOURCE.into_owned());
    }
    for (subject, [values]) in work.take([property]) {
        let mut found = BTreeSet::new();
        for value in values {
            let text = work.text(&value);
            let concept = text.and_then(|text| vocabularies.align(Alignment::HvdCategory, text));
            let lawful = high_value.contains(&subject);
            if value.is_named_node() && !lawful {
                let message = "a category of high-value datasets without the regulation: kept";
                let law = dcatap::APPLICABLE_LEGISLATION;
                work.find(Code::MissingProperty, &subject, law, message, &value);
            }
            let message = match concept {
                _ if !lawful && !value.is_named_node() => {
                    "left out: the resource does not name the regulation on high-value datasets"
                }
                Some(concept) => {
                    if value.as_ref() != concept.into() {
                        work.original(&subject, property, &value);
                    }
                    found.insert(concept.into_owned());
                    continue;
                }
                None if matches!(value, Term::Literal(_)) => {
                    "not in the vocabulary: only the original is kept"
                }
                None => {
                    work.put(&subject, property, value);
                    continue;
                }
            };
            let is_keyword = matches!(&value, Term::Literal(tag)
                if keywords.contains(&(subject.clone(), tag.value().to_lowercase())));
            if !is_keyword {
                work.find(Code::ValueUnknown, &subject, property, message, &value);
                work.original(&subject, property, &value);
            }
        }
        for category in found {
            work.put(&subject, property, category);
        }
    }
    work.finish()
}

/// Replaces other spellings of the regulation by the one that DCAT-AP HVD names.
fn laws(work: &mut Work<'_>) {
    let property = dcatap::APPLICABLE_LEGISLATION;
    for (subject, [values]) in work.take([property]) {
        for value in values {
            let is_other = value.as_ref() != HVD_LEGISLATION.into();
            if is_other && work.text(&value).is_some_and(is_hvd_legislation) {
                work.original(&subject, property, &value);
                work.put(&subject, property, HVD_LEGISLATION.into_owned());
            } else {
                work.put(&subject, property, value);
            }
        }
    }
}
