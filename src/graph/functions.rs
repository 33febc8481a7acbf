//! The functions that queries may call beside SPARQL's own: GeoSPARQL's over geometries.
//!
//! They are `spargeo`'s: WKT and `GeoJSON` in longitude and latitude (CRS84). What they cannot read is an
//! error of the expression, as in SPARQL any is.

use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::sparql::SparqlEvaluator;
use spargeo::GEOSPARQL_EXTENSION_FUNCTIONS;

/// How deep the parts of a geometry may lie in one another: readers recurse.
const DEEPEST: usize = 32;

/// An evaluator that knows the functions.
pub(super) fn evaluator() -> SparqlEvaluator {
    let evaluator = SparqlEvaluator::new();
    GEOSPARQL_EXTENSION_FUNCTIONS
        .into_iter()
        .fold(evaluator, |evaluator, (name, function)| {
            evaluator.with_custom_function(name.into_owned(), move |values| {
                values.iter().all(is_shallow).then(|| function(values))?
            })
        })
}

/// The IRIs of the functions.
pub fn functions() -> impl Iterator<Item = NamedNodeRef<'static>> {
    GEOSPARQL_EXTENSION_FUNCTIONS
        .into_iter()
        .map(|(name, _)| name)
}

fn is_shallow(value: &Term) -> bool {
    let Term::Literal(literal) = value else {
        return true;
    };
    let mut depth = 0_usize;
    for byte in literal.value().bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}
