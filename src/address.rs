//! Addresses that people may read: without the credentials that real ones carry.
//!
//! An address of a portal, a feed, a redirect or a proxy may hold a user name, a password or a key. It is
//! fetched as it stands, and nothing else of the program sees it so: statements, pages, logs, dumps and
//! errors have its [`public`] form. What a portal sends back may repeat a credential: [`Secrets`] finds it.

mod name;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

/// Ends of host names that mean another machine in every network.
const OWN: [&str; 6] = [
    "localhost",
    ".localhost",
    ".local",
    ".internal",
    ".intranet",
    ".lan",
];

/// Whether a host's name (in small letters) is one of somebody's own network, and means another machine in
/// every other one.
#[must_use]
pub fn is_own_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    !name.contains('.') || OWN.iter().any(|end| name.ends_with(end))
}

/// What stands in the place of a secret.
const HIDDEN: &str = "***";

/// Shorter values (`key=1`) are not looked for in what a portal sends: they say nothing.
const SHORTEST: usize = 4;

/// The public form of an address: without user name and password, and without the values of parameters
/// that hold a secret, also behind `#`.
#[must_use]
pub fn public(url: &Url) -> Url {
    let mut shown = without_userinfo(url);
    let query = shown.query().map(parameters);
    shown.set_query(query.as_deref());
    let fragment = shown.fragment().map(parameters);
    shown.set_fragment(fragment.as_deref());
    shown
}

/// The same of a text that should be an address. Nobody can say where one that is none has its host and its
/// parameters: it loses everything before an `@`, and every value behind `?`, `&`, `;` and `#`.
#[must_use]
pub fn public_text(text: &str) -> String {
    if let Ok(url) = Url::parse(text) {
        let shown = public(&url);
        // What has no secret is shown as it is written.
        return if shown == url {
            text.to_owned()
        } else {
            shown.into()
        };
    }
    let (start, rest) = match text.rsplit_once('@') {
        Some((before, rest)) => match before.split_once("//") {
            Some((scheme, _)) => (format!("{scheme}//"), rest),
            None => (String::new(), rest),
        },
        None => (String::new(), text),
    };
    let ends = |c: char| matches!(c, '?' | '&' | ';' | '#');
    let address = rest.split(ends).next().unwrap_or(rest);
    let mut shown = start + address;
    for parameter in rest
        .get(address.len()..)
        .unwrap_or_default()
        .split_inclusive(ends)
    {
        let value = parameter.trim_end_matches(ends);
        if let Some((name, _)) = value.split_once('=') {
            shown.push_str(name);
            shown.push('=');
        }
        if !value.is_empty() {
            shown.push_str(HIDDEN);
        }
        shown.push_str(parameter.get(value.len()..).unwrap_or_default());
    }
    shown
}

/// A text that may quote addresses, without the user names and passwords in them.
#[must_use]
pub fn without_logins(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    // What stands before an `@`, back to a blank, a quote or two slashes.
    for piece in text.split_inclusive('@') {
        let Some(before) = piece.strip_suffix('@') else {
            shown.push_str(piece);
            continue;
        };
        let start = before
            .rfind(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '/'))
            .map_or(0, |at| at + 1);
        let (kept, login) = before.split_at_checked(start).unwrap_or(("", before));
        shown.push_str(kept);
        // A mail address has no password.
        shown.push_str(if login.contains(':') || kept.ends_with("//") {
            HIDDEN
        } else {
            login
        });
        shown.push('@');
    }
    shown
}

/// A text that may quote addresses, without the user names and passwords in them and the values of
/// parameters that hold a secret.
#[must_use]
pub fn without_credentials(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    // A parameter begins behind one of these, and ends before the next or where its address does.
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '?' | '#' | '&' | ';');
    for piece in without_logins(text).split_inclusive(ends) {
        let end = piece.trim_end_matches(ends);
        match end.split_once('=') {
            Some((name, value)) if !value.is_empty() && name::is_secret(name) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(HIDDEN);
                shown.push_str(piece.get(end.len()..).unwrap_or_default());
            }
            _ => shown.push_str(piece),
        }
    }
    shown
}

