//! An answer of few rows, read whole before anything is said: whether there are more is then known.

use std::net::IpAddr;
use std::sync::Arc;

use axum::response::Response;

use crate::graph::query::{Format, Overflow};
use crate::web::answers::Kept;
use crate::web::conditional::{REVALIDATE, Validators};
use crate::web::error::WebError;
use crate::web::reply;
use crate::web::state::App;
use crate::web::workers::{self, Lane, Pool, PoolError, Ticket};

/// The most bytes of such an answer.
const LARGEST: usize = 16 << 20;

/// A question.
pub(in crate::web) struct Question {
    pub(in crate::web) query: String,
    pub(in crate::web) format: Format,
    /// The most rows.
    pub(in crate::web) rows: u64,
    pub(in crate::web) client: Option<IpAddr>,
}

/// Its answer.
pub(in crate::web) struct Whole {
    pub(in crate::web) kept: Kept,
    /// None where it is another every time.
    pub(in crate::web) validators: Option<Validators>,
}

impl Question {
    /// The validators of its answer from a snapshot.
    pub(in crate::web) fn validators(&self, sequence: u64) -> Option<Validators> {
        let rows = self.rows.to_string();
        super::validated(sequence, &self.query, self.format, ["rows", &rows])
    }

    /// Its answer: the one that was given lately, or one of a worker.
    ///
    /// # Errors
    /// Whatever keeps it from being whole.
    pub(in crate::web) async fn ask(
        self,
        app: &App,
        pool: &Pool,
        ticket: &Arc<Ticket>,
    ) -> Result<Whole, WebError> {
        let validators = self.validators(pool.sequence());
        if let Some(validators) = &validators
            && let Some(kept) = app.answers.get(validators.tag())
        {
            pool.log()
                .end(ticket, workers::Ended::by(workers::How::Complete));
            return Ok(Whole {
                kept,
                validators: Some(validators.clone()),
            });
        }
        let request = workers::Request {
            query: self.query.clone(),
            base: app.config.base_uri.iri("sparql").into_string(),
            default_graphs: Vec::new(),
            named_graphs: Vec::new(),
            format: self.format,
            rows: Some((self.rows, Overflow::Cut)),
            client: self.client,
            ticket: Arc::clone(ticket),
        };
        let answer = pool.query(request, Lane::Public).await?;
        let (content_type, sequence) = (answer.content_type, answer.sequence);
        let read = answer.read(LARGEST).await;
        let (bytes, cut) = read.map_err(|error| PoolError::TooLarge(error.to_string()))?;
        let kept = Kept {
            content_type,
            bytes: bytes.into(),
            cut,
        };
        // The snapshot may have been switched since.
        let validators = self.validators(sequence);
        if let Some(validators) = &validators {
            app.answers.keep(validators.tag().to_owned(), kept.clone());
        }
        Ok(Whole { kept, validators })
    }
}

impl Whole {
    /// The answer itself.
    pub(in crate::web) fn response(self) -> Response {
        let cache = self.validators.as_ref().map_or("no-store", |_| REVALIDATE);
        let mut response = reply::answer(self.kept.content_type, cache, self.kept.bytes);
        if let Some(validators) = self.validators {
            validators.write(response.headers_mut());
        }
        response
    }
}
