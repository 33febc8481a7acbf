//! Checksums of files: hexadecimal, and as long as their algorithm makes them.

use oxigraph::model::Literal;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{spdx, xsd};

/// The algorithms by the number of their digits, where a source does not say which one it used.
const BY_LENGTH: [(usize, &str); 6] = [
    (32, "md5"),
    (40, "sha1"),
    (56, "sha224"),
    (64, "sha256"),
    (96, "sha384"),
    (128, "sha512"),
];

/// The algorithm that makes checksums of so many digits.
pub(in crate::source) fn algorithm(digits: usize) -> Option<&'static str> {
    let known = BY_LENGTH.iter().find(|(length, _)| *length == digits)?;
    Some(known.1)
}

/// Writes the checksum `value` made by the algorithm `kind`, which stand in `field`; a finding where it
/// cannot be one.
pub(in crate::source) fn write(kind: &str, value: &str, field: &str, about: &mut Describe<'_>) {
    if value.is_empty() {
        return;
    }
    let digits = match kind.to_lowercase().replace('-', "").as_str() {
        "md5" => Some(32),
        "sha1" => Some(40),
        "sha224" => Some(56),
        "sha2" | "sha256" => Some(64),
        "sha384" => Some(96),
        "sha512" => Some(128),
        "crc" | "crc32" => Some(8),
        _ => None,
    };
    let is_hex = value.len().is_multiple_of(2) && value.bytes().all(|b| b.is_ascii_hexdigit());
    if kind.is_empty() || !is_hex || digits.is_some_and(|digits| digits != value.len()) {
        about.find(
            Code::ChecksumInvalid,
            field,
            &format!("left out: it is no {kind} checksum"),
            value,
        );
        about.origin(spdx::CHECKSUM_VALUE, value);
        return;
    }
    let value = Literal::new_typed_literal(value.to_lowercase(), xsd::HEX_BINARY);
    about
        .node(spdx::CHECKSUM, spdx::CHECKSUM_CLASS)
        .token(spdx::ALGORITHM, kind, field)
        .literal(spdx::CHECKSUM_VALUE, value);
}
