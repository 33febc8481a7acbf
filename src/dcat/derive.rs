//! What follows from a description about IRIs that no record owns: the class of a licence's page, of
//! a specification, of the portal's own catalogue record, and how the source calls them.
//!
//! The range shapes of DCAT-AP want `dct:license <x>` to come with `<x> a dct:LicenseDocument`, but no
//! record may describe `<x>`: two would own the triple, and one that goes would take it from the
//! other. So these statements are in no stored description. They are computed from it, the ledger
//! counts which records state each of them, and a document repeats those that it needs.

mod called;

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::{
    Literal, LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple,
};

pub use called::said_of_others;

use super::HVD_LEGISLATION;
use crate::rdf::language;
use crate::rdf::order::{self, Line};
use crate::rdf::subjects::Subjects;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, eli, foaf, odrl, prov, rdf, skos, spdx, vcard};
use crate::vocabulary::Vocabularies;

/// The classes that the range shapes demand of what nobody describes.
///
/// Left out: ranges that are records of their own (agents, contact points, services, datasets), and
/// `skos:Concept`, which would bring its own demand for a label that nobody stated.
const RANGES: &[(NamedNodeRef<'static>, NamedNodeRef<'static>)] = &[
    (adms::IDENTIFIER, adms::IDENTIFIER_CLASS),
    (dcat::COMPRESS_FORMAT, dct::MEDIA_TYPE),
    (dcat::HAD_ROLE, dcat::ROLE),
    (dcat::LANDING_PAGE, foaf::DOCUMENT),
    (dcat::MEDIA_TYPE, dct::MEDIA_TYPE),
    (dcat::PACKAGE_FORMAT, dct::MEDIA_TYPE),
    (dcatap::APPLICABLE_LEGISLATION, eli::LEGAL_RESOURCE),
    (dct::ACCESS_RIGHTS, dct::RIGHTS_STATEMENT),
    (dct::ACCRUAL_PERIODICITY, dct::FREQUENCY),
    (dct::CONFORMS_TO, dct::STANDARD),
    (dct::FORMAT, dct::MEDIA_TYPE_OR_EXTENT),
    (dct::LANGUAGE, dct::LINGUISTIC_SYSTEM),
    (dct::LICENSE, dct::LICENSE_DOCUMENT),
    (dct::PROVENANCE, dct::PROVENANCE_STATEMENT),
    (dct::RIGHTS, dct::RIGHTS_STATEMENT),
    (dct::SPATIAL, dct::LOCATION),
    (dct::TEMPORAL, dct::PERIOD_OF_TIME),
    (foaf::HOMEPAGE, foaf::DOCUMENT),
    (foaf::PAGE, foaf::DOCUMENT),
    (odrl::HAS_POLICY, odrl::POLICY),
    (prov::QUALIFIED_ATTRIBUTION, prov::ATTRIBUTION),
    (prov::WAS_GENERATED_BY, prov::ACTIVITY),
    (spdx::ALGORITHM, spdx::CHECKSUM_ALGORITHM),
];

/// `rdfs:Resource`, which everything is; the shapes of DCAT-AP HVD 3.0.0 look for it all the same.
const RESOURCE: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#Resource");

