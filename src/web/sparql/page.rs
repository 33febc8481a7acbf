//! The page of the endpoint: a form, examples, and the answer as a table or as Turtle.
//!
//! It works without scripts. Values come from portals and are hostile: everything is escaped, and only
//! http(s) IRIs become links.

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
use shown::{Results, Shown};
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
{%- if shown.is_some() %}
<h2>{{ texts.answer }}</h2>
<p>{% if cut %}{{ texts.cut }}{% else %}{{ texts.download }}{% endif %}</p>
<ul class="line">
{%- for (title, link) in downloads %}
<li><a href="{{ link }}" rel="nofollow">{{ title }}</a></li>
{%- endfor %}
</ul>
{%- endif %}
{%- if let Some(shown) = shown %}
{%- match shown %}
{%- when Shown::Boolean(value) %}
<p><strong>{% if *value %}{{ texts.yes }}{% else %}{{ texts.no }}{% endif %}</strong></p>
{%- when Shown::Graph(turtle) %}
<pre>{{ turtle }}</pre>
{%- when Shown::Table(table) %}
{%- if table.rows.is_empty() %}
<p>{{ texts.none }}</p>
{%- else %}
<div class="scroll"><table>
<thead><tr>{% for name in table.names %}<th scope="col">{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{%- for row in table.rows %}
<tr>
{%- for cell in row %}<td>
{%- if cell.is_link %}<a href="{{ cell.text }}" rel="nofollow">{{ cell.text }}</a>
{%- else %}{{ cell.text }}
{%- endif %}
{%- if let Some(note) = cell.note %} <small>{{ note }}</small>{% endif %}
{%- endfor %}
{%- endfor %}
</tbody>
</table></div>
{%- endif %}
{%- endmatch %}
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
    downloads: Vec<(&'static str, String)>,
    error: Option<String>,
    shown: Option<Shown>,
    cut: bool,
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
            downloads: Vec::new(),
            error: None,
            shown: None,
            cut: false,
        }
    }

    pub(super) fn with_error(mut self, message: &str) -> Self {
        self.error = Some(message.to_owned());
        self
    }

    pub(super) fn with_graph(mut self, turtle: &[u8], cut: bool) -> Self {
        self.offer(&[
            ("Turtle", "ttl"),
            ("JSON-LD", "jsonld"),
            ("RDF/XML", "rdf"),
            ("N-Triples", "nt"),
        ]);
        self.shown = Some(Shown::Graph(String::from_utf8_lossy(turtle).into_owned()));
        self.cut = cut;
        self
    }

    pub(super) fn with_results(mut self, json: &[u8], cut: bool) -> Self {
        self.offer(&[
            ("CSV", "csv"),
            ("TSV", "tsv"),
            ("JSON", "json"),
            ("XML", "xml"),
        ]);
        match serde_json::from_slice::<Results>(json) {
            Ok(results) => self.shown = Some(results.shown()),
            Err(error) => self.error = Some(error.to_string()),
        }
        self.cut = cut;
        self
    }

    fn offer(&mut self, formats: &[(&'static str, &'static str)]) {
        for (title, format) in formats {
            let mut parameters = vec![("query", self.query.as_str())];
            parameters.extend(
                self.default_graphs
                    .iter()
                    .map(|graph| ("default-graph-uri", graph.as_str())),
            );
            parameters.extend(
                self.named_graphs
                    .iter()
                    .map(|graph| ("named-graph-uri", graph.as_str())),
            );
            parameters.push(("format", format));
            self.downloads.push((title, link(&parameters)));
        }
    }

    /// The whole page, in the site's frame.
    pub(super) fn answer(&self, app: &App, status: StatusCode) -> Result<Response, WebError> {
        let content = Fragment::of(self)?;
        let html = pages::sparql(app, self.language, self.texts.title, &content)?;
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
