//! What records say of each other: the class and identifier of another record of the portal, or a list
//! of them.
//!
//! A record may point to one that is private or was never harvested: what is behind a reference to a dataset
//! or a data service is found when all are known ([`record::Reference`]). The others are known by IRIs of ours
//! alone, which are left out where nothing has them.

use oxigraph::model::NamedNode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::payload::Text;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::record::{self, Kind, REFERRED, RecordId};
use crate::source::contract::Context;
use crate::source::value::field::Field;
use crate::source::value::page::under;

/// Another record, bare or with its class.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Reference {
    /// `"5f00…"`
    Bare(String),
    /// `{"class": "Dataset", "id": "5f00…", "title": …}`
    Named(Named),
}

/// A reference that says what it refers to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    class: Text,
    id: Text,
    page: Text,
    self_web_url: Text,
}

impl Reference {
    /// The name of the class of the record.
    pub(super) fn class(&self) -> Option<&str> {
        match self {
            Self::Bare(_) => None,
            Self::Named(named) => named.class.peek_text(),
        }
    }

    /// The portal's identifier of the record.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Self::Bare(id) => Some(id.trim()).filter(|id| !id.is_empty()),
            Self::Named(named) => named.id.peek_text(),
        }
    }

    /// The page of the record, where one is sent.
    pub(super) fn page(&self) -> Option<&str> {
        match self {
            Self::Bare(_) => None,
            Self::Named(named) => named.page.peek_text().or(named.self_web_url.peek_text()),
        }
    }

    /// What stands for the record, if its class is one that Moisson describes and it has an identifier.
    pub(super) fn iri(&self, context: &Context<'_>) -> Option<NamedNode> {
        self.of_kind(kind_of(self.class()?)?, context)
    }

    /// The same of a record that is of a kind, whatever it says of its class.
    pub(super) fn of_kind(&self, kind: Kind, context: &Context<'_>) -> Option<NamedNode> {
        let id = self.id()?;
        if !REFERRED.contains(&kind) {
            let id = RecordId::new(context.portal, kind, id);
            return Some(context.base.record(&id));
        }
        let page = match (self.page(), kind) {
            (Some(page), _) => page.to_owned(),
            (None, Kind::Service) => under(context, &["dataservices", id]),
            (None, _) => under(context, &["datasets", id]),
        };
        Some(record::Reference::new(context.portal, kind, id, &page).iri())
    }
}

/// What the models of udata are called here.
pub(super) fn kind_of(class: &str) -> Option<Kind> {
    Some(match class {
        "Dataset" => Kind::Dataset,
        "Dataservice" => Kind::Service,
        "Reuse" => Kind::Reuse,
        "Discussion" => Kind::Discussion,
        "Topic" => Kind::Topic,
        "Organization" => Kind::Organization,
        "CommunityResource" => Kind::Distribution,
        "HarvestSource" => Kind::Origin,
        _ => return None,
    })
}

/// A list that belongs to a record: the list, or where the API has it.
#[derive(Debug, Deserialize)]
#[serde(untagged, bound(deserialize = "T: DeserializeOwned"))]
pub(super) enum Listing<T> {
    /// `[{"class": "Dataset", "id": …}]`
    Here(Vec<Field<T>>),
    /// `{"rel": "subsection", "href": …, "total": 3}`
    Elsewhere {
        /// How many there are.
        #[serde(default)]
        total: Field<u64>,
    },
}

/// The readable items of a list with their positions; a finding for each of the others, and for a list
/// that was not sent.
pub(super) fn items<'a, T>(
    listing: &'a Field<Listing<T>>,
    field: &str,
    about: &mut Describe<'_>,
) -> Vec<(usize, &'a T)> {
    let mut read = Vec::new();
    match listing.read(field, about.findings()) {
        None => {}
        Some(Listing::Elsewhere { total }) if total.peek() == Some(&0) => {}
        Some(Listing::Elsewhere { total }) => about.find(
            Code::FieldUnreadable,
            field,
            "left out: the list is elsewhere and was not sent with the record",
            &total.peek().map(u64::to_string).unwrap_or_default(),
        ),
        Some(Listing::Here(items)) => {
            for (position, item) in items.iter().enumerate() {
                let item = item.read(&format!("{field}[{position}]"), about.findings());
                read.extend(item.map(|item| (position, item)));
            }
        }
    }
    read
}

/// What stands for the records of `kind` that are listed in `field`, in their order.
pub(super) fn members(
    listing: &Field<Listing<Reference>>,
    kind: Kind,
    field: &str,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Vec<NamedNode> {
    let mut found = Vec::new();
    for (position, reference) in items(listing, field, about) {
        match reference.of_kind(kind, context) {
            Some(iri) => found.push(iri),
            None => about.find(
                Code::FieldUnreadable,
                &format!("{field}[{position}].id"),
                "left out: it has no identifier",
                "",
            ),
        }
    }
    found
}
