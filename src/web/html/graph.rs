//! The page of a named graph of the endpoint.

use askama::Template;

use super::number::count;
use super::page::Page;

/// What the page of a named graph shows.
#[derive(Debug, Clone, Template)]
#[template(path = "graph.html")]
pub(in crate::web) struct GraphPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// What the graph is called, in the page's language.
    pub(in crate::web) title: &'a str,
    /// What it holds, in the page's language.
    pub(in crate::web) description: &'a str,
    /// How many triples it has, where that is known.
    pub(in crate::web) triples: Option<u64>,
    /// A question to begin with.
    pub(in crate::web) query: &'a str,
}

impl GraphPage<'_> {
    fn counted(&self) -> Option<String> {
        let triples = self.triples?;
        Some(count(triples, self.page.language))
    }

    /// Where the question is asked.
    fn ask(&self) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("query", self.query)
            .finish();
        format!("{}sparql?{query}", self.page.root())
    }
}
