//! Addresses: of the portal itself, and those that it sends.

use oxigraph::model::NamedNodeRef;

use super::field::Field;
use crate::dcat::Describe;
use crate::source::contract::Context;

/// Writes addresses, each under its property.
pub(in crate::source) fn each(
    addresses: &[(&Field<String>, NamedNodeRef<'_>, &str)],
    about: &mut Describe<'_>,
) {
    for (address, property, field) in addresses {
        let address = address.text(field, about.findings()).unwrap_or_default();
        about.iri(*property, address, field);
    }
}

/// An address below the portal's root, for where it sends none.
pub(in crate::source) fn under(context: &Context<'_>, segments: &[&str]) -> String {
    let mut url = context.root.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments).push("");
    }
    url.into()
}

/// An address that the portal sends; some of its lists have those of the API without host.
pub(in crate::source) fn absolute(address: &str, context: &Context<'_>) -> String {
    if address.starts_with("/api/") {
        context
            .root
            .join(address)
            .map_or_else(|_| address.to_owned(), Into::into)
    } else {
        address.to_owned()
    }
}
