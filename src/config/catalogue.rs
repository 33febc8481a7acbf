//! `[catalogue]`: what the published dcat:Catalog says of itself.

use serde::{Deserialize, Deserializer};
use url::Url;

use super::text::Localised;
use crate::address::{is_secret, public_text};

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
    /// dct:spatial: codes of countries or IRIs, one as a text or several as a list.
    #[serde(deserialize_with = "one_or_several")]
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

/// `"FRA"` or `["FRA", "BEL"]`
fn one_or_several<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a text or a list of texts is expected")]
    enum Texts {
        One(String),
        Several(Vec<String>),
    }
    Ok(match Texts::deserialize(deserializer)? {
        Texts::One(text) => vec![text],
        Texts::Several(texts) => texts,
    })
}

impl Catalogue {
    /// Refuses credentials in addresses that would be published.
    pub(super) fn validate(&self) -> Result<(), (String, String)> {
        let contact = self.contact.as_ref().and_then(|one| one.url.as_ref());
        let addresses = [
            ("publisher.uri", self.publisher.uri.as_ref()),
            ("contact.url", contact),
            ("homepage", self.homepage.as_ref()),
            ("licence", self.licence.as_ref()),
        ];
        let spatial = self.spatial.iter().map(|one| ("spatial", Some(one)));
        for (key, text) in addresses.into_iter().chain(spatial) {
            let Some(text) = text else { continue };
            let is_secret = Url::parse(text.trim()).is_ok_and(|url| is_secret(&url));
            if is_secret {
                let shown = public_text(text.trim());
                return Err((
                    key.to_owned(),
                    format!(
                        "it holds credentials, and would be published with them; without them it is `{shown}`"
                    ),
                ));
            }
        }
        Ok(())
    }
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
