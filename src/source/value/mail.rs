//! E-mail addresses: with their scheme and without, several in one text, as a list, beside a name, percent-
//! encoded, written for people (`name (at) host`). Each is the `mailto:` that it means.

use oxigraph::model::{NamedNode, NamedNodeRef};
use percent_encoding::percent_decode_str;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::iri::{clean, mailto};
use crate::rdf::vocab::{foaf, vcard};

/// What separates addresses, or stands around them.
const AROUND: &[char] = &[
    ',', ';', '<', '>', '"', '[', ']', '(', ')', '{', '}', '|', '/', '\\', '“', '”', '«', '»',
];

/// How people write the signs of an address.
const WRITTEN: [(&str, &str); 8] = [
    ("(at)", "@"),
    ("[at]", "@"),
    ("{at}", "@"),
    ("(arobase)", "@"),
    ("[arobase]", "@"),
    ("(dot)", "."),
    ("[dot]", "."),
    ("(point)", "."),
];

/// The e-mail addresses in a text, each once, in order and without their scheme.
pub(in crate::source) fn addresses(text: &str) -> Vec<String> {
    // The scheme, then what a `mailto:` says beside its addresses.
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    let mut plain = decoded.to_string();
    for (written, sign) in WRITTEN {
        if let Some(joined) = joined(&plain, written, sign) {
            plain = joined;
        }
    }
    let mut found: Vec<String> = Vec::new();
    for word in plain.split(|c: char| c.is_whitespace() || AROUND.contains(&c)) {
        let word = without_scheme(word);
        let word = word.split(['?', '&']).next().unwrap_or_default();
        let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '!' | '*' | '\''));
        if is_address(word) && !found.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

/// A text with a sign in the place of how people write it, without the space around; `None` where it is
/// not written so.
fn joined(text: &str, written: &str, sign: &str) -> Option<String> {
    // What is written has ASCII letters only, which keep their places in small letters.
    let small = text.to_ascii_lowercase();
    let mut out = String::new();
    let mut at = 0;
    for (place, _) in small.match_indices(written) {
        out.push_str(text.get(at..place)?.trim_end());
        out.push_str(sign);
        at = place + written.len();
        let rest = text.get(at..)?;
        at += rest.len() - rest.trim_start().len();
    }
    (at > 0).then(|| out + text.get(at..).unwrap_or_default())
}

/// A word without `mailto:`, however often it says so.
fn without_scheme(word: &str) -> &str {
    let mut rest = word;
    while let Some((scheme, next)) = rest.split_once(':')
        && ["mailto", "mail", "email", "e-mail", "courriel"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
    {
        rest = next.trim_start();
    }
    rest
}

/// Whether a word is an e-mail address: a name, and a host with a dot and a last label of letters.
fn is_address(word: &str) -> bool {
    let Some((name, host)) = word.rsplit_once('@') else {
        return false;
    };
    let is_named = !name.is_empty()
        && !name.starts_with('.')
        && (name.chars()).all(|c| c.is_alphanumeric() || "!#$%&'*+-=^_`{}~.".contains(c));
    let label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let last = host.rsplit('.').next().unwrap_or_default();
    is_named
        && host.contains('.')
        && host.split('.').all(label)
        && last.chars().count() > 1
        && last.starts_with(char::is_alphabetic)
}

/// What a text says where e-mail addresses should be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) enum Mail {
    /// One address, and nothing else but its scheme.
    Plain(NamedNode),
    /// Addresses, written otherwise.
    Written(Vec<NamedNode>),
    /// The address of a page: of a form, mostly.
    Page(NamedNode),
    /// None.
    Nothing,
}

