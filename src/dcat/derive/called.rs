//! How things are called that a description points to and no record owns: concepts, standards, licences,
//! documents, agents of public lists. Their classes and labels, as the source states them.
//!
//! The shapes of DCAT-AP want a label of every theme and a class of every standard, and a reader wants to
//! know what an address stands for. What else a source says of such things stays in the origin graph: to
//! name is not to describe. Of what others publish as a dataset, a distribution, a service or a catalogue
//! nothing at all is repeated.

use std::collections::{HashSet, VecDeque};

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};

use crate::rdf::lines::parse;
use crate::rdf::subjects::Subjects;
use crate::rdf::vocab::{dct, foaf, rdf, rdfs, schema, skos, vcard};
use crate::record::Base;

/// What says how a thing is called, whatever it is.
const LABELS: [NamedNodeRef<'static>; 4] = [
    rdfs::LABEL,
    skos::ALT_LABEL,
    skos::NOTATION,
    skos::PREF_LABEL,
];

/// What says it of a thing whose class is stated: of any other it may be the title of a dataset.
const TITLES: [NamedNodeRef<'static>; 4] = [dct::TITLE, foaf::NAME, schema::NAME, vcard::FN];

/// What leads from a thing to the code list that it is of, and to its kind.
const LINKS: [NamedNodeRef<'static>; 2] = [dct::TYPE, skos::IN_SCHEME];

/// A longer text is no name, in bytes.
const LONGEST: usize = 2_000;

/// The names of classes whose instances are records, here or elsewhere, in whichever vocabulary.
const RECORDS: [&str; 10] = [
    "Asset",
    "AssetDistribution",
    "Catalog",
    "CatalogRecord",
    "DataCatalog",
    "DataDownload",
    "DataService",
    "Dataset",
    "DatasetSeries",
    "Distribution",
];

/// What an origin graph, as canonical N-Triples, says of what is not ours, without blank nodes.
#[must_use]
pub fn said_of_others(origin: &str, base: &Base) -> Vec<Triple> {
    let own = format!("<{base}");
    let of_others = |line: &&str| line.starts_with('<') && !line.starts_with(&own);
    let lines: Vec<&str> = origin.lines().filter(of_others).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    // The ledger's own text: what cannot be read is found damaged where it is shown.
    let mut triples = parse(&lines.join("\n")).unwrap_or_default();
    triples.retain(|triple| !triple.object.is_blank_node());
    triples
}

/// Tells `state` what is said in `others` of the things that `triples` point to, and of those that these
/// are kinds and members of; of each of them, `nobodys` says whether it is nobody's.
pub(super) fn called(
    triples: &[Triple],
    others: &[Triple],
    nobodys: impl Fn(&NamedNode) -> bool,
    mut state: impl FnMut(&NamedNode, NamedNodeRef<'_>, TermRef<'_>),
) {
    if others.is_empty() {
        return;
    }
    let said = Subjects::of(others);
    let pointed = triples
        .iter()
        .filter(|triple| triple.predicate != rdf::TYPE)
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(node) => Some(node),
            _ => None,
        });
    let mut open: VecDeque<&NamedNode> = pointed.collect();
    let mut seen: HashSet<&NamedNode> = HashSet::new();
    while let Some(thing) = open.pop_front() {
        if !seen.insert(thing) || !nobodys(thing) {
            continue;
        }
        let about = said.about(NamedOrBlankNodeRef::from(thing));
        let classes = || about.iter().filter(|triple| triple.predicate == rdf::TYPE);
        if classes().any(|triple| is_record(&triple.object)) {
            continue;
        }
        let is_classed = classes().next().is_some();
        for triple in about {
            let property = triple.predicate.as_ref();
            let fits = match &triple.object {
                Term::NamedNode(class) if property == rdf::TYPE => {
                    // The shapes ask for a label of each.
                    *class != skos::CONCEPT
                        || about.iter().any(|said| said.predicate == skos::PREF_LABEL)
                }
                Term::NamedNode(other) => {
                    let is_described = said.contains(other) || !nobodys(other);
                    is_described && LINKS.contains(&property)
                }
                Term::Literal(text) => {
                    let is_name =
                        LABELS.contains(&property) || (is_classed && TITLES.contains(&property));
                    is_name && text.value().len() <= LONGEST && !text.value().trim().is_empty()
                }
                Term::BlankNode(_) => false,
            };
            if !fits {
                continue;
            }
            state(thing, property, triple.object.as_ref());
            if let Term::NamedNode(next) = &triple.object
                && property != rdf::TYPE
            {
                open.push_back(next);
            }
        }
    }
}

