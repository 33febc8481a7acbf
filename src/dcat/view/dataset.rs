//! A dataset and its distributions as pages and schema.org read them.

use oxigraph::model::{NamedNode, Triple};

use super::Texts;
use super::read::{Index, Subject};
use crate::dcat::HVD_LEGISLATION;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, foaf, locn, schema, skos, spdx};

/// A dcat:Dataset (or a service, a series, a catalogue: what they share).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatasetView {
    /// Its IRI.
    pub iri: String,
    /// Its titles.
    pub titles: Texts,
    /// Its descriptions, as the portal wrote them: Markdown, HTML or plain.
    pub descriptions: Texts,
    /// The agent that publishes it.
    pub publisher: Option<String>,
    /// Contact points.
    pub contacts: Vec<String>,
    /// Keywords in any language.
    pub keywords: Vec<String>,
    /// Themes, as IRIs of concepts.
    pub themes: Vec<String>,
    /// When it was first published, as xsd:date, xsd:dateTime, xsd:gYearMonth or xsd:gYear.
    pub issued: Option<String>,
    /// When it was last changed, likewise.
    pub modified: Option<String>,
    /// How often it is updated, as the IRI of a concept.
    pub frequency: Option<String>,
    /// Licences as IRIs: its own, or those of its distributions.
    pub licences: Vec<String>,
    /// Rights statements as IRIs or texts: its own and those of its distributions.
    pub rights: Vec<String>,
    /// Who may use it, as the IRI of a concept or a text.
    pub access_rights: Option<String>,
    /// Languages, as IRIs of concepts.
    pub languages: Vec<String>,
    /// The times it covers.
    pub temporal: Vec<Period>,
    /// The places it covers.
    pub spatial: Vec<Place>,
    /// Pages about it at its portal.
    pub landing_pages: Vec<String>,
    /// Documentation.
    pub pages: Vec<String>,
    /// Identifiers: its source's, DOIs…
    pub identifiers: Vec<String>,
    /// Whether it is one of high value under Regulation 2023/138.
    pub high_value: bool,
    /// Its HVD categories, as IRIs of concepts.
    pub hvd_categories: Vec<String>,
    /// Standards, as IRIs.
    pub conforms_to: Vec<String>,
    /// Its version, as text.
    pub version: Option<String>,
    /// Its distributions, by IRI.
    pub distributions: Vec<DistributionView>,
    /// Its catalogue record's IRI.
    pub record: Option<String>,
}

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
    /// Its rights statements, as IRIs or texts.
    pub rights: Vec<String>,
    /// The algorithm (an IRI) and the hexadecimal value of its checksum.
    pub checksum: Option<(String, String)>,
    /// Standards and schemas, as IRIs.
    pub conforms_to: Vec<String>,
    /// Services that give access to it.
    pub services: Vec<String>,
}

/// A time covered; an end that is missing is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Its first day, month or year.
    pub start: Option<String>,
    /// Its last.
    pub end: Option<String>,
}

/// A place covered.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its IRI.
    pub iri: Option<String>,
    /// Its names, in any language.
    pub labels: Vec<String>,
    /// Its bounding box, as WKT or `GeoJSON`.
    pub bbox: Option<String>,
    /// Its shape, as WKT or `GeoJSON`.
    pub geometry: Option<String>,
    /// Its centre, as WKT or `GeoJSON`.
    pub centroid: Option<String>,
}

