//! By what the same dataset, service or series is recognised in whatever portal it is met.
//!
//! *Names* mean the same thing everywhere: an IRI, a DOI, a UUID, a URN. *Hints* do not: a short
//! identifier is unique in its own source at most, and many datasets share a landing page. Both are
//! written in one normal form, so that equal text is equal evidence. Nothing is decided here.

use url::{Host, Url};

use crate::address::is_own_name;
use crate::rdf::iri::clean;
use crate::record::Set;

/// Raised when the same description gives other evidence: the ledger then looks at all records again.
pub const RELEASE: &str = "5";

/// Longer texts are no identifiers.
const LONGEST: usize = 2000;

/// Schemes other than http whose names are unique in the world.
const UNIQUE: [&str; 6] = ["urn", "ark", "oai", "info", "tag", "did"];

/// How a DOI may begin (<https://www.doi.org/the-identifier/resources/handbook/>).
const DOI: [&str; 7] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "doi:",
    "info:doi/",
    "urn:doi:",
];

/// The evidence in what a record is called, and in the pages that are about it.
pub(super) fn evidence<'a>(
    names: impl Iterator<Item = &'a str>,
    pages: impl Iterator<Item = &'a str>,
) -> Vec<(Set, String)> {
    let usable = |text: &&str| !text.is_empty() && text.len() <= LONGEST;
    let mut found = Vec::new();
    for text in names.map(str::trim).filter(usable) {
        found.push(match name(text) {
            Some(name) => (Set::Name, name),
            None => (Set::Hint, text.to_owned()),
        });
    }
    for page in pages.filter(usable) {
        found.extend(address(page).map(|page| (Set::Hint, page)));
    }
    found
}

/// The normal form of an identifier that is unique in the world; none of any other.
fn name(text: &str) -> Option<String> {
    if let Some(doi) = doi(text) {
        return Some(format!("doi:{doi}"));
    }
    let lower = text.to_ascii_lowercase();
    let bare = lower.strip_prefix("urn:uuid:").unwrap_or(&lower);
    let bare = bare.trim_start_matches('{').trim_end_matches('}');
    if uuid(bare) == Some(bare) {
        return Some(format!("urn:uuid:{bare}"));
    }
    if let Some(address) = address(text) {
        return Some(address);
    }
    match text.split_once(':') {
        Some((scheme, rest)) if UNIQUE.contains(&scheme.to_ascii_lowercase().as_str()) => {
            clean(text).into_iri()?;
            Some(format!("{}:{rest}", scheme.to_ascii_lowercase()))
        }
        // `fr-120066022-jdd-…`: as GeoNetwork makes them, unique by the UUID in it.
        None if uuid(&lower).is_some() => Some(lower),
        _ => None,
    }
}

/// The normal form of a web address that names more than a site. Sites change to https, and answer with
/// and without a slash at the end, without the address naming anything else.
fn address(text: &str) -> Option<String> {
    if !text.get(..4)?.eq_ignore_ascii_case("http") {
        return None;
    }
    let url = Url::parse(clean(text).into_iri()?.as_str()).ok()?;
    if is_local(&url.host()?) {
        return None;
    }
    let host = url.host_str()?;
    let port = url.port().map(|port| format!(":{port}"));
    let path = url.path().trim_end_matches('/');
    let query = url.query().map(|query| format!("?{query}"));
    let fragment = url.fragment().map(|fragment| format!("#{fragment}"));
    let rest = [
        path,
        &query.unwrap_or_default(),
        &fragment.unwrap_or_default(),
    ]
    .concat();
    (!rest.is_empty()).then(|| format!("https://{host}{}{rest}", port.unwrap_or_default()))
}

/// Whether a host is another machine in every network, so that addresses on it name nothing elsewhere:
/// portals that were never told their public name call all they have `http://localhost:8080/…`.
fn is_local(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => is_own_name(name),
        Host::Ipv4(address) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
        }
        Host::Ipv6(address) => {
            address.is_loopback()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.is_unspecified()
        }
    }
}

