//! A catalogue as a portal might fill it, written for these tests.

mod dataset;

use super::others;
use super::*;
use crate::dcat::view::{AgentView, ContactView, DatasetView, DistributionView, Identifier, Texts};
use crate::record::{Base, Kind};
use crate::vocabulary::Vocabularies;

pub(in crate::web::html) const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

pub(in crate::web::html) fn texts(pairs: &[(&str, &str)]) -> Texts {
    pairs
        .iter()
        .map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned()))
        .collect()
}

/// What pages are made of.
pub(in crate::web::html) struct Sample {
    pub(in crate::web::html) base: Base,
    titles: Texts,
    pub(in crate::web::html) dataset: DatasetView,
    pub(in crate::web::html) agent: AgentView,
    contacts: Vec<ContactView>,
    portal: Named,
    origins: Vec<Named>,
    also: Vec<Also>,
}

impl Sample {
    pub(in crate::web::html) fn new() -> Self {
        let base = Base::new("https://donnees.example.org/").unwrap();
        Self {
            titles: texts(&[
                ("fr", "Catalogue de données ouvertes"),
                ("en", "Open data catalogue"),
            ]),
            dataset: dataset::dataset(),
            agent: AgentView {
                iri: "https://donnees.example.org/organization/demo/mmt".to_owned(),
                names: texts(&[("fr", "Ministère des Mobilités et des Territoires")]),
                description: texts(&[(
                    "fr",
                    "Le ministère publie les comptages du **réseau routier national**.",
                )]),
                kind: Some("http://purl.org/adms/publishertype/NationalAuthority".to_owned()),
                homepage: Some("https://www.mobilites.example/".to_owned()),
                page: Some("https://portail.example/organizations/mmt/".to_owned()),
                logo: Some("https://static.example/logo.png".to_owned()),
                identifiers: vec!["534fff94a3a7292c64a77fc1".to_owned()],
                registered: vec![Identifier {
                    register: "SIRET".to_owned(),
                    value: "11006801200050".to_owned(),
                }],
                part_of: Vec::new(),
                see_also: vec!["https://annuaire.example/11006801200050".to_owned()],
            },
            contacts: vec![ContactView {
                iri: "https://donnees.example.org/contact/demo/c".to_owned(),
                names: texts(&[("fr", "Équipe données")]),
                emails: vec!["donnees@mobilites.example".to_owned()],
                urls: Vec::new(),
                telephones: vec!["+33 1 02 03 04 05".to_owned()],
            }],
            portal: Named {
                iri: base.iri("portal/demo").into_string(),
                names: texts(&[("fr", "Portail national")]),
            },
            origins: vec![Named {
                iri: base.iri("origin/demo/idg").into_string(),
                names: texts(&[("fr", "Infrastructure géographique du Val d’Aure")]),
            }],
            also: vec![Also {
                portal: Named {
                    iri: base.iri("portal/val").into_string(),
                    names: texts(&[("fr", "Portail du Val d’Aure")]),
                },
                iri: base.iri("dataset/val/trafic").into_string(),
                names: vec!["https://val.example/jeux/trafic".to_owned()],
                is_derived: false,
                why: Some("doi:10.99999/trafic".to_owned()),
                since: Some("2026-10-09T03:12:04Z".to_owned()),
            }],
            base,
        }
    }

