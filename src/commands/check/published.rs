//! What the configuration says of the catalogue, before it is published: every value by the vocabulary or
//! the syntax that readers of the catalogue will hold it to.

use url::{Host, Url};

use super::Found;
use crate::address::public_text;
use crate::config::{Config, Localised};
use crate::fetch::is_here;
use crate::harvest::{PUBLISHER_TYPE, licence_is_known, place};
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::language;
use crate::vocabulary::{Alignment, Vocabularies};

/// The scheme of the codes of publishers.
const PUBLISHER_TYPES: &str = "http://purl.org/adms/publishertype/1.0";

/// Ends of names that are nobody's (RFC 2606, RFC 6761).
const EXAMPLES: [&str; 6] = [
    "example.com",
    "example.net",
    "example.org",
    ".example",
    ".invalid",
    ".test",
];

/// Languages that the server's pages are written in.
const PAGES: [&str; 2] = ["fr", "en"];

/// Where DCAT-AP 3.0.1 wants places from: the EU's lists, and `GeoNames` for what they have not.
const PLACES: [&str; 6] = [
    "http://publications.europa.eu/resource/authority/atu/",
    "http://publications.europa.eu/resource/authority/continent/",
    "http://publications.europa.eu/resource/authority/country/",
    "http://publications.europa.eu/resource/authority/place/",
    "http://sws.geonames.org/",
    "https://sws.geonames.org/",
];

pub(super) fn look(config: &Config, found: &mut Found) {
    base(config, found);
    catalogue(config, found);
    languages(config, found);
    licences(config, found);
}

fn base(config: &Config, found: &mut Found) {
    let Ok(url) = Url::parse(config.base_uri.as_str()) else {
        return;
    };
    if is_example(&url) {
        found.odd("base_uri", &format!("`{}` is an example's: every IRI begins with it, and it is fixed once the first harvest ran", config.base_uri));
    } else if is_here(&url) {
        found.odd("base_uri", &format!("`{}` leads to the reader's own machine: nobody else can follow an IRI, and it is fixed once the first harvest ran", config.base_uri));
    }
}

fn catalogue(config: &Config, found: &mut Found) {
    let settings = &config.catalogue;
    texts("catalogue.title", &settings.title, found);
    texts("catalogue.description", &settings.description, found);
    let publisher = &settings.publisher;
    if publisher.name.trim().is_empty() {
        found.wrong("catalogue.publisher.name", "it is empty");
    }
    if let Some(uri) = &publisher.uri {
        iri("catalogue.publisher.uri", uri, found);
    }
    if let Some(kind) = &publisher.kind {
        publisher_type(kind, found);
    }
    if let Some(contact) = &settings.contact {
        if contact.name.trim().is_empty() {
            found.wrong("catalogue.contact.name", "it is empty");
        }
        if let Some(email) = &contact.email {
            mail("catalogue.contact.email", email, found);
        }
        if let Some(url) = &contact.url {
            web("catalogue.contact.url", url, found);
        }
    }
    if let Some(homepage) = &settings.homepage {
        web("catalogue.homepage", homepage, found);
    }
    for text in &settings.spatial {
        spatial(text, found);
    }
}

fn texts(key: &str, texts: &Localised, found: &mut Found) {
    let said = texts.texts();
    if said.iter().all(|(_, text)| text.trim().is_empty()) {
        found.wrong(key, "it is empty");
    }
    for language in said.iter().filter_map(|(language, _)| *language) {
        if language::tagged("", language).is_none() {
            let message = format!("`{language}` is no language tag, as `fr` and `fr-CA` are");
            found.wrong(key, &message);
        }
    }
}

fn publisher_type(kind: &str, found: &mut Found) {
    let vocabularies = Vocabularies::builtin();
    if vocabularies.contains(&format!("{PUBLISHER_TYPE}{kind}")) && kind != "1.0" {
        return;
    }
    let scheme = vocabularies.scheme(PUBLISHER_TYPES);
    let codes: Vec<&str> = scheme
        .iter()
        .flat_map(|scheme| &scheme.concepts)
        .filter_map(|iri| iri.as_str().strip_prefix(PUBLISHER_TYPE))
        .collect();
    found.wrong(
        "catalogue.publisher.type",
        &format!(
            "`{kind}` is no type of publisher; there are: {}",
            codes.join(", ")
        ),
    );
}

/// An address that `mailto:` can hold (RFC 6068), as people have them.
fn mail(key: &str, text: &str, found: &mut Found) {
    let parts = text.split_once('@');
    let is_one = parts.is_some_and(|(user, host)| {
        let fits = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        !user.is_empty()
            && user.chars().all(fits)
            && !user.starts_with('.')
            && !user.ends_with('.')
            && host.contains('.')
            && host.split('.').all(label)
    });
    if !is_one {
        found.wrong(
            key,
            &format!("`{text}` is no e-mail address (name@host.example, without `mailto:`)"),
        );
    } else if parts.is_some_and(|(_, host)| is_example_host(host)) {
        found.odd(key, &format!("`{text}` is an example's"));
    }
}

