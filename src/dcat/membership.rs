//! The sets that a description puts its record into, and the names under which it is found.
//!
//! The ledger keeps them with each version, so that feeds and pages can filter without reading
//! descriptions by publisher, theme or HVD category and `/resolve` finds a record by its source's IRI.
//! What it recognises a record by ([`super::identity`]) and which records it refers to are among them.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, TermRef, Triple};

use super::HVD_LEGISLATION;
use super::date::read_date;
use super::derive::derive;
use super::endpoint::answers;
use super::identity::evidence;
use super::referring::{called, may_be_missing};
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{adms, dcat, dcatap, dct, duv, foaf, oa, org, prov, rdf, skos};
use crate::record::{Base, Kind, Reference, Set};
use crate::vocabulary::Vocabularies;

/// The records whose descriptions belong into the documents of those that point to them.
const USED: [Kind; 3] = [Kind::Organization, Kind::Contact, Kind::Service];

/// What leads from a record to those that it is about. Their descriptions do not belong into its
/// document: a topic may select hundreds.
const ABOUT: [NamedNodeRef<'static>; 10] = [
    dcat::DATASET,
    dcat::HAS_RESOURCE,
    dcat::IN_SERIES,
    dcat::SERIES_MEMBER,
    dcat::SERVES_DATASET,
    dcat::SERVICE,
    dct::HAS_PART,
    duv::REFERS_TO,
    oa::HAS_TARGET,
    prov::WAS_DERIVED_FROM,
];

/// The memberships of the record `iri`, by its description and what it says of others
/// ([`said_of_others`](super::said_of_others)): sorted, each once.
///
/// A landing page is no alias: many datasets share one.
#[must_use]
pub fn memberships(
    iri: &NamedNode,
    (triples, others): (&[Triple], &[Triple]),
    base: &Base,
    vocabularies: &Vocabularies,
) -> Vec<(Set, String)> {
    let mut sets = BTreeSet::new();
    let main = iri.as_ref();
    for publisher in iris(triples, main, dct::PUBLISHER) {
        sets.insert((Set::Publisher, publisher.to_owned()));
    }
    for theme in iris(triples, main, dcat::THEME) {
        sets.insert((Set::Theme, theme.to_owned()));
    }
    sets.extend(
        high_value(triples, main)
            .into_iter()
            .map(|category| (Set::Hvd, category)),
    );
    let kind_of_main = kind(base, main);
    if kind_of_main.is_some_and(is_dated) {
        let dates = dates(triples, main);
        sets.extend(dates.into_iter().map(|date| (Set::Dated, date)));
    }
    if kind_of_main == Some(Kind::Organization) && is_person(triples, main) {
        sets.insert((Set::Person, "true".to_owned()));
    }
    let aliases = aliases(triples, main);
    if kind_of_main.is_some_and(Kind::is_recognised) {
        let identifiers = texts(triples, main.into(), dct::IDENTIFIER);
        let pages = iris(triples, main, dcat::LANDING_PAGE);
        let names = std::iter::once(main.as_str()).chain(aliases.iter().map(String::as_str));
        sets.extend(evidence(names.chain(identifiers), pages));
    }
    if kind_of_main == Some(Kind::Service) {
        sets.extend(answers(triples, main, base));
    }
    let names = called(triples, iri, base).into_iter();
    sets.extend(names.map(|name| (Set::Called, name)));
    sets.extend(aliases.into_iter().map(|alias| (Set::Alias, alias)));
    for triple in triples {
        if let NamedOrBlankNodeRef::NamedNode(subject) = triple.subject.as_ref()
            && subject != main
        {
            sets.insert((Set::Subject, subject.as_str().to_owned()));
        }
        let TermRef::NamedNode(object) = triple.object.as_ref() else {
            continue;
        };
        if Reference::is_one(object.as_str())
            || (object != main && kind(base, object).is_some_and(may_be_missing))
        {
            sets.insert((Set::Refers, object.as_str().to_owned()));
        }
        if object == main || base.path(object.as_str()).is_none() {
            continue;
        }
        let said_of_main = triple.subject.as_ref() == main.into();
        // The catalogue record names the portal that a dataset came through.
        if (said_of_main && ABOUT.contains(&triple.predicate.as_ref()))
            || triple.predicate.as_ref() == prov::HAD_PRIMARY_SOURCE
        {
            sets.insert((Set::About, object.as_str().to_owned()));
        } else if is_used(base, object) {
            sets.insert((Set::Uses, object.as_str().to_owned()));
        }
    }
    // The parts of a record are no other records.
    let parts: Vec<String> = of_set(&sets, Set::Subject).map(str::to_owned).collect();
    for part in parts {
        sets.remove(&(Set::Refers, part));
    }
    let states = derive(triples, others, vocabularies);
    sets.extend(
        states
            .iter()
            .map(|triple| (Set::States, format!("{triple} ."))),
    );
    sets.into_iter().collect()
}

fn of_set(sets: &BTreeSet<(Set, String)>, wanted: Set) -> impl Iterator<Item = &str> {
    let sets = sets.iter().filter(move |(set, _)| *set == wanted);
    sets.map(|(_, value)| value.as_str())
}

