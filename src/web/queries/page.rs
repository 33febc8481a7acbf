//! The pages of the named queries: the list of them, and each with its form and its answer.
//!
//! They work without scripts. The list is JSON too, and RDF: `sh:SPARQLExecutable`
//! (<https://www.w3.org/ns/shacl#SPARQLExecutable>), as query editors read examples.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::Call;
use crate::rdf::syntax::Syntax;
use crate::web::conditional::REVALIDATE;
use crate::web::error::WebError;
use crate::web::html::{Fragment, Language};
use crate::web::named::{Named, Parameter, Texts, Type, in_language};
use crate::web::negotiate::{NotAcceptable, Offer, negotiate};
use crate::web::sparql::{Answer, Asked};
use crate::web::state::App;
use crate::web::{pages, reply};

/// What the pages say, in one language.
struct Words {
    title: &'static str,
    intro: &'static str,
    run: &'static str,
    any: &'static str,
    required: &'static str,
    before: &'static str,
    after: &'static str,
    query: &'static str,
    edit: &'static str,
    all: &'static str,
    programs: &'static str,
}

const ENGLISH: Words = Words {
    title: "Ready-made questions",
    intro: "Questions about the catalogue that are already written in SPARQL. Each has its answer as a page, and as CSV, JSON or XML for programs.",
    run: "Ask",
    any: "any",
    required: "required",
    before: "Previous rows",
    after: "Next rows",
    query: "The query",
    edit: "Change it",
    all: "All questions",
    programs: "For programs: a description in OpenAPI",
};

const FRENCH: Words = Words {
    title: "Questions toutes prêtes",
    intro: "Des questions sur le catalogue déjà écrites en SPARQL. Chacune a sa réponse en page, et en CSV, JSON ou XML pour les programmes.",
    run: "Demander",
    any: "indifférent",
    required: "obligatoire",
    before: "Lignes précédentes",
    after: "Lignes suivantes",
    query: "La requête",
    edit: "La modifier",
    all: "Toutes les questions",
    programs: "Pour les programmes : une description en OpenAPI",
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::Fr => &FRENCH,
        Language::En => &ENGLISH,
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<h1>{{ words.title }}</h1>
<p>{{ words.intro }}</p>
<dl class="questions">
{%- for one in all %}
<dt><a href="queries/{{ one.name }}">{{ one.title }}</a></dt>
<dd>{{ one.description }}</dd>
{%- endfor %}
</dl>
<p><a href="openapi.json">{{ words.programs }}</a></p>
"#
)]
struct List {
    words: &'static Words,
    all: Vec<Entry>,
}

/// A query as the list has it.
#[derive(Serialize)]
struct Entry {
    name: String,
    url: String,
    title: String,
    description: String,
    parameters: Vec<EntryParameter>,
}

#[derive(Serialize)]
struct EntryParameter {
    name: String,
    r#type: &'static str,
    title: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<String>,
}

/// What the list is given as.
#[derive(Clone, Copy)]
enum Shape {
    Page,
    Json,
    Rdf(Syntax),
}

/// `/queries`.
pub(super) fn list(app: &App, asked: &Asked) -> Result<Response, WebError> {
    let mut offers = vec![
        Offer {
            media_type: "text/html",
            value: Shape::Page,
        },
        Offer {
            media_type: "application/json",
            value: Shape::Json,
        },
    ];
    offers.extend(Syntax::media_types().map(|(media_type, syntax)| Offer {
        media_type,
        value: Shape::Rdf(syntax),
    }));
    let shape = negotiate(asked.accept.as_deref(), &offers).map_err(|NotAcceptable| {
        let types: Vec<&str> = offers.iter().map(|offer| offer.media_type).collect();
        WebError::NotAcceptable(types.join(", "))
    })?;
    let language = asked.language;
    let entries = || {
        app.queries
            .all()
            .map(|one| entry(app, one, language))
            .collect()
    };
    match shape {
        Shape::Page => {
            let words = words(language);
            let content = Fragment::of(&List {
                words,
                all: entries(),
            })?;
            let html = pages::framed(app, language, words.title, &content)?;
            Ok(reply::page(language, "no-cache", html))
        }
        Shape::Json => {
            let all: Vec<Entry> = entries();
            let body = serde_json::to_vec(&all).map_err(WebError::internal)?;
            Ok(reply::answer("application/json", REVALIDATE, body))
        }
        Shape::Rdf(syntax) => reply::rdf(syntax, &super::executable::quads(app)),
    }
}

