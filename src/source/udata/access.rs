//! Who may have the data, and why not everybody: of a dataset or a data service.

use super::field::Field;
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, rdfs};
use crate::source::Context;

/// The fields of a record that say it.
pub(super) struct Access<'a> {
    /// `access_type`
    pub(super) kind: &'a Field<String>,
    /// `access_type_reason`
    pub(super) reason: &'a Field<String>,
    /// `access_type_reason_category`
    pub(super) category: &'a Field<String>,
    /// `authorization_request_url`
    pub(super) ask: &'a Field<String>,
}

/// Writes `dct:accessRights`, and what is said beside them as `dct:rights`.
pub(super) fn describe(access: &Access<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let kind = access
        .kind
        .text("access_type", about.findings())
        .unwrap_or_default();
    about.token(dct::ACCESS_RIGHTS, kind, "access_type");
    let reason = access
        .reason
        .text("access_type_reason", about.findings())
        .unwrap_or_default();
    let category = access
        .category
        .text("access_type_reason_category", about.findings())
        .unwrap_or_default();
    let ask = access
        .ask
        .text("authorization_request_url", about.findings())
        .unwrap_or_default();
    if !(reason.is_empty() && category.is_empty() && ask.is_empty()) {
        let mut rights = about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
        rights
            .text(rdfs::LABEL, reason, context.language, "access_type_reason")
            .token(dct::IDENTIFIER, category, "access_type_reason_category")
            .iri(rdfs::SEE_ALSO, ask, "authorization_request_url");
    }
}