/// Whether pages list records of a kind by their own dates.
fn is_dated(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Dataset | Kind::Series | Kind::Service | Kind::Reuse
    )
}

/// When it was changed last, and when it was issued unless that is later: whoever asks for the latest date
/// that is not in the future gets the first, or the second where the first is in the future or missing.
fn dates(triples: &[Triple], main: NamedNodeRef<'_>) -> Vec<String> {
    // Of several, pages show the smallest.
    let date = |property| {
        let smallest = texts(triples, main.into(), property).min()?;
        read_date(smallest).map(|date| date.value().to_owned())
    };
    let (modified, issued) = (date(dct::MODIFIED), date(dct::ISSUED));
    let issued =
        issued.filter(|issued| modified.as_ref().is_none_or(|modified| issued <= modified));
    modified.into_iter().chain(issued).collect()
}

/// Whether an agent is a person, and said to be no organization.
fn is_person(triples: &[Triple], main: NamedNodeRef<'_>) -> bool {
    let is =
        |class: NamedNodeRef<'_>| iris(triples, main, rdf::TYPE).any(|one| one == class.as_str());
    is(foaf::PERSON) && !is(foaf::ORGANIZATION) && !is(org::ORGANIZATION)
}

/// The HVD categories of a resource under the HVD legislation, `true` where it names none.
fn high_value(triples: &[Triple], main: NamedNodeRef<'_>) -> Vec<String> {
    if !iris(triples, main, dcatap::APPLICABLE_LEGISLATION)
        .any(|law| law == HVD_LEGISLATION.as_str())
    {
        return Vec::new();
    }
    let categories: Vec<String> = iris(triples, main, dcatap::HVD_CATEGORY)
        .map(str::to_owned)
        .collect();
    if categories.is_empty() {
        vec!["true".to_owned()]
    } else {
        categories
    }
}

/// What the source calls the record: identifiers that are IRIs, other identifiers' notations, the
/// source that the catalogue record names.
pub(super) fn aliases(triples: &[Triple], main: NamedNodeRef<'_>) -> Vec<String> {
    let mut aliases: Vec<String> = texts(triples, main.into(), dct::IDENTIFIER)
        .filter(|text| matches!(clean(text), Cleaned::Kept(_)))
        .map(str::to_owned)
        .collect();
    let record = dcat::CATALOG_RECORD.into();
    for triple in triples {
        let subject = triple.subject.as_ref();
        if subject == main.into() && triple.predicate == adms::IDENTIFIER {
            let node = match triple.object.as_ref() {
                TermRef::NamedNode(node) => node.into(),
                TermRef::BlankNode(node) => node.into(),
                TermRef::Literal(_) => continue,
            };
            aliases.extend(texts(triples, node, skos::NOTATION).map(str::to_owned));
        }
        if triple.predicate == rdf::TYPE && triple.object.as_ref() == record {
            let sources = objects(triples, subject, dct::SOURCE);
            aliases.extend(sources.filter_map(iri).map(str::to_owned));
        }
    }
    aliases
}

fn is_used(base: &Base, object: NamedNodeRef<'_>) -> bool {
    kind(base, object).is_some_and(|kind| USED.contains(&kind))
}

/// The kind of record that an IRI of ours is minted for; none of a distribution that is a part.
fn kind(base: &Base, iri: NamedNodeRef<'_>) -> Option<Kind> {
    let (segment, _) = base.path(iri.as_str())?.split_once('/')?;
    Kind::from_segment(segment).ok()
}

fn objects<'a>(
    triples: &'a [Triple],
    subject: NamedOrBlankNodeRef<'a>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = TermRef<'a>> {
    triples
        .iter()
        .filter(move |t| t.subject.as_ref() == subject && t.predicate == property)
        .map(|t| t.object.as_ref())
}

