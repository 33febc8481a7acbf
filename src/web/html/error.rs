//! The pages of errors: what happened, and where to go from here.

use askama::Template;

use super::label::Shown;
use super::page::{Document, Page, written};
use super::text::Words;

/// What a page of an error shows.
#[derive(Debug, Clone)]
pub struct ErrorPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// What happened.
    pub problem: Problem<'a>,
}

/// What can go wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem<'a> {
    /// 400, with what is wrong; it may quote the request.
    BadRequest(&'a str),
    /// 404
    NotFound,
    /// 406, with what exists.
    NotAcceptable(&'a [Document]),
    /// 410, with the time of the withdrawal as xsd:dateTime.
    Gone(Option<&'a str>),
    /// 500; what happened is for the log only.
    Internal,
    /// 503
    Unavailable,
}

impl Problem<'_> {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::NotFound => 404,
            Self::NotAcceptable(_) => 406,
            Self::Gone(_) => 410,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    fn texts(self, words: &'static Words) -> (&'static str, &'static str) {
        match self {
            Self::BadRequest(_) => (words.bad_request, words.bad_request_help),
            Self::NotFound => (words.not_found, words.not_found_help),
            Self::NotAcceptable(_) => (words.not_acceptable, words.not_acceptable_help),
            Self::Gone(_) => (words.gone, words.gone_help),
            Self::Internal => (words.internal, words.internal_help),
            Self::Unavailable => (words.unavailable, words.unavailable_help),
        }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    status: u16,
    title: &'static str,
    help: &'static str,
    detail: &'a str,
    withdrawn: Option<Shown>,
    available: &'a [Document],
}

/// The page of an error.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn error(input: &ErrorPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    let (title, help) = input.problem.texts(page.words());
    written(&ErrorTemplate {
        page,
        w: page.words(),
        status: input.problem.status(),
        title,
        help,
        detail: if let Problem::BadRequest(detail) = input.problem {
            detail
        } else {
            ""
        },
        withdrawn: if let Problem::Gone(time) = input.problem {
            Shown::maybe(time, page)
        } else {
            None
        },
        available: if let Problem::NotAcceptable(documents) = input.problem {
            documents
        } else {
            &[]
        },
    })
}