/// Whether a class is one of records.
fn is_record(class: &Term) -> bool {
    let Term::NamedNode(class) = class else {
        return false;
    };
    let name = class.as_str().rsplit(['#', '/']).next();
    name.is_some_and(|name| RECORDS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::super::derive;
    use super::*;
    use crate::rdf::vocab::{dcat, org};
    use crate::vocabulary::Vocabularies;
    use oxigraph::model::Literal;

    const DATASET: &str = "https://e.org/dataset/p/d";

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(name)
    }

    fn text(value: &str) -> Literal {
        Literal::new_simple_literal(value)
    }

    /// What is stated of a thing that a dataset points to.
    fn stated(property: NamedNodeRef<'_>, said: &[Triple]) -> Vec<String> {
        let triples = [Triple::new(
            node(DATASET),
            property,
            node("https://x.example/thing"),
        )];
        let all = derive(&triples, said, Vocabularies::builtin());
        all.iter().map(ToString::to_string).collect()
    }

    fn thing(property: NamedNodeRef<'_>, object: impl Into<Term>) -> Triple {
        Triple::new(node("https://x.example/thing"), property, object)
    }

    #[test]
    fn a_concept_is_called_as_the_source_says_with_the_list_that_it_is_of() {
        let scheme = node("https://x.example/list");
        let found = stated(
            dcat::THEME,
            &[
                thing(rdf::TYPE, skos::CONCEPT),
                thing(skos::PREF_LABEL, text("Roads")),
                thing(skos::IN_SCHEME, scheme.clone()),
                thing(dct::DESCRIPTION, text("at length")),
                Triple::new(scheme.clone(), rdf::TYPE, skos::CONCEPT_SCHEME),
                Triple::new(scheme, dct::TITLE, text("Themes")),
                Triple::new(
                    node("https://x.example/other"),
                    skos::PREF_LABEL,
                    text("no"),
                ),
            ],
        )
        .join("\n");
        for word in ["Roads", "Themes", "ConceptScheme", "inScheme"] {
            assert!(found.contains(word), "{word}: {found}");
        }
        assert_eq!(found.lines().count(), 5, "{found}");
    }

    #[test]
    fn nothing_is_repeated_of_what_others_publish() {
        for class in [
            dcat::DATASET_CLASS,
            dcat::DISTRIBUTION_CLASS,
            dcat::DATA_SERVICE,
            dcat::CATALOG_CLASS,
            dcat::CATALOG_RECORD,
        ] {
            let said = [
                thing(rdf::TYPE, class),
                thing(rdfs::LABEL, text("no")),
                thing(dct::TITLE, text("no")),
            ];
            assert_eq!(stated(dct::RELATION, &said), [""; 0], "{class}");
        }
        // Without a class, a title may be that of somebody's dataset; a label is none.
        let said = [
            thing(dct::TITLE, text("no")),
            thing(dct::LICENSE, node("https://x.example/mine")),
            thing(rdfs::LABEL, text("legal basis")),
        ];
        let found = stated(dct::RELATION, &said);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("legal basis"));
    }

    #[test]
    fn what_is_said_of_others_is_read_without_what_is_ours() {
        let base = Base::new("https://e.org/").unwrap();
        let of = |triple: &Triple| format!("{triple} .\n");
        let kept = thing(rdf::TYPE, org::ORGANIZATION);
        let origin = [
            of(&Triple::new(node(DATASET), dct::FORMAT, text("csv"))),
            of(&kept),
            "<https://x.example/thing> <http://www.w3.org/ns/locn#address> _:c14n0 .\n".to_owned(),
            "_:c14n0 <http://www.w3.org/ns/locn#postName> \"Lyon\" .\n".to_owned(),
        ];
        assert_eq!(said_of_others(&origin.concat(), &base), [kept]);
    }
}
