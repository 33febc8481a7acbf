//! Checksums: algorithms become those of SPDX, digits without a type become hexadecimal, nodes have
//! their class, and `sha1:…` in one text becomes a node. One whose algorithm nobody knows proves
//! nothing and breaks DCAT-AP: the whole checksum goes to the origin graph.

use foldhash::{HashMap, HashMapExt as _, HashSet};
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term};

use super::pass::Work;
use crate::dcat::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{rdf, spdx, xsd};
use crate::vocabulary::{Alignment, Vocabularies};

/// The code list of DCAT-AP.de, whose members are `md/5`, `sha/256` and the like.
const GERMAN: &str = "dcat-ap.de/def/hashAlgorithms/";

pub(super) fn checksums(graph: &mut RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let concerned = [spdx::ALGORITHM, spdx::CHECKSUM];
    let Some(mut work) = Work::on(graph, &concerned) else {
        return Vec::new();
    };
    texts(&mut work, vocabularies);
    let sums = work.objects(spdx::CHECKSUM);
    let lost = algorithms(&mut work, vocabularies, &sums);
    let typed = work.instances(spdx::CHECKSUM_CLASS);
    for node in sums {
        let node = NamedOrBlankNode::from(node);
        if !typed.contains(&node) {
            work.put(&node, rdf::TYPE, spdx::CHECKSUM_CLASS.into_owned());
        }
    }
    for (subject, [values]) in work.take([spdx::CHECKSUM_VALUE]) {
        for value in values {
            if lost.contains_key(&subject) {
                work.original(&subject, spdx::CHECKSUM_VALUE, &value);
            } else {
                work.put(&subject, spdx::CHECKSUM_VALUE, typed_digits(value));
            }
        }
    }
    for node in lost.values() {
        work.drop_node(node);
    }
    work.finish()
}

/// Makes nodes of the checksums that are one text, `algorithm:digits`. Any other text stays.
fn texts(work: &mut Work<'_>, vocabularies: &Vocabularies) {
    for (subject, [values]) in work.take([spdx::CHECKSUM]) {
        for value in values {
            let parts = match &value {
                Term::Literal(text) => text.value().split_once(':'),
                _ => None,
            };
            let known = parts.and_then(|(name, digits)| {
                let digits = digits.trim();
                let algorithm = algorithm(name.trim(), vocabularies)?;
                is_hexadecimal(digits).then(|| (algorithm, digits.to_owned()))
            });
            let Some((algorithm, digits)) = known else {
                work.put(&subject, spdx::CHECKSUM, value);
                continue;
            };
            work.original(&subject, spdx::CHECKSUM, &value);
            let node = work.node(spdx::CHECKSUM_CLASS);
            work.put(&subject, spdx::CHECKSUM, node.clone());
            let node = NamedOrBlankNode::from(node);
            work.put(&node, spdx::ALGORITHM, algorithm);
            let digits = Literal::new_typed_literal(digits, xsd::HEX_BINARY);
            work.put(&node, spdx::CHECKSUM_VALUE, digits);
        }
    }
}

/// Aligns the algorithms; gives the checksums that none is left of.
fn algorithms(
    work: &mut Work<'_>,
    vocabularies: &Vocabularies,
    sums: &HashSet<BlankNode>,
) -> HashMap<NamedOrBlankNode, BlankNode> {
    let mut lost = HashMap::new();
    for (subject, [algorithms]) in work.take([spdx::ALGORITHM]) {
        let mut found = false;
        for value in algorithms {
            let text = work.text(&value);
            let concept = text.and_then(|text| algorithm(text, vocabularies));
            match (concept, &value) {
                (Some(concept), _) => {
                    let concept = Term::from(concept);
                    if value != concept {
                        work.original(&subject, spdx::ALGORITHM, &value);
                    }
                    work.put(&subject, spdx::ALGORITHM, concept);
                    found = true;
                }
                (None, Term::Literal(_)) => {
                    let message = "the checksum was left out: its algorithm is not known";
                    let (code, property) = (Code::ChecksumInvalid, spdx::ALGORITHM);
                    work.find(code, &subject, property, message, &value);
                    work.original(&subject, spdx::ALGORITHM, &value);
                }
                (None, _) => {
                    work.put(&subject, spdx::ALGORITHM, value);
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
    lost
}

/// The algorithm of SPDX that `text` names.
fn algorithm(text: &str, vocabularies: &Vocabularies) -> Option<NamedNode> {
    let german = text
        .split_once(GERMAN)
        .map(|(_, name)| name.replace('/', ""));
    let name = german.as_deref().unwrap_or(text);
    let concept = vocabularies.align(Alignment::Checksum, name)?;
    Some(concept.into_owned())
}

/// `value` as hexadecimal, where it has no type and is that.
fn typed_digits(value: Term) -> Term {
    match value {
        Term::Literal(text) if text.datatype() == xsd::STRING && is_hexadecimal(text.value()) => {
            Literal::new_typed_literal(text.value(), xsd::HEX_BINARY).into()
        }
        other => other,
    }
}

/// Whether `text` is whole bytes in hexadecimal digits.
fn is_hexadecimal(text: &str) -> bool {
    !text.is_empty()
        && text.len().is_multiple_of(2)
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
