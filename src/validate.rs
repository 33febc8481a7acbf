//! Checks a description against DCAT-AP 3.0.1, and DCAT-AP HVD 3.0.0 where it names the regulation.
//!
//! Mandatory properties, numbers of values, kinds of terms, datatypes, classes and code lists come
//! from one table (`vocabularies/profile/dcat-ap.csv`); where the specification and its SHACL shapes
//! differ, the table has the stricter of the two, since aggregators run the shapes. Only what the
//! record describes is checked, and nothing is repaired here.

mod profile;

use std::cell::OnceCell;

use foldhash::{HashMap, HashMapExt as _, HashSet};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef, Triple};

use crate::dcat::{HVD_LEGISLATION, Owners, RecordGraph, derive_of};
use crate::finding::{Code, Finding};
use crate::rdf::subjects::Subjects;
use crate::rdf::vocab::{curie, dcat, dcatap, dct, foaf, org, rdf, skos, vcard};
use crate::vocabulary::Vocabularies;
use profile::{Kind, Profile, Rule};

/// Classes that instances of these are checked as.
const SUBCLASSES: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 5] = [
    (foaf::ORGANIZATION, foaf::AGENT),
    (foaf::PERSON, foaf::AGENT),
    (org::ORGANIZATION, foaf::AGENT),
    (vcard::INDIVIDUAL, vcard::KIND),
    (vcard::ORGANIZATION, vcard::KIND),
];

/// What has a record of its own: its class is stated there.
const ELSEWHERE: [NamedNodeRef<'static>; 7] = [
    dcat::CATALOG_CLASS,
    dcat::DATASET_CLASS,
    dcat::DATASET_SERIES,
    dcat::DATA_SERVICE,
    dcat::DISTRIBUTION_CLASS,
    foaf::AGENT,
    vcard::KIND,
];

/// What the ledger adds when a description is served: it is not missing before.
const LATER: [(NamedNodeRef<'static>, NamedNodeRef<'static>); 1] =
    [(dcat::CATALOG_RECORD, dct::MODIFIED)];

/// The address that IANA's media types begin with, of which the vocabularies hold a part.
const IANA: &str = "www.iana.org/assignments/media-types/";

/// Everything in `graph` that breaks a rule, by subject and property.
#[must_use]
pub fn validate(graph: &RecordGraph, vocabularies: &Vocabularies) -> Vec<Finding> {
    let subjects = Subjects::of(graph.triples());
    let derived = derive_of(graph.triples(), graph.origin(), &subjects, vocabularies);
    let check = Check::new(graph, subjects, &derived, vocabularies);
    let mut odd: Vec<(NamedOrBlankNodeRef<'_>, Vec<Finding>)> = check
        .about
        .iter()
        .map(|(subject, triples)| (subject, check.subject(subject, triples)))
        .filter(|(_, findings)| !findings.is_empty())
        .collect();
    // The main resource first, then by name, so that a report does not change from run to run.
    let main = NamedOrBlankNodeRef::from(graph.iri());
    odd.sort_by_cached_key(|(subject, _)| {
        (
            *subject != main,
            check.owners().field(*subject, rdf::TYPE),
            subject.to_string(),
        )
    });
    odd.into_iter().flat_map(|(_, findings)| findings).collect()
}

struct Check<'a> {
    vocabularies: &'a Vocabularies,
    graph: &'a RecordGraph,
    /// Asked for by findings only.
    owners: OnceCell<Owners>,
    about: Subjects<'a>,
    /// Classes stated in the graph and derived from it.
    classes: HashMap<NamedOrBlankNodeRef<'a>, Vec<NamedNodeRef<'a>>>,
    high_value: HashSet<NamedOrBlankNodeRef<'a>>,
}

impl<'a> Check<'a> {
    fn new(
        graph: &'a RecordGraph,
        about: Subjects<'a>,
        derived: &'a [Triple],
        vocabularies: &'a Vocabularies,
    ) -> Self {
        let typed = graph
            .triples()
            .iter()
            .chain(derived)
            .filter(|t| t.predicate == rdf::TYPE);
        let mut classes: HashMap<_, Vec<NamedNodeRef<'a>>> = HashMap::new();
        for triple in typed {
            if let Term::NamedNode(class) = &triple.object {
                let stated = classes.entry(triple.subject.as_ref()).or_default();
                stated.push(class.as_ref());
            }
        }
        Self {
            vocabularies,
            graph,
            owners: OnceCell::new(),
            classes,
            high_value: high_value(graph.triples()),
            about,
        }
    }

    fn owners(&self) -> &Owners {
        let of_graph = || Owners::of(self.graph.iri(), self.graph.triples());
        self.owners.get_or_init(of_graph)
    }

