//! Which addresses of the data become links and images, and where they lead.
//!
//! Only `http`, `https` and `ftp` addresses are links, only `https` ones images; everything else is
//! shown as text. IRIs under the base lead to the same path at the address that the page came from.

use crate::rdf::iri;
use crate::record::Base;

/// The address to follow for `iri`, if it is one that a page may link to.
pub(super) fn href(iri: &str, base: &Base) -> Option<String> {
    if !is_web(iri) {
        return None;
    }
    Some(match base.path(iri) {
        // `//host` would lead elsewhere than the IRI says.
        Some(path) if !path.starts_with(['/', '\\']) => format!("{}{path}", root(base)),
        _ => iri.to_owned(),
    })
}

/// Whether `address` may be a link.
pub(super) fn is_web(address: &str) -> bool {
    has_scheme(address, &["http://", "https://", "ftp://"])
}

/// Whether `address` may be an image: the policy of the pages lets no other load.
pub(super) fn is_image(address: &str) -> bool {
    has_scheme(address, &["https://"])
}

/// Whether `address` may be a picture of a record. In a trial on one machine the portal may be on the
/// same machine, without TLS.
pub(super) fn is_picture(address: &str, base: &Base) -> bool {
    is_image(address)
        || base
            .loopback_host()
            .is_some_and(|host| has_scheme(address, &[&format!("http://{host}:")]))
}

fn has_scheme(address: &str, schemes: &[&str]) -> bool {
    let fits = |scheme: &&str| {
        address
            .split_at_checked(scheme.len())
            .is_some_and(|(start, rest)| start.eq_ignore_ascii_case(scheme) && !rest.is_empty())
    };
    schemes.iter().any(fits) && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// The path of the base, with a slash at both ends: `/`, `/catalogue/`.
pub(super) fn root(base: &Base) -> &str {
    let text = base.as_str();
    text.find("://")
        .and_then(|at| text.get(at + 3..))
        .and_then(|rest| rest.find('/').and_then(|at| rest.get(at..)))
        .unwrap_or("/")
}

/// The `mailto:` address of an email, if it looks like one and carries no header fields.
pub(super) fn mailto(email: &str) -> Option<String> {
    let fits = |c: char| c.is_alphanumeric() || "@.-_+'~!#$*/=^{}|`".contains(c);
    let (local, domain) = email.split_once('@')?;
    let sound = !local.is_empty() && domain.contains('.') && !domain.contains('@');
    (sound && email.chars().all(fits)).then(|| iri::mailto(email))
}

/// The `tel:` address of a number: its digits and the plus before them.
pub(super) fn tel(number: &str) -> Option<String> {
    let dialled: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    (dialled.len() >= 3).then(|| format!("tel:{dialled}"))
}

/// The name and the address of a DOI (`10.1234/abc`, `doi:10.1234/abc`, its address at doi.org).
pub(super) fn doi(value: &str) -> Option<(&str, String)> {
    let prefixes = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
    ];
    let name = prefixes
        .iter()
        .find_map(|prefix| value.strip_prefix(prefix))
        .unwrap_or(value);
    let (registrant, rest) = name.strip_prefix("10.")?.split_once('/')?;
    let sound = registrant.len() >= 4
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !rest.is_empty()
        && rest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._;()/:".contains(&b));
    sound.then(|| (name, format!("https://doi.org/{name}")))
}

/// What to show of an address: without scheme and final slash, and at most 80 characters.
pub(super) fn shown(address: &str) -> String {
    let bare = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest)
        .trim_end_matches('/');
    let mut shown: String = bare.chars().take(80).collect();
    if shown.len() < bare.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_links() {
        let base = Base::new("https://e.org/cat/").unwrap();
        assert_eq!(
            href("https://e.org/cat/dataset/p/k", &base).as_deref(),
            Some("/cat/dataset/p/k")
        );
        assert_eq!(
            href("HTTP://x.org/", &base).as_deref(),
            Some("HTTP://x.org/")
        );
        assert!(href("ftp://x.org/a", &base).is_some());
        assert_eq!(
            href("https://e.org/cat//x.org", &base).as_deref(),
            Some("https://e.org/cat//x.org")
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "java\nscript:alert(1)",
            "https://",
            "https://e.org/a b",
            "vbscript:x",
            "//e.org/",
            "file:///etc/passwd",
            "",
        ] {
            assert_eq!(href(bad, &base), None, "{bad}");
        }
        assert!(!is_image("http://e.org/a.png"));
    }

    #[test]
    fn the_root_is_the_path_of_the_base() {
        assert_eq!(root(&Base::new("http://127.0.0.1:8080/").unwrap()), "/");
        assert_eq!(root(&Base::new("https://e.org/a/b/").unwrap()), "/a/b/");
    }

    #[test]
    fn mail_and_telephone_links_carry_nothing_else() {
        assert_eq!(mailto("a.b@e.org").as_deref(), Some("mailto:a.b@e.org"));
        for bad in [
            "a@b",
            "a@e.org?bcc=x@e.org",
            "a@e.org,c@e.org",
            "",
            "@e.org",
            "a b@e.org",
        ] {
            assert_eq!(mailto(bad), None, "{bad}");
        }
        assert_eq!(tel("+33 (0)1 02").as_deref(), Some("tel:+330102"));
        assert_eq!(tel("néant"), None);
    }

    #[test]
    fn a_doi_leads_to_its_resolver() {
        for value in [
            "10.5281/zenodo.1",
            "doi:10.5281/zenodo.1",
            "http://dx.doi.org/10.5281/zenodo.1",
        ] {
            let address = "https://doi.org/10.5281/zenodo.1".to_owned();
            assert_eq!(doi(value), Some(("10.5281/zenodo.1", address)), "{value}");
        }
        for other in [
            "10.5281",
            "10.52/a",
            "11.5281/a",
            "10.5281/\"a",
            "10.5281/é",
            "",
        ] {
            assert_eq!(doi(other), None, "{other}");
        }
    }

    #[test]
    fn addresses_are_shown_short() {
        assert_eq!(shown("https://www.e.org/a/"), "www.e.org/a");
        assert_eq!(
            shown(&format!("https://e.org/{}", "é".repeat(100)))
                .chars()
                .count(),
            81
        );
    }
}
