//! How large a resource's file is, and what its checksum is.

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dcat;
use crate::source::kind::ckan::fields::Fields;
use crate::source::value::checksum;

/// Words for bytes, as DKAN writes them after the number.
const BYTES: [&str; 7] = ["", "b", "byte", "bytes", "octet", "octets", "o"];

/// Writes the size, where it is a number of bytes.
pub(super) fn size(resource: &Fields<'_>, about: &mut Describe<'_>) {
    let Some(sent) = resource.first(&["size", "byte_size"]) else {
        return;
    };
    let Some(text) = sent.text(about.findings()) else {
        return;
    };
    match bytes(&text) {
        Some(count) => {
            about.count(dcat::BYTE_SIZE, count, &sent.field);
        }
        None => about.find(
            Code::NumberInvalid,
            &sent.field,
            "left out: it is no number of bytes",
            &text,
        ),
    }
}

fn bytes(text: &str) -> Option<i64> {
    // French numbers have spaces between the thousands.
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '-');
    let (number, unit) = text.split_at_checked(end.unwrap_or(text.len()))?;
    if !BYTES.contains(&unit.to_lowercase().as_str()) {
        return None;
    }
    // Some portals keep it as a decimal number.
    let whole = number
        .split_once('.')
        .map_or(Some(number), |(whole, rest)| {
            rest.bytes().all(|b| b == b'0').then_some(whole)
        })?;
    whole.parse().ok()
}

/// Writes the checksum. Its algorithm is the one that is stated, or that stands before it, else the one
/// that makes so many digits.
pub(super) fn checksum(resource: &Fields<'_>, about: &mut Describe<'_>) {
    let Some(sent) = resource.find("hash") else {
        return;
    };
    let Some(text) = sent.text(about.findings()) else {
        return;
    };
    let (before, value) = text.split_once(':').unwrap_or(("", &text));
    let stated = resource.peek("hash_algorithm").unwrap_or(before);
    // The terms of SPDX end so: `checksumAlgorithm_sha1`.
    let stated = stated.rsplit(['#', '/', '_']).next().unwrap_or_default();
    let kind = if stated.is_empty() {
        checksum::algorithm(value.len()).unwrap_or_default()
    } else {
        stated
    };
    checksum::write(kind, value, &sent.field, about);
}

#[test]
fn sizes_are_numbers_of_bytes() {
    for (text, count) in [
        ("1024", Some(1024)),
        ("42 octets", Some(42)),
        ("12.0", Some(12)),
        ("48 213 octets", Some(48213)),
        ("1\u{202f}024", Some(1024)),
        ("12.5", None),
        ("3 Mo", None),
        ("-1", Some(-1)),
        ("about 3", None),
    ] {
        assert_eq!(bytes(text), count, "{text}");
    }
}
