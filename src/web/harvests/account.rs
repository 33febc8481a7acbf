//! A harvest as JSON, written record by record while it is sent: a run over a large portal has hundreds of
//! thousands of them.

use std::io::{self, Write as _};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::try_unfold;
use serde::Serialize;

use super::JSON;
use crate::graph::provenance;
use crate::ledger::{Reader, RunPosition, RunRecord, RunRow};
use crate::record::PortalId;
use crate::web::compression::Streamed;
use crate::web::conditional::Inputs;
use crate::web::error::WebError;
use crate::web::headers::insert;
use crate::web::spool::Spool;
use crate::web::state::App;

/// Records read at a time.
const PART: u32 = 200;

/// What stands before the records.
#[derive(Serialize)]
struct Head<'a> {
    iri: String,
    #[serde(flatten)]
    run: &'a RunRow,
}

#[derive(Serialize)]
struct Record {
    item: &'static str,
    #[serde(flatten)]
    record: RunRecord,
}

/// The JSON of a run on its way to its client. What is not sent yet is not made yet.
struct Account {
    app: Arc<App>,
    run: i64,
    position: RunPosition,
    is_first: bool,
    is_through: bool,
    spool: Spool,
}

/// The answer to whoever asks for a run. While it is in progress it has no tag: it is another one in a
/// moment.
pub(super) fn answer(
    app: &Arc<App>,
    reader: &Reader,
    portal: &PortalId,
    run: &RunRow,
    headers: &HeaderMap,
) -> Result<Response, WebError> {
    let head = serde_json::to_string_pretty(&Head {
        iri: provenance::harvest(&app.config.base_uri, portal, run.id).into_string(),
        run,
    })
    .map_err(WebError::internal)?;
    let mut validators = None;
    if run.ended.is_some() {
        let mut inputs = Inputs::default();
        inputs.add(&head);
        // What became of records is forgotten after a while.
        inputs.add(reader.noted_records(run.id)?.to_string());
        validators = Some(inputs.finish());
    }
    if let Some(validators) = validators.as_ref().filter(|it| it.held_by(headers)) {
        return Ok(validators.not_modified());
    }
    let mut spool = Spool::new(app.config.store.path.clone());
    let open = head.trim_end_matches('}').trim_end();
    write!(spool, "{open},\n  \"records\": [").map_err(WebError::internal)?;
    let account = Account {
        app: Arc::clone(app),
        run: run.id,
        position: RunPosition::default(),
        is_first: true,
        is_through: false,
        spool,
    };
    let mut response = account.into_body().into_response();
    insert(response.headers_mut(), header::CONTENT_TYPE, JSON);
    response.extensions_mut().insert(Streamed);
    if let Some(validators) = validators {
        validators.write(response.headers_mut());
    }
    Ok(response)
}

impl Account {
    fn into_body(self) -> Body {
        Body::from_stream(try_unfold(self, |account| async move {
            account.next().await.map_err(|error| {
                tracing::error!(%error, cause = ?error, "the account of a harvest is broken off");
                io::Error::other(error)
            })
        }))
    }

    async fn next(mut self) -> Result<Option<(Bytes, Self)>, WebError> {
        loop {
            let piece = self.spool.take();
            if let Some(piece) = piece.map_err(WebError::internal)? {
                return Ok(Some((piece, self)));
            }
            if self.is_through {
                return Ok(None);
            }
            // The turn to read is given back before anything is sent.
            let app = Arc::clone(&self.app);
            self = app.read(|_, reader, _| self.advance(reader)).await?;
        }
    }

    /// Writes the next records, and the end after the last.
    fn advance(mut self, reader: &Reader) -> Result<Self, WebError> {
        let failed = WebError::internal::<io::Error>;
        while !self.spool.is_worth_taking() {
            let records = reader.next_run_records(self.run, &mut self.position, PART)?;
            self.is_through = u32::try_from(records.len()).unwrap_or(u32::MAX) < PART;
            for record in records {
                let comma = if self.is_first { "" } else { "," };
                self.is_first = false;
                let item = record.state.item();
                let text =
                    serde_json::to_string(&Record { item, record }).map_err(WebError::internal)?;
                write!(self.spool, "{comma}\n    {text}").map_err(failed)?;
            }
            if self.is_through {
                self.spool.write_all(b"\n  ]\n}").map_err(failed)?;
                return Ok(self);
            }
        }
        Ok(self)
    }
}
