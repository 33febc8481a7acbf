//! A distribution as pages and schema.org read it: of a dataset, or a record of its own.

use oxigraph::model::{NamedNode, Triple};

use super::read::{Index, Subject};
use super::{Reference, Texts};
use crate::rdf::vocab::{adms, dcat, dct, prov, spdx};

/// A dcat:Distribution.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DistributionView {
    /// Its IRI.
    pub iri: String,
    /// The last segment of the IRI.
    pub key: String,
    /// Its titles.
    pub titles: Texts,
    /// Its descriptions.
    pub descriptions: Texts,
    /// Where it is described or downloaded.
    pub access_url: Option<String>,
    /// The file itself.
    pub download_url: Option<String>,
    /// Further addresses where it is described or downloaded.
    pub further_access: Vec<String>,
    /// Further addresses of the file.
    pub further_downloads: Vec<String>,
    /// Its format, as the IRI of a concept or a text.
    pub format: Option<String>,
    /// Its media type, as an IRI or a text.
    pub media_type: Option<String>,
    /// Its size in bytes.
    pub byte_size: Option<u64>,
    /// When it was first published.
    pub issued: Option<String>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// Its licences, as IRIs.
    pub licences: Vec<String>,
    /// Its rights statements.
    pub rights: Vec<Reference>,
    /// The algorithm (an IRI) and the hexadecimal value of its checksum.
    pub checksum: Option<(String, String)>,
    /// How it represents space, as IRIs of concepts or texts.
    pub representations: Vec<String>,
    /// Standards and schemas.
    pub conforms_to: Vec<Reference>,
    /// Services that give access to it.
    pub services: Vec<AccessService>,
    /// Who made it, where it is not the dataset's publisher.
    pub creators: Vec<String>,
    /// The datasets that it was made from.
    pub derived_from: Vec<String>,
}

/// A dcat:DataService that a distribution names: an OGC service, mostly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessService {
    /// Its IRI.
    pub iri: String,
    /// Its titles; empty where it is described elsewhere.
    pub titles: Texts,
    /// Where it answers.
    pub endpoints: Vec<String>,
}

impl AccessService {
    fn all(about: Subject<'_, '_>) -> Vec<Self> {
        let mut all: Vec<Self> = about
            .nodes(dcat::ACCESS_SERVICE)
            .into_iter()
            .map(|service| Self {
                iri: service.name().unwrap_or_default().to_owned(),
                titles: service.texts(dct::TITLE),
                endpoints: service.iris(dcat::ENDPOINT_URL),
            })
            .collect();
        all.sort_by(|one, other| one.iri.cmp(&other.iri));
        all
    }
}

impl DistributionView {
    /// The distribution `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        Self::read(Index::of(triples).about(iri))
    }

    pub(super) fn read(about: Subject<'_, '_>) -> Self {
        let iri = about.name().unwrap_or_default();
        let checksum = about.nodes(spdx::CHECKSUM).into_iter().find_map(|sum| {
            let algorithm = sum
                .named(spdx::ALGORITHM)
                .into_iter()
                .next()
                .unwrap_or_default();
            Some((algorithm, sum.value(spdx::CHECKSUM_VALUE)?))
        });
        let mut access = about.iris(dcat::ACCESS_URL).into_iter();
        let mut downloads = about.iris(dcat::DOWNLOAD_URL).into_iter();
        Self {
            iri: iri.to_owned(),
            key: iri.rsplit('/').next().unwrap_or_default().to_owned(),
            titles: about.texts(dct::TITLE),
            descriptions: about.texts(dct::DESCRIPTION),
            access_url: access.next(),
            download_url: downloads.next(),
            further_access: access.collect(),
            further_downloads: downloads.collect(),
            representations: about.named(adms::REPRESENTATION_TECHNIQUE),
            format: about.named(dct::FORMAT).into_iter().next(),
            media_type: about.named(dcat::MEDIA_TYPE).into_iter().next(),
            byte_size: about
                .values(dcat::BYTE_SIZE)
                .iter()
                .find_map(|size| size.parse().ok()),
            issued: about.value(dct::ISSUED),
            modified: about.value(dct::MODIFIED),
            licences: about.iris(dct::LICENSE),
            rights: Reference::all(about, dct::RIGHTS)
                .into_iter()
                .chain(Reference::unnamed(about, dct::LICENSE))
                .collect(),
            checksum,
            conforms_to: Reference::all(about, dct::CONFORMS_TO),
            services: AccessService::all(about),
            creators: about.iris(dct::CREATOR),
            derived_from: about.iris(prov::WAS_DERIVED_FROM),
        }
    }

    /// Its title for a reader of `language`; where it has none, the last part of its address.
    #[must_use]
    pub fn title(&self, language: &str) -> &str {
        let address = || {
            self.download_url
                .as_deref()
                .or(self.access_url.as_deref())
                .unwrap_or(&self.key)
        };
        match self.titles.get(language) {
            "" => address()
                .rsplit('/')
                .find(|part| !part.is_empty())
                .unwrap_or(&self.key),
            title => title,
        }
    }

    /// Its description for a reader of `language`.
    #[must_use]
    pub fn description(&self, language: &str) -> &str {
        self.descriptions.get(language)
    }
}
