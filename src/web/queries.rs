//! `/queries`: questions that others have put into SPARQL, each with its parameters, as a page, as an
//! interface for programs (`/openapi.json`) and as RDF.
//!
//! They are the files of `queries/public/` and of the operator's folder (`[sparql] queries`), in which a
//! file of the same name stands in place of ours.

mod executable;
mod openapi;
mod page;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use url::form_urlencoded;

use super::error::WebError;
use super::extract::Path;
use super::headers::vary;
use super::html::Language;
use super::named::{Named, Values};
use super::reply;
use super::sparql::format::{Wanted, has_rows, wanted};
use super::sparql::whole::Question;
use super::sparql::{Answer, Asked, known_by};
use super::state::App;
use super::workers::{Ended, PoolError};
use crate::graph::query::{Format, ResultsSyntax};
use crate::rdf::syntax::Syntax;
pub(super) use openapi::openapi;
use page::Page;

/// Rows of a page of rows, where nothing else is asked for.
const PAGE: u64 = 100;

/// The most rows of a page of rows.
const LARGEST: u64 = 10_000;

/// `/queries`: what there is.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    request: Request,
) -> Result<Response, WebError> {
    let asked = Asked::new(&app, &request);
    let mut response = page::list(&app, &asked)?;
    vary(response.headers_mut(), "Accept");
    Ok(response)
}

/// `/queries/{name}`, with an extension or without: the answer to one.
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Path(address): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let (name, extension) = match address.rsplit_once('.') {
        Some((name, extension)) => (name, Some(extension)),
        None => (address.as_str(), None),
    };
    let named = app.queries.get(name).ok_or(WebError::NotFound)?;
    let asked = Asked::new(&app, &request);
    let query = request.uri().query().unwrap_or_default();
    let call = Call::read(named, query, extension, asked.language)?;
    if extension == Some("rq") {
        let values = call.values.as_ref().map_err(|_refusal| call.refusal())?;
        let text = named.standing_alone(values, &app.config.base_uri);
        let text = text.map_err(WebError::internal)?;
        let content_type = "application/sparql-query; charset=utf-8";
        return Ok(reply::answer(content_type, "no-cache", text));
    }
    let mut response = call.answer(&app, &asked).await?;
    vary(response.headers_mut(), "Accept");
    // Labels are in the language of who asks.
    vary(response.headers_mut(), "Accept-Language");
    Ok(response)
}

/// What is asked of a named query.
struct Call<'a> {
    named: &'a Named,
    /// As it was sent, without what is about paging and syntax.
    sent: Vec<(String, String)>,
    values: Result<Values, String>,
    page: u64,
    page_size: u64,
    format: Option<String>,
}

