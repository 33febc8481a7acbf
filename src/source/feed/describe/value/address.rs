//! Addresses: written as texts, resolved against the feed's own, e-mail and telephone among them.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};
use percent_encoding::percent_decode_str;

use super::Repaired;
use crate::finding::Code;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{dcat, dct, foaf, vcard};
use crate::source::value::mail::{self, Mail};
use crate::source::value::telephone;

/// Properties of addresses that are followed.
const ADDRESSES: [NamedNodeRef<'static>; 13] = [
    dcat::ACCESS_URL,
    dcat::DOWNLOAD_URL,
    dcat::ENDPOINT_DESCRIPTION,
    dcat::ENDPOINT_URL,
    dcat::LANDING_PAGE,
    foaf::HOMEPAGE,
    foaf::LOGO,
    foaf::MBOX,
    foaf::PAGE,
    foaf::PHONE,
    vcard::HAS_EMAIL,
    vcard::HAS_TELEPHONE,
    vcard::HAS_URL,
];

/// Properties of e-mail addresses.
const MAIL: [NamedNodeRef<'static>; 2] = [vcard::HAS_EMAIL, foaf::MBOX];

/// Properties of telephone numbers.
const TELEPHONE: [NamedNodeRef<'static>; 2] = [vcard::HAS_TELEPHONE, foaf::PHONE];

/// Whether a property leads to an address.
pub(in crate::source::feed::describe) fn is_one(property: NamedNodeRef<'_>) -> bool {
    ADDRESSES.contains(&property)
}

/// Whether it is a telephone number. A node may say that it is one of a fax.
pub(super) fn is_dialled(property: NamedNodeRef<'_>) -> bool {
    TELEPHONE.contains(&property)
}

/// Repairs an address that is an IRI.
pub(super) fn named(
    property: NamedNodeRef<'_>,
    node: &NamedNode,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    if MAIL.contains(&property) {
        return mailed(property, node, tell);
    }
    if TELEPHONE.contains(&property) && !node.as_str().starts_with("tel:") {
        let numbers = telephone::numbers(&behind(node.as_str()));
        if let [_, ..] = numbers.as_slice() {
            let message = "taken as the telephone number that it is";
            tell(Code::IriRepaired, message, node.as_str());
            return Repaired::As(numbers.into_iter().map(Term::from).collect());
        }
    }
    match clean(node.as_str()) {
        Cleaned::Kept(_) => Repaired::Kept,
        Cleaned::Repaired(iri) => {
            let message = format!("taken as {}", iri.as_str());
            tell(Code::IriRepaired, &message, node.as_str());
            Repaired::As(vec![iri.into()])
        }
        Cleaned::Refused(why) => {
            tell(Code::IriInvalid, &format!("left out: {why}"), node.as_str());
            Repaired::Dropped
        }
    }
}

/// An e-mail address that is an IRI: a `mailto:`, or one that was resolved against the feed's address.
fn mailed(
    property: NamedNodeRef<'_>,
    node: &NamedNode,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let iri = node.as_str();
    let is_web = iri.starts_with("http://") || iri.starts_with("https://");
    // A user before a host is no mailbox.
    let text = if is_web { behind(iri) } else { iri.to_owned() };
    match Mail::read(&text) {
        Mail::Plain(read) | Mail::Page(read) if read == *node => Repaired::Kept,
        Mail::Plain(read) => {
            tell(
                Code::IriRepaired,
                &mail::told(std::slice::from_ref(&read)),
                iri,
            );
            Repaired::As(vec![read.into()])
        }
        Mail::Written(all) => {
            tell(Code::IriRepaired, &mail::told(&all), iri);
            Repaired::As(all.into_iter().map(Term::from).collect())
        }
        Mail::Page(_) | Mail::Nothing if is_web => {
            let message = "taken as the address of a page: it is no e-mail address";
            tell(Code::IdentifierInvalid, message, iri);
            Repaired::By(mail::page(property), vec![node.clone().into()])
        }
        Mail::Page(_) | Mail::Nothing => {
            let message = "left out: it is no e-mail address";
            tell(Code::IdentifierInvalid, message, iri);
            Repaired::Dropped
        }
    }
}

/// What an IRI says behind its host, as people write it.
fn behind(iri: &str) -> String {
    let rest = iri.split_once("://").map_or(iri, |(_, rest)| rest);
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// Repairs an address that is written as a text.
pub(super) fn text(
    property: NamedNodeRef<'_>,
    literal: &Literal,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    let value = literal.value();
    if MAIL.contains(&property) {
        return mailed_text(property, value, tell);
    }
    if TELEPHONE.contains(&property) {
        let numbers = telephone::numbers(value);
        if numbers.is_empty() {
            tell(
                Code::IriInvalid,
                "left out: it is no telephone number",
                value,
            );
            return Repaired::Dropped;
        }
        return Repaired::As(numbers.into_iter().map(Term::from).collect());
    }
    if let Some(iri) = stated(value) {
        tell(
            Code::WrongRange,
            "a text was taken as the IRI that it is",
            value,
        );
        return Repaired::As(vec![iri.into()]);
    }
    let why = match clean(value) {
        Cleaned::Refused(why) => why,
        _ => "it is no address",
    };
    if property == foaf::PAGE && value.contains(char::is_whitespace) {
        let message = "kept as the title of a document: it is no address";
        tell(Code::WrongRange, message, value);
        let title = (dct::TITLE, literal.clone().into());
        return Repaired::Thing(super::classed(foaf::DOCUMENT, vec![title]));
    }
    tell(Code::IriInvalid, &format!("left out: {why}"), value);
    Repaired::Dropped
}

fn mailed_text(
    property: NamedNodeRef<'_>,
    value: &str,
    tell: &mut dyn FnMut(Code, &str, &str),
) -> Repaired {
    match Mail::read(value) {
        Mail::Plain(address) => {
            tell(
                Code::WrongRange,
                "a text was taken as the IRI that it is",
                value,
            );
            Repaired::As(vec![address.into()])
        }
        Mail::Written(all) => {
            tell(Code::IriRepaired, &mail::told(&all), value);
            Repaired::As(all.into_iter().map(Term::from).collect())
        }
        Mail::Page(address) => {
            let message = "taken as the address of a page: it is no e-mail address";
            tell(Code::IdentifierInvalid, message, value);
            Repaired::By(mail::page(property), vec![address.into()])
        }
        Mail::Nothing => {
            let message = "left out: it is no e-mail address";
            tell(Code::IdentifierInvalid, message, value);
            Repaired::Dropped
        }
    }
}

/// The IRI that a text is; none where it is a text, or says more.
pub(in crate::source::feed::describe) fn stated(text: &str) -> Option<NamedNode> {
    let text = text.trim();
    let text = text
        .strip_prefix('<')
        .and_then(|text| text.strip_suffix('>'))
        .unwrap_or(text);
    let whole = if text.starts_with("www.") {
        format!("http://{text}")
    } else {
        text.to_owned()
    };
    let begins = ["http://", "https://", "urn:", "ftp://", "mailto:"];
    let small = whole.get(..8).unwrap_or(&whole).to_ascii_lowercase();
    if !begins.iter().any(|scheme| small.starts_with(scheme)) || is_prose(&whole) {
        return None;
    }
    clean(&whole).into_iri()
}

/// Whether a text goes on after an address: words, rather than a file name with a space.
fn is_prose(text: &str) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let _address = words.next();
    words.clone().count() > 2 && words.all(|word| !word.contains(['/', '.', '%']))
}
