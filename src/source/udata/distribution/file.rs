//! What the file behind a resource is: its size and checksum, stated or found out by the portal's robot.

use oxigraph::model::Literal;
use serde_json::Value;

use super::super::extras::Extras;
use super::super::payload::Resource;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, spdx, xsd};

/// Writes the size: what the portal states, else what its robot has found.
pub(super) fn size(
    resource: &Resource,
    field: &str,
    extras: &Extras<'_>,
    about: &mut Describe<'_>,
) {
    let stated = resource.filesize.read(field, about.findings()).copied();
    let found = extras.value("analysis:content-length");
    if let Some(size) = stated.or_else(|| found.and_then(Value::as_i64)) {
        about.count(dcat::BYTE_SIZE, size, field);
    }
}

/// Writes the checksum: what the portal states, else the SHA-1 that its robot has computed.
pub(super) fn checksum(
    resource: &Resource,
    field: &str,
    extras: &Extras<'_>,
    about: &mut Describe<'_>,
) {
    let Some(checksum) = resource.checksum.read(field, about.findings()) else {
        let computed = extras.text("analysis:checksum", about).unwrap_or_default();
        write_checksum("sha1", computed, &extras.at("analysis:checksum"), about);
        return;
    };
    let kind = checksum
        .kind
        .text(&format!("{field}.type"), about.findings())
        .unwrap_or_default();
    let Some(value) = checksum
        .value
        .text(&format!("{field}.value"), about.findings())
    else {
        return;
    };
    write_checksum(kind, value, field, about);
}

fn write_checksum(kind: &str, value: &str, field: &str, about: &mut Describe<'_>) {
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