    /// What is wrong with what is said of `subject`.
    fn subject(&self, subject: NamedOrBlankNodeRef<'a>, triples: &[&'a Triple]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for rule in self.rules(subject) {
            self.property(subject, triples, rule, &mut findings);
        }
        findings
    }

    /// The rules that the classes of `subject` bring, in the order of the table.
    fn rules(&self, subject: NamedOrBlankNodeRef<'a>) -> Vec<&'static Rule> {
        let stated = self.classes.get(&subject).map_or(&[][..], Vec::as_slice);
        let above = SUBCLASSES
            .iter()
            .filter(|(below, _)| stated.contains(below))
            .map(|(_, above)| *above);
        let mut numbers: Vec<usize> = stated
            .iter()
            .copied()
            .chain(above)
            .flat_map(|class| profile::of_class(class))
            .copied()
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let is_high_value = self.high_value.contains(&subject);
        let rules = numbers.into_iter().filter_map(|n| profile::rules().get(n));
        rules
            .filter(|rule| rule.profile == Profile::Core || is_high_value)
            .collect()
    }

    fn property(
        &self,
        subject: NamedOrBlankNodeRef<'a>,
        triples: &[&'a Triple],
        rule: &Rule,
        findings: &mut Vec<Finding>,
    ) {
        let property = rule.property.as_ref();
        let values = || {
            let said = triples.iter().filter(move |t| t.predicate == property);
            said.map(|t| t.object.as_ref())
        };
        let number = values().count();
        let mut find = |code, message: &str, value: &str| {
            findings.push(Finding::new(
                code,
                self.owners().field(subject, property),
                message,
                value,
            ));
        };
        if number < rule.min && !LATER.contains(&(rule.class.as_ref(), property)) {
            let message = match rule.profile {
                Profile::Core => "missing: DCAT-AP asks for it",
                Profile::HighValue => "missing: DCAT-AP HVD asks for it",
            };
            find(Code::MissingProperty, message, "");
        }
        if let Some(max) = rule.max
            && number > max
        {
            let all: Vec<String> = values().map(text).collect();
            let message = format!("{number} values where DCAT-AP allows {max}");
            find(Code::TooManyValues, &message, &all.join(" | "));
        }
        for value in values() {
            if let Some((code, message)) = self.value(rule, value) {
                find(code, &message, &text(value));
            }
        }
    }

    /// What is wrong with a value, if anything is.
    fn value(&self, rule: &Rule, value: TermRef<'a>) -> Option<(Code, String)> {
        let wrong = |message: String| Some((Code::WrongRange, message));
        let node = match (rule.kind, value) {
            (Kind::Literal, TermRef::Literal(literal)) => {
                let fits = rule.range.is_empty()
                    || rule.range.iter().any(|range| *range == literal.datatype());
                return if fits {
                    None
                } else {
                    wrong(format!("must be {}", names(rule)))
                };
            }
            (Kind::Literal, _) => return wrong("must be a literal".to_owned()),
            (Kind::Iri, TermRef::BlankNode(_) | TermRef::Literal(_)) => {
                return wrong("must be an IRI".to_owned());
            }
            (Kind::Resource, TermRef::Literal(_)) => {
                return wrong("must be an IRI or a node, is a text".to_owned());
            }
            (_, TermRef::NamedNode(node)) => NamedOrBlankNodeRef::from(node),
            (_, TermRef::BlankNode(node)) => node.into(),
        };
        if !rule
            .range
            .iter()
            .all(|class| self.has_class(node, class.as_ref()))
        {
            return wrong(format!("must be {}", names(rule)));
        }
        let outside = match (&rule.vocabulary, node) {
            (Some(scheme), NamedOrBlankNodeRef::NamedNode(iri)) => {
                !self.is_in(iri.as_str(), scheme)
            }
            _ => false,
        };
        let is_format = rule.property == dct::FORMAT || rule.property == dcat::MEDIA_TYPE;
        let code = if is_format {
            Code::FormatUnknown
        } else {
            Code::ValueUnknown
        };
        outside.then(|| (code, "not in the vocabulary that DCAT-AP names".to_owned()))
    }

    /// Whether the range shapes find `class` on `node`, here or in a record of its own.
    fn has_class(&self, node: NamedOrBlankNodeRef<'a>, class: NamedNodeRef<'_>) -> bool {
        if self
            .classes
            .get(&node)
            .is_some_and(|stated| stated.contains(&class))
        {
            return true;
        }
        let NamedOrBlankNodeRef::NamedNode(iri) = node else {
            return false;
        };
        if let Some(concept) = self.vocabularies.concept(iri.as_str()) {
            return concept.types.iter().any(|known| *known == class);
        }
        if self.vocabularies.scheme(iri.as_str()).is_some() {
            return class == skos::CONCEPT_SCHEME;
        }
        !self.about.contains(node) && ELSEWHERE.contains(&class)
    }

    fn is_in(&self, iri: &str, scheme: &str) -> bool {
        let address = iri.split_once("://").map_or(iri, |(_, address)| address);
        self.vocabularies
            .concept(iri)
            .is_some_and(|concept| concept.scheme.as_str() == scheme)
            || (scheme.contains("www.iana.org") && address.starts_with(IANA))
    }
}

/// What the HVD rules apply to: resources that name the regulation, and their distributions.
fn high_value(triples: &[Triple]) -> HashSet<NamedOrBlankNodeRef<'_>> {
    let law = TermRef::from(HVD_LEGISLATION);
    let mut found: HashSet<_> = triples
        .iter()
        .filter(|t| t.predicate == dcatap::APPLICABLE_LEGISLATION && t.object.as_ref() == law)
        .map(|t| t.subject.as_ref())
        .collect();
    let files: Vec<NamedOrBlankNodeRef<'_>> = triples
        .iter()
        .filter(|t| t.predicate == dcat::DISTRIBUTION && found.contains(&t.subject.as_ref()))
        .filter_map(|t| match t.object.as_ref() {
            TermRef::NamedNode(node) => Some(node.into()),
            TermRef::BlankNode(node) => Some(node.into()),
            TermRef::Literal(_) => None,
        })
        .collect();
    found.extend(files);
    found
}

fn names(rule: &Rule) -> String {
    let names: Vec<String> = rule
        .range
        .iter()
        .map(|range| curie(range.as_ref()))
        .collect();
    names.join(" or ")
}

fn text(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => node.as_str().to_owned(),
        TermRef::BlankNode(_) => String::new(),
        TermRef::Literal(literal) => literal.value().to_owned(),
    }
}

#[cfg(test)]
mod tests;
