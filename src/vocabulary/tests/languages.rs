//! Names in many languages, and the schemes of others.

use super::*;

#[track_caller]
fn are(alignment: Alignment, rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        let found = Vocabularies::builtin().align(alignment, text);
        let code = found.map(|concept| concept.as_str().rsplit('/').next().unwrap());
        assert_eq!(code, Some(*expected), "{text}");
    }
}

#[test]
fn inspire_themes_have_names_in_all_languages_of_the_register() {
    are(
        Alignment::InspireTheme,
        &[
            ("Geografische Bezeichnungen", "gn"),
            ("Schutzgebiete", "ps"),
            ("Reti di trasporto", "tn"),
            ("Korkeus", "el"),
            ("Budynki", "bu"),
            ("Κάλυψη γης", "lc"),
            ("Кадастрални парцели", "cp"),
            ("Reţele de transport", "tn"),
            ("Rețele de transport", "tn"),
            ("Verteilung der Bevölkerung - Demografie", "pd"),
            ("Zaštićena područja", "ps"),
            ("Faċilitajiet ta’ monitoraġġ ambjentali", "ef"),
        ],
    );
    let vocabularies = Vocabularies::builtin();
    let scheme = vocabularies
        .scheme(Alignment::InspireTheme.scheme())
        .unwrap();
    assert_eq!(scheme.concepts.len(), 34);
    for theme in &scheme.concepts {
        let labels = &vocabularies.concept(theme.as_str()).unwrap().labels;
        assert!(labels.len() >= 21, "{theme}: {}", labels.len());
        for (language, label) in labels {
            let meant = vocabularies.align_all(Alignment::InspireTheme, label);
            // Words that mean much else, and what two themes share, are no names of themes.
            assert!(
                meant.is_empty() || meant == [theme.clone()],
                "{label}@{language}"
            );
            let data = vocabularies.align_all(Alignment::Theme, label);
            assert_eq!(meant.is_empty(), data.is_empty(), "{label}@{language}");
        }
    }
    assert!(vocabularies.align_all(Alignment::Theme, "Mark").is_empty());
}

#[test]
fn languages_are_known_by_scheme_code_and_name() {
    are(
        Alignment::Language,
        &[
            ("http://id.loc.gov/vocabulary/iso639-1/de", "DEU"),
            ("http://id.loc.gov/vocabulary/iso639-2/fre", "FRA"),
            ("http://lexvo.org/id/iso639-3/fra", "FRA"),
            ("ger", "DEU"),
            ("de-CH", "DEU"),
            ("Deutsch", "DEU"),
            ("italiano", "ITA"),
            ("Nederlands", "NLD"),
            ("angličtina", "ENG"),
            ("Γαλλικά", "FRA"),
            ("suomi", "FIN"),
            ("español", "SPA"),
        ],
    );
}

#[test]
fn countries_are_known_by_code_and_name() {
    are(
        Alignment::Country,
        &[
            ("Deutschland", "DEU"),
            ("Schweiz", "CHE"),
            ("Österreich", "AUT"),
            ("Italia", "ITA"),
            ("España", "ESP"),
            ("Ελλάδα", "GRC"),
            ("Suomi", "FIN"),
            ("Magyarország", "HUN"),
            ("Niemcy", "DEU"),
            ("Frankrijk", "FRA"),
            ("CHE", "CHE"),
            ("pt", "PRT"),
        ],
    );
}

#[test]
fn lists_of_nations_and_of_others_have_the_same_codes() {
    are(
        Alignment::Frequency,
        &[
            (
                "http://purl.org/linked-data/sdmx/2009/code#freq-A",
                "ANNUAL",
            ),
            (
                "http://inspire.ec.europa.eu/metadata-codelist/MaintenanceFrequencyCode/annually",
                "ANNUAL",
            ),
            (
                "http://standards.iso.org/iso/19115/resources/Codelists/cat/codelists.xml#asNeeded",
                "AS_NEEDED",
            ),
            (
                "http://www.isotc211.org/2005/resources/codelists.xml#MD_MaintenanceFrequencyCode_monthly",
                "MONTHLY",
            ),
            ("http://dcat-ap.ch/vocabulary/frequency/annual", "ANNUAL"),
            ("jährlich", "ANNUAL"),
            ("halbjährlich", "ANNUAL_2"),
            ("mensile", "MONTHLY"),
            ("wekelijks", "WEEKLY"),
            ("diariamente", "DAILY"),
            ("bei Bedarf", "AS_NEEDED"),
            ("niet gepland", "NOT_PLANNED"),
            ("alle zwei Jahre", "BIENNIAL"),
            ("R/P2Y", "BIENNIAL"),
        ],
    );
    are(
        Alignment::Theme,
        &[
            ("http://dcat-ap.ch/vocabulary/themes/energy", "ENER"),
            ("http://opendata.swiss/themes/energy", "ENER"),
            (
                "http://publications.europa.eu/resource/dataset/data-theme/ENER",
                "ENER",
            ),
            (
                "http://datos.gob.es/kos/sector-publico/sector/energia",
                "ENER",
            ),
        ],
    );
    are(
        Alignment::Availability,
        &[
            (
                "http://dcat-ap.de/def/plannedAvailability/temporary",
                "TEMPORARY",
            ),
            ("stable", "STABLE"),
        ],
    );
}
