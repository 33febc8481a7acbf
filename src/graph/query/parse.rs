//! A query read: its algebra, the dataset that the request names, and what is wrong with its text.

use oxigraph::model::NamedNode;
use spargebra::SparqlParser;
use spargebra::algebra::{GraphPattern, QueryDataset};

use super::form::{FormError, form};
use super::{Query, QueryError, search};

/// Parses the query, sets its dataset, and puts the results of searches into it.
pub(super) fn parse(query: &Query<'_>) -> Result<spargebra::Query, QueryError> {
    // The parser recurses, and so does whatever comes after it.
    if let Err(error @ FormError::Nested(_)) = form(query.text) {
        return Err(QueryError::Syntax(error.to_string()));
    }
    let mut parser = SparqlParser::new();
    if let Some(base) = query.base {
        parser = parser
            .with_base_iri(base)
            .map_err(|error| QueryError::Syntax(error.to_string()))?;
    }
    let mut parsed = parser
        .parse_query(query.text)
        .map_err(|error| match form(query.text) {
            Err(FormError::Update) => QueryError::Update,
            _ => QueryError::Syntax(placed(&error.to_string(), query.text)),
        })?;
    if !query.default_graphs.is_empty() || !query.named_graphs.is_empty() {
        *dataset(&mut parsed) = Some(QueryDataset {
            default: iris(query.default_graphs)?,
            named: Some(iris(query.named_graphs)?),
        });
    }
    search::answered(&mut parsed, query.search)?;
    Ok(parsed)
}

/// What the parser says of a query, with the text around the place in place of everything that it would have
/// taken there. It may have come further than to what is wrong.
fn placed(message: &str, query: &str) -> String {
    const SHOWN: usize = 30;
    let place = message
        .split_once(": expected ")
        .and_then(|(place, _)| place.strip_prefix("error at "))
        .and_then(|place| place.split_once(':'))
        .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    let Some((line, column)) = place else {
        return message.to_owned();
    };
    let (line, column): (usize, usize) = (line, column);
    let of_line = query.split('\n').nth(line.saturating_sub(1));
    let rest: String = of_line
        .unwrap_or_default()
        .chars()
        .skip(column.saturating_sub(SHOWN))
        .take(2 * SHOWN)
        .collect();
    match rest.trim() {
        "" => format!("the query ends too soon at line {line}, column {column}"),
        text => format!("the query cannot be read near line {line}, column {column}: `{text}`"),
    }
}

fn dataset(query: &mut spargebra::Query) -> &mut Option<QueryDataset> {
    match query {
        spargebra::Query::Select { dataset, .. }
        | spargebra::Query::Construct { dataset, .. }
        | spargebra::Query::Describe { dataset, .. }
        | spargebra::Query::Ask { dataset, .. } => dataset,
    }
}

/// The IRIs of a dataset, each once: a graph named twice is still one graph.
fn iris(names: &[String]) -> Result<Vec<NamedNode>, QueryError> {
    let mut iris = Vec::new();
    for name in names {
        let iri = NamedNode::new(name).map_err(|_invalid| QueryError::GraphIri(name.clone()))?;
        if !iris.contains(&iri) {
            iris.push(iri);
        }
    }
    Ok(iris)
}

/// The LIMIT of a whole query.
pub(super) fn limit(query: &spargebra::Query) -> Option<usize> {
    let pattern = match query {
        spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }
        | spargebra::Query::Ask { pattern, .. } => pattern,
    };
    match pattern {
        GraphPattern::Slice { length, .. } => *length,
        _ => None,
    }
}