/// A proxy's address as a URL; one without a scheme is meant as http, as everywhere.
///
/// # Errors
/// A message without credentials.
pub fn proxy(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let shown = public_text(&whole);
    let url = Url::parse(&whole).map_err(|error| format!("`{shown}` is no address: {error}"))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(format!(
            "`{shown}`: a proxy is spoken to by http or https, not by {scheme}"
        )),
    }
}

/// Whether an address has anything that its public form has not.
#[must_use]
pub fn is_secret(url: &Url) -> bool {
    public(url) != *url
}

/// The address without user name and password.
#[must_use]
pub fn without_userinfo(url: &Url) -> Url {
    let mut bare = url.clone();
    // Both fail only on addresses without a host, which hold neither.
    let _none = bare.set_username("");
    let _none = bare.set_password(None);
    bare
}

fn parameters(query: &str) -> String {
    let mut shown = String::with_capacity(query.len());
    for parameter in query.split_inclusive(['&', ';']) {
        let end = parameter.trim_end_matches(['&', ';']);
        match end.split_once('=') {
            Some((name, value)) if !value.is_empty() && name::is_secret(name) => {
                shown.push_str(name);
                shown.push('=');
                shown.push_str(HIDDEN);
                shown.push_str(parameter.get(end.len()..).unwrap_or_default());
            }
            _ => shown.push_str(parameter),
        }
    }
    shown
}

/// The credentials of an address as they may stand in what a portal sends: each with what takes its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets(Vec<(String, String)>);

impl Secrets {
    /// Those of an address.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let mut found = Vec::new();
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (user, password) = (url.username(), url.password().unwrap_or_default());
        if !user.is_empty() || !password.is_empty() {
            let userinfo = match url.password() {
                Some(password) => format!("{user}:{password}@"),
                None => format!("{user}@"),
            };
            for written in [userinfo.clone(), decoded(&userinfo)] {
                found.push((format!("//{written}"), "//".to_owned()));
                found.push((format!("\\/\\/{written}"), "\\/\\/".to_owned()));
            }
        }
        for text in [url.query(), url.fragment()].into_iter().flatten() {
            for parameter in text.split(['&', ';']) {
                let Some((name, value)) = parameter.split_once('=') else {
                    continue;
                };
                if value.len() < SHORTEST || !name::is_secret(name) {
                    continue;
                }
                for value in [value.to_owned(), decoded(value)] {
                    found.push((format!("{name}={value}"), format!("{name}={HIDDEN}")));
                }
            }
        }
        found.sort();
        found.dedup();
        // A longer one may begin with a shorter one.
        found.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        Self(found)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text has one of them.
    #[must_use]
    pub fn are_in(&self, text: &[u8]) -> bool {
        self.0
            .iter()
            .any(|(secret, _)| memchr::memmem::find(text, secret.as_bytes()).is_some())
    }

