//! What is measured of a record (DQV, <https://www.w3.org/TR/vocab-dqv/>): scores that portals give,
//! what their link checkers found, how often something is seen and used.
//!
//! Measurements change without the record changing, so they are no part of its description: they stand
//! in the graph `<base>graph/quality`. The metrics themselves have an IRI under
//! `<base>vocabulary/metric#`, the same for every source, and are part of the default graph. Dimensions
//! are those of the EU's metadata quality assessment, and two of our own.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Triple};

use super::describe::Describe;
use crate::rdf::vocab::{dqv, rdf, skos, xsd};
use crate::record::Base;

/// What a value of a metric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Yes or no.
    Truth,
    /// A number of things.
    Count,
    /// A part of one.
    Share,
    /// A moment.
    Moment,
}

impl Scale {
    /// The datatype of the values.
    #[must_use]
    pub fn datatype(self) -> NamedNodeRef<'static> {
        match self {
            Self::Truth => xsd::BOOLEAN,
            Self::Count => xsd::NON_NEGATIVE_INTEGER,
            Self::Share => xsd::DECIMAL,
            Self::Moment => xsd::DATE_TIME,
        }
    }
}

/// What a metric is a measure of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Findability,
    Accessibility,
    Interoperability,
    Reusability,
    Contextuality,
    Overall,
    Usage,
}

impl Dimension {
    /// Our own, with their labels in French and English.
    const OWN: [(Self, &'static str, &'static str); 2] = [
        (Self::Overall, "Ensemble", "Overall"),
        (Self::Usage, "Usage", "Usage"),
    ];

    fn iri(self, base: &Base) -> NamedNode {
        let named =
            |name: &str| NamedNode::new_unchecked(format!("https://piveau.eu/ns/voc#{name}"));
        match self {
            Self::Findability => named("findability"),
            Self::Accessibility => named("accessibility"),
            Self::Interoperability => named("interoperability"),
            Self::Reusability => named("reusability"),
            Self::Contextuality => named("contextuality"),
            Self::Overall => base.iri("vocabulary/dimension#overall"),
            Self::Usage => base.iri("vocabulary/dimension#usage"),
        }
    }
}

/// Something that is measured of records, whatever portal they come from.
#[derive(Debug)]
pub struct Metric {
    /// Its name: the fragment of its IRI, and of its measurements' IRIs after `quality-`.
    pub name: &'static str,
    /// What its values are.
    pub scale: Scale,
    dimension: Dimension,
    french: &'static str,
    english: &'static str,
    definition: &'static str,
}

impl Metric {
    /// The metric of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        METRICS.iter().find(|metric| metric.name == name)
    }

    /// Its IRI.
    #[must_use]
    pub fn iri(&self, base: &Base) -> NamedNode {
        base.iri(&["vocabulary/metric#", self.name].concat())
    }
}

macro_rules! metrics {
    ($($name:literal $scale:ident $dimension:ident $french:literal $english:literal $definition:literal)*) => {
        /// Every metric, those of datasets first.
        pub const METRICS: &[Metric] = &[$(Metric {
            name: $name,
            scale: Scale::$scale,
            dimension: Dimension::$dimension,
            french: $french,
            english: $english,
            definition: $definition,
        }),*];
    };
}

metrics! {
    "score" Share Overall
        "Score de qualité" "Quality score"
        "The portal's own score of the description, from 0 to 1."
    "licence-stated" Truth Reusability
        "Licence indiquée" "Licence stated"
        "A licence is stated."
    "temporal-coverage-stated" Truth Findability
        "Couverture temporelle indiquée" "Temporal coverage stated"
        "The time that the data are about is stated."
    "spatial-coverage-stated" Truth Findability
        "Couverture spatiale indiquée" "Spatial coverage stated"
        "The places that the data are about are stated."
    "frequency-stated" Truth Contextuality
        "Fréquence indiquée" "Frequency stated"
        "How often the data are updated is stated."
    "updated-in-time" Truth Contextuality
        "Mise à jour à temps" "Updated in time"
        "The last update is not older than the stated frequency allows."
    "description-sufficient" Truth Findability
        "Description suffisante" "Sufficient description"
        "The description is long enough for the portal."
    "resources-present" Truth Accessibility
        "Ressources présentes" "Resources present"
        "There is at least one file or link."
    "resources-available" Truth Accessibility
        "Ressources disponibles" "Resources available"
        "Every file answers where it is said to be."
    "open-format-present" Truth Interoperability
        "Format ouvert présent" "Open format present"
        "At least one file is in an open format."
    "resources-documented" Truth Reusability
        "Ressources documentées" "Resources documented"
        "The files are documented."
    "views" Count Usage
        "Consultations" "Views"
        "How often its page was seen, or the file was asked for."
    "downloads" Count Usage
        "Téléchargements" "Downloads"
        "How often its files were downloaded."
    "reuses" Count Usage
        "Réutilisations" "Reuses"
        "How many reuses are declared."
    "followers" Count Usage
        "Abonnés" "Followers"
        "How many users follow it."
    "discussions" Count Usage
        "Discussions" "Discussions"
        "How many discussions there are about it."
    "open-discussions" Count Usage
        "Discussions ouvertes" "Open discussions"
        "How many discussions about it are not closed."
    "dataservices" Count Usage
        "Services de données" "Data services"
        "How many data services serve it, or are published."
    "datasets" Count Usage
        "Jeux de données" "Datasets"
        "How many datasets are published, or are used."
    "members" Count Usage
        "Membres" "Members"
        "How many users of the portal act for the organization."
    "available" Truth Accessibility
        "Disponible" "Available"
        "The file answered when the portal last asked for it."
    "http-status" Count Accessibility
        "Statut HTTP" "HTTP status"
        "The status with which the address answered the portal."
    "checked-at" Moment Accessibility
        "Vérifié le" "Checked at"
        "When the portal last asked for the file."
    "schema-valid" Truth Interoperability
        "Conforme au schéma" "Valid for its schema"
        "The file is valid for the schema that it follows."
    "schema-errors" Count Interoperability
        "Erreurs de schéma" "Schema errors"
        "How many errors the validation of the file found."
}

