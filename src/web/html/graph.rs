//! The page of a named graph of the endpoint.

use askama::Template;

use super::number::count;
use super::page::{Page, written};
use super::text::Words;

/// What the page of a named graph shows.
#[derive(Debug, Clone)]
pub struct GraphPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// What the graph is called, in the page's language.
    pub title: &'a str,
    /// What it holds, in the page's language.
    pub description: &'a str,
    /// How many triples it has, where that is known.
    pub triples: Option<u64>,
    /// A question to begin with.
    pub query: &'a str,
}

#[derive(Template)]
#[template(path = "graph.html")]
struct GraphTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    title: &'a str,
    description: &'a str,
    triples: Option<String>,
    query: &'a str,
    ask: String,
}

/// The page of a named graph.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn graph(input: &GraphPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("query", input.query)
        .finish();
    written(&GraphTemplate {
        page,
        w: page.words(),
        title: input.title,
        description: input.description,
        triples: input.triples.map(|number| count(number, page.language)),
        query: input.query,
        ask: format!("{}sparql?{query}", page.root()),
    })
}
