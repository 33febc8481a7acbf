//! One step of a redirect chain: where it goes, and what may be told there.
//!
//! Secrets stay with the origin they were meant for: on the way to another one everything is
//! dropped but content negotiation and validators, and coming back does not restore it.

use bytes::Bytes;
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
};
use reqwest::{Method, StatusCode};
use url::Url;

use super::packed::ACCEPTED;
use super::{FetchError, Request, Validators};
use crate::address::{public_text, without_userinfo};
use crate::causes::line;

/// The headers that every origin may see.
const HARMLESS: [HeaderName; 6] = [
    ACCEPT,
    ACCEPT_ENCODING,
    ACCEPT_LANGUAGE,
    CONTENT_TYPE,
    IF_NONE_MATCH,
    IF_MODIFIED_SINCE,
];

/// How much is shown of a redirect that is no URL.
const TARGET_CHARS: usize = 100;

/// A URL without user name and password, and what to send there.
#[derive(Clone, Debug)]
pub(super) struct Hop {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Option<Bytes>,
    pub(super) headers: HeaderMap,
}

impl Hop {
    /// The first step, to the address asked for.
    pub(super) fn first(request: &Request) -> Result<Self, FetchError> {
        if !is_http(&request.url) {
            return Err(FetchError::InvalidUrl {
                url: (&request.url).into(),
            });
        }
        let mut headers = HeaderMap::new();
        set(&mut headers, ACCEPT, Some(request.accept));
        set(&mut headers, ACCEPT_ENCODING, Some(ACCEPTED));
        if let Some(validators) = &request.validators {
            set(&mut headers, IF_NONE_MATCH, validators.etag.as_deref());
            set(
                &mut headers,
                IF_MODIFIED_SINCE,
                validators.last_modified.as_deref(),
            );
        }
        if let Some(credentials) = basic_credentials(&request.url) {
            headers.insert(AUTHORIZATION, credentials);
        }
        for (name, value) in &request.headers {
            headers.insert(name, value.clone());
        }
        let (method, body) = match &request.payload {
            None => (Method::GET, None),
            Some(payload) => {
                set(&mut headers, CONTENT_TYPE, Some(payload.content_type));
                (Method::POST, Some(payload.bytes.clone()))
            }
        };
        Ok(Self {
            method,
            url: without_userinfo(&request.url),
            body,
            headers,
        })
    }

    /// The next step, where `Location` leads. A POST stays one but after a 303: browsers make a GET of
    /// it also after 301 and 302 (RFC 9110 §15.4.2), and that would ask another question.
    pub(super) fn follow(
        mut self,
        status: StatusCode,
        location: &HeaderValue,
    ) -> Result<Self, FetchError> {
        let location = String::from_utf8_lossy(location.as_bytes());
        let bad = |target| FetchError::Redirect {
            url: (&self.url).into(),
            target,
        };
        let Ok(target) = self.url.join(&location) else {
            return Err(bad(line(&public_text(&location), TARGET_CHARS)));
        };
        if !is_http(&target) {
            return Err(bad(format!("{}:", target.scheme())));
        }
        if target.origin() != self.url.origin() {
            self.headers = HARMLESS
                .into_iter()
                .filter_map(|name| self.headers.remove(&name).map(|value| (name, value)))
                .collect();
        }
        if status == StatusCode::SEE_OTHER {
            self.method = Method::GET;
            self.body = None;
            self.headers.remove(CONTENT_TYPE);
        }
        self.url = without_userinfo(&target);
        Ok(self)
    }
}

/// The validators of an answer; what it does not give is taken from `sent`.
pub(super) fn validators(headers: &HeaderMap, sent: Option<&Validators>) -> Validators {
    let text = |name| text(headers, &name);
    Validators {
        etag: text(reqwest::header::ETAG).or_else(|| sent?.etag.clone()),
        last_modified: text(reqwest::header::LAST_MODIFIED).or_else(|| sent?.last_modified.clone()),
    }
}

/// A header as text.
pub(super) fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Sets a header, unless its value (a validator that a portal once sent) cannot be one.
fn set(headers: &mut HeaderMap, name: HeaderName, value: Option<&str>) {
    if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
        headers.insert(name, value);
    }
}

