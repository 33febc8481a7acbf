//! The answer to a query as a part of a page: a table, a graph as Turtle, or yes or no.

use askama::Template;
use askama::filters::HtmlSafe;

use super::shown::{Results, Shown};
use super::texts::{ENGLISH, FRENCH, Texts};
use crate::web::html::Language;

/// The formats of rows, with what `format` calls them.
const TABLES: [(&str, &str); 4] = [
    ("CSV", "csv"),
    ("TSV", "tsv"),
    ("JSON", "json"),
    ("XML", "xml"),
];

/// The formats of graphs.
const GRAPHS: [(&str, &str); 4] = [
    ("Turtle", "ttl"),
    ("JSON-LD", "jsonld"),
    ("RDF/XML", "rdf"),
    ("N-Triples", "nt"),
];

/// An answer, to be shown.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<h2>{{ texts.answer }}</h2>
<p>{% if cut %}{{ texts.cut }}{% else %}{{ texts.download }}{% endif %}</p>
<ul class="line">
{%- for (title, link) in downloads %}
<li><a href="{{ link }}" rel="nofollow">{{ title }}</a></li>
{%- endfor %}
</ul>
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
"#
)]
pub(in crate::web) struct Answer {
    texts: &'static Texts,
    shown: Shown,
    cut: bool,
    formats: [(&'static str, &'static str); 4],
    downloads: Vec<(&'static str, String)>,
}

impl Answer {
    /// Of a graph in Turtle.
    pub(in crate::web) fn graph(language: Language, turtle: &[u8], cut: bool) -> Self {
        let turtle = String::from_utf8_lossy(turtle).into_owned();
        Self::new(language, Shown::Graph(turtle), cut, GRAPHS)
    }

    /// Of rows or a boolean in JSON.
    ///
    /// # Errors
    /// Where it is none.
    pub(in crate::web) fn results(
        language: Language,
        json: &[u8],
        cut: bool,
    ) -> serde_json::Result<Self> {
        let results: Results = serde_json::from_slice(json)?;
        Ok(Self::new(language, results.shown(), cut, TABLES))
    }

    fn new(
        language: Language,
        shown: Shown,
        cut: bool,
        formats: [(&'static str, &'static str); 4],
    ) -> Self {
        Self {
            texts: match language {
                Language::Fr => &FRENCH,
                Language::En => &ENGLISH,
            },
            shown,
            cut,
            formats,
            downloads: Vec::new(),
        }
    }

    /// Says where the answer is as a file: the address for what `format` calls each.
    pub(in crate::web) fn offered(mut self, address: impl Fn(&str) -> String) -> Self {
        let formats = self.formats.into_iter();
        self.downloads = formats
            .map(|(title, format)| (title, address(format)))
            .collect();
        self
    }
}

impl HtmlSafe for Answer {}