    pub(in crate::web::html) fn site(&self) -> Site<'_> {
        Site {
            base: &self.base,
            titles: &self.titles,
            vocabularies: Vocabularies::builtin(),
            licence: Some("http://publications.europa.eu/resource/authority/licence/CC0"),
            sequence: Some(18_211),
            published: Some("2026-11-23T03:12:04Z"),
        }
    }

    pub(in crate::web::html) fn page(&self, language: Language) -> Page<'_> {
        Page {
            iri: Some("https://donnees.example.org/dataset/demo/d".to_owned()),
            languages: Language::ALL
                .map(|one| (one, format!("/dataset/demo/d?lang={}", one.tag())))
                .into(),
            documents: Document::of_path("dataset/demo/d", &self.base),
            ..Page::new(self.site(), language)
        }
    }

    pub(in crate::web::html) fn dataset(&self, language: Language) -> String {
        self.dataset_page(&self.dataset, language)
    }

    pub(in crate::web::html) fn dataset_page(
        &self,
        dataset: &DatasetView,
        language: Language,
    ) -> String {
        let findings = [
            Finding::new(
                Code::LicenceUnknown,
                "license",
                "kept as it came",
                "licence-ouverte",
            ),
            Finding::new(
                Code::IriRepaired,
                "resources[2].url",
                "spaces were percent-encoded",
                "https://e.org/a b.csv",
            ),
            Finding::new(
                Code::MissingProperty,
                "dct:description",
                "nothing stands in for it",
                "",
            ),
        ];
        let findings: Vec<Noticed<'_>> = findings.iter().map(Noticed::from).collect();
        written(&DatasetPage {
            page: self.page(language),
            dataset,
            publisher: Some(&self.agent),
            contacts: &self.contacts,
            provenance: self.provenance(),
            findings: &findings,
            related: others::related(),
            quality: others::quality(),
            measured: others::measured(),
            metrics: &others::metrics(),
        })
        .unwrap()
    }

    pub(in crate::web::html) fn provenance(&self) -> Provenance<'_> {
        Provenance {
            portal: Some(&self.portal),
            origins: &self.origins,
            source: Some("https://portail.example/datasets/trafic-moyen-journalier-annuel/"),
            issued: Some("2026-10-02T03:12:04Z"),
            modified: Some("2026-11-23T03:12:04Z"),
            also: &self.also,
        }
    }

    pub(in crate::web::html) fn with_distributions(&self, number: usize) -> DatasetView {
        let one = self.dataset.distributions[0].clone();
        let distributions = (0..number)
            .map(|at| DistributionView {
                key: format!("{at}"),
                ..one.clone()
            })
            .collect();
        DatasetView {
            distributions,
            ..self.dataset.clone()
        }
    }

    fn listed(&self) -> Vec<Listed> {
        let mut other = Listed::of(&self.dataset, Some(&self.agent));
        other.titles = texts(&[("en", "Bicycle counters, hourly")]);
        other.descriptions = texts(&[(
            "en",
            "Counts of **bicycles** an hour.\n\n- per counter\n- since 2019",
        )]);
        other.high_value = true;
        let bare = Listed {
            iri: "https://donnees.example.org/dataset/demo/x".to_owned(),
            ..Listed::default()
        };
        vec![Listed::of(&self.dataset, Some(&self.agent)), other, bare]
    }

    /// The first page of a filtered list.
    fn catalogue(&self) -> String {
        let listed = self.listed();
        let chips = [
            Chip {
                kind: Facet::Theme,
                value: format!("{AUTHORITY}/data-theme/TRAN"),
                names: Texts::default(),
                remove: "/catalog?portal=demo".to_owned(),
            },
            Chip {
                kind: Facet::Portal,
                value: self.portal.iri.clone(),
                names: self.portal.names.clone(),
                remove: "/catalog".to_owned(),
            },
            Chip {
                kind: Facet::HighValue,
                value: "true".to_owned(),
                names: Texts::default(),
                remove: "/catalog".to_owned(),
            },
        ];
        written(&CataloguePage {
            page: self.page(Language::Fr),
            kind: Kind::Dataset,
            persons: false,
            listed: &listed,
            total: 1_234,
            filters: &chips,
            clear: Some("/catalog"),
            pager: Pager {
                number: 1,
                pages: 62,
                first: None,
                previous: None,
                next: Some("/catalog?page=2".to_owned()),
                last: Some("/catalog?page=62".to_owned()),
            },
        })
        .unwrap()
    }

    /// Every page in French, and the dataset's in English too.
    pub(in crate::web::html) fn pages(&self) -> Vec<(&'static str, String)> {
        let listed = self.listed();
        let page = || self.page(Language::Fr);
        let counts = [
            (Kind::Dataset, 74_200),
            (Kind::Service, 1_235),
            (Kind::Reuse, 6_550),
            (Kind::Discussion, 17_574),
            (Kind::Organization, 5_230),
        ]
        .map(|(kind, number)| Counted {
            kind,
            persons: false,
            number,
            all: Some(format!("/list/{}", kind.segment())),
        });
        let published = |total: u64, all: &str| Group {
            kind: Kind::Dataset,
            listed: listed.clone(),
            total,
            all: Some(all.to_owned()),
        };
        let [services, reuses] = others::groups();
        let agent = written(&AgentPage {
            page: page(),
            agent: &self.agent,
            groups: &[published(132, "/catalog?publisher=x"), services, reuses],
            quality: others::quality(),
            metrics: &others::metrics(),
            provenance: self.provenance(),
        });
        let contact = written(&ContactPage {
            page: page(),
            contact: &self.contacts[0],
            groups: &[published(3, "/list/dataset?uses=x")],
            provenance: self.provenance(),
        });
        let portal = written(&PortalPage {
            page: page(),
            portal: &self.portal,
            descriptions: &Texts::default(),
            homepage: Some("https://portail.example/"),
            counts: &counts,
            last_run: Some(LastRun {
                outcome: Outcome::Done,
                ended: Some("2026-11-23T03:12:04Z"),
                created: 12,
                updated: 230,
                unchanged: 73_958,
                withdrawn: 3,
                rejected: 1,
            }),
            groups: &[published(74_200, "/catalog?portal=demo")],
        });
        let home = written(&HomePage {
            page: page(),
            descriptions: &texts(&[(
                "fr",
                "Les jeux de données des portails publics, moissonnés chaque nuit et publiés en données liées.",
            )]),
            counts: &counts,
            portals: &[(self.portal.clone(), 74_200)],
            latest: &listed,
        });
        let error = written(&ErrorPage {
            page: Page::new(self.site(), Language::Fr),
            problem: Problem::Gone(Some("2026-11-02T10:00:00Z")),
        });
        let triples = written(&TriplesPage {
            page: page(),
            subject: "https://donnees.example.org/service/demo/s",
            triples: &statements("Service de trafic"),
        });
        let mut pages = vec![
            ("dataset", self.dataset(Language::Fr)),
            ("dataset-en", self.dataset(Language::En)),
            (
                "dataset-many",
                self.dataset_page(&self.with_distributions(60), Language::Fr),
            ),
            ("agent", agent.unwrap()),
            ("contact", contact.unwrap()),
            ("portal", portal.unwrap()),
            ("catalogue", self.catalogue()),
            ("home", home.unwrap()),
            ("error", error.unwrap()),
            ("triples", triples.unwrap()),
        ];
        pages.extend(others::pages(self));
        pages
    }
}
