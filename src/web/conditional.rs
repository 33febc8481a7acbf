//! Conditional requests (RFC 9110 §13): entity tags and dates of documents.

use std::time::{Duration, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

/// Caches may keep an answer, and ask each time whether it still stands.
pub(super) const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// What identifies a representation: everything that went into it.
#[derive(Debug, Clone)]
pub(super) struct Validators {
    tag: String,
    modified: Option<i64>,
}

/// Collects what goes into a representation.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    hash: Sha256,
    modified: Option<i64>,
}

impl Inputs {
    /// Adds something that the representation shows.
    pub(super) fn add(&mut self, input: impl AsRef<[u8]>) {
        let input = input.as_ref();
        self.hash.update(input.len().to_le_bytes());
        self.hash.update(input);
    }

    /// Adds a time of change, in Unix seconds: the latest counts.
    pub(super) fn changed(&mut self, at: Option<i64>) {
        self.modified = self.modified.max(at);
    }

    /// The validators of the representation.
    #[must_use]
    pub(super) fn finish(self) -> Validators {
        let hash = data_encoding::HEXLOWER.encode(&self.hash.finalize());
        // Weak: the same representation may be sent compressed or not.
        let tag = format!("W/\"{}\"", hash.get(..32).unwrap_or(&hash));
        Validators {
            tag,
            modified: self.modified,
        }
    }
}

impl Validators {
    /// The entity tag.
    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    /// Writes `ETag` and `Last-Modified`.
    pub(super) fn write(&self, headers: &mut HeaderMap) {
        if let Ok(tag) = HeaderValue::from_str(&self.tag) {
            headers.insert(header::ETAG, tag);
        }
        let modified = self.modified.and_then(|at| u64::try_from(at).ok());
        let date = modified.map(|at| httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(at)));
        if let Some(date) = date.and_then(|date| HeaderValue::from_str(&date).ok()) {
            headers.insert(header::LAST_MODIFIED, date);
        }
    }

    /// Whether a request says what the client has already.
    pub(super) fn asked_by(request: &HeaderMap) -> bool {
        request.contains_key(header::IF_NONE_MATCH)
            || request.contains_key(header::IF_MODIFIED_SINCE)
    }

    /// Whether the client has this representation already. `If-None-Match` wins over
    /// `If-Modified-Since`.
    #[must_use]
    pub(super) fn held_by(&self, request: &HeaderMap) -> bool {
        if request.contains_key(header::IF_NONE_MATCH) {
            return request
                .get_all(header::IF_NONE_MATCH)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .any(|tags| names_tag(tags, &self.tag));
        }
        let since = request
            .get(header::IF_MODIFIED_SINCE)
            .and_then(|value| value.to_str().ok());
        let since = since.and_then(|date| httpdate::parse_http_date(date).ok());
        let modified = self.modified.and_then(|at| u64::try_from(at).ok());
        match (since, modified) {
            (Some(since), Some(modified)) => UNIX_EPOCH + Duration::from_secs(modified) <= since,
            _ => false,
        }
    }

    /// What `make` makes, with its validators; for a client that has it, only that it still stands.
    pub(super) fn answer<E>(
        &self,
        request: &HeaderMap,
        make: impl FnOnce() -> Result<Response, E>,
    ) -> Result<Response, E> {
        if self.held_by(request) {
            return Ok(self.not_modified());
        }
        let mut response = make()?;
        self.write(response.headers_mut());
        Ok(response)
    }

    /// The answer to a client that has this representation already.
    #[must_use]
    pub(super) fn not_modified(&self) -> Response {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(REVALIDATE));
        self.write(headers);
        response
    }
}

/// Whether the value of an `If-None-Match` names a tag (RFC 9110 §13.1.2, weak comparison). Servers that
/// stand before this one mark the tags of what they have compressed.
fn names_tag(value: &str, tag: &str) -> bool {
    value
        .split(',')
        .map(str::trim)
        .any(|named| named == "*" || opaque(named) == opaque(tag))
}

fn opaque(tag: &str) -> &str {
    const MARKS: [&str; 6] = ["-gzip", "-br", "-zstd", "-deflate", ";gzip", ";br"];
    let tag = tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"');
    MARKS
        .into_iter()
        .find_map(|mark| tag.strip_suffix(mark))
        .map_or(tag, |tag| tag.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validators(inputs: &[&str], at: i64) -> Validators {
        let mut collected = Inputs::default();
        for input in inputs {
            collected.add(input);
        }
        collected.changed(Some(at));
        collected.finish()
    }

    fn request(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_tag_depends_on_every_input_and_its_limits() {
        assert_eq!(
            validators(&["a", "b"], 1).tag,
            validators(&["a", "b"], 2).tag
        );
        assert_ne!(validators(&["a", "b"], 1).tag, validators(&["ab"], 1).tag);
    }

    #[test]
    fn a_client_that_has_it_is_told_so() {
        let held = validators(&["a"], 1_000_000_000);
        let tag = held.tag.clone();
        for tags in [
            tag.clone(),
            tag.trim_start_matches("W/").to_owned(),
            format!("{}-gzip\"", tag.trim_end_matches('"')),
            format!("{};br\"", tag.trim_end_matches('"')),
            format!("\"x\", {tag}"),
            "*".to_owned(),
        ] {
            assert!(
                held.held_by(&request(header::IF_NONE_MATCH, &tags)),
                "{tags}"
            );
        }
        assert!(!held.held_by(&request(header::IF_NONE_MATCH, "\"x\"")));
        assert!(held.held_by(&request(
            header::IF_MODIFIED_SINCE,
            "Sun, 09 Sep 2001 01:46:40 GMT"
        )));
        assert!(!held.held_by(&request(
            header::IF_MODIFIED_SINCE,
            "Sun, 09 Sep 2001 01:46:39 GMT"
        )));
        assert!(!held.held_by(&request(header::IF_MODIFIED_SINCE, "hier")));
        let mut both = request(header::IF_MODIFIED_SINCE, "Sun, 09 Sep 2035 01:46:40 GMT");
        both.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"x\""));
        assert!(!held.held_by(&both));
    }
}
