//! The portal's own address: what the client asked, in place of `{portal}`.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::HOST;
use axum::http::request::Parts;
use serde_json::Value;

/// The origin that the client asked, without a final slash.
#[derive(Debug, Clone)]
pub(in crate::demo) struct Origin(pub(in crate::demo) String);

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let is_plain = |host: &&str| {
            host.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
        };
        let host = parts
            .headers
            .get(HOST)
            .and_then(|host| host.to_str().ok())
            .filter(is_plain);
        Ok(Self(format!("http://{}", host.unwrap_or("localhost"))))
    }
}

impl Origin {
    /// Puts the origin in place of `{portal}`, wherever it stands.
    pub(in crate::demo) fn fill(&self, value: &mut Value) {
        match value {
            Value::String(text) if text.contains("{portal}") => {
                *text = text.replace("{portal}", &self.0);
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.fill(field)),
            _ => {}
        }
    }
}
