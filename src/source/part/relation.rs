//! What a record says of another by its address, of which nobody knows whether it is a record here: one on
//! the portal's own host may be, and is a [`Reference`] until all records are known.

use oxigraph::model::NamedNodeRef;
use url::Url;

use crate::dcat::Describe;
use crate::record::{Kind, Reference};
use crate::source::contract::Context;

/// Links to what has an address; `sent` is the address and the field that it stands in.
pub(in crate::source) fn to(
    property: NamedNodeRef<'_>,
    sent: (&str, &str),
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let (address, field) = sent;
    if address.trim().is_empty() {
        return;
    }
    let Some(iri) = about.clean_iri(address, field) else {
        return;
    };
    let is_own = Url::parse(iri.as_str())
        .is_ok_and(|url| url.host().is_some() && url.host() == context.root.host());
    let object = if is_own {
        Reference::new(context.portal, Kind::Dataset, iri.as_str(), iri.as_str()).iri()
    } else {
        iri
    };
    about.link(property, object);
}
