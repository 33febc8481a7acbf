//! What the file behind a resource is: its size and checksum, stated or found out by the portal's robot.

use serde_json::Value;

use super::super::extras::Extras;
use super::super::payload::Resource;
use crate::dcat::Describe;
use crate::rdf::vocab::dcat;
use crate::source::value::checksum;

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
    let Some(sent) = resource.checksum.read(field, about.findings()) else {
        let computed = extras.text("analysis:checksum", about).unwrap_or_default();
        checksum::write("sha1", computed, &extras.at("analysis:checksum"), about);
        return;
    };
    let kind = sent
        .kind
        .text(&format!("{field}.type"), about.findings())
        .unwrap_or_default();
    let Some(value) = sent.value.text(&format!("{field}.value"), about.findings()) else {
        return;
    };
    checksum::write(kind, value, field, about);
}
