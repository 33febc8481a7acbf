//! The syntaxes of answers.

use oxigraph::sparql::results::QueryResultsFormat;

use crate::rdf::syntax::Syntax;

/// The syntaxes of the results of SELECT and ASK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResultsSyntax {
    /// <https://www.w3.org/TR/sparql11-results-json/>
    Json,
    /// <https://www.w3.org/TR/rdf-sparql-XMLres/>
    Xml,
    /// <https://www.w3.org/TR/sparql11-results-csv-tsv/>
    Csv,
    /// <https://www.w3.org/TR/sparql11-results-csv-tsv/>
    Tsv,
}

impl ResultsSyntax {
    /// Every syntax, the preferred one first.
    pub const ALL: [Self; 4] = [Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    /// The registered media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/sparql-results+json",
            Self::Xml => "application/sparql-results+xml",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
        }
    }

    pub(super) fn format(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }
}

/// What an answer is written in: results for SELECT and ASK, a graph for CONSTRUCT and DESCRIBE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Rows or a boolean.
    Results(ResultsSyntax),
    /// Triples.
    Graph(Syntax),
}

impl Format {
    /// The registered media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Results(syntax) => syntax.media_type(),
            Self::Graph(syntax) => syntax.media_type(),
        }
    }

    /// The `Content-Type` to answer with: text types state their charset.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Results(ResultsSyntax::Csv) => "text/csv; charset=utf-8",
            Self::Results(ResultsSyntax::Tsv) => "text/tab-separated-values; charset=utf-8",
            Self::Results(syntax) => syntax.media_type(),
            Self::Graph(syntax) => syntax.content_type(),
        }
    }

    /// The format of a media type, exactly as [`Format::media_type`] writes it.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let results = ResultsSyntax::ALL.into_iter().map(Self::Results);
        let graphs = Syntax::ALL.into_iter().map(Self::Graph);
        results
            .chain(graphs)
            .find(|format| format.media_type() == media_type)
    }
}
