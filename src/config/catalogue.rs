//! `[catalogue]`: what the published dcat:Catalog says of itself.

use serde::Deserialize;

use super::text::Localised;

/// The dcat:Catalog that Moisson publishes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Catalogue {
    /// dct:title
    pub title: Localised,
    /// dct:description
    pub description: Localised,
    /// dct:publisher
    pub publisher: Publisher,
    /// dcat:contactPoint
    pub contact: Option<Contact>,
    /// dct:license of the metadata: an IRI, or a text the licence vocabulary knows.
    pub licence: Option<String>,
    /// foaf:homepage
    pub homepage: Option<String>,
    /// dct:spatial: IRIs.
    pub spatial: Vec<String>,
}

/// Who publishes the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// foaf:name
    pub name: String,
    /// Its own IRI, where it has one.
    pub uri: Option<String>,
    /// A code of <http://purl.org/adms/publishertype/1.0>, `NationalAuthority` say.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// Whom to write to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// vcard:fn
    pub name: String,
    /// vcard:hasEmail, without `mailto:`.
    pub email: Option<String>,
    /// vcard:hasURL
    pub url: Option<String>,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self {
            title: Localised::ByLanguage(
                [("en".to_owned(), "Open data catalogue".to_owned()), ("fr".to_owned(), "Catalogue de données ouvertes".to_owned())]
                    .into(),
            ),
            description: Localised::ByLanguage(
                [
                    ("en".to_owned(), "Datasets harvested from open data portals, as linked data.".to_owned()),
                    ("fr".to_owned(), "Jeux de données moissonnés sur des portails de données ouvertes, en données liées.".to_owned()),
                ]
                .into(),
            ),
            publisher: Publisher { name: "Moisson".to_owned(), uri: None, kind: None },
            contact: None,
            licence: None,
            homepage: None,
            spatial: Vec::new(),
        }
    }
}