impl Mail {
    /// Reads a text.
    pub(in crate::source) fn read(text: &str) -> Self {
        let node = |address: &String| clean(&mailto(address)).into_iri();
        let found: Vec<NamedNode> = addresses(text).iter().filter_map(node).collect();
        let trimmed = text.trim();
        match found.as_slice() {
            [] if trimmed.starts_with("http://") || trimmed.starts_with("https://") => {
                clean(trimmed).into_iri().map_or(Self::Nothing, Self::Page)
            }
            [] => Self::Nothing,
            [one] if one.as_str() == mailto(trimmed) => Self::Plain(one.clone()),
            // What it says beside the address (`?subject=`) is a part of it.
            [one]
                if trimmed
                    .strip_prefix(one.as_str())
                    .is_some_and(|rest| rest.starts_with('?')) =>
            {
                clean(trimmed).into_iri().map_or(Self::Nothing, Self::Plain)
            }
            _ => Self::Written(found),
        }
    }
}

/// What is told of addresses that are written otherwise.
pub(in crate::source) fn told(addresses: &[NamedNode]) -> String {
    let all: Vec<&str> = addresses.iter().map(NamedNode::as_str).collect();
    format!("taken as {}", all.join(" "))
}

/// What a page is to a contact or an agent that names it where its e-mail address should be.
pub(in crate::source) fn page(property: NamedNodeRef<'_>) -> NamedNodeRef<'static> {
    if property == foaf::MBOX {
        foaf::PAGE
    } else {
        vcard::HAS_URL
    }
}

/// Writes e-mail addresses under `property` as the `mailto:` that they are; a finding where they are
/// written otherwise, or where there is none.
pub(in crate::source) fn write(
    property: NamedNodeRef<'_>,
    email: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    if email.trim().is_empty() {
        return;
    }
    match Mail::read(email) {
        Mail::Plain(address) => {
            about.link(property, address);
        }
        Mail::Written(all) => {
            about.find(Code::IriRepaired, field, &told(&all), email);
            for address in all {
                about.link(property, address);
            }
        }
        Mail::Page(address) => {
            let message = "taken as the address of a page: it is no e-mail address";
            about.find(Code::IdentifierInvalid, field, message, email);
            about.link(page(property), address);
        }
        Mail::Nothing => {
            let message = "left out: it is no e-mail address";
            about.find(Code::IdentifierInvalid, field, message, email);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for (text, found) in [
            ("a@e.org", &["a@e.org"][..]),
            ("mailto:a@e.org", &["a@e.org"]),
            ("mailto: mailto:a@e.org ", &["a@e.org"]),
            ("MAILTO:a@e.org;b@e.org", &["a@e.org", "b@e.org"]),
            (
                "a@e.org, b@e.org / c@e.org d@e.org",
                &["a@e.org", "b@e.org", "c@e.org", "d@e.org"],
            ),
            ("[\"a@e.org\", \"b@e.org\"]", &["a@e.org", "b@e.org"]),
            ("Jeanne D'Arc <j.d'arc@e.org>", &["j.d'arc@e.org"]),
            ("['a@e.org', 'b@e.org']", &["a@e.org", "b@e.org"]),
            ("Service des eaux <eaux@e.org>", &["eaux@e.org"]),
            ("accueil (at) e (dot) org", &["accueil@e.org"]),
            ("accueil[AT]e.org", &["accueil@e.org"]),
            ("mailto:a%40e.org", &["a@e.org"]),
            ("Courriel: a@e.org.", &["a@e.org"]),
            ("a@e.org A@E.org", &["a@e.org"]),
            ("a@localhost", &[]),
            ("pas d'adresse", &[]),
            ("@e.org", &[]),
            ("https://e.org/@a", &[]),
        ] {
            assert_eq!(addresses(text), found, "{text}");
        }
    }

    #[test]
    fn a_form_is_a_page_and_a_subject_stays() {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        for (text, read) in [
            ("a@e.org", Mail::Plain(node("mailto:a@e.org"))),
            (
                "mailto:a@e.org?subject=x",
                Mail::Plain(node("mailto:a@e.org?subject=x")),
            ),
            (
                "https://e.org/contact",
                Mail::Page(node("https://e.org/contact")),
            ),
            ("Moi <a@e.org>", Mail::Written(vec![node("mailto:a@e.org")])),
            ("rien", Mail::Nothing),
        ] {
            assert_eq!(Mail::read(text), read, "{text}");
        }
    }
}
