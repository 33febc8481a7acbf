//! Reads bodies in pieces, so that none is held beyond its limit.
//!
//! Sizes are those of the decompressed bytes: the client decompresses as it reads, and a bomb stops
//! at the limit like any other body.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::timeout;
use url::Url;

use super::FetchError;
use super::redact::line;

/// How much of an error's body is read, and how much is kept of it.
const EXCERPT_BYTES: usize = 4096;
const EXCERPT_CHARS: usize = 300;

/// How long an error's body is waited for: it is not worth more.
const EXCERPT_TIME: Duration = Duration::from_secs(5);

/// Reads a whole body of at most `limit` bytes.
pub(super) async fn read(
    response: &mut reqwest::Response,
    url: &Url,
    limit: u64,
) -> Result<Bytes, FetchError> {
    let too_large = || FetchError::TooLarge {
        url: url.into(),
        limit,
    };
    if response
        .content_length()
        .is_some_and(|length| length > limit)
    {
        return Err(too_large());
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut body = BytesMut::new();
    while let Some(chunk) = chunk(response, url).await? {
        if chunk.len() > limit - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads the beginning of an error's body as one line, as far as it comes.
pub(super) async fn excerpt(response: &mut reqwest::Response) -> String {
    let mut body = BytesMut::new();
    let reading = async {
        while body.len() < EXCERPT_BYTES {
            let Ok(Some(chunk)) = response.chunk().await else {
                break;
            };
            body.extend_from_slice(&chunk);
        }
    };
    let _in_time = timeout(EXCERPT_TIME, reading).await;
    line(&String::from_utf8_lossy(&body), EXCERPT_CHARS)
}

async fn chunk(response: &mut reqwest::Response, url: &Url) -> Result<Option<Bytes>, FetchError> {
    let chunk = response.chunk().await;
    chunk.map_err(|error| FetchError::from_client(url, error))
}
