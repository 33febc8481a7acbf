//! Reads bodies in pieces, so that none is held or written beyond its limit.
//!
//! Sizes are those of the decompressed bytes. A bomb stops at the limit like any other body, and
//! before it by what it grows to: the client leaves bodies as they were sent, so what came in can be
//! compared with what became of it. Whatever ends early (the connection, a compressed stream within
//! it) is an error, never a short body. What goes into a file is unpacked where it is itself a compressed
//! file, within the same limits.

use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::time::{Instant, timeout};
use url::Url;

use super::FetchError;
use super::budget::Spending;
use super::file::{Coming, PIECE};
use super::packed::{Packed, Packing};
use crate::causes::line;

/// How much of an answer that cannot be used is read, and how much is kept of it.
pub(super) const EXCERPT_BYTES: usize = 4096;
const EXCERPT_CHARS: usize = 300;

/// How long an error's body is waited for: it is not worth more.
const EXCERPT_TIME: Duration = Duration::from_secs(5);

/// A body that stays below this is let grow as it likes: text of one page may well be repetitive.
pub(super) const HARMLESS: u64 = 8 << 20;

/// How much a body may be.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// Decompressed bytes.
    pub(super) bytes: u64,
    /// Decompressed bytes for each byte that was sent.
    pub(super) ratio: u32,
    /// How long it may take before it has to have come at [`PACE`] at least; as long as it likes where
    /// the whole attempt is timed.
    pub(super) grace: Option<Duration>,
}

/// The slowest that a large body may come in, in bytes a second: slower is no portal that is far away, but
/// one that holds its clients.
const PACE: u64 = 16 << 10;

/// Where a body goes.
pub(super) enum Sink {
    /// Into memory.
    Memory,
    /// Into a file, from its start.
    File(tokio::fs::File),
}

impl Sink {
    /// Forgets what an earlier attempt left in it.
    pub(super) async fn empty(&mut self) -> io::Result<()> {
        match self {
            Self::Memory => Ok(()),
            Self::File(file) => {
                file.rewind().await?;
                file.set_len(0).await
            }
        }
    }
}

/// A body that came in.
pub(super) struct Taken {
    /// What went into memory.
    pub(super) body: Bytes,
    /// The size, wherever it went.
    pub(super) bytes: u64,
}

/// Reads a whole body.
pub(super) async fn take(
    response: reqwest::Response,
    url: &Url,
    limits: Limits,
    spending: &Spending,
    sink: &mut Sink,
) -> Result<Taken, FetchError> {
    let body = Body::open(response, url, limits)?;
    match sink {
        Sink::Memory => into_memory(body, spending).await,
        Sink::File(file) => into_file(body, spending, file).await,
    }
}

async fn into_memory(mut body: Body<'_>, spending: &Spending) -> Result<Taken, FetchError> {
    let mut held = BytesMut::new();
    while let Some(chunk) = body.next().await? {
        spending.bytes(chunk.len())?;
        held.extend_from_slice(&chunk);
    }
    Ok(Taken {
        body: held.freeze(),
        bytes: body.taken,
    })
}

async fn into_file(
    mut body: Body<'_>,
    spending: &Spending,
    file: &mut tokio::fs::File,
) -> Result<Taken, FetchError> {
    let mut coming = Coming::new();
    let mut bytes = 0;
    let url = body.url;
    let garbled = |source| FetchError::Garbled {
        url: url.into(),
        source,
    };
    while let Some(chunk) = body.next().await? {
        for piece in chunk.chunks(PIECE) {
            let text = coming.take(piece).map_err(garbled)?;
            bytes += u64::try_from(text.len()).unwrap_or(u64::MAX);
            body.check(bytes)?;
            spending.bytes(text.len())?;
            file.write_all(&text).await.map_err(FetchError::Spool)?;
        }
    }
    let rest = coming.end().map_err(garbled)?;
    bytes += u64::try_from(rest.len()).unwrap_or(u64::MAX);
    body.check(bytes)?;
    spending.bytes(rest.len())?;
    file.write_all(&rest).await.map_err(FetchError::Spool)?;
    file.flush().await.map_err(FetchError::Spool)?;
    Ok(Taken {
        body: Bytes::new(),
        bytes,
    })
}

/// Reads the beginning of an error's body as one line, as far as it comes.
pub(super) async fn excerpt(response: reqwest::Response, url: &Url) -> String {
    let reading = beginning(response, url, EXCERPT_BYTES);
    match timeout(EXCERPT_TIME, reading).await {
        Ok(Ok(start)) => excerpt_of(&start),
        _ => String::new(),
    }
}

/// Reads at least `length` bytes of a body that has so many; what is wrong with it after its first bytes
/// does not count.
pub(super) async fn beginning(
    response: reqwest::Response,
    url: &Url,
    length: usize,
) -> Result<Bytes, FetchError> {
    let limits = Limits {
        bytes: u64::MAX,
        ratio: u32::MAX,
        grace: None,
    };
    let mut body = Body::open(response, url, limits)?;
    let mut start = BytesMut::new();
    while start.len() < length {
        match body.next().await {
            Ok(Some(chunk)) => start.extend_from_slice(&chunk),
            Err(error) if start.is_empty() => return Err(error),
            Ok(None) | Err(_) => break,
        }
    }
    Ok(start.freeze())
}

