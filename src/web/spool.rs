//! Bytes between the one who writes them all at once and the client who takes them in its own time: few
//! of them in memory, the rest in a nameless temporary file.
//!
//! Every large answer goes through one, so that who reads slowly, or not at all, holds no memory.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream::try_unfold;

use super::compression::Streamed;
use super::error::WebError;
use super::state::App;

/// The most bytes in memory.
const MOST: usize = 256 << 10;

/// The most bytes that are taken at once.
const PIECE: usize = 32 << 10;

/// Written first, then taken, then written again.
#[derive(Debug)]
pub(super) struct Spool {
    /// Where a temporary file is made.
    folder: PathBuf,
    written: Vec<u8>,
    file: Option<File>,
    /// How far the file has been taken.
    offset: u64,
    /// What is taken from memory.
    taken: Bytes,
}

impl Spool {
    /// An empty one, with its temporary files in `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            written: Vec::new(),
            file: None,
            offset: 0,
            taken: Bytes::new(),
        }
    }

    /// Whether there is enough to send.
    pub(super) fn is_worth_taking(&self) -> bool {
        self.file.is_some() || self.written.len() >= PIECE
    }

    /// The bytes as the body of an answer.
    fn into_body(self) -> Body {
        Body::from_stream(try_unfold(self, |mut spool| {
            std::future::ready(spool.take().map(|piece| piece.map(|piece| (piece, spool))))
        }))
    }

    /// The next bytes; none when all have been taken.
    pub(super) fn take(&mut self) -> io::Result<Option<Bytes>> {
        if let Some(file) = &self.file {
            // Of a file that was written a moment ago, which the system has in memory.
            let mut piece = vec![0; PIECE];
            let length = file.read_at(&mut piece, self.offset)?;
            if length > 0 {
                self.offset += length as u64;
                piece.truncate(length);
                return Ok(Some(piece.into()));
            }
            self.file = None;
            self.offset = 0;
        }
        if self.taken.is_empty() {
            self.taken = std::mem::take(&mut self.written).into();
        }
        let length = self.taken.len().min(PIECE);
        Ok((length > 0).then(|| self.taken.split_to(length)))
    }
}

/// A temporary file in the folder, or where the system has its own if nothing may be written there.
fn nameless(folder: &Path) -> io::Result<File> {
    tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile())
}

/// Puts answers that are large and made already where they need no memory.
pub(super) async fn aside(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    let size = response.body().size_hint().exact();
    let size = match size {
        Some(size) if size > MOST as u64 && !is_head => size,
        _ => return response,
    };
    let (mut parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return WebError::internal(&error).into_response(),
    };
    let folder = app.config.store.path.clone();
    let written = tokio::task::spawn_blocking(move || {
        let mut spool = Spool::new(folder);
        match spool.write_all(&bytes) {
            Ok(()) => spool.into_body(),
            // The disk is full, or too many files are open: then it is sent from where it is.
            Err(error) => {
                tracing::warn!(%error, "a large answer stays in memory");
                Body::from(bytes)
            }
        }
    });
    parts.extensions.insert(Streamed);
    parts
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(size));
    match written.await {
        Ok(body) => Response::from_parts(parts, body),
        Err(error) => WebError::internal(&error).into_response(),
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.written.len() + bytes.len() <= MOST {
            self.written.extend_from_slice(bytes);
            return Ok(bytes.len());
        }
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(nameless(&self.folder)?),
        };
        file.write_all(&std::mem::take(&mut self.written))?;
        file.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use futures_util::StreamExt as _;
    use tower::ServiceExt as _;

    use super::*;
    use crate::config::Config;

    #[tokio::test]
    async fn a_large_answer_is_sent_in_small_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        folder.path().clone_into(&mut config.store.path);
        let app = App::new(config, "none".into());
        let answer = || std::future::ready(vec![7; 3 * MOST]);
        let routes = Router::new()
            .route("/", get(answer))
            .layer(from_fn_with_state(app, aside));
        let request = Request::get("/").body(Body::empty()).unwrap();
        let response = routes.oneshot(request).await.unwrap();
        assert!(response.extensions().get::<Streamed>().is_some());
        assert_eq!(response.headers()["content-length"], "786432");
        let pieces: Vec<_> = response.into_body().into_data_stream().collect().await;
        let lengths = pieces.into_iter().map(|piece| piece.unwrap().len());
        let lengths: Vec<usize> = lengths.collect();
        assert_eq!(lengths.iter().sum::<usize>(), 3 * MOST);
        assert!(lengths.iter().all(|length| *length <= PIECE));
    }

    #[test]
    fn what_is_written_is_taken_in_order_from_memory_and_file() {
        let folder = tempfile::tempdir().unwrap();
        let mut spool = Spool::new(folder.path().to_owned());
        for size in [0, 1, PIECE, MOST, MOST + 1, 3 * MOST + 17] {
            let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
            for part in bytes.chunks(100) {
                spool.write_all(part).unwrap();
            }
            assert_eq!(spool.is_worth_taking(), size >= PIECE);
            assert!(spool.written.len() <= MOST);
            let mut taken = Vec::new();
            while let Some(piece) = spool.take().unwrap() {
                assert!(piece.len() <= PIECE);
                taken.extend_from_slice(&piece);
            }
            assert!(taken == bytes, "{size}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
