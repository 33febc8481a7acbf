//! A record of any kind of portal keeps its IRI, and its distributions theirs, whatever else changes.

use std::collections::{BTreeMap, BTreeSet};

use moisson::demo::{SAMPLES, Sample, Shown};
use moisson::source;
use oxigraph::model::Term;

use crate::support::with_context;

/// A record as some version of the portal shows it.
struct Version {
    title: &'static str,
    page: &'static str,
    /// Whether its resources come in the order of their names.
    order: Order,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Kept,
    Reversed,
}

const BEFORE: Version = Version {
    title: "Relevés",
    page: "releves",
    order: Order::Kept,
};

const AFTER: Version = Version {
    title: "Relevés de pluie, 2024",
    page: "releves-de-pluie",
    order: Order::Reversed,
};

impl Version {
    /// Two records as the software of a sample portal sends them.
    fn bodies(&self, sample: &Sample) -> Vec<String> {
        let mut files = [1, 2];
        let mut keys = ["a", "b"];
        if self.order == Order::Reversed {
            files.reverse();
            keys.reverse();
        }
        let body = |key: &str| {
            (sample.record)(&Shown {
                key,
                title: &format!("{} {key}", self.title),
                slug: self.page,
                files: &files,
            })
        };
        keys.map(body).to_vec()
    }

    /// The IRI of each record with those of its distributions.
    fn iris(&self, sample: &Sample) -> BTreeMap<String, BTreeSet<String>> {
        let source = source::of(sample.kind.parse().unwrap());
        let mut found = BTreeMap::new();
        for body in self.bodies(sample) {
            for record in (source.split)(body.as_bytes(), None).unwrap().records {
                let described = with_context("https://portail.example/", None, |context| {
                    (source.describe)(record.collection, &record.payload, context).unwrap()
                });
                let graph = &described.parts[0].graph;
                let all = graph.triples().iter();
                let distributions = all
                    .filter(|triple| triple.predicate.as_str().ends_with("dcat#distribution"))
                    .filter(|triple| matches!(triple.object, Term::NamedNode(_)));
                let distributions = distributions.map(|triple| triple.object.to_string());
                found.insert(graph.iri().to_string(), distributions.collect());
            }
        }
        found
    }
}

#[test]
fn a_record_keeps_its_iri_and_its_distributions_theirs_when_title_page_and_order_change() {
    for sample in &SAMPLES {
        let before = BEFORE.iris(sample);
        assert_eq!(before.len(), 2, "{}", sample.kind);
        let of_one = before.values().map(BTreeSet::len);
        assert!(of_one.min() >= Some(2), "{}: {before:?}", sample.kind);
        assert_eq!(AFTER.iris(sample), before, "{}", sample.kind);
    }
}
