//! Algorithms of checksums. One whose algorithm nobody knows proves nothing and breaks DCAT-AP: the
//! whole checksum goes to the origin graph.

use std::collections::HashMap;

use oxigraph::model::{NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::spdx;
use crate::vocabulary::{Alignment, Vocabularies};

pub(super) fn checksums(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let Some(mut work) = Work::on(graph, &[spdx::ALGORITHM]) else {
        return Vec::new();
    };
    let sums = work.objects(spdx::CHECKSUM);
    let mut lost = HashMap::new();
    for (subject, [algorithms]) in work.take([spdx::ALGORITHM]) {
        let mut found = false;
        for algorithm in algorithms {
            let text = work.text(&algorithm);
            let concept = text.and_then(|text| vocabularies.align(Alignment::Checksum, text));
            match (concept, &algorithm) {
                (Some(concept), _) => {
                    if algorithm.as_ref() != concept.into() {
                        work.original(&subject, spdx::ALGORITHM, &algorithm);
                    }
                    work.put(&subject, spdx::ALGORITHM, concept.into_owned());
                    found = true;
                }
                (None, Term::Literal(_)) => {
                    let message = "the checksum was left out: its algorithm is not known";
                    work.find(
                        Code::ChecksumInvalid,
                        &subject,
                        spdx::ALGORITHM,
                        message,
                        &algorithm,
                    );
                    work.original(&subject, spdx::ALGORITHM, &algorithm);
                }
                (None, _) => {
                    work.put(&subject, spdx::ALGORITHM, algorithm);
                    found = true;
                }
            }
        }
        if let NamedOrBlankNode::BlankNode(node) = &subject
            && !found
            && sums.contains(node)
        {
            lost.insert(subject.clone(), node.clone());
        }
    }
    if !lost.is_empty() {
        for (subject, [values]) in work.take([spdx::CHECKSUM_VALUE]) {
            for value in values {
                if lost.contains_key(&subject) {
                    work.original(&subject, spdx::CHECKSUM_VALUE, &value);
                } else {
                    work.put(&subject, spdx::CHECKSUM_VALUE, value);
                }
            }
        }
        for node in lost.values() {
            work.drop_node(node);
        }
    }
    work.finish()
}
