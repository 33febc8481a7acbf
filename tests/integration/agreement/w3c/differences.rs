//! Every test whose result differs between engines or from what the W3C expects, with the reason.

use Sides::{AutoExpected, PlainExpected, StoreExpected, StorePlain};

/// Which two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sides {
    StoreExpected,
    PlainExpected,
    AutoExpected,
    StorePlain,
    PlainAuto,
}

/// All engines say one thing, the W3C another: how oxigraph 0.5 reads the standard.
const ALL: &[Sides] = &[StoreExpected, PlainExpected, AutoExpected];
/// The store rewrites literals when it takes them in, the file keeps them as they are written.
const STORE: &[Sides] = &[StoreExpected, StorePlain];

/// The end of a test's IRI, who differs, and why that is so.
pub(crate) const LISTED: &[(&str, &[Sides], &str)] = &[
    (
        "distinct/manifest#distinct-1",
        STORE,
        "01, +1 and 1 are one integer in the store and three terms in the standard",
    ),
    (
        "distinct/manifest#distinct-9",
        STORE,
        "01, +1 and 1 are one integer in the store and three terms in the standard",
    ),
    (
        "expr-builtin/manifest#case-insensitive-booleans",
        ALL,
        "oxigraph's parser takes TRUE and False for names of functions: true and false are lower-case",
    ),
    (
        "expr-builtin/manifest#dawg-str-1",
        ALL,
        "STR gives the canonical form of the value in oxigraph's evaluator, not the form in the data",
    ),
    (
        "expr-builtin/manifest#dawg-str-2",
        ALL,
        "STR gives the canonical form of the value in oxigraph's evaluator, not the form in the data",
    ),
    (
        "expr-builtin/manifest#sameTerm-eq",
        STORE,
        "terms that the store rewrote to one form are the same term there",
    ),
    (
        "expr-builtin/manifest#sameTerm-not-eq",
        STORE,
        "terms that the store rewrote to one form are the same term there",
    ),
    (
        "expr-builtin/manifest#sameTerm-simple",
        STORE,
        "terms that the store rewrote to one form are the same term there",
    ),
    (
        "expr-equals/manifest#eq-graph-1",
        STORE,
        "a pattern with 1 finds 01 in the store, which has rewritten it",
    ),
    (
        "expr-equals/manifest#eq-graph-2",
        STORE,
        "a pattern with 1.0e0 finds 1.0 and 1 in the store, which has rewritten them",
    ),
    (
        "open-world/manifest#open-eq-01",
        STORE,
        "a pattern with 001 finds 1 in the store, which rewrites the pattern too",
    ),
    (
        "graph/manifest#graph-optional",
        ALL,
        "?g inside GRAPH ?g of an OPTIONAL is not yet bound in the standard; oxigraph binds it in every pattern",
    ),
    (
        "graph/manifest#graph-variable-scope",
        ALL,
        "?g is not in scope of a FILTER inside GRAPH ?g in the standard; oxigraph binds it first",
    ),
    (
        "open-world/manifest#date-2",
        ALL,
        "dates with and without a zone differ in oxigraph; the test wants their comparison to be an error",
    ),
    (
        "aggregates/manifest#agg-empty-group-count-graph",
        ALL,
        "a subquery inside GRAPH ?g that hides ?g is evaluated over all named graphs together in oxigraph",
    ),
    (
        "aggregates/manifest#agg-groupconcat-04",
        ALL,
        "oxigraph keeps a language that all parts of a GROUP_CONCAT share, as later drafts have it",
    ),
    (
        "aggregates/manifest#agg-groupconcat-06",
        ALL,
        "oxigraph keeps a language that all parts of a GROUP_CONCAT share, as later drafts have it",
    ),
    (
        "bindings/manifest#graph",
        ALL,
        "GRAPH ?g without a triple pattern does not enumerate graphs for rows of VALUES in oxigraph",
    ),
    (
        "csv-tsv-res/manifest#csv03",
        &[StoreExpected],
        "the store rewrites 1.0E6, and CSV shows how a number is written",
    ),
    (
        "functions/manifest#bnode01",
        ALL,
        "BNODE(text) is the same node for the same text in the whole answer in oxigraph, not in one row alone",
    ),
    (
        "negation/manifest#graph-minus",
        ALL,
        "?g is bound on both sides of a MINUS inside GRAPH ?g in oxigraph, so the sides share a variable",
    ),
    (
        "property-path/manifest#zero_or_more_set_end",
        ALL,
        "a path of no steps from a term that the graph does not hold finds nothing in oxigraph",
    ),
    (
        "property-path/manifest#zero_or_more_set_start",
        ALL,
        "a path of no steps from a term that the graph does not hold finds nothing in oxigraph",
    ),
    (
        "property-path/manifest#zero_or_one_set_end",
        ALL,
        "a path of no steps from a term that the graph does not hold finds nothing in oxigraph",
    ),
    (
        "property-path/manifest#zero_or_one_set_start",
        ALL,
        "a path of no steps from a term that the graph does not hold finds nothing in oxigraph",
    ),
];