    /// A text without them.
    #[must_use]
    pub fn hidden<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.are_in(text.as_bytes()) {
            return Cow::Borrowed(text);
        }
        let mut text = text.to_owned();
        for (secret, instead) in &self.0 {
            text = text.replace(secret, instead);
        }
        Cow::Owned(text)
    }

    /// Bytes without them.
    #[must_use]
    pub fn hidden_in(&self, bytes: Vec<u8>) -> Vec<u8> {
        if !self.are_in(&bytes) {
            return bytes;
        }
        let mut bytes = bytes;
        for (secret, instead) in &self.0 {
            let mut kept = Vec::with_capacity(bytes.len());
            let mut from = 0;
            for at in memchr::memmem::find_iter(&bytes, secret.as_bytes()) {
                kept.extend_from_slice(bytes.get(from..at).unwrap_or_default());
                kept.extend_from_slice(instead.as_bytes());
                from = at + secret.len();
            }
            kept.extend_from_slice(bytes.get(from..).unwrap_or_default());
            bytes = kept;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        public(&url.parse().unwrap()).into()
    }

    #[test]
    fn credentials_are_left_out() {
        for (url, expected) in [
            (
                "https://user:pass@example.org/a?b=c",
                "https://example.org/a?b=c",
            ),
            ("https://t0ken@example.org/", "https://example.org/"),
            (
                "https://example.org/?apikey=k&page=2&Access_Token=t",
                "https://example.org/?apikey=***&page=2&Access_Token=***",
            ),
            (
                "https://example.org/?%61pikey=k;key=v",
                "https://example.org/?%61pikey=***;key=***",
            ),
            (
                "https://s.example.org/f?X-Amz-Credential=a%2Fb&X-Amz-Signature=c&X-Amz-Expires=60&v=1",
                "https://s.example.org/f?X-Amz-Credential=***&X-Amz-Signature=***&X-Amz-Expires=***&v=1",
            ),
            (
                "https://s.example.org/f?sv=2022&sig=a%3D",
                "https://s.example.org/f?sv=2022&sig=***",
            ),
            (
                "https://example.org/#access_token=t",
                "https://example.org/#access_token=***",
            ),
        ] {
            assert_eq!(shown(url), expected);
            assert!(is_secret(&url.parse().unwrap()), "{url}");
        }
    }

    #[test]
    fn other_addresses_stay_as_they_are() {
        for url in [
            "https://example.org/",
            "https://example.org/?",
            "https://example.org/oai?verb=ListRecords&resumptionToken=42%2F1",
            "https://example.org/?q=a+b&&token#fragment",
            "https://example.org/?key=&keyword=eau&page=3",
            "mailto:someone@example.org",
        ] {
            assert_eq!(shown(url), url);
            assert_eq!(public_text(url), url);
        }
        assert_eq!(public_text("https://example.org"), "https://example.org");
    }

    #[test]
    fn what_is_no_address_loses_its_credentials_too() {
        assert_eq!(
            public_text("https://user:pa55@exa mple.org:x/?token=t0ken"),
            "https://exa mple.org:x/?token=***"
        );
        assert_eq!(public_text("user pa55@host"), "host");
        for (text, expected) in [
            (
                "http://ru:SECRET@[bad/x?q=SECRET&SECRET;b=SECRET#SECRET",
                "http://[bad/x?q=***&***;b=***#***",
            ),
            ("http://ru:SECRET@host:99999/x", "http://host:99999/x"),
            ("//ru:SECRET/@x@[bad", "//[bad"),
            (
                "http:ru:SECRET@[bad#access_token=SECRET",
                "[bad#access_token=***",
            ),
            ("http://[bad/a?", "http://[bad/a?"),
            (
                "http://[bad/a#t=SECRET=SECRET?u=SECRET",
                "http://[bad/a#t=***?u=***",
            ),
        ] {
            assert_eq!(public_text(text), expected);
        }
    }

    #[test]
    fn what_a_portal_repeats_is_found() {
        let url = "https://me:p%40ss@example.org/c.rdf?apikey=s%2Bcret&key=1&q=eau";
        let secrets = Secrets::of(&url.parse().unwrap());
        for text in [
            "<https://me:p%40ss@example.org/c.rdf?apikey=s%2Bcret&page=2>",
            "{\"next\": \"https:\\/\\/me:p@ss@example.org\\/?apikey=s+cret\"}",
        ] {
            let hidden = secrets.hidden(text);
            assert!(
                !hidden.contains("p@ss") && !hidden.contains("p%40ss"),
                "{hidden}"
            );
            assert!(
                !hidden.contains("cret") && hidden.contains("apikey=***"),
                "{hidden}"
            );
            assert_eq!(
                secrets.hidden_in(text.as_bytes().to_vec()),
                hidden.as_bytes()
            );
        }
        assert_eq!(secrets.hidden("me, key=1 and q=eau"), "me, key=1 and q=eau");
        assert!(Secrets::of(&"https://example.org/?q=1".parse().unwrap()).is_empty());
    }
}
