//! E-mail addresses, which some sources write with their scheme and some without.

use oxigraph::model::NamedNodeRef;

use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::iri::mailto;

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
    let iri = mailto(email);
    let address = iri.split_once(':').map_or("", |(_, address)| address);
    match address.split_once('@') {
        Some((user, host)) if !user.is_empty() && host.contains('.') => {
            about.iri(property, &iri, field);
        }
        _ => about.find(
            Code::IdentifierInvalid,
            field,
            "left out: it is no e-mail address",
            email,
        ),
    }
}
