//! Addresses and texts of strangers made fit for logs and error messages.
//!
//! A URL loses its user name, its password and the values of query parameters that usually hold a
//! key; a text loses what could forge a log line or turn its direction.

use std::fmt;

use url::Url;

use crate::address::public;

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
            text: public(url).into(),
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

/// The first `length` characters of a text on one line, white space as single spaces, without
/// control characters (the ones that turn the direction of text included).
pub(super) fn line(text: &str, length: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|&c| !is_control(c)));
    }
    line.chars().take(length).collect()
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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

    #[test]
    fn lines_are_short_and_without_controls() {
        assert_eq!(
            line("  <h1>\r\n\tOops\u{1b}[31m\u{202e} no\u{0} é</h1>\n", 300),
            "<h1> Oops[31m no é</h1>"
        );
        assert_eq!(line(&"é".repeat(1000), 300), "é".repeat(300));
    }
}
