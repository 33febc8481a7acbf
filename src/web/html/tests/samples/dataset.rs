//! The dataset that most pages of the tests are about.

use super::{AUTHORITY, texts};
use crate::dcat::view::{
    DatasetView, DistributionView, Period, Place, RecordView, Reference, Role,
};

pub(super) fn dataset() -> DatasetView {
    let concept = |path: &str| format!("{AUTHORITY}/{path}");
    let file = |key: &str, title: &str, bytes: u64| DistributionView {
        iri: format!("https://donnees.example.org/distribution/demo/{key}"),
        key: key.to_owned(),
        titles: texts(&[("fr", title)]),
        descriptions: texts(&[(
            "fr",
            "Sections et trafics, séparateur point-virgule, UTF-8.\n\nVoir la *note de méthode*.",
        )]),
        access_url: Some("https://portail.example/datasets/tmja/".to_owned()),
        download_url: Some(format!("https://static.example/{key}.csv")),
        format: Some(concept("file-type/CSV")),
        media_type: Some("http://www.iana.org/assignments/media-types/text/csv".to_owned()),
        byte_size: Some(bytes),
        issued: Some("2018-01-29T07:28:02Z".to_owned()),
        modified: Some("2026-04-14".to_owned()),
        licences: vec![concept("licence/ETALAB_2_0")],
        checksum: Some((
            "http://spdx.org/rdf/terms#checksumAlgorithm_sha1".to_owned(),
            "b7833913534bc475562f00b4172de7b79da88b2c".to_owned(),
        )),
        conforms_to: vec![Reference {
            version: Some("1.2.0".to_owned()),
            ..Reference::to("https://schema.data.example/comptages/")
        }],
        ..DistributionView::default()
    };
    DatasetView {
        iri: "https://donnees.example.org/dataset/demo/d".to_owned(),
        titles: texts(&[("fr", "Trafic moyen journalier annuel sur le réseau routier national")]),
        descriptions: texts(&[("fr", "Le **trafic moyen journalier annuel** (TMJA) donne, pour chaque section du réseau routier national non concédé, le nombre moyen de véhicules par jour, tous véhicules puis poids lourds.\n\n## Ce que contient le jeu\n\n- un fichier par millésime, depuis 2015 ;\n- la géométrie des sections, calée sur le référentiel routier ;\n- une note de méthode.\n\nLes sections *sans compteur* sont estimées ; la colonne `qualite` vaut alors `E`.\n\n| colonne | sens |\n|---|---|\n| `tmja` | véhicules par jour |\n| `pct_pl` | part des poids lourds |\n\nVoir aussi https://www.mobilites.example/comptages.")]),
        publisher: Some("https://donnees.example.org/organization/demo/mmt".to_owned()),
        roles: vec![Role {
            role: "http://data.europa.eu/930/custodian".to_owned(),
            agent: "https://donnees.example.org/contact/demo/c".to_owned(),
        }],
        contacts: vec!["https://donnees.example.org/contact/demo/c".to_owned()],
        granularity: texts(&[("fr", "à l’échelle du département")]),
        keywords: ["comptage", "mobilité", "poids lourds", "route", "tmja", "trafic"].map(str::to_owned).into(),
        themes: vec![concept("data-theme/TRAN")],
        issued: Some("2016-03-02T18:02:29Z".to_owned()),
        modified: Some("2026-04-14T11:06:27Z".to_owned()),
        frequency: Some(concept("frequency/ANNUAL")),
        licences: vec![concept("licence/ETALAB_2_0")],
        access_rights: vec![Reference::to(&concept("access-right/PUBLIC"))],
        rights: vec![Reference {
            texts: texts(&[("fr", "Entreprises et associations : accès sous condition"), ("en", "Companies and associations: access under conditions")]),
            pages: vec!["https://portail.example/demande".to_owned()],
            ..Reference::default()
        }],
        legislation: vec!["http://data.europa.eu/eli/reg_impl/2023/138/oj".to_owned()],
        languages: vec![concept("language/FRA")],
        temporal: vec![Period { start: Some("2015-01-01".to_owned()), end: Some("2024-12-31".to_owned()) }],
        spatial: vec![Place {
            iri: Some(concept("country/FRA")),
            labels: vec!["France métropolitaine".to_owned()],
            geometry: Some("POLYGON((2.5 51.1,-1.8 49.7,-4.8 48.4,-1.3 46.2,-1.8 43.4,3.1 42.4,7.5 43.8,6.8 46.4,8.2 48.9,2.5 51.1))".to_owned()),
            ..Place::default()
        }],
        landing_pages: vec!["https://portail.example/datasets/trafic-moyen-journalier-annuel/".to_owned()],
        identifiers: vec!["10.5281/zenodo.123456".to_owned(), "56d72ab51a9de7977d87b919".to_owned()],
        high_value: true,
        hvd_categories: vec!["http://data.europa.eu/bna/c_b79e35eb".to_owned()],
        version: Some("2024".to_owned()),
        distributions: vec![
            file("a1", "TMJA 2024 : sections et trafics", 1_300_000),
            DistributionView { download_url: None, format: Some(concept("file-type/WMS_SRVC")), byte_size: None, checksum: None, ..file("b2", "Service de cartes", 0) },
            file("c3", "Note de méthode", 24_605),
        ],
        record: Some(RecordView {
            iri: "https://donnees.example.org/record/demo/d".to_owned(),
            harvester: (Some("csw-iso-19139".to_owned()), Some("https://geo.valdaure.example/csw".to_owned())),
            derived_from: vec!["https://geo.valdaure.example/fiche/881".to_owned()],
            ..RecordView::default()
        }),
        ..DatasetView::default()
    }
}
