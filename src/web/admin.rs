//! The administrator: whoever has the token that the server was started with.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use sha2::{Digest as _, Sha256};

use super::error::WebError;

/// Who may always ask: whoever has the administrator's token.
#[derive(Debug, Clone, Default)]
pub(super) struct Admin {
    /// Of the token, so that comparing takes the same time whatever is sent.
    digest: Option<[u8; 32]>,
}

impl Admin {
    /// The administrator whose token is in the environment variable `name`.
    pub(super) fn of_environment(name: &str) -> Self {
        let token = std::env::var(name).ok().filter(|token| !token.is_empty());
        Self {
            digest: token.map(|token| Sha256::digest(token).into()),
        }
    }

    pub(super) fn asks(&self, headers: &HeaderMap) -> bool {
        let sent = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match (sent, self.digest) {
            (Some(sent), Some(digest)) => <[u8; 32]>::from(Sha256::digest(sent)) == digest,
            _ => false,
        }
    }

    /// Lets the administrator through, and nobody else.
    pub(super) fn require(&self, headers: &HeaderMap) -> Result<(), WebError> {
        if self.asks(headers) {
            return Ok(());
        }
        Err(WebError::Unauthorized)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_the_token_is_the_administrator() {
        let admin = Admin {
            digest: Some(Sha256::digest("geheim").into()),
        };
        let asks = |admin: &Admin, value: &'static str| {
            admin.asks(&HeaderMap::from_iter([(
                AUTHORIZATION,
                HeaderValue::from_static(value),
            )]))
        };
        assert!(asks(&admin, "Bearer geheim"));
        for wrong in ["Bearer geheim2", "Bearer ", "geheim", "Basic geheim"] {
            assert!(!asks(&admin, wrong), "{wrong}");
            assert!(!asks(&Admin::default(), wrong), "{wrong}");
        }
        assert!(!admin.asks(&HeaderMap::new()));
    }
}
