//! The results that the W3C's tests expect, in all the forms in which they are written down.

use super::super::answer::{Answer, Row};
use super::manifest::File;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Graph, NamedNode, NamedOrBlankNodeRef, TermRef, Variable};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser};
use std::collections::BTreeMap;

const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

/// Rows of cells by the names of their columns.
pub(crate) type Table = Vec<BTreeMap<String, String>>;

/// What a test expects.
#[derive(Debug)]
pub(crate) enum Expected {
    Answer(Answer),
    /// CSV tells no types: the cells of a table.
    Table(Table),
}

/// Reads the file of a result.
pub(crate) fn read(file: &File) -> Expected {
    if file.extension() == "csv" {
        return Expected::Table(table(&file.text()));
    }
    let format = match file.extension() {
        "srx" => Some(QueryResultsFormat::Xml),
        "srj" => Some(QueryResultsFormat::Json),
        "tsv" => Some(QueryResultsFormat::Tsv),
        _ => None,
    };
    let Some(format) = format else {
        return Expected::Answer(described(&file.triples().into_iter().collect()));
    };
    let text = file.text();
    let results = QueryResultsParser::from_format(format)
        .for_slice(&text)
        .unwrap();
    Expected::Answer(Answer::collect(results.into()).unwrap())
}

/// The cells of a CSV file, its columns and rows sorted and its blank nodes without names.
pub(crate) fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let mut rows: Table = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        let cells = names.iter().cloned().zip(row.iter());
        let nameless = |cell: &str| {
            cell.split_inclusive("_:")
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        rows.push(cells.map(|(name, cell)| (name, nameless(cell))).collect());
    }
    rows.sort();
    rows
}

/// A result set that is described as a graph, or else the graph itself.
fn described(graph: &Graph) -> Answer {
    let term = |name: &str| NamedNode::new(format!("{RS}{name}")).unwrap();
    let Some(set) = graph
        .subjects_for_predicate_object(rdf::TYPE, &term("ResultSet"))
        .next()
    else {
        let cell = |term: TermRef<'_>| Some(term.into_owned());
        return Answer::Graph(
            graph
                .iter()
                .map(|it| {
                    vec![
                        cell(it.subject.into()),
                        cell(it.predicate.into()),
                        cell(it.object),
                    ]
                })
                .collect(),
        );
    };
    let text = |term: Option<TermRef<'_>>| match term {
        Some(TermRef::Literal(literal)) => Some(literal.value().to_owned()),
        _ => None,
    };
    if let Some(truth) = text(graph.object_for_subject_predicate(set, &term("boolean"))) {
        return Answer::Truth(truth == "true");
    }
    let names = graph.objects_for_subject_predicate(set, &term("resultVariable"));
    let variables: Vec<Variable> = names
        .map(|name| Variable::new(text(Some(name)).unwrap()).unwrap())
        .collect();
    let mut rows: Vec<(Option<u64>, Row)> = Vec::new();
    for solution in graph.objects_for_subject_predicate(set, &term("solution")) {
        let solution = node(solution);
        let mut row: Row = vec![None; variables.len()];
        for binding in graph.objects_for_subject_predicate(solution, &term("binding")) {
            let binding = node(binding);
            let name =
                text(graph.object_for_subject_predicate(binding, &term("variable"))).unwrap();
            let value = graph
                .object_for_subject_predicate(binding, &term("value"))
                .unwrap();
            let at = variables
                .iter()
                .position(|variable| variable.as_str() == name)
                .unwrap();
            row[at] = Some(value.into_owned());
        }
        let index = text(graph.object_for_subject_predicate(solution, &term("index")));
        rows.push((index.map(|index| index.parse().unwrap()), row));
    }
    rows.sort_by_key(|(index, _)| *index);
    Answer::Rows(variables, rows.into_iter().map(|(_, row)| row).collect())
}

fn node(term: TermRef<'_>) -> NamedOrBlankNodeRef<'_> {
    match term {
        TermRef::NamedNode(node) => node.into(),
        TermRef::BlankNode(node) => node.into(),
        TermRef::Literal(text) => panic!("{text} is no node"),
    }
}
