//! The licence of a record. Where it is written is the caller's to know: DCAT-AP has a dataset's on its
//! distributions.

use super::field::Field;
use super::payload::Code;
use crate::dcat::Describe;
use crate::finding;
use crate::source::Context;

/// The licence, sent in `license`, as the portal wrote it, or the one that the configuration assumes.
pub(super) fn read(
    license: &Field<Code>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<String> {
    let stated = license.read("license", about.findings()).map(Code::as_str);
    // `notspecified` is udata's own code for none.
    if let Some(stated) = stated.filter(|code| !code.is_empty() && *code != "notspecified") {
        return Some(stated.to_owned());
    }
    let assumed = context.licence?;
    about.find(
        finding::Code::LicenceAssumed,
        "license",
        "taken from the portal's configuration",
        assumed,
    );
    Some(assumed.to_owned())
}
