//! What portals write, and the concepts that it means.

use super::*;

/// The last part of the concept's IRI below its scheme.
fn code(alignment: Alignment, text: &str) -> Option<String> {
    let concept = Vocabularies::builtin().align(alignment, text)?;
    let iri = concept.as_str();
    Some(
        match iri.strip_prefix("http://www.iana.org/assignments/media-types/") {
            Some(media_type) => media_type.to_owned(),
            None => iri.rsplit(['/', '#']).next().unwrap().to_owned(),
        },
    )
}

fn check(alignment: Alignment, rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(code(alignment, text).as_deref(), Some(*expected), "{text}");
    }
}

fn unknown(alignment: Alignment, texts: &[&str]) {
    for text in texts {
        assert_eq!(code(alignment, text), None, "{text}");
    }
}

#[test]
fn a_concept_iri_means_itself_in_its_own_alignment_only() {
    let vocabularies = Vocabularies::builtin();
    for alignment in Alignment::ALL {
        for iri in &vocabularies.scheme(alignment.scheme()).unwrap().concepts {
            let secure = iri.as_str().replacen("http://", "https://", 1);
            for text in [iri.as_str(), &secure, &format!("{secure}/")] {
                assert_eq!(
                    vocabularies.align_all(alignment, text),
                    std::slice::from_ref(iri),
                    "{text}"
                );
            }
        }
    }
    unknown(
        Alignment::Format,
        &["http://publications.europa.eu/resource/authority/country/FRA"],
    );
}

#[test]
fn formats_are_recognised_as_portals_write_them() {
    check(
        Alignment::Format,
        &[
            ("CSV", "CSV"),
            (".csv", "CSV"),
            ("  Comma  Separated Values", "CSV"),
            ("text/csv; charset=utf-8", "CSV"),
            ("XSLX", "XLSX"),
            ("Esri Shapefile", "SHP"),
            ("GeoPackage", "GPKG"),
            ("application/vnd.geo+json", "GEOJSON"),
            ("gtfs", "GTFS"),
            ("Web Page", "HTML"),
            ("OGC:WMS", "WMS_SRVC"),
            (
                "http://publications.europa.eu/resource/authority/file-type/WFS",
                "WFS_SRVC",
            ),
            ("ArcGIS GeoServices REST API", "REST"),
            ("parquet", "PARQUET"),
        ],
    );
    unknown(
        Alignment::Format,
        &[
            "",
            "api",
            "rest",
            "csv, json",
            "gtfs-rt",
            "application/octet-stream",
        ],
    );
}

#[test]
fn media_types_are_recognised_as_portals_write_them() {
    check(
        Alignment::MediaType,
        &[
            ("text/csv", "text/csv"),
            ("application/CSV;charset=UTF-8", "text/csv"),
            ("geojson", "application/geo+json"),
            ("application/x-zip-compressed", "application/zip"),
            (
                ".xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            (
                "https://www.iana.org/assignments/media-types/application/json",
                "application/json",
            ),
            (
                "http://www.iana.org/assignments/media-types/application/x-gzip",
                "application/gzip",
            ),
            (
                "application/vnd.ms-excel.sheet.macroEnabled.12",
                "application/vnd.ms-excel.sheet.macroEnabled.12",
            ),
        ],
    );
    unknown(
        Alignment::MediaType,
        &[
            "shp",
            "application/x-shapefile",
            "application/rss+xml",
            "wms",
        ],
    );
}

#[test]
fn licences_are_recognised_by_id_title_and_iri() {
    check(
        Alignment::Licence,
        &[
            ("lov2", "ETALAB_2_0"),
            ("Licence Ouverte / Open Licence version 2.0", "ETALAB_2_0"),
            (
                "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
                "ETALAB_2_0",
            ),
            ("odc-odbl", "ODC_BL"),
            ("http://opendatacommons.org/licenses/odbl/1.0/", "ODC_BL"),
            ("cc-zero", "CC0"),
            ("https://creativecommons.org/licenses/by/4.0", "CC_BY_4_0"),
            (
                "http://creativecommons.org/licenses/by/4.0/deed.fr",
                "CC_BY_4_0",
            ),
            ("CC-BY-SA-3.0", "CC_BYSA_3_0"),
            (
                "Creative Commons Attribution 4.0 International",
                "CC_BY_4_0",
            ),
            ("MIT", "MIT"),
            (
                "http://publications.europa.eu/resource/authority/licence/CC_BY",
                "CC_BY",
            ),
        ],
    );
}

#[test]
fn licence_without_version_is_not_given_one() {
    unknown(
        Alignment::Licence,
        &[
            "cc-by",
            "CC BY",
            "cc-by-sa",
            "CC BY-NC-ND",
            "Creative Commons Attribution",
            "Creative Commons Attribution Share-Alike",
            "http://www.opendefinition.org/licenses/cc-by",
            "https://creativecommons.org/licenses/by/",
            "https://creativecommons.org/licenses/by/3.0/au/",
            "fr-lo",
            "Licence Ouverte / Open Licence",
            "Licence Ouverte (Etalab)",
            "Public Domain",
            "notspecified",
            "other-open",
        ],
    );
}

