//! The licence of a package or a resource, which says it up to four times: as an IRI or a code of its
//! own, by identifier, by title and by address.
//!
//! The one that a vocabulary knows is written; without any, the address, which is a licence all the same,
//! before words that only name one. CKAN's list of licences gives addresses without version
//! (`…/licenses/cc-by`) where the title may have one.

use super::fields::Fields;
use super::words::is_iri;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dct;
use crate::source::contract::Context;
use crate::vocabulary::Alignment;

/// A licence as the portal wrote it, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Licence {
    text: String,
    field: String,
}

/// Where packages and resources state a licence.
const NAMES: [&str; 5] = [
    "license",
    "license_id",
    "license_url",
    "license_title",
    "licence",
];

/// The licence that an object states.
pub(super) fn stated(
    fields: &Fields<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<Licence> {
    let mut stated: Vec<Licence> = Vec::new();
    for name in NAMES {
        for sent in fields
            .find(name)
            .into_iter()
            .flat_map(super::fields::Sent::items)
        {
            // A licence as an object has these fields in CKAN's list of them.
            let inner = sent.fields();
            let texts = match &inner {
                Some(inner) => ["id", "url", "title"].map(|name| inner.peek(name)).to_vec(),
                None => vec![sent.value().as_str().map(str::trim)],
            };
            let texts: Vec<&str> = texts.into_iter().flatten().collect();
            if texts.is_empty() {
                sent.unreadable(about.findings());
            }
            stated.extend(texts.into_iter().map(|text| Licence {
                text: text.to_owned(),
                field: sent.field.clone(),
            }));
        }
    }
    // CKAN's `notspecified`, with "License not specified" beside it, is no licence; another field may have
    // one.
    stated.retain(|one| !context.vocabularies.says_no_licence(&one.text));
    let known = stated.iter().position(|one| {
        context
            .vocabularies
            .align(Alignment::Licence, &one.text)
            .is_some()
    });
    let address = || stated.iter().position(|one| is_iri(&one.text));
    let title = || stated.iter().position(|one| one.field.ends_with("title"));
    let chosen = known.or_else(address).or_else(title).unwrap_or(0);
    (chosen < stated.len()).then(|| stated.swap_remove(chosen))
}

/// The licence that the configuration has for records that state none.
pub(super) fn assumed(context: &Context<'_>, about: &mut Describe<'_>) -> Option<Licence> {
    let assumed = context.licence?;
    about.find(
        Code::LicenceAssumed,
        "license_id",
        "taken from the portal's configuration",
        assumed,
    );
    Some(Licence {
        text: assumed.to_owned(),
        field: "license_id".to_owned(),
    })
}

impl Licence {
    /// Writes it.
    pub(super) fn write(&self, about: &mut Describe<'_>) {
        if is_iri(&self.text) {
            about.iri(dct::LICENSE, &self.text, &self.field);
        } else {
            about.token(dct::LICENSE, &self.text, &self.field);
        }
    }
}
