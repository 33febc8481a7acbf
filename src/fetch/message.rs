//! What is asked of a portal, and what it answers.

use std::fs::File;
use std::os::unix::fs::FileExt as _;

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::body;

/// What a portal gave to recognise an unchanged answer by, kept exactly as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`, with its quotes and `W/`.
    pub etag: Option<String>,
    /// The `Last-Modified` date.
    pub last_modified: Option<String>,
}

/// What a request carries.
#[derive(Clone)]
pub struct Payload {
    /// Its `Content-Type`.
    pub content_type: &'static str,
    /// The bytes, which redirects take along: a question, never a secret.
    pub bytes: Bytes,
}

/// One request. It has no `Debug`, since its headers may hold secrets.
///
/// One with a payload is a POST. It is tried again like any other: what Moisson asks so (CSW's
/// `GetRecords`) only reads.
#[derive(Clone)]
pub struct Request {
    /// The address; a user name and password in it are sent as basic authentication.
    pub url: Url,
    /// The `Accept` header.
    pub accept: &'static str,
    /// Further headers. All but content negotiation is dropped on a redirect to another origin.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Makes the request conditional: unchanged content is answered by a 304.
    pub validators: Option<Validators>,
    /// What it carries; without it the request is a GET.
    pub payload: Option<Payload>,
}

impl Request {
    /// Makes an unconditional GET request without further headers.
    #[must_use]
    pub fn new(url: Url, accept: &'static str) -> Self {
        Self {
            url,
            accept,
            headers: Vec::new(),
            validators: None,
            payload: None,
        }
    }

    /// Makes a POST request without further headers.
    #[must_use]
    pub fn post(
        url: Url,
        accept: &'static str,
        content_type: &'static str,
        body: impl Into<Bytes>,
    ) -> Self {
        Self {
            payload: Some(Payload {
                content_type,
                bytes: body.into(),
            }),
            ..Self::new(url, accept)
        }
    }
}

/// A whole answer: a success, or a 304 to a conditional request.
#[derive(Clone, Debug)]
pub struct Response {
    /// The address that answered, after redirects, without user name and password.
    pub url: Url,
    /// The status, 2xx or 304.
    pub status: u16,
    /// The `Content-Type`, as it was sent.
    pub content_type: Option<String>,
    /// What to send next time; on a 304 those that were sent, where it does not renew them.
    pub validators: Validators,
    /// The decompressed body, empty on a 304.
    pub body: Bytes,
    /// How many attempts it took.
    pub attempts: u32,
}

impl Response {
    /// The beginning of the body as one line, for the report of an answer that cannot be used.
    #[must_use]
    pub fn excerpt(&self) -> String {
        body::excerpt_of(&self.body)
    }
}

/// A whole answer whose body went into a temporary file.
#[derive(Debug)]
pub struct Download {
    /// The address that answered, after redirects, without user name and password.
    pub url: Url,
    /// The status, 2xx or 304.
    pub status: u16,
    /// The `Content-Type`, as it was sent.
    pub content_type: Option<String>,
    /// What to send next time; on a 304 those that were sent, where it does not renew them.
    pub validators: Validators,
    /// The decompressed body, to be read from its start. The file has no name, and is gone once
    /// it is closed.
    pub file: File,
    /// The size of the body, 0 on a 304.
    pub bytes: u64,
    /// How many attempts it took.
    pub attempts: u32,
}

impl Download {
    /// The beginning of the body as one line, for the report of an answer that cannot be used.
    #[must_use]
    pub fn excerpt(&self) -> String {
        let mut start = vec![0; body::EXCERPT_BYTES];
        let read = self.file.read_at(&mut start, 0).unwrap_or_default();
        start.truncate(read);
        body::excerpt_of(&start)
    }
}
