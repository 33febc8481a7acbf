//! The named graphs that may be asked, beside the catalogue in the default graph: what each holds.

use std::path::Path;

use oxigraph::model::NamedNode;

use super::GraphError;
use super::engine::Storage;
use super::frozen::Frozen;

/// A text in French and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// In French.
    pub french: &'static str,
    /// In English.
    pub english: &'static str,
}

impl Said {
    /// Both, with their language tags.
    #[must_use]
    pub fn texts(self) -> [(&'static str, &'static str); 2] {
        [("fr", self.french), ("en", self.english)]
    }
}

/// A named graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedGraph {
    /// What follows `graph/` in its IRI.
    pub name: &'static str,
    /// What it is called.
    pub title: Said,
    /// What it holds.
    pub description: Said,
    /// The pattern of a question to begin with, in its `GRAPH`.
    pub pattern: &'static str,
}

/// Every named graph that questions are answered from.
pub const PUBLIC: [NamedGraph; 3] = [
    NamedGraph {
        name: "provenance",
        title: Said {
            french: "D’où viennent les descriptions",
            english: "Where the descriptions come from",
        },
        description: Said {
            french: "Chaque moisson est une prov:Activity : le portail, le programme, le début et la fin, le résultat et ce qui a été compté.",
            english: "Each harvest is a prov:Activity: its portal, its program, when it began and ended, how it ended and what it counted.",
        },
        pattern: "?harvest a <http://www.w3.org/ns/prov#Activity> ;\n      <http://www.w3.org/ns/prov#startedAtTime> ?started",
    },
    NamedGraph {
        name: "quality",
        title: Said {
            french: "Mesures de qualité",
            english: "Measurements of quality",
        },
        description: Said {
            french: "Ce que les portails comptent et notent (vues, téléchargements, scores), et ce que leurs contrôles de liens ont trouvé, en DQV. Ces mesures changent sans que les notices changent.",
            english: "What portals count and score (views, downloads, scores), and what their link checkers found, in DQV. Measurements change without a record changing.",
        },
        pattern: "?data <http://www.w3.org/ns/dqv#hasQualityMeasurement> ?measurement .\n    ?measurement <http://www.w3.org/ns/dqv#isMeasurementOf> ?metric ;\n      <http://www.w3.org/ns/dqv#value> ?value",
    },
    NamedGraph {
        name: "origin",
        title: Said {
            french: "Valeurs d’origine de ce qui a été normalisé",
            english: "Original values of what was normalised",
        },
        description: Said {
            french: "Les valeurs telles que les portails les donnent, là où le catalogue en a d’autres (formats, licences, dates…), et ce que des notices affirment de ressources qui ne sont pas les leurs.",
            english: "Values as the portals give them, where the catalogue has others (formats, licences, dates…), and what records say of resources that are not theirs.",
        },
        pattern: "?resource ?property ?value",
    },
];

/// The public graph `name`.
#[must_use]
pub fn named(name: &str) -> Option<&'static NamedGraph> {
    PUBLIC.iter().find(|graph| graph.name == name)
}

/// How many triples a named graph has, in the graph of a snapshot; none where an engine would have to count
/// them one by one.
///
/// # Errors
/// Those of opening a frozen file.
pub fn triples(path: &Path, graph: &NamedNode) -> Result<Option<u64>, GraphError> {
    match Storage::of_path(path) {
        Storage::Frozen => Ok(Some(Frozen::open(path)?.count_in(graph))),
        Storage::Memory | Storage::Disk => Ok(None),
    }
}
