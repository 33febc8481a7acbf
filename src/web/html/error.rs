//! The pages of errors: what happened, and where to go from here.

use askama::Template;

use super::label::Shown;
use super::page::{Document, Page};
use super::text::Words;

/// What a page of an error shows.
#[derive(Debug, Clone, Template)]
#[template(path = "error.html")]
pub(in crate::web) struct ErrorPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// What happened.
    pub(in crate::web) problem: Problem<'a>,
}

/// What can go wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Problem<'a> {
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
    pub(super) fn status(self) -> u16 {
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

impl ErrorPage<'_> {
    fn texts(&self) -> (&'static str, &'static str) {
        self.problem.texts(self.page.words())
    }

    fn withdrawn(&self) -> Option<Shown> {
        match self.problem {
            Problem::Gone(time) => Shown::maybe(time, &self.page),
            _ => None,
        }
    }
}