fn iri(term: TermRef<'_>) -> Option<&str> {
    match term {
        TermRef::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn iris<'a>(
    triples: &'a [Triple],
    subject: NamedNodeRef<'a>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = &'a str> {
    objects(triples, subject.into(), property).filter_map(iri)
}

pub(super) fn texts<'a>(
    triples: &'a [Triple],
    subject: NamedOrBlankNodeRef<'a>,
    property: NamedNodeRef<'static>,
) -> impl Iterator<Item = &'a str> {
    objects(triples, subject, property).filter_map(|term| match term {
        TermRef::Literal(literal) => Some(literal.value()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::foaf;
    use oxigraph::model::{BlankNode, Literal};

    fn node(iri: &str) -> NamedNode {
        NamedNode::new_unchecked(iri)
    }

    fn of(triples: &[Triple]) -> Vec<(Set, String)> {
        let base = Base::new("https://e.org/").unwrap();
        memberships(
            &node("https://e.org/dataset/p/d"),
            (triples, &[]),
            &base,
            Vocabularies::builtin(),
        )
    }

    fn main(property: NamedNodeRef<'_>, object: &str) -> Triple {
        Triple::new(node("https://e.org/dataset/p/d"), property, node(object))
    }

    fn values(sets: &[(Set, String)], wanted: Set) -> Vec<&str> {
        sets.iter()
            .filter(|(set, _)| *set == wanted)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    #[test]
    fn a_dataset_is_found_by_the_names_its_source_gives_it_but_not_by_its_landing_page() {
        let (dataset, record) = (
            node("https://e.org/dataset/p/d"),
            node("https://e.org/record/p/d"),
        );
        let other = BlankNode::new_unchecked("b");
        let sets = of(&[
            Triple::new(
                dataset.clone(),
                dct::IDENTIFIER,
                Literal::new_simple_literal("https://p.fr/d"),
            ),
            Triple::new(
                dataset.clone(),
                dct::IDENTIFIER,
                Literal::new_simple_literal("5369"),
            ),
            Triple::new(dataset.clone(), adms::IDENTIFIER, other.clone()),
            Triple::new(
                other,
                skos::NOTATION,
                Literal::new_simple_literal("10.5072/x"),
            ),
            main(dcat::LANDING_PAGE, "https://p.fr/page"),
            Triple::new(record.clone(), rdf::TYPE, dcat::CATALOG_RECORD),
            Triple::new(record.clone(), foaf::PRIMARY_TOPIC, dataset),
            Triple::new(record, dct::SOURCE, node("https://p.fr/source")),
        ]);
        assert_eq!(
            values(&sets, Set::Alias),
            ["10.5072/x", "https://p.fr/d", "https://p.fr/source"]
        );
        assert_eq!(values(&sets, Set::Subject), ["https://e.org/record/p/d"]);
        assert_eq!(values(&sets, Set::States).len(), 1);
        assert!(values(&sets, Set::States)[0].ends_with(" ."));
    }

    fn dated(modified: &str, issued: &str) -> Vec<String> {
        let date = |property, value: &str| {
            let literal = Literal::new_simple_literal(value);
            Triple::new(node("https://e.org/dataset/p/d"), property, literal)
        };
        let sets = of(&[date(dct::MODIFIED, modified), date(dct::ISSUED, issued)]);
        let dates = values(&sets, Set::Dated).into_iter();
        dates.map(str::to_owned).collect()
    }

    #[test]
    fn dates_sort_as_text_and_the_date_of_issue_stands_in() {
        assert_eq!(
            dated("2024-03-05T01:00:00+02:00", "2020"),
            ["2020", "2024-03-04T23:00:00Z"]
        );
        assert_eq!(dated("2024-03-05", "2025-01-01"), ["2024-03-05"]);
        assert_eq!(dated("soon", "2025-01-01"), ["2025-01-01"]);
    }

    #[test]
    fn a_person_is_no_organization() {
        let base = Base::new("https://e.org/").unwrap();
        let person = |iri: &str, classes: &[NamedNodeRef<'static>]| {
            let triples: Vec<Triple> = classes
                .iter()
                .map(|class| Triple::new(node(iri), rdf::TYPE, class.into_owned()))
                .collect();
            let sets = memberships(&node(iri), (&triples, &[]), &base, Vocabularies::builtin());
            values(&sets, Set::Person).len()
        };
        let iri = "https://e.org/organization/p/a";
        assert_eq!(person(iri, &[foaf::AGENT, foaf::PERSON]), 1);
        assert_eq!(person(iri, &[foaf::PERSON, foaf::ORGANIZATION]), 0);
        assert_eq!(person(iri, &[foaf::AGENT]), 0);
        assert_eq!(person("https://e.org/contact/p/a", &[foaf::PERSON]), 0);
    }

    #[test]
    fn high_value_needs_the_legislation() {
        let category = "http://data.europa.eu/bna/c_ac64a52d";
        assert!(values(&of(&[main(dcatap::HVD_CATEGORY, category)]), Set::Hvd).is_empty());
        let law = main(dcatap::APPLICABLE_LEGISLATION, HVD_LEGISLATION.as_str());
        assert_eq!(values(&of(std::slice::from_ref(&law)), Set::Hvd), ["true"]);
        assert_eq!(
            values(&of(&[law, main(dcatap::HVD_CATEGORY, category)]), Set::Hvd),
            [category]
        );
    }

    #[test]
    fn documents_use_agents_contacts_and_services_wherever_they_are_named() {
        let sets = of(&[
            main(dct::PUBLISHER, "https://e.org/organization/p/o"),
            main(dct::CREATOR, "https://e.org/organization/p/o"),
            main(dct::RELATION, "https://e.org/dataset/p/other"),
            main(dct::RELATION, "https://elsewhere.org/contact/p/c"),
            Triple::new(
                node("https://e.org/distribution/p/1"),
                dcat::ACCESS_SERVICE,
                node("https://e.org/service/p/s"),
            ),
        ]);
        assert_eq!(
            values(&sets, Set::Uses),
            [
                "https://e.org/organization/p/o",
                "https://e.org/service/p/s"
            ]
        );
        assert_eq!(
            values(&sets, Set::Publisher),
            ["https://e.org/organization/p/o"]
        );
        assert!(sets.is_sorted());
    }
}