#[test]
fn an_exact_match_of_one_licence_in_force_means_that_licence() {
    let vocabularies = Vocabularies::builtin();
    let stated = |iri: &'static str| {
        vocabularies
            .triples()
            .iter()
            .filter(move |triple| triple.predicate.as_str() == iri)
    };
    let deprecated: HashSet<_> = stated("http://www.w3.org/2002/07/owl#deprecated")
        .map(|triple| &triple.subject)
        .collect();
    let mut owners: HashMap<&str, Vec<String>> = HashMap::default();
    for triple in stated("http://www.w3.org/2004/02/skos/core#exactMatch") {
        if let Term::NamedNode(page) = &triple.object
            && !deprecated.contains(&triple.subject)
        {
            owners
                .entry(page.as_str())
                .or_default()
                .push(triple.subject.to_string());
        }
    }
    assert!(owners.len() > 20);
    for (page, licences) in owners {
        let meant = vocabularies.align(Alignment::Licence, page);
        match licences.as_slice() {
            [licence] => assert_eq!(meant.unwrap().to_string(), *licence, "{page}"),
            _ => assert_eq!(meant, None, "{page} is shared"),
        }
    }
}

#[test]
fn frequencies_are_recognised_in_every_dialect() {
    check(
        Alignment::Frequency,
        &[
            ("annual", "ANNUAL"),
            ("biannual", "ANNUAL_2"),
            ("punctual", "AS_NEEDED"),
            ("realtime", "UPDATE_CONT"),
            ("continuous", "UPDATE_CONT"),
            ("fortnighly", "BIWEEKLY"),
            ("fiveTimesAWeek", "WEEKLY_5"),
            ("annually", "ANNUAL"),
            ("asNeeded", "AS_NEEDED"),
            ("http://purl.org/cld/freq/triennial", "TRIENNIAL"),
            ("Annuelle", "ANNUAL"),
            ("Quotidienne", "DAILY"),
            ("Monthly", "MONTHLY"),
            ("R/P1Y", "ANNUAL"),
            (
                "http://publications.europa.eu/resource/authority/frequency/IRREGULAR",
                "IRREG",
            ),
        ],
    );
    unknown(Alignment::Frequency, &["", "sometimes"]);
}

#[test]
fn languages_are_recognised_by_code_locale_and_name() {
    check(
        Alignment::Language,
        &[
            ("fr", "FRA"),
            ("fra", "FRA"),
            ("fre", "FRA"),
            ("fr_FR", "FRA"),
            ("fr-fr", "FRA"),
            ("Français", "FRA"),
            ("English", "ENG"),
            (
                "http://publications.europa.eu/resource/authority/language/GER",
                "DEU",
            ),
        ],
    );
    unknown(Alignment::Language, &["xx", "montenegrin"]);
}

#[test]
fn access_rights_follow_the_definitions_of_the_table() {
    check(
        Alignment::AccessRight,
        &[
            ("open", "PUBLIC"),
            ("open_with_account", "PUBLIC"),
            ("restricted", "RESTRICTED"),
            ("Accès restreint", "RESTRICTED"),
            (
                "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations",
                "PUBLIC",
            ),
        ],
    );
}

#[test]
fn hvd_categories_are_recognised_on_all_levels() {
    check(
        Alignment::HvdCategory,
        &[
            ("geospatiales", "c_ac64a52d"),
            ("observation-de-la-terre-et-environnement", "c_dd313021"),
            ("entreprises-et-propriete-d-entreprises", "c_a9135398"),
            ("Mobility", "c_b79e35eb"),
            ("Parcelles cadastrales", "c_6a3f6896"),
            ("Shoreline construction", "c_bc8941d9"),
        ],
    );
}

#[test]
fn one_inspire_theme_may_have_several_data_themes() {
    let vocabularies = Vocabularies::builtin();
    let codes = |text| -> Vec<_> {
        vocabularies
            .align_all(Alignment::Theme, text)
            .iter()
            .map(|node| node.as_str().rsplit('/').next().unwrap())
            .collect()
    };
    assert_eq!(
        codes("http://inspire.ec.europa.eu/theme/cp"),
        ["ECON", "REGI"]
    );
    assert_eq!(codes("Transports"), ["TRAN"]);
    assert_eq!(codes("inlandWaters"), ["ENVI"]);
    assert_eq!(
        code(Alignment::Theme, "http://inspire.ec.europa.eu/theme/cp"),
        None
    );
    check(
        Alignment::InspireTheme,
        &[("Parcelles cadastrales", "cp"), ("hy", "hy")],
    );
}

#[test]
fn countries_and_checksums_are_recognised() {
    check(
        Alignment::Country,
        &[
            ("fr", "FRA"),
            ("FRA", "FRA"),
            ("Allemagne", "DEU"),
            ("The Netherlands", "NLD"),
        ],
    );
    check(
        Alignment::Checksum,
        &[
            ("SHA-1", "checksumAlgorithm_sha1"),
            ("sha256", "checksumAlgorithm_sha256"),
            ("md5", "checksumAlgorithm_md5"),
        ],
    );
    unknown(Alignment::Checksum, &["crc32"]);
}
