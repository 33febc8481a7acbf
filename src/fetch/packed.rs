//! Compressed bodies (RFC 9110 §8.4.1), decompressed as they come in.
//!
//! Knows how much was received, which the HTTP client's own decompression does not tell. A stream that
//! ends before its own end, or goes on after it, is an error.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZstdDecoder};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};
use tokio_util::io::StreamReader;

use crate::causes::line;

/// What a request says that it understands.
pub(super) const ACCEPTED: &str = "gzip, br, zstd";

/// How much is decompressed at once.
const CHUNK: usize = 64 << 10;

/// How much is shown of a coding that nobody asked for.
const CODING_CHARS: usize = 40;

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Brotli,
    Zstd,
}

impl Packing {
    /// Reads `Content-Encoding`.
    ///
    /// # Errors
    /// The coding, where it is none that was asked for.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, String> {
        let Some(value) = headers.get(CONTENT_ENCODING) else {
            return Ok(None);
        };
        let coding = String::from_utf8_lossy(value.as_bytes())
            .trim()
            .to_ascii_lowercase();
        match coding.as_str() {
            "" | "identity" => Ok(None),
            "gzip" | "x-gzip" => Ok(Some(Self::Gzip)),
            "br" => Ok(Some(Self::Brotli)),
            "zstd" => Ok(Some(Self::Zstd)),
            other => Err(line(other, CODING_CHARS)),
        }
    }
}

type Raw = StreamReader<Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>, Bytes>;

enum Decoder {
    Gzip(GzipDecoder<Raw>),
    Brotli(BrotliDecoder<Raw>),
    // Its window is kept within, and is large.
    Zstd(Box<ZstdDecoder<Raw>>),
}

impl Decoder {
    async fn read(&mut self, into: &mut BytesMut) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read_buf(into).await,
            Self::Brotli(decoder) => decoder.read_buf(into).await,
            Self::Zstd(decoder) => decoder.read_buf(into).await,
        }
    }

    fn raw(&mut self) -> &mut Raw {
        match self {
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Brotli(decoder) => decoder.get_mut(),
            Self::Zstd(decoder) => decoder.get_mut(),
        }
    }
}

/// A compressed body.
pub(super) struct Packed {
    decoder: Decoder,
    received: Arc<AtomicU64>,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Untouched,
    Reading,
    Ended,
}

impl Packed {
    pub(super) fn new(packing: Packing, response: reqwest::Response) -> Self {
        let received = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&received);
        let stream = response.bytes_stream().map(move |chunk| {
            let chunk = chunk.map_err(io::Error::other)?;
            count.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            Ok(chunk)
        });
        let raw: Raw = StreamReader::new(Box::pin(stream));
        let decoder = match packing {
            Packing::Gzip => {
                let mut decoder = GzipDecoder::new(raw);
                decoder.multiple_members(true);
                Decoder::Gzip(decoder)
            }
            Packing::Brotli => Decoder::Brotli(BrotliDecoder::new(raw)),
            Packing::Zstd => {
                let mut decoder = ZstdDecoder::new(raw);
                decoder.multiple_members(true);
                Decoder::Zstd(Box::new(decoder))
            }
        };
        Self {
            decoder,
            received,
            stage: Stage::Untouched,
        }
    }

    /// How many bytes were received so far.
    pub(super) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    /// The next decompressed bytes; `None` at the end.
    pub(super) async fn chunk(&mut self) -> io::Result<Option<Bytes>> {
        if self.stage == Stage::Untouched {
            // Nothing at all is an empty body, and no cut-off stream.
            let nothing = self.decoder.raw().fill_buf().await?.is_empty();
            self.stage = if nothing {
                Stage::Ended
            } else {
                Stage::Reading
            };
        }
        if self.stage == Stage::Ended {
            return Ok(None);
        }
        let mut chunk = BytesMut::with_capacity(CHUNK);
        if self.decoder.read(&mut chunk).await? > 0 {
            return Ok(Some(chunk.freeze()));
        }
        self.stage = Stage::Ended;
        if self.decoder.raw().fill_buf().await?.is_empty() {
            return Ok(None);
        }
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "bytes follow the end of the compressed body",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packing(value: &'static str) -> Result<Option<Packing>, String> {
        let headers = HeaderMap::from_iter([(CONTENT_ENCODING, value.parse().unwrap())]);
        Packing::of(&headers)
    }

    #[test]
    fn codings_are_read_leniently() {
        assert_eq!(Packing::of(&HeaderMap::new()), Ok(None));
        assert_eq!(packing("identity"), Ok(None));
        assert_eq!(packing(" GZip "), Ok(Some(Packing::Gzip)));
        assert_eq!(packing("x-gzip"), Ok(Some(Packing::Gzip)));
        assert_eq!(packing("br"), Ok(Some(Packing::Brotli)));
        assert_eq!(packing("zstd"), Ok(Some(Packing::Zstd)));
    }

    #[test]
    fn codings_that_nobody_asked_for_are_named() {
        assert_eq!(packing("compress"), Err("compress".to_owned()));
        assert_eq!(packing("gzip, gzip"), Err("gzip, gzip".to_owned()));
    }
}