/// User name and password of a URL as basic authentication (RFC 7617).
fn basic_credentials(url: &Url) -> Option<HeaderValue> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let mut plain: Vec<u8> = percent_decode_str(url.username()).collect();
    plain.push(b':');
    plain.extend(percent_decode_str(url.password().unwrap_or_default()));
    let mut value = HeaderValue::from_str(&format!("Basic {}", BASE64.encode(&plain))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(url: &str) -> Hop {
        let mut request = Request::new(url.parse().unwrap(), "text/turtle");
        for (name, value) in [
            ("x-api-key", "k"),
            ("cookie", "c"),
            ("accept-language", "fr"),
        ] {
            request
                .headers
                .push((name.parse().unwrap(), value.parse().unwrap()));
        }
        request.validators = Some(Validators {
            etag: Some("W/\"1\"".to_owned()),
            last_modified: Some("no\nheader".to_owned()),
        });
        Hop::first(&request).unwrap()
    }

    fn names(hop: &Hop) -> Vec<&str> {
        let mut names: Vec<_> = hop.headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        names
    }

    fn follow(hop: Hop, location: &str) -> Result<Hop, FetchError> {
        hop.follow(StatusCode::FOUND, &HeaderValue::from_str(location).unwrap())
    }

    const HARMLESS_NAMES: [&str; 4] = [
        "accept",
        "accept-encoding",
        "accept-language",
        "if-none-match",
    ];

    #[test]
    fn user_name_and_password_become_a_header() {
        let hop = hop("http://jos%C3%A9:p%40ss@example.org/a");
        assert_eq!(hop.url.as_str(), "http://example.org/a");
        assert_eq!(hop.headers[AUTHORIZATION], "Basic am9zw6k6cEBzcw==");
        assert!(!format!("{hop:?}").contains("am9z"));
    }

    #[test]
    fn secrets_stay_with_their_origin() {
        let start = "https://u:p@example.org/a";
        let all = [
            "accept",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cookie",
            "if-none-match",
            "x-api-key",
        ];
        let near = follow(hop(start), "b?c=d").unwrap();
        assert_eq!(near.url.as_str(), "https://example.org/b?c=d");
        assert_eq!(names(&near), all);
        for other in [
            "http://example.org/a",
            "https://example.org:8443/a",
            "https://www.example.org/a",
            "//elsewhere.example/",
        ] {
            assert_eq!(
                names(&follow(hop(start), other).unwrap()),
                HARMLESS_NAMES,
                "{other}"
            );
        }
    }

    #[test]
    fn coming_back_does_not_restore_secrets() {
        let away = follow(hop("https://example.org/"), "https://elsewhere.example/").unwrap();
        let back = follow(away, "https://example.org/").unwrap();
        assert_eq!(names(&back), HARMLESS_NAMES);
    }

    #[test]
    fn credentials_in_a_redirect_are_ignored() {
        let away = follow(
            hop("https://example.org/"),
            "https://u:p@elsewhere.example/",
        )
        .unwrap();
        assert_eq!(away.url.as_str(), "https://elsewhere.example/");
        assert_eq!(names(&away), HARMLESS_NAMES);
    }

    #[test]
    fn redirects_stay_within_http() {
        for (location, shown) in [
            ("file:///etc/passwd", "file:"),
            ("ftp://example.org/", "ftp:"),
            ("javascript:alert(1)", "javascript:"),
            ("http://[::1", "http://[::1"),
            ("http://", "http://"),
            (
                "http://ru:SECRET@[bad/x?token=SECRET#SECRET",
                "http://[bad/x?token=***#***",
            ),
            ("//ru:SECRET@host:99999/?q=SECRET", "//host:99999/?q=***"),
        ] {
            let error = follow(hop("https://example.org/"), location).unwrap_err();
            assert!(
                matches!(&error, FetchError::Redirect { target, .. } if target == shown),
                "{location}: {error}"
            );
        }
    }

    #[test]
    fn addresses_outside_http_are_invalid() {
        for url in ["file:///etc/passwd", "ftp://example.org/", "data:,x"] {
            let request = Request::new(url.parse().unwrap(), "*/*");
            let outcome = Hop::first(&request);
            assert!(
                matches!(outcome, Err(FetchError::InvalidUrl { .. })),
                "{url}"
            );
        }
    }
}
