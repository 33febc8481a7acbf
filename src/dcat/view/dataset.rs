//! A dataset and its distributions as pages and schema.org read them.

use std::collections::HashMap;

use oxigraph::model::{NamedNode, Triple};

use super::coverage::places;
use super::read::Index;
use super::reference::tidy;
use super::{DistributionView, Period, Place, RecordView, Reference, Relation, Role, Texts};
use crate::dcat::HVD_LEGISLATION;
use crate::rdf::vocab::{adms, dcat, dcatap, dct, foaf, geodcat, schema, skos};

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
    /// Who did what for it, beside its publisher.
    pub roles: Vec<Role>,
    /// What kind of dataset it is, as IRIs of concepts or texts.
    pub types: Vec<String>,
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
    /// Rights statements: its own and those of its distributions.
    pub rights: Vec<Reference>,
    /// Who may use it, and why not everybody: a concept first, then words.
    pub access_rights: Vec<Reference>,
    /// Languages, as IRIs of concepts.
    pub languages: Vec<String>,
    /// The times it covers.
    pub temporal: Vec<Period>,
    /// The places it covers.
    pub spatial: Vec<Place>,
    /// How small the areas are that it tells apart.
    pub granularity: Texts,
    /// Pages about it at its portal.
    pub landing_pages: Vec<String>,
    /// Documentation.
    pub pages: Vec<String>,
    /// Identifiers: its source's, DOIs…
    pub identifiers: Vec<String>,
    /// Whether it is one of high value under Regulation 2023/138.
    pub high_value: bool,
    /// Laws under which it is published, as IRIs.
    pub legislation: Vec<String>,
    /// Its HVD categories, as IRIs of concepts.
    pub hvd_categories: Vec<String>,
    /// Standards and schemas.
    pub conforms_to: Vec<Reference>,
    /// Coordinate reference systems.
    pub reference_systems: Vec<Reference>,
    /// How it represents space, as IRIs of concepts or texts.
    pub representations: Vec<String>,
    /// Its version, as text.
    pub version: Option<String>,
    /// What changed with this version.
    pub version_notes: Texts,
    /// How it came about: statements of its lineage.
    pub lineage: Vec<Reference>,
    /// Other versions, sources and whatever else it is related to.
    pub relations: Vec<Relation>,
    /// The series that it is a member of, as IRIs.
    pub series: Vec<String>,
    /// The members that a series names itself, as IRIs.
    pub members: Vec<String>,
    /// Pictures of it.
    pub pictures: Vec<String>,
    /// Samples of it.
    pub samples: Vec<DistributionView>,
    /// Its distributions, by IRI until they are arranged.
    pub distributions: Vec<DistributionView>,
    /// Its catalogue record.
    pub record: Option<RecordView>,
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
            // Others' distributions are described elsewhere.
            .filter(|one| one.is_described())
            .map(DistributionView::read)
            .collect();
        distributions.sort_by(|one, other| one.iri.cmp(&other.iri));
        let mut licences = about.iris(dct::LICENSE);
        licences.extend(distributions.iter().flat_map(|d| d.licences.clone()));
        let mut rights = Reference::all(about, dct::RIGHTS);
        rights.extend(distributions.iter().flat_map(|d| d.rights.clone()));
        tidy(&mut rights);
        let mut identifiers = about.values(dct::IDENTIFIER);
        identifiers.extend(
            about
                .nodes(adms::IDENTIFIER)
                .into_iter()
                .flat_map(|id| id.values(skos::NOTATION)),
        );
        for list in [&mut licences, &mut identifiers] {
            list.sort_unstable();
            list.dedup();
        }
        let legislation = about.iris(dcatap::APPLICABLE_LEGISLATION);
        let (mut systems, standards): (Vec<_>, Vec<_>) = Reference::all(about, dct::CONFORMS_TO)
            .into_iter()
            .partition(Reference::is_reference_system);
        systems.extend(Reference::all(about, geodcat::REFERENCE_SYSTEM));
        tidy(&mut systems);
        let mut pictures = about.iris(foaf::DEPICTION);
        pictures.extend(about.iris(schema::IMAGE));
        pictures.sort_unstable();
        pictures.dedup();
        let mut samples: Vec<DistributionView> = about
            .nodes(adms::SAMPLE)
            .into_iter()
            .map(DistributionView::read)
            .collect();
        samples.sort_by(|one, other| one.iri.cmp(&other.iri));
        Self {
            iri: iri.as_str().to_owned(),
            titles: about.texts(dct::TITLE),
            descriptions: about.texts(dct::DESCRIPTION),
            publisher: about.iri(dct::PUBLISHER),
            contacts: about.iris(dcat::CONTACT_POINT),
            roles: Role::all(about),
            types: about.named(dct::TYPE),
            keywords: about.values(dcat::KEYWORD),
            themes: about.iris(dcat::THEME),
            issued: about.value(dct::ISSUED),
            modified: about.value(dct::MODIFIED),
            frequency: about.iri(dct::ACCRUAL_PERIODICITY),
            licences,
            rights,
            access_rights: Reference::all(about, dct::ACCESS_RIGHTS),
            languages: about.iris(dct::LANGUAGE),
            temporal: Period::all(about),
            spatial: places(about),
            granularity: about.texts(geodcat::SPATIAL_RESOLUTION_AS_TEXT),
            landing_pages: about.iris(dcat::LANDING_PAGE),
            pages: about.iris(foaf::PAGE),
            identifiers,
            high_value: legislation
                .iter()
                .any(|law| *law == HVD_LEGISLATION.as_str()),
            legislation,
            hvd_categories: about.iris(dcatap::HVD_CATEGORY),
            conforms_to: standards,
            reference_systems: systems,
            representations: about.named(adms::REPRESENTATION_TECHNIQUE),
            version: about.value(dcat::VERSION),
            version_notes: about.texts(adms::VERSION_NOTES),
            lineage: Reference::all(about, dct::PROVENANCE),
            relations: Relation::all(about),
            series: about.iris(dcat::IN_SERIES),
            members: about.iris(dcat::SERIES_MEMBER),
            pictures,
            samples,
            distributions,
            record: RecordView::of(&index, iri),
        }
    }

    /// Puts distributions into the order of their `keys`; those without one come last.
    pub fn arrange(&mut self, keys: &[String]) {
        let mut places: HashMap<&str, usize> = HashMap::with_capacity(keys.len());
        for (place, key) in keys.iter().enumerate() {
            places.entry(key).or_insert(place);
        }
        let place = |one: &DistributionView| places.get(one.key.as_str()).copied();
        self.distributions
            .sort_by_key(|one| place(one).unwrap_or(usize::MAX));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::{rdf, rdfs, spdx};
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
            triple(node("distribution/p/41"), dct::TITLE, text("Autre")),
            triple(
                dataset.clone(),
                dcat::DISTRIBUTION,
                node("distribution/p/theirs"),
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
        let record = view.record.as_ref().map(|record| record.iri.as_str());
        assert_eq!(record, Some("https://e.org/record/p/d"));
        triples.reverse();
        assert_eq!(DatasetView::of(&dataset, &triples), view);
        let mut arranged = view;
        arranged.arrange(&["42".to_owned(), "9".to_owned()]);
        let keys: Vec<&str> = arranged
            .distributions
            .iter()
            .map(|d| d.key.as_str())
            .collect();
        assert_eq!(keys, ["42", "41"]);
    }
}
