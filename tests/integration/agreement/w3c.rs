//! The W3C's tests of query evaluation, where `MOISSON_SHARED` has them, through all engines.

mod differences;
mod expected;
mod manifest;

use super::agree::Agreement;
use super::answer::{Answer, Failure};
use super::shape::Shape;
use super::{Engine, Engines};
use crate::support::shared;
use differences::{LISTED, Sides};
use expected::{Expected, table};
use manifest::Test;
use oxigraph::model::NamedNode;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use spargebra::SparqlParser;
use spargebra::algebra::QueryDataset;
use std::collections::BTreeSet;
use std::path::Path;

/// What came of a suite.
#[derive(Debug, Default)]
struct Tally {
    names: Vec<String>,
    executor: usize,
    differences: BTreeSet<(String, Sides)>,
    reports: Vec<String>,
}

#[test]
fn engines_agree_on_the_evaluation_tests_of_sparql_1_0() {
    run("suites/w3c-sparql10");
}

#[test]
fn engines_agree_on_the_evaluation_tests_of_sparql_1_1() {
    run("suites/w3c-sparql11");
}

fn run(suite: &str) {
    let Some(folder) = shared::folder(suite) else {
        return;
    };
    let mut tally = Tally::default();
    for test in manifest::tests(&folder) {
        if !test.federated {
            examine(&folder, &test, &mut tally);
        }
    }
    let listed = |(test, sides): &(String, Sides)| {
        LISTED
            .iter()
            .any(|(name, who, _)| test.ends_with(name) && who.contains(sides))
    };
    // An entry of the list that does not differ any more is as wrong as one that is missing.
    let settled: Vec<_> = LISTED
        .iter()
        .flat_map(|(name, who, _)| who.iter().map(move |sides| (name, sides)))
        .filter(|(name, sides)| {
            let seen = tally.names.iter().any(|test| test.ends_with(*name));
            let differs = |(test, who): &(String, Sides)| test.ends_with(*name) && who == *sides;
            seen && !tally.differences.iter().any(differs)
        })
        .collect();
    let unlisted: Vec<_> = tally.differences.iter().filter(|it| !listed(it)).collect();
    println!(
        "{suite}: {} tests, {} answered by the executor, {} differences",
        tally.names.len(),
        tally.executor,
        tally.differences.len()
    );
    assert!(settled.is_empty(), "these differ no more: {settled:#?}");
    assert!(
        unlisted.is_empty(),
        "{}\n{unlisted:#?}",
        tally.reports.join("\n")
    );
}

fn examine(suite: &Path, test: &Test, tally: &mut Tally) {
    let query = SparqlParser::new()
        .with_base_iri(&test.query.iri)
        .unwrap()
        .parse_query(&test.query.text());
    tally.names.push(test.name.clone());
    let query = match query {
        Ok(query) => query,
        Err(error) => {
            let all = [
                Sides::StoreExpected,
                Sides::PlainExpected,
                Sides::AutoExpected,
            ];
            tally.reports.push(format!("{} {error}", test.name));
            tally
                .differences
                .extend(all.map(|sides| (test.name.clone(), sides)));
            return;
        }
    };
    let named = query.dataset().map(from).unwrap_or_default();
    let engines = Engines::over(&test.quads(suite, &named));
    let expected = expected::read(&test.result);
    let store = engines.ask(Engine::Store, &query);
    let plain = engines.ask(Engine::Plain, &query);
    let auto = engines.ask(Engine::Auto, &query);
    let only = engines.ask(Engine::Only, &query);
    tally.executor += usize::from(!matches!(only, Err(Failure::Refused)));
    let shape = Shape::of(&query);
    let whole = shape.slice.as_ref();
    let agreement = Agreement {
        whole: whole.map(|(query, ..)| engines.ask(Engine::Plain, query).unwrap().by_name()),
        shape,
        orderly: true,
        labels: false,
    };
    let fits = |one: &Result<Answer, Failure>, other: &Result<Answer, Failure>| {
        let by_name = |answer: &Result<Answer, Failure>| answer.clone().map(|it| it.by_name());
        agreement.answers(&by_name(one), &by_name(other)).is_ok()
    };
    // The values that are expected; how a computed one is written is nobody's to say.
    let rewritten = |answer: &Result<Answer, Failure>| answer.clone().map(|it| it.rewritten());
    let meets = |answer: &Result<Answer, Failure>| match &expected {
        Expected::Answer(expected) => fits(&rewritten(answer), &Ok(expected.rewritten())),
        Expected::Table(expected) => answer
            .as_ref()
            .is_ok_and(|answer| table(&csv(answer)) == *expected),
    };
    let sides = [
        (Sides::StoreExpected, meets(&store)),
        (Sides::PlainExpected, meets(&plain)),
        (Sides::AutoExpected, meets(&auto)),
        (
            Sides::StorePlain,
            fits(&rewritten(&store), &rewritten(&plain)),
        ),
        (Sides::PlainAuto, fits(&plain, &auto)),
    ];
    let differ: Vec<Sides> = sides
        .iter()
        .filter(|(_, same)| !same)
        .map(|(sides, _)| *sides)
        .collect();
    if differ.is_empty() {
        return;
    }
    let show = |answer: &Result<Answer, Failure>| match answer {
        Ok(answer) => answer.to_string(),
        Err(failure) => format!("{failure:?}"),
    };
    tally.reports.push(format!(
        "{} {differ:?}\n{query}\nexpected {}\nstore {}\nplain {}\nauto {}",
        test.name,
        match &expected {
            Expected::Answer(answer) => answer.to_string(),
            Expected::Table(table) => format!("{table:?}"),
        },
        show(&store),
        show(&plain),
        show(&auto)
    ));
    tally
        .differences
        .extend(differ.into_iter().map(|sides| (test.name.clone(), sides)));
}

/// The graphs that a query's dataset clauses name.
fn from(dataset: &QueryDataset) -> Vec<NamedNode> {
    let named = dataset.named.iter().flatten();
    dataset.default.iter().chain(named).cloned().collect()
}

fn csv(answer: &Answer) -> String {
    let Answer::Rows(variables, rows) = answer else {
        return String::new();
    };
    let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Csv);
    let mut table = serializer
        .serialize_solutions_to_writer(Vec::new(), variables.clone())
        .unwrap();
    for row in rows {
        let bound = variables
            .iter()
            .zip(row)
            .filter_map(|(name, cell)| Some((name, cell.as_ref()?)));
        table.serialize(bound).unwrap();
    }
    String::from_utf8(table.finish().unwrap()).unwrap()
}