/// The metrics and our own dimensions as RDF, for the default graph.
#[must_use]
pub fn metrics(base: &Base) -> Vec<Triple> {
    let text =
        |text: &str, language: &str| Literal::new_language_tagged_literal_unchecked(text, language);
    let mut triples = Vec::new();
    let mut labelled = |iri: &NamedNode, class: NamedNodeRef<'_>, french: &str, english: &str| {
        triples.push(Triple::new(iri.clone(), rdf::TYPE, class));
        triples.push(Triple::new(
            iri.clone(),
            skos::PREF_LABEL,
            text(french, "fr"),
        ));
        triples.push(Triple::new(
            iri.clone(),
            skos::PREF_LABEL,
            text(english, "en"),
        ));
    };
    for (dimension, french, english) in Dimension::OWN {
        labelled(&dimension.iri(base), dqv::DIMENSION, french, english);
    }
    for metric in METRICS {
        labelled(
            &metric.iri(base),
            dqv::METRIC,
            metric.french,
            metric.english,
        );
    }
    for metric in METRICS {
        let iri = metric.iri(base);
        let dimension = metric.dimension.iri(base);
        let definition = text(metric.definition, "en");
        triples.push(Triple::new(iri.clone(), skos::DEFINITION, definition));
        triples.push(Triple::new(iri.clone(), dqv::IN_DIMENSION, dimension));
        let datatype = metric.scale.datatype();
        triples.push(Triple::new(iri, dqv::EXPECTED_DATA_TYPE, datatype));
    }
    triples
}

impl Describe<'_> {
    /// Writes a measurement of the subject into the quality graph. A subject without IRI has none.
    pub fn measure(&mut self, metric: &Metric, value: &str, base: &Base) -> &mut Self {
        let NamedOrBlankNode::NamedNode(subject) = self.subject().clone() else {
            return self;
        };
        let name = [subject.as_str(), "#quality-", metric.name].concat();
        let measurement = NamedNode::new_unchecked(name);
        let value = Literal::new_typed_literal(value, metric.scale.datatype());
        let graph = self.graph_mut();
        // Its inverse, dqv:computedOn, would say the same again, millions of times on a large portal.
        graph.add_quality(subject, dqv::HAS_QUALITY_MEASUREMENT, measurement.clone());
        graph.add_quality(
            measurement.clone(),
            rdf::TYPE,
            dqv::QUALITY_MEASUREMENT.into_owned(),
        );
        graph.add_quality(
            measurement.clone(),
            dqv::IS_MEASUREMENT_OF,
            metric.iri(base),
        );
        graph.add_quality(measurement, dqv::VALUE, value);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::dcat::RecordGraph;

    #[test]
    fn every_metric_is_described_once_in_both_languages() {
        let base = Base::new("https://e.example/").unwrap();
        let names: HashSet<_> = METRICS.iter().map(|metric| metric.name).collect();
        assert_eq!(names.len(), METRICS.len());
        let triples = metrics(&base);
        assert_eq!(triples.len(), METRICS.len() * 6 + Dimension::OWN.len() * 3);
        let distinct: HashSet<_> = triples.iter().collect();
        assert_eq!(distinct.len(), triples.len());
    }

    #[test]
    fn a_measurement_is_in_the_quality_graph_alone() {
        let base = Base::new("https://e.example/").unwrap();
        let mut graph = RecordGraph::new(NamedNode::new_unchecked("https://e.example/dataset/p/1"));
        let mut findings = Vec::new();
        let views = Metric::named("views").unwrap();
        Describe::main(&mut graph, &mut findings).measure(views, "12", &base);
        assert!(graph.triples().is_empty() && graph.origin().is_empty());
        let written: Vec<_> = graph.quality().iter().map(ToString::to_string).collect();
        let measurement = "<https://e.example/dataset/p/1#quality-views>";
        assert!(
            written.contains(&format!(
                "{measurement} <http://www.w3.org/ns/dqv#value> \"12\"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>"
            )),
            "{written:?}"
        );
        assert_eq!(written.len(), 4);
    }
}
