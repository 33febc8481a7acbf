//! As whom a service is asked: user name and password of the configured address, or what an environment
//! variable holds. Neither is ever part of a cursor, a note or an error.

use crate::fetch::header::{AUTHORIZATION, HeaderValue};
use url::Url;

use crate::fetch::Request;
use crate::source::contract::Site;

/// What proves who asks.
pub(super) struct Account {
    user: String,
    password: Option<String>,
    authorization: Option<HeaderValue>,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Account")
    }
}

/// The address as it is configured, and the account. It is taken whole: a service has no root below which
/// things lie, and what is in its query may choose the catalogue (`?map=…`).
///
/// # Errors
/// What is wrong with the environment variable.
pub(super) fn endpoint(key: Option<&str>, site: Site) -> Result<(Url, Account), String> {
    let mut url = Url::parse(&site.address).unwrap_or(site.root);
    url.set_fragment(None);
    let account = Account {
        user: url.username().to_owned(),
        password: url.password().map(ToOwned::to_owned),
        authorization: key.map(authorization).transpose()?,
    };
    let _is_http = url.set_username("").and_then(|()| url.set_password(None));
    Ok((url, account))
}

/// What the environment variable of the configuration holds: the whole value of `Authorization`.
fn authorization(name: &str) -> Result<HeaderValue, String> {
    let value = std::env::var(name)
        .map_err(|_not_shown| format!("the environment variable {name} is not set"))?;
    let mut value = HeaderValue::from_str(value.trim())
        .map_err(|_not_shown| format!("what {name} holds cannot stand in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}

impl Account {
    /// Puts the proof into a request.
    pub(super) fn sign(&self, request: &mut Request) {
        if !self.user.is_empty() {
            let password = self.password.as_deref();
            let url = &mut request.url;
            let _is_http = url
                .set_username(&decoded(&self.user))
                .and_then(|()| url.set_password(password.map(decoded).as_deref()));
        }
        if let Some(value) = &self.authorization {
            request.headers.push((AUTHORIZATION, value.clone()));
        }
    }
}

/// As it was before it stood in an address: setting it encodes it again.
fn decoded(part: &str) -> String {
    percent_encoding::percent_decode_str(part)
        .decode_utf8_lossy()
        .into_owned()
}
