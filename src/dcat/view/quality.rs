//! What was measured of something: its portal's scores and counts, as DQV.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Triple};

use super::Texts;
use super::read::{Index, Subject};
use crate::rdf::vocab::{dqv, skos};

/// The measurements of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QualityView {
    /// By metric.
    pub measurements: Vec<Measurement>,
}

/// A dqv:QualityMeasurement.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Measurement {
    /// The IRI of the metric.
    pub metric: String,
    /// What was measured, in the lexical form of its datatype.
    pub value: String,
}

impl QualityView {
    /// The measurements of everything that has some, by its IRI.
    #[must_use]
    pub fn every(triples: &[Triple]) -> BTreeMap<String, Self> {
        let index = Index::of(triples);
        let measured = index.subjects().filter_map(|subject| {
            let view = Self::read(subject);
            let name = subject.name().filter(|_| !view.measurements.is_empty())?;
            Some((name.to_owned(), view))
        });
        measured.collect()
    }

    /// The measurements of `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        Self::read(Index::of(triples).about(iri))
    }

    fn read(about: Subject<'_, '_>) -> Self {
        let mut measurements: Vec<Measurement> = about
            .nodes(dqv::HAS_QUALITY_MEASUREMENT)
            .into_iter()
            .filter_map(|one| {
                Some(Measurement {
                    metric: one.iri(dqv::IS_MEASUREMENT_OF)?,
                    value: one.value(dqv::VALUE)?,
                })
            })
            .collect();
        measurements.sort_unstable();
        measurements.dedup();
        Self { measurements }
    }

    /// The value of the metric whose IRI ends in `#name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.measurements
            .iter()
            .find(|one| one.name() == name)
            .map(|one| one.value.as_str())
    }
}

impl Measurement {
    /// The name of the metric: what follows the `#` of its IRI.
    #[must_use]
    pub fn name(&self) -> &str {
        self.metric
            .rsplit_once('#')
            .map_or(self.metric.as_str(), |(_, name)| name)
    }
}

/// A dqv:Metric.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetricView {
    /// Its IRI.
    pub iri: String,
    /// What it is called.
    pub names: Texts,
    /// What it measures.
    pub definitions: Texts,
    /// The datatype of its values.
    pub datatype: Option<String>,
}

impl MetricView {
    /// The metrics that `triples` describe.
    #[must_use]
    pub fn all(triples: &[Triple]) -> Vec<Self> {
        let index = Index::of(triples);
        let metrics = index.subjects().filter(|subject| subject.is_a(dqv::METRIC));
        metrics
            .map(|metric| Self {
                iri: metric.name().unwrap_or_default().to_owned(),
                names: metric.texts(skos::PREF_LABEL),
                definitions: metric.texts(skos::DEFINITION),
                datatype: metric.iri(dqv::EXPECTED_DATA_TYPE),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn measurements_are_read_with_their_metric() {
        let node = |path: &str| NamedNode::new_unchecked(format!("https://e.org/{path}"));
        let (dataset, one) = (node("d"), node("d#quality-score"));
        let triples = [
            Triple::new(dataset.clone(), dqv::HAS_QUALITY_MEASUREMENT, one.clone()),
            Triple::new(
                dataset.clone(),
                dqv::HAS_QUALITY_MEASUREMENT,
                node("d#quality-lost"),
            ),
            Triple::new(
                one.clone(),
                dqv::IS_MEASUREMENT_OF,
                node("vocabulary/metric#score"),
            ),
            Triple::new(one, dqv::VALUE, Literal::new_simple_literal("0.8")),
        ];
        let view = QualityView::of(&dataset, &triples);
        assert_eq!(view.measurements.len(), 1);
        assert_eq!(view.value("score"), Some("0.8"));
        assert_eq!(view.value("views"), None);
        let every = QualityView::every(&triples);
        assert_eq!(every.get("https://e.org/d"), Some(&view));
        assert_eq!(every.len(), 1);
    }
}
