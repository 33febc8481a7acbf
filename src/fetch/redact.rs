//! Addresses made fit for logs and error messages: without user names, passwords and the values of query
//! parameters that usually hold a key, and not longer than people read.

use std::fmt;

use url::Url;

use crate::address::public;
use crate::causes::line;

/// The most characters of an address that are shown.
const SHOWN: usize = 500;

/// A URL for people to read, without the credentials it held, and with the proxy that was asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedUrl {
    text: String,
    proxy: Option<String>,
}

impl RedactedUrl {
    /// The same, fetched through a proxy.
    pub(super) fn through(&mut self, proxy: &Self) {
        self.proxy = Some(proxy.text.clone());
    }
}

impl From<&Url> for RedactedUrl {
    fn from(url: &Url) -> Self {
        Self {
            text: line(public(url).as_str(), SHOWN),
            proxy: None,
        }
    }
}

impl fmt::Display for RedactedUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)?;
        match &self.proxy {
            None => Ok(()),
            Some(proxy) => write!(formatter, " (through the proxy {proxy})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(url: &str) -> String {
        RedactedUrl::from(&url.parse::<Url>().unwrap()).to_string()
    }

    #[test]
    fn credentials_are_left_out() {
        assert_eq!(
            redacted("https://user:pass@example.org/a?b=c"),
            "https://example.org/a?b=c"
        );
        assert_eq!(
            redacted("https://example.org/?apikey=k&page=2&Access_Token=t"),
            "https://example.org/?apikey=***&page=2&Access_Token=***"
        );
    }
}
