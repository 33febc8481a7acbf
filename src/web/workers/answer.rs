//! An answer on its way: its first byte is there, the rest may still fail.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::sync::mpsc;

use crate::graph::worker::frame::Outcome;

/// A part of an answer.
pub(super) enum Piece {
    /// Bytes.
    Data(Bytes),
    /// There is no more.
    End(Outcome),
}

/// An answer that has begun.
pub struct Answer {
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// The sequence of the snapshot that answers.
    pub sequence: u64,
    /// The answer itself; dropped, the query is killed.
    pub body: Body,
}

impl Answer {
    /// The whole answer, and whether rows were [cut](crate::graph::query::Overflow::Cut).
    ///
    /// # Errors
    /// When it is broken off, or has more than `most` bytes.
    pub async fn read(mut self, most: usize) -> io::Result<(Vec<u8>, bool)> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.body.next().await {
            bytes.extend_from_slice(&chunk?);
            if bytes.len() > most {
                return Err(io::Error::other("the answer is too long"));
            }
        }
        Ok((bytes, self.body.cut))
    }
}

/// The bytes of an answer. They end cleanly only if they are all there.
pub struct Body {
    pieces: mpsc::Receiver<Piece>,
    ended: bool,
    cut: bool,
}

impl Body {
    pub(super) fn new(pieces: mpsc::Receiver<Piece>) -> Self {
        Self {
            pieces,
            ended: false,
            cut: false,
        }
    }
}

impl Stream for Body {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let piece = match self.pieces.poll_recv(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(piece) => piece,
        };
        let broken = match piece {
            Some(Piece::Data(bytes)) => return Poll::Ready(Some(Ok(bytes))),
            Some(Piece::End(Outcome::Complete)) => None,
            Some(Piece::End(Outcome::Cut)) => {
                self.cut = true;
                None
            }
            Some(Piece::End(Outcome::Broken(reason))) => Some(io::Error::other(reason)),
            // Killed: at a limit, by the system, or by itself.
            None => Some(io::Error::other("the answer was broken off")),
        };
        self.ended = true;
        Poll::Ready(broken.map(Err))
    }
}
