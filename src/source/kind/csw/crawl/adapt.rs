//! Other ways to ask what a server refuses.
//!
//! Before the first answer: without order, then by GET, in order and without. Then in smaller pages:
//! answers that are too large or too late, and pages that the server dies of because of one record
//! (GeoNetwork answers 500 to the whole page). At last that one record is passed over. When nothing
//! helps, what the server said to the plainest question is the error. Far into a list the records behind
//! may be had by identifier (`behind`), which is tried before one is passed over.

use super::Crawl;
use crate::fetch::FetchError;
use crate::source::contract::CrawlError;
use crate::source::kind::csw::question::{Method, Order, Question};

/// What may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// Another way to ask, or smaller pages.
    Either,
    /// Another method alone: there is nothing at this address for POST.
    Method,
    /// Smaller pages alone.
    Size,
    /// Nothing.
    None,
}

fn remedy(error: &CrawlError, is_unanswered: bool) -> Remedy {
    match error {
        CrawlError::Refused { .. } => Remedy::Either,
        // At first a page for people, later a page that was cut off.
        CrawlError::NotXml { .. } | CrawlError::Shape { .. } if is_unanswered => Remedy::Method,
        CrawlError::NotXml { .. }
        | CrawlError::Fetch(FetchError::TooLarge { .. } | FetchError::Timeout { .. }) => {
            Remedy::Size
        }
        CrawlError::Fetch(error) => match error.status() {
            Some(404 | 405 | 406 | 411 | 415 | 501) => Remedy::Method,
            Some(400 | 413 | 422 | 500) => Remedy::Either,
            Some(502..=504) => Remedy::Size,
            _ => Remedy::None,
        },
        _ => Remedy::None,
    }
}

impl Crawl {
    /// Changes the question or the piece of the list that is asked for.
    ///
    /// # Errors
    /// The error, where nothing is left to try.
    pub(super) fn adapt(
        &mut self,
        question: &mut Question,
        error: CrawlError,
    ) -> Result<(), CrawlError> {
        let is_unanswered = self.cursor.question.is_none();
        let remedy = remedy(&error, is_unanswered);
        tracing::debug!(%error, start = self.cursor.start, size = self.cursor.list.size, "asking in another way");
        if is_unanswered && matches!(remedy, Remedy::Either | Remedy::Method) {
            let other = Self::other_way(question, remedy);
            if let Some(other) = other {
                self.note_way(&other, &error);
                *question = other;
                self.refusal.get_or_insert(error);
                return Ok(());
            }
        }
        if is_unanswered && !self.is_full && matches!(remedy, Remedy::Either) {
            // It cannot be asked for what has changed.
            return Err(CrawlError::WindowExhausted {
                url: question.address().clone(),
            });
        }
        let error = self.refusal.take().unwrap_or(error);
        if !matches!(remedy, Remedy::Either | Remedy::Size) {
            return Err(error);
        }
        if self.cursor.list.size > 1 {
            self.cursor.shrink();
            self.refusal = Some(error);
            return Ok(());
        }
        if is_unanswered {
            return Err(error);
        }
        if self.cursor.behind.is_untried() {
            let why = format!("it was asked for what is behind the last one met, and {error}");
            self.cursor.behind.take_back(&why);
            return Ok(());
        }
        if self.go_behind(question) {
            return Ok(());
        }
        self.cursor
            .pass_over(error)
            .map_err(|error| self.at_window(error))
    }

    fn other_way(question: &Question, remedy: Remedy) -> Option<Question> {
        let way = match (question.method, question.order, remedy) {
            (Method::Post, Order::Sorted, Remedy::Either) => (Method::Post, Order::Unsorted),
            (Method::Post, ..) => (Method::Get, Order::Sorted),
            (Method::Get, Order::Sorted, Remedy::Either) => (Method::Get, Order::Unsorted),
            (Method::Get, ..) => return None,
        };
        Some(Question {
            method: way.0,
            order: way.1,
            ..question.clone()
        })
    }

    /// Tells of the way that was found, in place of those that were tried on the way to it.
    fn note_way(&mut self, question: &Question, error: &CrawlError) {
        const PREFIX: &str = "GetRecords is asked ";
        let refusal = self.refusal.as_ref().unwrap_or(error);
        let way = match (question.method, question.order) {
            (Method::Post, _) => "without an order, so that pages may move",
            (Method::Get, Order::Sorted) => "by GET",
            (Method::Get, Order::Unsorted) => "by GET and without an order, so that pages may move",
        };
        let note = format!("{PREFIX}{way}, since {refusal}");
        self.cursor.notes.retain(|note| !note.starts_with(PREFIX));
        self.cursor.note(note);
    }
}
