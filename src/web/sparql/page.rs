//! The page of the endpoint: a form, examples, and the answer as a table or as Turtle.
//!
//! It works without scripts. Values come from portals and are hostile: everything is escaped, and only
//! http(s) IRIs become links.

mod answer;
mod shown;
mod texts;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::request::Protocol;
use crate::web::error::WebError;
use crate::web::html::{Fragment, Language};
use crate::web::state::App;
use crate::web::{pages, reply};
pub(in crate::web) use answer::Answer;
use texts::{ENGLISH, EXAMPLES, FRENCH, Texts};

/// Files of the page stay as they are until the program is another one.
const LASTING: &str = "public, max-age=3600";

/// The style sheet.
pub(in crate::web) async fn style() -> Response {
    let body = include_str!("../assets/sparql.css");
    reply::answer("text/css; charset=utf-8", LASTING, body)
}

/// The script.
pub(in crate::web) async fn script() -> Response {
    let body = include_str!("../assets/sparql.js");
    reply::answer("text/javascript; charset=utf-8", LASTING, body)
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<h1>{{ texts.title }}</h1>
<p>{{ texts.intro }}</p>
<form method="get" action="sparql">
<label for="query">{{ texts.label }}</label>
<textarea id="query" name="query" spellcheck="false" autocapitalize="off">
{{ query }}</textarea>
{%- for graph in default_graphs %}
<input type="hidden" name="default-graph-uri" value="{{ graph }}">
{%- endfor %}
{%- for graph in named_graphs %}
<input type="hidden" name="named-graph-uri" value="{{ graph }}">
{%- endfor %}
<p><button class="button">{{ texts.run }}</button></p>
</form>
<nav aria-label="{{ texts.examples }}"><ul class="line">
{%- for (title, link) in examples %}
<li><a href="{{ link }}">{{ title }}</a></li>
{%- endfor %}
</ul></nav>
{%- if let Some(error) = error %}
<p class="error" role="alert">{{ error }}</p>
{%- endif %}
{%- if let Some(answer) = answer %}
{{ answer }}
{%- endif %}
"#
)]
pub(super) struct Page {
    language: Language,
    texts: &'static Texts,
    query: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
    examples: Vec<(&'static str, String)>,
    error: Option<String>,
    answer: Option<Answer>,
}

impl Page {
    /// The page with an example as its query.
    pub(super) fn empty(language: Language) -> Self {
        let first = EXAMPLES.first();
        let query = first.map_or_else(String::new, |one| example(one, language).1);
        Self::new(
            language,
            &Protocol {
                query,
                ..Protocol::default()
            },
        )
    }

    /// The page with a query, without an answer.
    pub(super) fn new(language: Language, protocol: &Protocol) -> Self {
        let examples = EXAMPLES.iter().map(|one| {
            let (title, query) = example(one, language);
            (title, link(&[("query", &query)]))
        });
        Self {
            language,
            texts: match language {
                Language::Fr => &FRENCH,
                Language::En => &ENGLISH,
            },
            query: protocol.query.clone(),
            default_graphs: protocol.default_graphs.clone(),
            named_graphs: protocol.named_graphs.clone(),
            examples: examples.collect(),
            error: None,
            answer: None,
        }
    }

    pub(super) fn with_error(mut self, message: &str) -> Self {
        self.error = Some(message.to_owned());
        self
    }

    pub(super) fn with_graph(mut self, turtle: &[u8], cut: bool) -> Self {
        let answer = Answer::graph(self.language, turtle, cut);
        self.answer = Some(self.offered(answer));
        self
    }

    pub(super) fn with_results(mut self, json: &[u8], cut: bool) -> Self {
        match Answer::results(self.language, json, cut) {
            Ok(answer) => self.answer = Some(self.offered(answer)),
            Err(error) => self.error = Some(error.to_string()),
        }
        self
    }

    /// Says where the answer is as a file.
    fn offered(&self, answer: Answer) -> Answer {
        answer.offered(|format| {
            let graphs = [
                ("default-graph-uri", &self.default_graphs),
                ("named-graph-uri", &self.named_graphs),
            ];
            let mut parameters = vec![("query", self.query.as_str())];
            for (name, graphs) in graphs {
                parameters.extend(graphs.iter().map(|graph| (name, graph.as_str())));
            }
            parameters.push(("format", format));
            link(&parameters)
        })
    }

    /// The whole page, in the site's frame.
    pub(super) fn answer(&self, app: &App, status: StatusCode) -> Result<Response, WebError> {
        let content = Fragment::of(self)?;
        let html = pages::framed(app, self.language, self.texts.title, &content)?;
        let mut response = reply::page(self.language, "no-cache", html);
        *response.status_mut() = status;
        Ok(response)
    }
}

/// The title of an example, and its query under that title: what its file says at its head is for those who
/// work on it.
fn example(
    (english, french, text): &(&'static str, &'static str, &str),
    language: Language,
) -> (&'static str, String) {
    let title = match language {
        Language::Fr => *french,
        Language::En => *english,
    };
    let mut query = format!("# {title}");
    for line in text.lines().skip_while(|line| line.starts_with('#')) {
        query.push('\n');
        query.push_str(line);
    }
    (title, query)
}

fn link(parameters: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("sparql?{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(page: &Page) -> String {
        Fragment::of(page).unwrap().to_string()
    }

    #[test]
    fn values_cannot_break_out_of_the_page() {
        let json = br#"{"head":{"vars":["<a>","b"]},"results":{"bindings":[
            {"<a>":{"type":"uri","value":"javascript:alert(1)"},"b":{"type":"literal","value":"<script>\"'"}},
            {"b":{"type":"uri","value":"https://e.org/\"onclick=x"}}]}}"#;
        let query = "SELECT * {} # </textarea><script>";
        let protocol = Protocol {
            query: query.to_owned(),
            ..Protocol::default()
        };
        let page = Page::new(Language::En, &protocol)
            .with_results(json, true)
            .with_error("<b>");
        let html = written(&page);
        for bad in [
            "<a>",
            "</textarea><script>",
            "<script>\"",
            "href=\"javascript",
            "\"onclick",
            "<b>",
        ] {
            assert!(!html.contains(bad), "{bad} in\n{html}");
        }
        assert_eq!(html.matches("<td>").count(), 4);
        assert!(html.contains(ENGLISH.cut));
    }

    #[test]
    fn every_example_is_a_query_of_each_language() {
        for (_, _, query) in EXAMPLES {
            assert!(
                oxigraph::sparql::SparqlEvaluator::new()
                    .parse_query(query)
                    .is_ok(),
                "{query}"
            );
        }
        let french = written(&Page::empty(Language::of("fr-CA")));
        assert!(french.contains("Derniers jeux de données"));
        assert!(
            french.contains("# Derniers jeux de données\nPREFIX"),
            "{french}"
        );
        assert!(!french.contains("One of the examples"), "{french}");
        assert!(written(&Page::empty(Language::En)).contains("Latest datasets"));
    }

    #[test]
    fn answers_of_every_kind_are_shown() {
        let page = || Page::empty(Language::En);
        let shown = |json: &[u8]| written(&page().with_results(json, false));
        assert!(shown(br#"{"head":{},"boolean":true}"#).contains("Yes"));
        let empty = br#"{"head":{"vars":["a"]},"results":{"bindings":[]}}"#;
        assert!(shown(empty).contains(ENGLISH.none));
        let graph = written(&page().with_graph(b"<a:a> a <b:b> .", false));
        assert!(graph.contains("&#60;a:a&#62;"));
        assert!(shown(b"{").contains("class=\"error\""));
    }
}
