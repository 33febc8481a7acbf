//! Who may have the data, and why not everybody: of a dataset or a data service.
//!
//! The kind of access is `dct:accessRights`, which can have one value of the EU's list. All else is
//! `dct:rights`: the category of the reason as the limitation of the INSPIRE list that udata took it
//! from (article 13(1) of the directive; the codes of environment and of relations between the public
//! and the administration have the same cases), the reason in words with the address to ask at, and a
//! statement for each audience, in both languages. The portal's own codes are kept as `dct:identifier`.

use oxigraph::model::NamedNode;

use super::payload::{Audience, List};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dct, rdfs};
use crate::source::contract::Context;
use crate::source::value::field::Field;
use crate::vocabulary::{Alignment, Vocabularies};

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

/// Audiences as udata names them, in French and in English.
const AUDIENCES: [(&str, &str, &str); 3] = [
    (
        "local_authority_and_administration",
        "Collectivités et administrations",
        "Local authorities and administrations",
    ),
    (
        "company_and_association",
        "Entreprises et associations",
        "Companies and associations",
    ),
    ("private", "Particuliers", "Private persons"),
];

/// What holds for an audience.
const CONDITIONS: [(&str, &str, &str); 3] = [
    ("yes", "accès ouvert", "access granted"),
    ("no", "pas d’accès", "no access"),
    (
        "under_condition",
        "accès sous condition",
        "access under conditions",
    ),
];

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
    if reason.is_empty() && category.is_empty() && ask.is_empty() {
        return;
    }
    if let Some(limitation) = limitation(category, context.vocabularies) {
        about.link(dct::RIGHTS, limitation);
    } else if !category.is_empty() {
        about.find(
            Code::ValueUnknown,
            "access_type_reason_category",
            "kept as it came: no limitation of the INSPIRE list",
            category,
        );
    }
    let mut rights = about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
    rights
        .text(rdfs::LABEL, reason, context.language, "access_type_reason")
        .token(dct::IDENTIFIER, category, "access_type_reason_category")
        .iri(rdfs::SEE_ALSO, ask, "authorization_request_url");
}

/// Writes for whom the data are, sent in `access_audiences`.
pub(super) fn audiences(sent: &List<Audience>, about: &mut Describe<'_>) {
    let audiences: Vec<_> = sent.items("access_audiences", about.findings()).collect();
    for (position, audience) in audiences {
        let at = |name: &str| format!("access_audiences[{position}].{name}");
        let role = audience
            .role
            .text(&at("role"), about.findings())
            .unwrap_or_default();
        let condition = audience
            .condition
            .text(&at("condition"), about.findings())
            .unwrap_or_default();
        if role.is_empty() {
            continue;
        }
        let (whom, what) = (known(&AUDIENCES, role), known(&CONDITIONS, condition));
        for (found, name, value) in [(whom, "role", role), (what, "condition", condition)] {
            if found.is_none() && !value.is_empty() {
                let message = "kept as it came: udata does not have it";
                about.find(Code::ValueUnknown, &at(name), message, value);
            }
        }
        let mut rights = about.node(dct::RIGHTS, dct::RIGHTS_STATEMENT);
        if let (Some((whom_fr, whom_en)), Some((what_fr, what_en))) = (whom, what) {
            let (french, english) = (
                format!("{whom_fr} : {what_fr}"),
                format!("{whom_en}: {what_en}"),
            );
            rights
                .text(rdfs::LABEL, &french, Some("fr"), &at("role"))
                .text(rdfs::LABEL, &english, Some("en"), &at("role"));
        }
        let code = format!("{role}/{condition}");
        rights.token(dct::IDENTIFIER, code.trim_end_matches('/'), &at("role"));
    }
}

fn known(
    table: &[(&str, &'static str, &'static str)],
    code: &str,
) -> Option<(&'static str, &'static str)> {
    let row = table.iter().find(|(known, ..)| *known == code)?;
    Some((row.1, row.2))
}

/// The INSPIRE limitation of a category of reasons.
fn limitation(category: &str, vocabularies: &Vocabularies) -> Option<NamedNode> {
    vocabularies
        .align(Alignment::AccessLimitation, category)
        .map(Into::into)
}