/// The beginning of a body as one line.
pub(super) fn excerpt_of(body: &[u8]) -> String {
    let start = body.get(..EXCERPT_BYTES).unwrap_or(body);
    line(&undeclared(&String::from_utf8_lossy(start)), EXCERPT_CHARS)
}

/// XML without what it declares of namespaces and schemas: hundreds of characters that tell a reader
/// nothing stand before the one sentence of a report of exceptions.
fn undeclared(text: &str) -> String {
    let is_declaration = |attribute: &str| {
        let name = attribute.split('=').next().unwrap_or_default();
        name == "xmlns" || name.starts_with("xmlns:") || name.ends_with(":schemaLocation")
    };
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(char::is_whitespace) {
        kept.push_str(before);
        let quoted = after.find(['"', '\'']).filter(|_| is_declaration(after));
        let end = quoted.and_then(|open| {
            let quote = after.get(open..)?.chars().next()?;
            let close = after.get(open + 1..)?.find(quote)?;
            Some(open + 1 + close + 1)
        });
        rest = if let Some(end) = end {
            after.get(end..).unwrap_or_default()
        } else {
            kept.push(' ');
            after
        };
    }
    kept.push_str(rest);
    kept
}

/// A body as it comes in.
struct Body<'a> {
    source: Source,
    url: &'a Url,
    limits: Limits,
    taken: u64,
    began: Instant,
}

enum Source {
    Plain(reqwest::Response),
    Packed(Packed),
}

impl<'a> Body<'a> {
    fn open(response: reqwest::Response, url: &'a Url, limits: Limits) -> Result<Self, FetchError> {
        let packing = Packing::of(response.headers()).map_err(|coding| FetchError::Coding {
            url: url.into(),
            coding,
        })?;
        let body = Self {
            url,
            limits,
            taken: 0,
            began: Instant::now(),
            source: Source::Plain(response),
        };
        // Compression makes nothing larger worth speaking of, so this holds for what is compressed too.
        if let Source::Plain(response) = &body.source
            && response
                .content_length()
                .is_some_and(|length| length > limits.bytes)
        {
            return Err(body.too_large());
        }
        Ok(match (packing, body.source) {
            (Some(packing), Source::Plain(response)) => Self {
                source: Source::Packed(Packed::new(packing, response)),
                ..body
            },
            (_, source) => Self { source, ..body },
        })
    }

    /// The next decompressed bytes; `None` at the end of a body that came whole.
    async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        let chunk = match &mut self.source {
            Source::Plain(response) => response
                .chunk()
                .await
                .map_err(|error| FetchError::from_client(self.url, error))?,
            Source::Packed(packed) => packed
                .chunk()
                .await
                .map_err(|error| FetchError::from_reading(self.url, error))?,
        };
        let Some(chunk) = chunk else { return Ok(None) };
        let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        self.taken = self.taken.saturating_add(length);
        if self.taken > self.limits.bytes {
            return Err(self.too_large());
        }
        let due = |grace: Duration| grace + Duration::from_secs(self.taken / PACE);
        if self
            .limits
            .grace
            .is_some_and(|grace| self.began.elapsed() > due(grace))
        {
            return Err(FetchError::Timeout {
                url: self.url.into(),
            });
        }
        if matches!(self.source, Source::Packed(_)) {
            self.check(self.taken)?;
        }
        Ok(Some(chunk))
    }

    /// Refuses a body of which so many bytes became: too many, or out of proportion to what was sent.
    fn check(&self, bytes: u64) -> Result<(), FetchError> {
        if bytes > self.limits.bytes {
            return Err(self.too_large());
        }
        let sent = match &self.source {
            Source::Plain(_) => self.taken,
            Source::Packed(packed) => packed.received(),
        };
        if bytes > HARMLESS && bytes / u64::from(self.limits.ratio) > sent {
            return Err(FetchError::Bomb {
                url: self.url.into(),
                limit: self.limits.ratio,
            });
        }
        Ok(())
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge {
            url: self.url.into(),
            limit: self.limits.bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt_of;

    #[test]
    fn excerpts_of_xml_leave_declarations_out() {
        let report = r#"<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"
            xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' version="1.0.0" xsi:schemaLocation="http://www.opengis.net/ows
            http://schemas.opengis.net/ows/1.0.0/owsExceptionReport.xsd"><ows:Exception exceptionCode="NoApplicableCode">no xmlns="" here"#;
        assert_eq!(
            excerpt_of(report.as_bytes()),
            r#"<ows:ExceptionReport version="1.0.0"><ows:Exception exceptionCode="NoApplicableCode">no here"#
        );
        assert_eq!(excerpt_of(b"a xmlns=\"cut off"), "a xmlns=\"cut off");
    }
}
