//! Cleaning of IRIs that portals write: repaired where the meaning is plain, refused otherwise.
//!
//! `reqwest` and browsers accept `https://e.org/été 2024|v1.csv`; RDF does not. The characters that
//! RFC 3987 forbids are percent-encoded, nothing else changes, and cleaning twice is cleaning once.

use std::borrow::Cow;
use std::fmt::Write as _;

use oxigraph::model::NamedNode;
use oxiri::Iri;

/// What stands for the root of a portal until an address that came without a host is given the portal's, or
/// left out: a name that can be nobody's (RFC 2606), and that is never published.
pub const NOWHERE: &str = "https://document.invalid/";

/// What became of a text that should be an IRI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleaned {
    /// It was an IRI.
    Kept(NamedNode),
    /// It is one now: surrounding space dropped, forbidden characters percent-encoded.
    Repaired(NamedNode),
    /// It is none, or has a scheme that is never published (`javascript:`, `data:`, `file:`…).
    Refused(&'static str),
}

impl Cleaned {
    /// The IRI, if there is one.
    #[must_use]
    pub fn into_iri(self) -> Option<NamedNode> {
        match self {
            Self::Kept(iri) | Self::Repaired(iri) => Some(iri),
            Self::Refused(_) => None,
        }
    }
}

/// Longer IRIs are refused: no server takes them, and they are mostly data pasted into a field.
const LONGEST: usize = 8192;

/// Schemes that a description may point to. Others name local files, run scripts or carry data.
const SCHEMES: &[&str] = &[
    "http", "https", "ftp", "ftps", "sftp", "mailto", "tel", "urn", "doi", "info", "geo", "ark",
    "ldap", "oai", "tag", "did", "git", "rsync", "s3",
];

/// Cleans `text` into an absolute IRI.
#[must_use]
pub fn clean(text: &str) -> Cleaned {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if trimmed.is_empty() {
        return Cleaned::Refused("it is empty");
    }
    if trimmed.len() > LONGEST {
        return Cleaned::Refused("it is too long");
    }
    if has_another(trimmed) {
        return Cleaned::Refused("it is several addresses");
    }
    let whole = mended(trimmed);
    let trimmed = &*whole;
    let Some((scheme, rest)) = trimmed.split_once(':') else {
        return Cleaned::Refused("it has no scheme");
    };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    if !scheme_fits {
        return Cleaned::Refused("it has no scheme");
    }
    let is = |known: &&str| scheme.eq_ignore_ascii_case(known);
    if !SCHEMES.iter().any(is) {
        return Cleaned::Refused("its scheme is not published");
    }
    let slashed = rest.starts_with("//");
    if ["http", "https", "ftp"].iter().any(is) && !slashed {
        return Cleaned::Refused("it has no host");
    }
    if rest.is_empty() {
        return Cleaned::Refused("it has nothing after its scheme");
    }
    let encoded = encode(trimmed);
    let Ok(parsed) = Iri::parse(&*encoded) else {
        return Cleaned::Refused("it is not an IRI");
    };
    let host = parsed.authority().map(|host| host.trim_end_matches(':'));
    if slashed && host.is_none_or(str::is_empty) {
        return Cleaned::Refused("it has no host");
    }
    let is_kept = encoded == text;
    let iri = NamedNode::new_unchecked(encoded);
    if is_kept {
        Cleaned::Kept(iri)
    } else {
        Cleaned::Repaired(iri)
    }
}

/// An address without the line breaks of the text that it was copied from, and with one scheme of the two
/// that a form put before it (`http://https://e.org`).
#[must_use]
pub fn mended(address: &str) -> Cow<'_, str> {
    let mut whole = Cow::Borrowed(address);
    if address.contains(['\n', '\r', '\t']) {
        let parts = address.split(['\n', '\r', '\t']).map(str::trim);
        whole = parts.collect::<String>().into();
    }
    while let Some(rest) = behind_scheme(&whole).filter(|rest| behind_scheme(rest).is_some()) {
        whole = rest.to_owned().into();
    }
    whole
}

