//! E-mail addresses, which some sources write with their scheme and some without.

use oxigraph::model::NamedNodeRef;

use crate::dcat::Describe;
use crate::finding::Code;

/// Writes an e-mail address under `property` as the `mailto:` that it is; a finding where it is none.
pub(in crate::source) fn write(
    property: NamedNodeRef<'_>,
    email: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    if email.is_empty() {
        return;
    }
    let scheme = email
        .get(..7)
        .filter(|start| start.eq_ignore_ascii_case("mailto:"));
    let address = scheme
        .map_or(email, |scheme| {
            email.get(scheme.len()..).unwrap_or_default()
        })
        .trim();
    match address.split_once('@') {
        Some((user, host)) if !user.is_empty() && host.contains('.') => {
            about.iri(property, &format!("mailto:{address}"), field);
        }
        _ => about.find(
            Code::IdentifierInvalid,
            field,
            "left out: it is no e-mail address",
            email,
        ),
    }
}