fn entry(app: &App, named: &Named, language: Language) -> Entry {
    let parameters = named.parameters.iter().map(|(name, one)| EntryParameter {
        name: name.clone(),
        r#type: one.r#type.name(),
        title: in_language(&one.title, language).to_owned(),
        required: one.is_required(),
        default: one.default(),
        choices: one.choices.iter().map(|one| one.value.clone()).collect(),
    });
    Entry {
        name: named.name.clone(),
        url: format!("{}queries/{}", app.config.base_uri, named.name),
        title: in_language(&named.title, language).to_owned(),
        description: in_language(&named.description, language).to_owned(),
        parameters: parameters.collect(),
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<h1>{{ title }}</h1>
<p>{{ description }}</p>
{%- if !fields.is_empty() %}
<form method="get" action="{{ name }}" class="question">
{%- for field in fields %}
<p><label for="{{ field.name }}">{{ field.title }}{% if field.required %} ({{ words.required }}){% endif %}</label>
{%- if field.choices.is_empty() %}
<input id="{{ field.name }}" name="{{ field.name }}" type="{{ field.kind }}" value="{{ field.value }}"{% if field.required %} required{% endif %}
{%- if let Some(least) = field.least %} min="{{ least }}"{% endif %}{% if let Some(most) = field.most %} max="{{ most }}"{% endif %}>
{%- else %}
<select id="{{ field.name }}" name="{{ field.name }}">
{%- if !field.required && !field.has_default %}
<option value="">{{ words.any }}</option>
{%- endif %}
{%- for (value, title) in field.choices %}
<option value="{{ value }}"{% if *value == field.value %} selected{% endif %}>{{ title }}</option>
{%- endfor %}
</select>
{%- endif %}
{%- if !field.description.is_empty() %} <small>{{ field.description }}</small>{% endif %}</p>
{%- endfor %}
<p><button class="button">{{ words.run }}</button></p>
</form>
{%- endif %}
{%- if let Some(message) = message %}
<p class="error" role="alert">{{ message }}</p>
{%- endif %}
{%- if let Some(answer) = answer %}
{{ answer }}
<ul class="line">
{%- if let Some(href) = before %}
<li><a href="{{ href }}" rel="prev">{{ words.before }}</a></li>
{%- endif %}
{%- if let Some(href) = after %}
<li><a href="{{ href }}" rel="next">{{ words.after }}</a></li>
{%- endif %}
</ul>
{%- endif %}
{%- if let Some(query) = query %}
<details><summary>{{ words.query }}</summary>
<pre>{{ query }}</pre>
<p><a href="{{ edit }}" rel="nofollow">{{ words.edit }}</a></p>
</details>
{%- endif %}
<p><a href="../queries">{{ words.all }}</a></p>
"#
)]
/// The page of one query.
pub(super) struct Page<'a> {
    call: &'a Call<'a>,
    language: Language,
    words: &'static Words,
    name: &'a str,
    title: &'a str,
    description: &'a str,
    fields: Vec<Field<'a>>,
    message: Option<String>,
    answer: Option<Answer>,
    before: Option<String>,
    after: Option<String>,
    query: Option<String>,
    edit: String,
}

/// A field of the form.
struct Field<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    kind: &'static str,
    value: String,
    required: bool,
    has_default: bool,
    choices: Vec<(&'a str, &'a str)>,
    least: Option<i64>,
    most: Option<i64>,
}

impl<'a> Page<'a> {
    pub(super) fn new(call: &'a Call<'a>, language: Language) -> Self {
        let named = call.named;
        let fields = named.parameters.iter().map(|(name, parameter)| {
            let sent = call.sent.iter().find(|(one, _)| one == name);
            field(name, parameter, sent.map(|(_, value)| value), language)
        });
        let query = call
            .values
            .as_ref()
            .ok()
            .and_then(|values| named.query(values).ok());
        let edit = query.as_ref().map(|query| {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            format!("../sparql?{}", form.append_pair("query", query).finish())
        });
        Self {
            call,
            language,
            words: words(language),
            name: &named.name,
            title: in_language(&named.title, language),
            description: in_language(&named.description, language),
            fields: fields.collect(),
            message: None,
            answer: None,
            before: None,
            after: None,
            edit: edit.unwrap_or_default(),
            query,
        }
    }

    /// With the answer, and whether there are more rows.
    pub(super) fn with_answer(mut self, answer: Answer, more: bool) -> Self {
        let call = self.call;
        self.answer = Some(answer.offered(|extension| call.address(call.page, Some(extension))));
        if call.is_paged() {
            self.before = (call.page > 1).then(|| call.address(call.page - 1, None));
            self.after = more.then(|| call.address(call.page + 1, None));
        }
        self
    }

    /// The whole page, in the site's frame.
    pub(super) fn answer(mut self, app: &App, message: Option<&str>) -> Result<Response, WebError> {
        self.message = message.map(str::to_owned);
        let content = Fragment::of(&self)?;
        let html = pages::framed(app, self.language, self.title, &content)?;
        let mut response = reply::page(self.language, "no-cache", html);
        if message.is_some() {
            *response.status_mut() = StatusCode::BAD_REQUEST;
        }
        Ok(response)
    }
}

fn field<'a>(
    name: &'a str,
    parameter: &'a Parameter,
    sent: Option<&String>,
    language: Language,
) -> Field<'a> {
    let default = parameter.default();
    let choices = parameter.choices.iter().map(|one| {
        let title = in_language(&one.title, language);
        let value = one.value.as_str();
        (value, if title.is_empty() { value } else { title })
    });
    Field {
        name,
        title: in_language(&parameter.title, language),
        description: in_language(&parameter.description, language),
        kind: match parameter.r#type {
            Type::Iri => "url",
            Type::Integer => "number",
            Type::Date => "date",
            Type::Text | Type::Boolean => "text",
        },
        required: parameter.is_required(),
        has_default: default.is_some(),
        value: sent.cloned().or(default).unwrap_or_default(),
        choices: choices.collect(),
        least: parameter.least,
        most: parameter.most,
    }
}

/// The texts of a query that search engines and programs are told.
pub(super) fn english(texts: &Texts) -> &str {
    in_language(texts, Language::En)
}