/// What stands behind `http://` or `https://`.
fn behind_scheme(address: &str) -> Option<&str> {
    ["http://", "https://"].iter().find_map(|scheme| {
        let (begin, rest) = address.split_at_checked(scheme.len())?;
        begin.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// Whether another address follows after a space: encoded, the two would be one that leads nowhere.
fn has_another(text: &str) -> bool {
    let mut words = text.split_whitespace().skip(1);
    words.any(|word| word.starts_with("http://") || word.starts_with("https://"))
}

/// Percent-encodes what RFC 3987 allows nowhere in an IRI, and `%` that starts no escape.
#[must_use]
pub fn encode(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let escape_at = |index: usize| {
        let hex = |offset: usize| bytes.get(index + offset).is_some_and(u8::is_ascii_hexdigit);
        hex(1) && hex(2)
    };
    let forbidden = |index: usize, c: char| match c {
        '%' => !escape_at(index),
        ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
        _ => c.is_control() || c.is_whitespace() || is_not_in_iris(c),
    };
    let mut fragment_seen = false;
    let mut out = String::new();
    // How much of the text is in `out`.
    let mut written = 0;
    for (index, c) in text.char_indices() {
        // A second `#` and brackets outside the host are common in portals' URLs.
        let second_hash = c == '#' && fragment_seen;
        fragment_seen |= c == '#';
        let bracket = matches!(c, '[' | ']') && !in_host(text, index);
        if forbidden(index, c) || second_hash || bracket {
            out.push_str(text.get(written..index).unwrap_or_default());
            written = index + c.len_utf8();
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    if written == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(written..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether byte `index` of `text` lies in its authority, where `[` and `]` hold an IPv6 address.
fn in_host(text: &str, index: usize) -> bool {
    let Some(start) = text.find("//").map(|at| at + 2) else {
        return false;
    };
    let end = text
        .get(start..)
        .and_then(|rest| rest.find(['/', '?', '#']))
        .map_or(text.len(), |at| start + at);
    (start..end).contains(&index)
}

/// Private use, specials and noncharacters: outside `ucschar` of RFC 3987.
fn is_not_in_iris(c: char) -> bool {
    let code = u32::from(c);
    matches!(code, 0xE000..=0xF8FF | 0xFDD0..=0xFDEF | 0xFFF0..=0xFFFF)
        || code >= 0xE_1000
        || (code & 0xFFFE) == 0xFFFE
        || (0xE_0000..0xE_1000).contains(&code)
}

/// The `mailto:` IRI of an e-mail address (RFC 6068), which some write with its scheme and some without.
#[must_use]
pub fn mailto(address: &str) -> String {
    let address = address.trim();
    let bare = address
        .split_at_checked("mailto:".len())
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto:"))
        .map_or(address, |(_, rest)| rest.trim_start());
    format!("mailto:{bare}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_mail_has_its_scheme_once() {
        for written in ["a@e.org", " a@e.org ", "mailto:a@e.org", "MAILTO: a@e.org"] {
            assert_eq!(mailto(written), "mailto:a@e.org");
        }
        assert_eq!(mailto("é"), "mailto:é");
    }
    use proptest::prelude::*;

    fn cleaned(text: &str) -> Option<String> {
        clean(text).into_iri().map(NamedNode::into_string)
    }

    #[test]
    fn ugly_urls_of_portals_are_repaired() {
        for (ugly, expected) in [
            (
                "https://e.org/a b|c{d}.csv",
                "https://e.org/a%20b%7Cc%7Bd%7D.csv",
            ),
            (" https://e.org/été.csv\n", "https://e.org/été.csv"),
            ("https://e.org/100%", "https://e.org/100%25"),
            ("https://e.org/?q=[a]#x#y", "https://e.org/?q=%5Ba%5D#x%23y"),
            ("http://[::1]:80/[a]", "http://[::1]:80/%5Ba%5D"),
            ("https://e.org/a\\b", "https://e.org/a%5Cb"),
            ("http://https://e.org/a", "https://e.org/a"),
            ("https://http://http://e.org/a", "http://e.org/a"),
            ("https://e.org/a/\n   b.csv", "https://e.org/a/b.csv"),
        ] {
            assert!(matches!(clean(ugly), Cleaned::Repaired(_)), "{ugly}");
            assert_eq!(cleaned(ugly).as_deref(), Some(expected));
        }
        assert!(matches!(clean("https://e.org/a%20b"), Cleaned::Kept(_)));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            " ",
            "www.e.fr/x",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http:",
            "http:///x",
            "https:e.org",
            "mailto:",
            "urn:",
            "C:\\a.csv",
            "néant",
            "https://e.org/jeu/a https://e.org/fiche/b",
            "http://a.org/x y; https://b.org/",
        ] {
            assert_eq!(cleaned(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "(https?://|urn:|)\\PC{0,40}") {
            if let Some(once) = cleaned(&text) {
                prop_assert!(NamedNode::new(once.as_str()).is_ok());
                prop_assert_eq!(cleaned(&once), Some(once));
            }
        }
    }
}