/// Where the HVD shapes look for it: contact points are shared, and never know who uses them.
const RESOURCES: [NamedNodeRef<'static>; 2] = [vcard::HAS_EMAIL, vcard::HAS_URL];

/// Where they look for it in a description that names the regulation.
const HVD_RESOURCES: [NamedNodeRef<'static>; 3] = [
    dcat::ACCESS_URL,
    dcat::ENDPOINT_DESCRIPTION,
    dcat::ENDPOINT_URL,
];

/// What `triples` imply about IRIs that are neither subjects in them nor in the vocabularies, and how
/// these are called in `others`, the origin graph: sorted, each once.
#[must_use]
pub fn derive(triples: &[Triple], others: &[Triple], vocabularies: &Vocabularies) -> Vec<Triple> {
    derive_of(triples, others, &Subjects::of(triples), vocabularies)
}

/// The same, for whoever has `triples` by their subjects already.
#[must_use]
pub fn derive_of(
    triples: &[Triple],
    others: &[Triple],
    subjects: &Subjects<'_>,
    vocabularies: &Vocabularies,
) -> Vec<Triple> {
    let nobodys = |iri: &NamedNode| !subjects.contains(iri) && !vocabularies.contains(iri.as_str());
    let law = TermRef::from(HVD_LEGISLATION);
    let high_value = triples
        .iter()
        .any(|t| t.predicate == dcatap::APPLICABLE_LEGISLATION && t.object.as_ref() == law);
    let mut derived = BTreeSet::new();
    let mut state = |subject: &NamedNode, property: NamedNodeRef<'_>, object: TermRef<'_>| {
        derived.insert(Line(Triple::new(subject.clone(), property, object)));
    };
    for triple in triples {
        let Term::NamedNode(object) = &triple.object else {
            continue;
        };
        let property = triple.predicate.as_ref();
        let class = RANGES.iter().find(|(known, _)| *known == property);
        let is_resource =
            RESOURCES.contains(&property) || (high_value && HVD_RESOURCES.contains(&property));
        let of_record = recorded(subjects, triple);
        if (class.is_none() && !is_resource && of_record.is_none()) || !nobodys(object) {
            continue;
        }
        if let Some((_, class)) = class {
            state(object, rdf::TYPE, (*class).into());
        }
        if is_resource {
            state(object, rdf::TYPE, RESOURCE.into());
        }
        if let Some((topic, modified)) = of_record {
            state(object, rdf::TYPE, dcat::CATALOG_RECORD.into());
            state(object, foaf::PRIMARY_TOPIC, topic.into());
            state(object, dct::MODIFIED, modified.into());
        }
    }
    called::called(triples, others, nobodys, state);
    derived.into_iter().map(|Line(triple)| triple).collect()
}

/// Where `triple` is the dct:source of a catalogue record: what the source's own record is about, and
/// when that was modified. DCAT-AP wants both of every dcat:CatalogRecord, so that without a date
/// nothing is said.
fn recorded<'a>(
    subjects: &'a Subjects<'_>,
    triple: &'a Triple,
) -> Option<(NamedNodeRef<'a>, LiteralRef<'a>)> {
    if triple.predicate != dct::SOURCE {
        return None;
    }
    let of = |subject: NamedOrBlankNodeRef<'a>, property: NamedNodeRef<'static>| {
        subjects.objects(subject, property)
    };
    let record = triple.subject.as_ref();
    let is_record = of(record, rdf::TYPE).any(|class| class == dcat::CATALOG_RECORD.into());
    let topic = of(record, foaf::PRIMARY_TOPIC).find_map(|object| match object {
        TermRef::NamedNode(topic) => Some(topic),
        _ => None,
    });
    let topic = topic.filter(|_| is_record)?;
    let dates = |subject: NamedOrBlankNodeRef<'a>, property: NamedNodeRef<'static>| {
        let dates = of(subject, property).filter_map(|object| match object {
            TermRef::Literal(literal) => Some(literal),
            _ => None,
        });
        dates.min_by(|one, other| order::terms((*one).into(), (*other).into()))
    };
    // What the source says of its own record counts more than what that says of its topic.
    let document = of(record, prov::WAS_DERIVED_FROM).find_map(|object| match object {
        TermRef::BlankNode(node) => dates(node.into(), dct::MODIFIED),
        _ => None,
    });
    // What nobody says was changed since is as it was issued.
    let date = document
        .or_else(|| dates(topic.into(), dct::MODIFIED))
        .or_else(|| dates(topic.into(), dct::ISSUED))?;
    Some((topic, date))
}

/// What a document that stands alone must say of the concepts and schemes that `triples` point to:
/// their classes and labels, sorted, each once. `skos:inScheme` is left out, since a scheme would ask
/// for a description of its own.
#[must_use]
pub fn terms<'a>(
    triples: impl IntoIterator<Item = &'a Triple>,
    vocabularies: &Vocabularies,
) -> Vec<Triple> {
    let mut said = BTreeSet::new();
    let mut state = |subject: &NamedNode, property: NamedNodeRef<'_>, object: Term| {
        said.insert(Line(Triple::new(subject.clone(), property, object)));
    };
    let mut seen = HashSet::new();
    for triple in triples {
        let Term::NamedNode(object) = &triple.object else {
            continue;
        };
        // Classes are objects too, but never concepts.
        if !seen.insert(object.as_str()) {
            continue;
        }
        if let Some(concept) = vocabularies.concept(object.as_str()) {
            for class in &concept.types {
                state(object, rdf::TYPE, class.clone().into());
            }
            for label in &concept.labels {
                state(object, skos::PREF_LABEL, literal(label));
            }
        } else if let Some(scheme) = vocabularies.scheme(object.as_str()) {
            state(object, rdf::TYPE, skos::CONCEPT_SCHEME.into());
            for title in &scheme.titles {
                state(object, dct::TITLE, literal(title));
            }
        }
    }
    said.into_iter().map(|Line(triple)| triple).collect()
}