impl DatasetView {
    /// The dataset `iri` in `triples`.
    #[must_use]
    pub fn of(iri: &NamedNode, triples: &[Triple]) -> Self {
        let index = Index::of(triples);
        let about = index.about(iri);
        let mut distributions: Vec<DistributionView> = about
            .nodes(dcat::DISTRIBUTION)
            .into_iter()
            .map(DistributionView::read)
            .collect();
        distributions.sort_by(|one, other| one.iri.cmp(&other.iri));
        let mut licences = about.iris(dct::LICENSE);
        licences.extend(distributions.iter().flat_map(|d| d.licences.clone()));
        let mut rights = about.named(dct::RIGHTS);
        rights.extend(distributions.iter().flat_map(|d| d.rights.clone()));
        let mut identifiers = about.values(dct::IDENTIFIER);
        identifiers.extend(
            about
                .nodes(adms::IDENTIFIER)
                .into_iter()
                .flat_map(|id| id.values(skos::NOTATION)),
        );
        for list in [&mut licences, &mut rights, &mut identifiers] {
            list.sort_unstable();
            list.dedup();
        }
        let mut temporal: Vec<Period> = about
            .nodes(dct::TEMPORAL)
            .into_iter()
            .map(Period::read)
            .collect();
        temporal.sort_unstable();
        Self {
            iri: iri.as_str().to_owned(),
            titles: about.texts(dct::TITLE),
            descriptions: about.texts(dct::DESCRIPTION),
            publisher: about.iri(dct::PUBLISHER),
            contacts: about.iris(dcat::CONTACT_POINT),
            keywords: about.values(dcat::KEYWORD),
            themes: about.iris(dcat::THEME),
            issued: about.value(dct::ISSUED),
            modified: about.value(dct::MODIFIED),
            frequency: about.iri(dct::ACCRUAL_PERIODICITY),
            licences,
            rights,
            access_rights: about.named(dct::ACCESS_RIGHTS).into_iter().next(),
            languages: about.iris(dct::LANGUAGE),
            temporal,
            spatial: places(about),
            landing_pages: about.iris(dcat::LANDING_PAGE),
            pages: about.iris(foaf::PAGE),
            identifiers,
            high_value: about
                .iris(dcatap::APPLICABLE_LEGISLATION)
                .iter()
                .any(|law| *law == HVD_LEGISLATION.as_str()),
            hvd_categories: about.iris(dcatap::HVD_CATEGORY),
            conforms_to: about.iris(dct::CONFORMS_TO),
            version: about.value(dcat::VERSION),
            distributions,
            record: record(&index, iri),
        }
    }

    /// Its title for a reader of `language`.
    #[must_use]
    pub fn title(&self, language: &str) -> &str {
        self.titles.get(language)
    }

    /// Its description for a reader of `language`.
    #[must_use]
    pub fn description(&self, language: &str) -> &str {
        self.descriptions.get(language)
    }
}

