//! Themes: tags and codes become EU data themes; INSPIRE themes stay themes beside them. A category of
//! high-value datasets among them is one, and a dataset's text that is no theme is a keyword.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dcat, dcatap};
use crate::vocabulary::{Alignment, Vocabularies};

pub(super) fn themes(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let Some(mut work) = Work::on(graph, &[dcat::THEME]) else {
        return Vec::new();
    };
    let keywords = work.words(dcat::KEYWORD);
    let datasets = work.instances(dcat::DATASET_CLASS);
    for (subject, [values]) in work.take([dcat::THEME]) {
        // Sorted, so that the order of tags does not matter.
        let mut found: BTreeSet<NamedNode> = BTreeSet::new();
        for value in values {
            let Some(text) = work.text(&value).map(str::to_owned) else {
                work.put(&subject, dcat::THEME, value);
                continue;
            };
            if let Some(category) = high_value_category(&value, vocabularies) {
                work.original(&subject, dcat::THEME, &value);
                work.put(&subject, dcatap::HVD_CATEGORY, category);
                continue;
            }
            let align = |text: &str| -> BTreeSet<NamedNode> {
                let kinds = [Alignment::Theme, Alignment::InspireTheme].into_iter();
                let all = kinds.flat_map(|alignment| vocabularies.align_all(alignment, text));
                all.cloned().collect()
            };
            let meant = align(&text);
            if meant.is_empty() && value.is_named_node() {
                // A concept of the source's own stays, beside what it is called as.
                let called = work.readings(&value).flat_map(align);
                found.extend(called.collect::<Vec<_>>());
            }
            let known =
                matches!(&value, Term::NamedNode(iri) if vocabularies.contains(iri.as_str()));
            if !meant.is_empty() {
                let itself = matches!(&value, Term::NamedNode(iri) if meant.contains(iri));
                if known && !itself {
                    // A concept of another scheme (an ISO topic) is a theme as well.
                    work.put(&subject, dcat::THEME, value);
                } else if !itself {
                    work.original(&subject, dcat::THEME, &value);
                }
                found.extend(meant);
            } else if let Term::Literal(word) = &value {
                // Many sources offer every tag as a theme as well; feeds state some as themes only.
                if !keywords.contains(&(subject.clone(), word.value().to_lowercase())) {
                    let is_tagged = datasets.contains(&subject);
                    let message = if is_tagged {
                        "not in the vocabulary: kept as a keyword"
                    } else {
                        "not in the vocabulary: only the original is kept"
                    };
                    work.find(Code::ValueUnknown, &subject, dcat::THEME, message, &value);
                    work.original(&subject, dcat::THEME, &value);
                    if is_tagged {
                        work.put(&subject, dcat::KEYWORD, value);
                    }
                }
            } else {
                work.put(&subject, dcat::THEME, value);
            }
        }
        for theme in found {
            work.put(&subject, dcat::THEME, theme);
        }
    }
    work.finish()
}

/// The category of high-value datasets that `value` is, by its IRI.
fn high_value_category(value: &Term, vocabularies: &Vocabularies) -> Option<NamedNode> {
    let Term::NamedNode(iri) = value else {
        return None;
    };
    let category = vocabularies.align(Alignment::HvdCategory, iri.as_str())?;
    (category == iri.as_ref()).then(|| iri.clone())
}