fn literal((language, text): &(String, String)) -> Term {
    language::tagged(text, language)
        .unwrap_or_else(|| Literal::new_simple_literal(text))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::xsd;
    use oxigraph::model::NamedOrBlankNode;

    const DATASET: &str = "https://e.org/dataset/p/d";
    const RECORD: &str = "https://e.org/record/p/d";
    const SOURCE: &str = "https://portal.example/datasets/d";

    fn node(iri: &str) -> NamedNode {
        NamedNode::new_unchecked(iri)
    }

    fn subject(iri: &str) -> NamedOrBlankNode {
        node(iri).into()
    }

    fn derived(triples: &[Triple]) -> Vec<String> {
        derive(triples, &[], Vocabularies::builtin())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn only_what_nobody_describes_is_given_a_class() {
        let licence = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0";
        let triples = [
            Triple::new(
                subject(DATASET),
                dct::CONFORMS_TO,
                node("https://x.example/spec"),
            ),
            Triple::new(subject(DATASET), dct::LICENSE, node(licence)),
            Triple::new(
                subject(DATASET),
                dct::LICENSE,
                node("https://x.example/licence"),
            ),
            Triple::new(
                subject(DATASET),
                dct::RIGHTS,
                node("https://x.example/licence"),
            ),
            Triple::new(subject(DATASET), dct::SPATIAL, node("https://e.org/here")),
            Triple::new(node("https://e.org/here"), rdf::TYPE, dct::LOCATION),
            Triple::new(
                subject(DATASET),
                dct::PUBLISHER,
                node("https://e.org/organization/p/o"),
            ),
        ];
        assert_eq!(
            derived(&triples),
            [
                format!(
                    "<https://x.example/licence> {} {}",
                    rdf::TYPE,
                    dct::LICENSE_DOCUMENT
                ),
                format!(
                    "<https://x.example/licence> {} {}",
                    rdf::TYPE,
                    dct::RIGHTS_STATEMENT
                ),
                format!("<https://x.example/spec> {} {}", rdf::TYPE, dct::STANDARD),
            ]
        );
    }

    #[test]
    fn the_sources_own_record_is_described_when_its_date_is_known() {
        let mut triples = vec![
            Triple::new(node(RECORD), rdf::TYPE, dcat::CATALOG_RECORD),
            Triple::new(node(RECORD), foaf::PRIMARY_TOPIC, node(DATASET)),
            Triple::new(node(RECORD), dct::SOURCE, node(SOURCE)),
            Triple::new(node(DATASET), dct::SOURCE, node("https://x.example/origin")),
        ];
        assert!(derived(&triples).is_empty());
        let early = Literal::new_typed_literal("2024-03-01", xsd::DATE);
        triples.push(Triple::new(node(DATASET), dct::ISSUED, early.clone()));
        assert!(derived(&triples).contains(&format!("<{SOURCE}> {} {early}", dct::MODIFIED)));
        let day = Literal::new_typed_literal("2024-03-05", xsd::DATE);
        triples.push(Triple::new(node(DATASET), dct::MODIFIED, day.clone()));
        assert_eq!(
            derived(&triples),
            [
                format!("<{SOURCE}> {} {day}", dct::MODIFIED),
                format!("<{SOURCE}> {} {}", rdf::TYPE, dcat::CATALOG_RECORD),
                format!("<{SOURCE}> {} <{DATASET}>", foaf::PRIMARY_TOPIC),
            ]
        );
    }

    #[test]
    fn addresses_of_high_value_datasets_are_resources() {
        let file = subject("https://e.org/distribution/p/1");
        let mut triples = vec![Triple::new(
            file,
            dcat::ACCESS_URL,
            node("https://p.example/1"),
        )];
        assert!(derived(&triples).is_empty());
        triples.push(Triple::new(
            subject(DATASET),
            dcatap::APPLICABLE_LEGISLATION,
            HVD_LEGISLATION,
        ));
        let expected = format!("<https://p.example/1> {} {RESOURCE}", rdf::TYPE);
        assert_eq!(derived(&triples), [expected]);
    }

    #[test]
    fn a_document_says_class_and_label_of_each_concept_once() {
        let csv = "http://publications.europa.eu/resource/authority/file-type/CSV";
        let scheme = "http://publications.europa.eu/resource/authority/data-theme";
        let triples = [
            Triple::new(subject(DATASET), dct::FORMAT, node(csv)),
            Triple::new(subject(RECORD), dct::FORMAT, node(csv)),
            Triple::new(subject(DATASET), dcat::THEME_TAXONOMY, node(scheme)),
        ];
        let said = terms(&triples, Vocabularies::builtin());
        let has = |s: &str, p: NamedNodeRef<'_>, o: &str| {
            said.iter().any(|t| {
                t.subject == subject(s) && t.predicate == p && t.object.to_string().contains(o)
            })
        };
        assert!(has(csv, rdf::TYPE, skos::CONCEPT.as_str()));
        assert!(has(csv, rdf::TYPE, dct::MEDIA_TYPE_OR_EXTENT.as_str()));
        assert!(has(csv, skos::PREF_LABEL, "CSV"));
        assert!(has(scheme, rdf::TYPE, skos::CONCEPT_SCHEME.as_str()));
        assert!(said.iter().all(|t| t.predicate != skos::IN_SCHEME));
        let mut once: Vec<String> = said.iter().map(ToString::to_string).collect();
        once.dedup();
        assert_eq!(once.len(), said.len());
    }
}