impl DistributionView {
    fn read(about: Subject<'_, '_>) -> Self {
        let iri = about.name().unwrap_or_default();
        let checksum = about.nodes(spdx::CHECKSUM).into_iter().find_map(|sum| {
            let algorithm = sum
                .named(spdx::ALGORITHM)
                .into_iter()
                .next()
                .unwrap_or_default();
            Some((algorithm, sum.value(spdx::CHECKSUM_VALUE)?))
        });
        Self {
            iri: iri.to_owned(),
            key: iri.rsplit('/').next().unwrap_or_default().to_owned(),
            titles: about.texts(dct::TITLE),
            descriptions: about.texts(dct::DESCRIPTION),
            access_url: about.iri(dcat::ACCESS_URL),
            download_url: about.iri(dcat::DOWNLOAD_URL),
            format: about.named(dct::FORMAT).into_iter().next(),
            media_type: about.named(dcat::MEDIA_TYPE).into_iter().next(),
            byte_size: about
                .values(dcat::BYTE_SIZE)
                .iter()
                .find_map(|size| size.parse().ok()),
            issued: about.value(dct::ISSUED),
            modified: about.value(dct::MODIFIED),
            licences: about.iris(dct::LICENSE),
            rights: about.named(dct::RIGHTS),
            checksum,
            conforms_to: about.iris(dct::CONFORMS_TO),
            services: about.iris(dcat::ACCESS_SERVICE),
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

impl Period {
    fn read(about: Subject<'_, '_>) -> Self {
        Self {
            start: about
                .value(dcat::START_DATE)
                .or_else(|| about.value(schema::START_DATE)),
            end: about
                .value(dcat::END_DATE)
                .or_else(|| about.value(schema::END_DATE)),
        }
    }
}

fn places(about: Subject<'_, '_>) -> Vec<Place> {
    let mut places: Vec<Place> = about
        .nodes(dct::SPATIAL)
        .into_iter()
        .map(|place| Place {
            iri: place.name().map(str::to_owned),
            labels: place.labels(),
            bbox: place.value(dcat::BBOX),
            geometry: place.value(locn::GEOMETRY),
            centroid: place.value(dcat::CENTROID),
        })
        .collect();
    places.sort_unstable();
    places
}

/// The catalogue record about `iri`.
fn record(index: &Index<'_>, iri: &NamedNode) -> Option<String> {
    index
        .subjects()
        .filter(|subject| subject.is_a(dcat::CATALOG_RECORD))
        .filter(|subject| {
            subject
                .objects(foaf::PRIMARY_TOPIC)
                .any(|topic| topic == iri.as_ref().into())
        })
        .filter_map(Subject::name)
        .min()
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{rdf, rdfs};
    use oxigraph::model::{BlankNode, Literal, NamedNodeRef, NamedOrBlankNode, Term};

    fn node(path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://e.org/{path}"))
    }

    fn text(value: &str) -> Literal {
        Literal::new_simple_literal(value)
    }

    fn triple(s: impl Into<NamedOrBlankNode>, p: NamedNodeRef<'_>, o: impl Into<Term>) -> Triple {
        Triple::new(s, p, o)
    }

    #[test]
    fn an_empty_graph_is_an_empty_view() {
        let view = DatasetView::of(&node("dataset/p/d"), &[]);
        assert_eq!((view.title("fr"), view.distributions.len()), ("", 0));
    }

    #[test]
    fn a_dataset_is_read_with_what_hangs_from_it() {
        let (dataset, file) = (node("dataset/p/d"), node("distribution/p/42"));
        let blank = |label: &str| BlankNode::new_unchecked(label);
        let mut triples = vec![
            triple(dataset.clone(), dct::TITLE, text("Arbres")),
            triple(dataset.clone(), dcat::DISTRIBUTION, file.clone()),
            triple(
                dataset.clone(),
                dcat::DISTRIBUTION,
                node("distribution/p/41"),
            ),
            triple(dataset.clone(), dct::SPATIAL, text("stray")),
            triple(dataset.clone(), dct::SPATIAL, blank("place")),
            triple(blank("place"), dcat::BBOX, text("POLYGON((0 0))")),
            triple(dataset.clone(), dct::TEMPORAL, blank("time")),
            triple(blank("time"), dcat::START_DATE, text("2020")),
            triple(
                dataset.clone(),
                dcatap::APPLICABLE_LEGISLATION,
                HVD_LEGISLATION,
            ),
            triple(file.clone(), dcat::DOWNLOAD_URL, node("files/arbres.csv")),
            triple(file.clone(), dct::FORMAT, blank("format")),
            triple(blank("format"), rdfs::LABEL, text("shp-zip")),
            triple(file.clone(), dcat::BYTE_SIZE, text("120")),
            triple(file.clone(), dct::LICENSE, node("licence")),
            triple(file.clone(), spdx::CHECKSUM, blank("sum")),
            triple(blank("sum"), spdx::ALGORITHM, node("sha1")),
            triple(blank("sum"), spdx::CHECKSUM_VALUE, text("ab")),
            triple(node("record/p/d"), rdf::TYPE, dcat::CATALOG_RECORD),
            triple(node("record/p/d"), foaf::PRIMARY_TOPIC, dataset.clone()),
        ];
        let view = DatasetView::of(&dataset, &triples);
        let keys: Vec<&str> = view.distributions.iter().map(|d| d.key.as_str()).collect();
        assert_eq!(keys, ["41", "42"]);
        let file = &view.distributions[1];
        assert_eq!(
            (file.title("fr"), file.byte_size),
            ("arbres.csv", Some(120))
        );
        assert_eq!(file.format.as_deref(), Some("shp-zip"));
        assert_eq!(
            file.checksum,
            Some(("https://e.org/sha1".into(), "ab".into()))
        );
        assert_eq!(view.licences, ["https://e.org/licence"]);
        assert_eq!(
            view.temporal,
            [Period {
                start: Some("2020".into()),
                end: None
            }]
        );
        assert_eq!(view.spatial.len(), 1);
        assert_eq!(view.spatial[0].bbox.as_deref(), Some("POLYGON((0 0))"));
        assert!(view.high_value);
        assert_eq!(view.record.as_deref(), Some("https://e.org/record/p/d"));
        triples.reverse();
        assert_eq!(DatasetView::of(&dataset, &triples), view);
    }
}