/// The name of a DOI in lower case, however it is written; DOIs ignore case.
fn doi(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let name = DOI
        .iter()
        .find_map(|start| lower.strip_prefix(start))
        .unwrap_or(&lower)
        .trim();
    let fits = is_doi_name(name) && !name.contains(char::is_whitespace);
    fits.then(|| name.to_owned())
}

/// Whether a text is the name of a DOI, without what it may begin with elsewhere: `10.`, the number of
/// who registered it, a slash and something.
#[must_use]
pub fn is_doi_name(text: &str) -> bool {
    let parts = text
        .strip_prefix("10.")
        .and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(prefix, suffix)| {
        prefix.len() >= 4
            && prefix.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !suffix.is_empty()
    })
}

/// The UUID in a text in lower case; placeholders like that of zeros only are none.
fn uuid(text: &str) -> Option<&str> {
    let starts = text.char_indices().map(|(start, _)| start);
    let found = starts
        .filter_map(|start| text.get(start..start + 36))
        .find(|part| is_uuid(part))?;
    let mut digits = found.bytes().filter(|b| *b != b'-');
    let first = digits.next()?;
    digits.any(|digit| digit != first).then_some(found)
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "0f9c6a6e-3d1b-4c58-9f5e-2f8c1d7a4b33";

    #[test]
    fn the_same_name_is_the_same_text_however_it_is_written() {
        for (written, normal) in [
            ("10.99999/ABC", "doi:10.99999/abc"),
            ("https://dx.doi.org/10.99999/abc", "doi:10.99999/abc"),
            ("DOI:10.99999/abc", "doi:10.99999/abc"),
            ("http://P.example/jeux/1/", "https://p.example/jeux/1"),
            (
                "https://p.example:8443/?id=1",
                "https://p.example:8443?id=1",
            ),
            (
                "https://p.example/catalogue#un",
                "https://p.example/catalogue#un",
            ),
            ("urn:isbn:X", "urn:isbn:X"),
            ("ark:/99999/x", "ark:/99999/x"),
        ] {
            assert_eq!(name(written).as_deref(), Some(normal), "{written}");
        }
        for written in [
            UUID.to_owned(),
            UUID.to_uppercase(),
            format!("urn:uuid:{UUID}"),
            format!("{{{UUID}}}"),
        ] {
            assert_eq!(
                name(&written),
                Some(format!("urn:uuid:{UUID}")),
                "{written}"
            );
        }
        let long = format!("FR-000000000-jdd-{UUID}");
        assert_eq!(name(&long), Some(long.to_lowercase()));
    }

    #[test]
    fn what_others_may_use_for_something_else_is_no_name() {
        for text in [
            "5369",
            "budget-2024",
            "communes@exemple",
            "https://p.example/",
            "http://p.example",
            "http://localhost:8080/geonetwork/srv/resources/datasets/6",
            "http://ckan:5000/dataset/eau",
            "http://catalogue.mairie.local/jeu/1",
            "http://127.0.0.1/jeu/1",
            "https://192.168.1.20/jeu/1",
            "http://[::1]:8080/jeu/1",
            "00000000-0000-0000-0000-000000000000",
            "10.99999",
            "10.99999/a b",
            "mailto:a@p.example",
            "javascript:alert(1)",
            "été:1",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn a_short_identifier_and_a_landing_page_only_hint() {
        let found = evidence(
            ["5369", " ", "https://p.example/jeux/1"].into_iter(),
            ["https://p.example/page/", "https://p.example/"].into_iter(),
        );
        let told: Vec<_> = found
            .iter()
            .map(|(set, text)| (*set, text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Set::Hint, "5369"),
                (Set::Name, "https://p.example/jeux/1"),
                (Set::Hint, "https://p.example/page"),
            ]
        );
    }
}