/// An absolute IRI.
fn iri(key: &str, text: &str, found: &mut Found) -> Option<Url> {
    match clean(text) {
        Cleaned::Refused(why) => {
            found.wrong(key, &format!("`{}` is no IRI: {why}", public_text(text)));
            return None;
        }
        Cleaned::Repaired(iri) => found.odd(
            key,
            &format!(
                "`{text}` is no IRI as it stands; `{}` is published",
                iri.as_str()
            ),
        ),
        Cleaned::Kept(_) => {}
    }
    let url = Url::parse(text.trim()).ok();
    if url.as_ref().is_some_and(is_example) {
        found.odd(key, &format!("`{text}` is an example's"));
    }
    url
}

/// An address that a browser opens.
fn web(key: &str, text: &str, found: &mut Found) {
    let Some(url) = iri(key, text, found) else {
        return;
    };
    if !matches!(url.scheme(), "http" | "https") {
        found.wrong(key, &format!("`{text}` is no http or https address"));
    } else if is_here(&url) {
        found.odd(key, &format!("`{text}` leads to the reader's own machine"));
    }
}

fn spatial(text: &str, found: &mut Found) {
    const KEY: &str = "catalogue.spatial";
    let vocabularies = Vocabularies::builtin();
    let iri = place(text, vocabularies);
    if let Cleaned::Refused(why) = clean(&iri) {
        found.wrong(
            KEY,
            &format!("`{text}` is neither the code of a country (FRA) nor an IRI: {why}"),
        );
        return;
    }
    let country = format!("{}/", Alignment::Country.scheme());
    if iri.starts_with(&country) && !vocabularies.contains(&iri) {
        found.wrong(KEY, &format!("`{text}` is no country of the EU's list"));
    } else if is_geonames(&iri) == Some(false) {
        found.wrong(KEY, &format!("`{text}` is no place of GeoNames: its places have numbers (https://sws.geonames.org/3017382/)"));
    } else if !PLACES.iter().any(|start| iri.starts_with(start)) {
        found.odd(KEY, &format!("`{text}` is neither of the EU's lists of places nor of GeoNames (https://sws.geonames.org/…/), which DCAT-AP asks for"));
    }
}

/// Whether an IRI below that of `GeoNames` is one of its places.
fn is_geonames(iri: &str) -> Option<bool> {
    let (_, rest) = iri.split_once("://sws.geonames.org/")?;
    let number = rest.strip_suffix('/').unwrap_or(rest);
    Some(!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn languages(config: &Config, found: &mut Found) {
    let is_known = |language: &str| {
        let vocabularies = Vocabularies::builtin();
        vocabularies.align(Alignment::Language, language).is_some()
    };
    for language in &config.languages {
        if !is_code(language) {
            found.wrong(
                "languages",
                &format!("`{language}` is no code of a language: `fr` or `en` is expected"),
            );
        } else if !is_known(language) {
            found.wrong(
                "languages",
                &format!("`{language}` is no language of the EU's list"),
            );
        } else if !PAGES.contains(&language.as_str()) {
            found.odd(
                "languages",
                &format!(
                    "there are no pages in `{language}`, only in {}",
                    PAGES.join(" and ")
                ),
            );
        }
    }
    for portal in &config.portals {
        let Some(language) = portal.language.as_deref() else {
            continue;
        };
        let key = format!("portal.{}.language", portal.id);
        let primary = language.split('-').next().unwrap_or_default();
        if !is_code(&primary.to_lowercase()) {
            found.wrong(
                &key,
                &format!("`{language}` is no code of a language: `fr` or `en` is expected"),
            );
        } else if !is_known(language) {
            found.odd(
                &key,
                &format!("`{language}` is no language of the EU's list"),
            );
        }
    }
    for portal in &config.portals {
        if let Some(title) = &portal.title {
            texts(&format!("portal.{}.title", portal.id), title, found);
        }
    }
}

/// Whether a text is a language's code, of two or three small letters (BCP 47), and no name of it.
fn is_code(text: &str) -> bool {
    matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn licences(config: &Config, found: &mut Found) {
    let portals = config.portals.iter();
    let of_portals = portals.map(|portal| {
        (
            format!("portal.{}.licence", portal.id),
            portal.licence.as_deref(),
        )
    });
    let own = (
        "catalogue.licence".to_owned(),
        config.catalogue.licence.as_deref(),
    );
    for (key, licence) in std::iter::once(own).chain(of_portals) {
        let Some(licence) = licence else { continue };
        if !licence_is_known(licence, Vocabularies::builtin()) {
            found.wrong(
                &key,
                &format!("`{licence}` is not in the licence vocabulary"),
            );
        }
    }
}

/// Whether an address is on a host that is nobody's.
pub(super) fn is_example(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if is_example_host(name))
}

fn is_example_host(name: &str) -> bool {
    let name = format!(".{}", name.trim_end_matches('.').to_ascii_lowercase());
    EXAMPLES
        .iter()
        .any(|end| name.ends_with(&format!(".{}", end.trim_start_matches('.'))))
}
