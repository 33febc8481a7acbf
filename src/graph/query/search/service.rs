//! One block of the search service: its statements are read, the index is asked, and what it answers is a
//! table.

use oxigraph::model::{Literal, NamedNode, Term, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use super::super::QueryError;
use super::vocabulary::{NAMESPACE, Output, Reading, is_property, refused, unknown};
use crate::search::{Answer, Deferred, Hit, SearchError, Tagged};

/// The results of a block, as VALUES.
pub(super) fn results(
    block: &GraphPattern,
    index: Option<&Deferred>,
) -> Result<GraphPattern, QueryError> {
    let GraphPattern::Bgp { patterns } = block else {
        return refused(
            "a block of SERVICE <urn:moisson:search> holds statements alone: FILTER, OPTIONAL and everything else go outside it",
        );
    };
    let mut reading = Reading::new();
    let mut subject: Option<&Variable> = None;
    let mut outputs: Vec<(&Variable, Output)> = Vec::new();
    for pattern in patterns {
        let TermPattern::Variable(variable) = &pattern.subject else {
            return refused("the subject of a search is a variable: what is found is bound to it");
        };
        if subject.is_some_and(|known| known != variable) {
            return refused(
                "a block of SERVICE <urn:moisson:search> is one search, of one variable",
            );
        }
        subject = Some(variable);
        let name = name(pattern)?;
        match (Output::of_name(name), term(&pattern.object)) {
            (Some(output), None) => outputs.push((object(pattern, name)?, output)),
            (Some(_), Some(_)) => {
                return refused(format!(
                    "search:{name} is an answer: its value is a variable"
                ));
            }
            (None, Some(value)) => reading.take(name, &value)?,
            (None, None) => {
                if !is_property(name) {
                    return unknown(name);
                }
                return refused(format!(
                    "search:{name} is a condition: its value is written out, and no variable"
                ));
            }
        }
    }
    let Some(subject) = subject else {
        return refused(
            "a block of SERVICE <urn:moisson:search> needs a statement of what to look for",
        );
    };
    let mut variables = vec![subject.clone()];
    for (variable, _) in &outputs {
        if variables.contains(variable) {
            return refused(format!("{variable} stands in two places of one search"));
        }
        variables.push((*variable).clone());
    }
    let kinds: Vec<Output> = outputs.iter().map(|(_, output)| *output).collect();
    reading.request_mut().titles = kinds.contains(&Output::Title);
    reading.request_mut().snippets = kinds.contains(&Output::Snippet);
    let request = reading.request()?;
    if kinds.contains(&Output::Metres) && request.near.is_none() {
        return refused("search:metres needs search:near, the point to measure from");
    }
    let answer = ask(index, &request)?;
    Ok(GraphPattern::Values {
        variables,
        bindings: rows(&answer, &kinds),
    })
}

fn ask(index: Option<&Deferred>, request: &crate::search::Request) -> Result<Answer, QueryError> {
    let Some(index) = index else {
        return Err(QueryError::Index(
            "there is no search index here".to_owned(),
        ));
    };
    let answer = index.get().and_then(|index| index.search(request));
    answer.map_err(|error| match error {
        SearchError::Refused(message) => QueryError::Search(message),
        other => QueryError::Index(other.to_string()),
    })
}

/// The name of the property of a statement.
fn name(pattern: &TriplePattern) -> Result<&str, QueryError> {
    let NamedNodePattern::NamedNode(property) = &pattern.predicate else {
        return refused("the properties of a search are written out, and no variables");
    };
    match property.as_str().strip_prefix(NAMESPACE) {
        Some(name) => Ok(name),
        None => refused(format!("the search service knows no property {property}")),
    }
}

/// What is written out in a place of a statement; none of a variable or a blank node.
fn term(pattern: &TermPattern) -> Option<Term> {
    match pattern {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::Variable(_) | TermPattern::BlankNode(_) => None,
    }
}

fn object<'p>(pattern: &'p TriplePattern, name: &str) -> Result<&'p Variable, QueryError> {
    match &pattern.object {
        TermPattern::Variable(variable) => Ok(variable),
        _ => refused(format!(
            "search:{name} is an answer: its value is a variable"
        )),
    }
}

fn rows(answer: &Answer, outputs: &[Output]) -> Vec<Vec<Option<GroundTerm>>> {
    let hits = answer.hits.iter().zip(1u64..);
    let rows = hits.filter_map(|(hit, rank)| {
        let found = NamedNode::new(&hit.iri).ok()?;
        let mut row = vec![Some(found.into())];
        for output in outputs {
            row.push(value(*output, hit, rank, answer.total).map(GroundTerm::from));
        }
        Some(row)
    });
    rows.collect()
}

fn value(output: Output, hit: &Hit, rank: u64, total: u64) -> Option<Literal> {
    let whole = |number: u64| i64::try_from(number).ok().map(Literal::from);
    match output {
        Output::Score => Some(Literal::from(f64::from(hit.score))),
        Output::Rank => whole(rank),
        Output::Total => whole(total),
        Output::Metres => hit.metres.map(Literal::from),
        Output::Title => hit.titles.first().map(tagged),
        Output::Snippet => hit.snippet.as_ref().map(|snippet| {
            tagged(&Tagged {
                language: snippet.language.clone(),
                text: snippet.text.clone(),
            })
        }),
    }
}

fn tagged(text: &Tagged) -> Literal {
    Literal::new_language_tagged_literal(&*text.text, &*text.language)
        .unwrap_or_else(|_| Literal::new_simple_literal(&*text.text))
}
