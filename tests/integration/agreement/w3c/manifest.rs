//! The manifests of the W3C's suites, and the files that they name.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{
    Graph, GraphName, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple,
};
use std::path::{Path, PathBuf};

const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const QT: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
/// What the folder of a suite is called in the IRIs of its files.
const BASE: &str = "https://suite.example/";

/// A query evaluation test.
#[derive(Debug)]
pub(crate) struct Test {
    pub(crate) name: String,
    pub(crate) query: File,
    pub(crate) data: Vec<File>,
    /// Files that are graphs of their own, with their names.
    pub(crate) graphs: Vec<(NamedNode, File)>,
    pub(crate) result: File,
    /// Whether other endpoints are asked.
    pub(crate) federated: bool,
}

/// A file of a suite and the IRI it goes by.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub(crate) iri: String,
    pub(crate) path: PathBuf,
}

impl File {
    /// The file with this IRI in a suite's folder.
    pub(crate) fn new(suite: &Path, iri: &str) -> Self {
        Self {
            iri: iri.to_owned(),
            path: suite.join(iri.strip_prefix(BASE).unwrap()),
        }
    }

    pub(crate) fn text(&self) -> String {
        let bytes =
            std::fs::read(&self.path).unwrap_or_else(|error| panic!("{error}: {:?}", self.path));
        String::from_utf8(bytes).unwrap()
    }

    pub(crate) fn extension(&self) -> &str {
        self.path.extension().unwrap().to_str().unwrap()
    }

    /// The triples of the file, its blank nodes apart from those of other files.
    pub(crate) fn triples(&self) -> Vec<Triple> {
        let format = RdfFormat::from_extension(self.extension()).unwrap();
        let parser = RdfParser::from_format(format)
            .with_base_iri(&self.iri)
            .unwrap()
            .rename_blank_nodes();
        parser
            .for_slice(&self.text())
            .map(|quad| quad.unwrap().into())
            .collect()
    }
}

impl Test {
    /// All quads that the test gives, and the files that its query's FROM clauses name.
    pub(crate) fn quads(&self, suite: &Path, named: &[NamedNode]) -> Vec<Quad> {
        let mut quads = Vec::new();
        for file in &self.data {
            quads.extend(
                file.triples()
                    .into_iter()
                    .map(|triple| triple.in_graph(GraphName::DefaultGraph)),
            );
        }
        let mut graphs = self.graphs.clone();
        for name in named {
            if !graphs.iter().any(|(known, _)| known == name) {
                graphs.push((name.clone(), File::new(suite, name.as_str())));
            }
        }
        for (name, file) in graphs {
            quads.extend(
                file.triples()
                    .into_iter()
                    .map(|triple| triple.in_graph(name.clone())),
            );
        }
        quads
    }
}

/// All tests below a suite's folder, in the order of their names.
pub(crate) fn tests(suite: &Path) -> Vec<Test> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(suite)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("manifest.ttl").is_file())
        .collect();
    folders.sort();
    let mut tests = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let manifest = File::new(suite, &format!("{BASE}{name}/manifest.ttl"));
        let graph: Graph = manifest.triples().into_iter().collect();
        for kind in ["QueryEvaluationTest", "CSVResultFormatTest"] {
            let kind = NamedNode::new(format!("{MF}{kind}")).unwrap();
            for test in graph.subjects_for_predicate_object(rdf::TYPE, &kind) {
                if entered(&graph, test) {
                    tests.push(read(suite, &graph, test));
                }
            }
        }
    }
    tests.sort_by(|one, other| one.name.cmp(&other.name));
    tests
}

/// Whether a test is in the manifest's list, and not only described beside it.
fn entered(graph: &Graph, test: NamedOrBlankNodeRef<'_>) -> bool {
    graph
        .subjects_for_predicate_object(rdf::FIRST, test)
        .next()
        .is_some()
}

fn read(suite: &Path, graph: &Graph, test: NamedOrBlankNodeRef<'_>) -> Test {
    let file = |term: TermRef<'_>| match term {
        TermRef::NamedNode(name) => File::new(suite, name.as_str()),
        term => panic!("{term} is no file"),
    };
    let NamedOrBlankNodeRef::NamedNode(name) = test else {
        panic!("a test without a name: {test}")
    };
    let action = one(graph, test, &format!("{MF}action")).unwrap();
    let result = one(graph, test, &format!("{MF}result")).unwrap();
    let action = match &action {
        Term::NamedNode(node) => NamedOrBlankNodeRef::from(node),
        Term::BlankNode(node) => NamedOrBlankNodeRef::from(node),
        Term::Literal(text) => panic!("{text} is no action"),
    };
    let all = |predicate: &str| -> Vec<Term> {
        let predicate = NamedNode::new(format!("{QT}{predicate}")).unwrap();
        let objects = graph.objects_for_subject_predicate(action, &predicate);
        objects.map(TermRef::into_owned).collect()
    };
    let graphs = all("graphData").into_iter().map(|term| {
        let (name, at) = match &term {
            Term::NamedNode(name) => (name.clone(), term.clone()),
            Term::BlankNode(node) => {
                let at = one(graph, node.as_ref().into(), &format!("{QT}graph")).unwrap();
                let label = one(
                    graph,
                    node.as_ref().into(),
                    "http://www.w3.org/2000/01/rdf-schema#label",
                );
                match label {
                    Some(Term::Literal(label)) => (NamedNode::new(label.value()).unwrap(), at),
                    _ => panic!("a graph without a label: {node}"),
                }
            }
            Term::Literal(text) => panic!("{text} is no graph"),
        };
        (name, file(at.as_ref()))
    });
    let query = match all("query").pop() {
        Some(query) => query,
        None => NamedNodeRef::new(action.to_string().trim_matches(['<', '>']))
            .unwrap()
            .into_owned()
            .into(),
    };
    Test {
        name: name.as_str().to_owned(),
        query: file(query.as_ref()),
        data: all("data").iter().map(|term| file(term.as_ref())).collect(),
        graphs: graphs.collect(),
        result: file(result.as_ref()),
        federated: !all("serviceData").is_empty(),
    }
}

fn one(graph: &Graph, subject: NamedOrBlankNodeRef<'_>, predicate: &str) -> Option<Term> {
    let predicate = NamedNode::new(predicate).unwrap();
    let object = graph.object_for_subject_predicate(subject, &predicate);
    object.map(TermRef::into_owned)
}