impl<'a> Call<'a> {
    fn read(
        named: &'a Named,
        query: &str,
        extension: Option<&str>,
        language: Language,
    ) -> Result<Self, WebError> {
        let mut call = Self {
            named,
            sent: Vec::new(),
            values: Err(String::new()),
            page: 1,
            page_size: PAGE,
            format: extension.map(str::to_owned),
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "page" => call.page = number("page", &value, u64::from(u32::MAX))?,
                "page_size" => call.page_size = number("page_size", &value, LARGEST)?,
                "format" | "output" if extension.is_none() => {
                    call.format = Some(value.into_owned());
                }
                "lang" | "format" | "output" => {}
                _ => call.sent.push((name.into_owned(), value.into_owned())),
            }
        }
        call.values = named.values(&call.sent, language);
        Ok(call)
    }

    fn refusal(&self) -> WebError {
        WebError::BadRequest(self.values.as_ref().err().cloned().unwrap_or_default())
    }

    async fn answer(&self, app: &App, asked: &Asked) -> Result<Response, WebError> {
        let wanted = wanted(
            asked.accept.as_deref(),
            self.format.as_deref(),
            self.named.form,
        )?;
        let values = match (&self.values, wanted) {
            (Ok(values), _) => values,
            (Err(_), Wanted::Format(_)) => return Err(self.refusal()),
            // A form that is not filled in yet is no mistake.
            (Err(message), Wanted::Page) => {
                let message = (!self.sent.is_empty()).then_some(message.as_str());
                return Page::new(self, asked.language).answer(app, message);
            }
        };
        let format = match wanted {
            Wanted::Format(format) => format,
            Wanted::Page if has_rows(self.named.form) => ResultsSyntax::Json.into(),
            Wanted::Page => Syntax::Turtle.into(),
        };
        let question = self.question(values, format, asked)?;
        let pool = app.pool().ok_or(WebError::Unpublished)?;
        let validators = question.validators(pool.sequence());
        let is_file = wanted != Wanted::Page;
        if let Some(held) = validators.filter(|one| is_file && one.held_by(&asked.headers)) {
            return Ok(held.not_modified());
        }
        let ticket = pool.log().open(&question.query);
        let whole = question
            .ask(app, &pool, &ticket)
            .await
            .inspect_err(|error| {
                let why = PoolError::Refused(error.to_string());
                pool.log().end(&ticket, Ended::failed(why));
            })?;
        let more = whole.kept.cut;
        let response = if is_file {
            self.linked(whole.response(), app, more)
        } else {
            let kept = &whole.kept;
            let shown = if has_rows(self.named.form) {
                let read = Answer::results(asked.language, &kept.bytes, false);
                read.map_err(WebError::internal)?
            } else {
                Answer::graph(asked.language, &kept.bytes, false)
            };
            Page::new(self, asked.language)
                .with_answer(shown, more)
                .answer(app, None)?
        };
        Ok(known_by(response, app, &ticket))
    }

    fn question(
        &self,
        values: &Values,
        format: Format,
        asked: &Asked,
    ) -> Result<Question, WebError> {
        let mut query = self.named.query(values).map_err(WebError::internal)?;
        if self.is_paged() {
            let before = (self.page - 1).saturating_mul(self.page_size);
            // One row more than are given says that there are more.
            query = format!("{query}LIMIT {} OFFSET {before}\n", self.page_size + 1);
        }
        Ok(Question {
            query,
            format,
            rows: self.page_size,
            client: asked.client,
        })
    }

    /// Whether the answer has rows that are given page by page.
    fn is_paged(&self) -> bool {
        has_rows(self.named.form) && self.named.form != crate::graph::query::Form::Ask
    }

    /// The address of another page of rows, in the syntax of an extension.
    fn address(&self, page: u64, extension: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.sent);
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        if self.page_size != PAGE {
            query.append_pair("page_size", &self.page_size.to_string());
        }
        let name = &self.named.name;
        let file =
            extension.map_or_else(|| name.clone(), |extension| format!("{name}.{extension}"));
        match query.finish() {
            query if query.is_empty() => file,
            query => format!("{file}?{query}"),
        }
    }

    /// Adds the addresses of the pages before and after (RFC 8288).
    fn linked(&self, mut response: Response, app: &App, more: bool) -> Response {
        let mut link = |page: u64, relation: &str| {
            let address = self.address(page, self.format.as_deref());
            let link = format!(
                "<{}queries/{address}>; rel=\"{relation}\"",
                app.config.base_uri
            );
            if let Ok(link) = HeaderValue::from_str(&link) {
                response.headers_mut().append(header::LINK, link);
            }
        };
        if self.is_paged() {
            link(1, "first");
            if self.page > 1 {
                link(self.page - 1, "prev");
            }
            if more {
                link(self.page + 1, "next");
            }
        }
        response
    }
}

/// A whole number from 1 on.
fn number(name: &str, value: &str, most: u64) -> Result<u64, WebError> {
    let number = value
        .parse()
        .ok()
        .filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| {
        WebError::BadRequest(format!("`{name}` must be a whole number from 1 to {most}"))
    })
}
