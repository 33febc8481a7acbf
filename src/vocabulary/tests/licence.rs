//! Licences in running text.

use super::*;

fn code(text: &str) -> Option<String> {
    let concept = Vocabularies::builtin().align(Alignment::Licence, text)?;
    let code = concept.as_str().rsplit('/').next().unwrap();
    Some(code.to_owned())
}

#[track_caller]
fn are(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| code(text).as_deref() != Some(*expected))
        .map(|(text, expected)| format!("{text}: {:?}, not {expected}", code(text)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Texts that name no licence of the list for certain, and whether they name one at all.
#[track_caller]
fn are_uncertain(texts: &[&str], named: bool) {
    for text in texts {
        assert_eq!(code(text), None, "{text}");
        let licence = Vocabularies::builtin().licence(text);
        assert_eq!(licence.is_some(), named, "{text}: {licence:?}");
    }
}

#[test]
fn a_licence_is_known_by_family_version_and_port() {
    are(&[
        (
            "Licence ODbL 1.0 http://www.data.example/licence/",
            "ODC_BL",
        ),
        ("Sous licence ODbL v1.0, voir les conditions", "ODC_BL"),
        ("Licence CC BY 4.0", "CC_BY_4_0"),
        ("CC-BY-SA v3.0", "CC_BYSA_3_0"),
        ("CC_BY_NC_ND_4_0", "CC_BYNCND_4_0"),
        ("ccby4.0", "CC_BY_4_0"),
        ("Creative Commons BY-NC 2.0", "CC_BYNC_2_0"),
        (
            "Creative Commons Attribution 4.0 International (CC BY 4.0)",
            "CC_BY_4_0",
        ),
        (
            "Licence Creative Commons Attribution - Pas d’Utilisation Commerciale 4.0 International",
            "CC_BYNC_4_0",
        ),
        (
            "Creative Commons Namensnennung - Weitergabe unter gleichen Bedingungen 4.0 International",
            "CC_BYSA_4_0",
        ),
        (
            "Creative Commons Namensnennung 3.0 nicht portiert",
            "CC_BY_3_0",
        ),
        (
            "Creative Commons Attribuzione - Condividi allo stesso modo 4.0 Internazionale",
            "CC_BYSA_4_0",
        ),
        (
            "Licencia Creative Commons Reconocimiento-CompartirIgual 4.0",
            "CC_BYSA_4_0",
        ),
        (
            "Creative Commons Naamsvermelding 4.0 Internationaal",
            "CC_BY_4_0",
        ),
        ("CC BY-SA 3.0 Nederland", "CC_BYSA_3_0_NL"),
        ("CC-BY-3.0-AT", "CC_BY_3_0_AT"),
        (
            "https://creativecommons.org/licenses/by/3.0/at/deed.de",
            "CC_BY_3_0_AT",
        ),
        ("CC0 1.0 Universal", "CC0"),
        ("Creative Commons Zero", "CC0"),
        ("Licence : CC0", "CC0"),
        ("Public Domain Mark 1.0", "CC_PDM_1_0"),
        ("Données sous Licence Ouverte 2.0", "ETALAB_2_0"),
        (
            "Licence Ouverte / Open Licence version 2.0 (Etalab)",
            "ETALAB_2_0",
        ),
        (
            "Les données sont diffusées sous licence ouverte Etalab v2.0.",
            "ETALAB_2_0",
        ),
        ("dl-de/by-2-0", "DLDE_BY_2_0"),
        (
            "Datenlizenz Deutschland – Namensnennung – Version 2.0",
            "DLDE_BY_2_0",
        ),
        ("Datenlizenz Deutschland Namensnennung 1.0", "DLDE_BY_1_0"),
        ("dl-de-zero", "DLDE_ZERO_2_0"),
        (
            "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
            "DLDE_ZERO_2_0",
        ),
        ("https://www.govdata.de/dl-de/by-2-0", "DLDE_BY_2_0"),
        ("IODL 2.0", "IODL_2_0"),
        ("Italian Open Data License v2.0 (IODL 2.0)", "IODL_2_0"),
        ("https://www.dati.gov.it/iodl/2.0/", "IODL_2_0"),
        ("Norsk lisens for offentlige data (NLOD) 2.0", "NLOD_2_0"),
        ("http://data.norge.no/nlod/no/1.0", "NLOD_1_0"),
        ("OGL v3", "OGL_3_0"),
        ("UK Open Government Licence v3.0", "OGL_3_0"),
        ("Open Data Commons Attribution License v1.0", "ODC_BY"),
        ("ODC-BY-1.0", "ODC_BY"),
        ("PDDL", "ODC_PDDL"),
        ("Licensed under the EUPL v1.2", "EUPL_1_2"),
        (
            "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40",
            "CC_BY_4_0",
        ),
    ]);
}

#[test]
fn what_is_uncertain_has_no_concept() {
    let uncertain = [
        "Licence CC BY",
        "Creative Commons",
        "Creative Commons Attribution - Partage dans les Mêmes Conditions 3.0 France",
        "CC-BY-SA-2.5-FR",
        "CC BY 3.0 IGO",
        "http://dcat-ap.de/def/licenses/cc-by-de/3.0",
        "https://creativecommons.org/licenses/by/2.0/fr/",
        "CC BY 7.0",
        "CC BY-ND-SA 4.0",
        "Licence Ouverte",
        "Licence Ouverte 1.0",
        "fr-lo, licence ouverte (Etalab)",
        "dl-de/by",
        "NLOD",
        "IODL",
        "Open Government Licence",
        "Open Government Licence - Canada 2.0",
        "OGL Alberta 2.1",
        "ODbL 2.0",
    ];
    are_uncertain(&uncertain, true);
}

#[test]
fn what_is_denied_likened_or_one_of_several_is_no_licence() {
    let none = [
        "",
        "no licence",
        "Pas de licence ouverte 2.0",
        "not CC BY 4.0",
        "Dies ist keine CC BY 4.0",
        "Compatible CC BY 4.0",
        "CC BY 4.0 ne s’applique pas, ODbL 1.0 non plus",
        "CC BY 4.0 ou ODbL 1.0",
        "CC BY 4.0 (images: CC BY-NC 4.0)",
        "CC BY 3.0, then CC BY 4.0",
        "Es gelten keine Zugriffsbeschränkungen",
        "no limitations on public access",
        "an open license",
        "cc: service@example.org",
        "by 4.0 metres",
        "Public domain",
        "https://example.org/cc-by/4.0",
        "Ouverture 2.0",
    ];
    for text in none {
        assert_eq!(code(text), None, "{text}");
    }
    are_uncertain(
        &[
            "Pas de licence ouverte 2.0",
            "not CC BY 4.0",
            "CC BY 4.0 ou ODbL 1.0",
        ],
        false,
    );
}

#[test]
fn a_text_that_says_more_is_not_only_a_licence() {
    let vocabularies = Vocabularies::builtin();
    for (text, only) in [
        ("Licence CC BY 4.0", true),
        ("lov2", true),
        ("https://creativecommons.org/licenses/by/4.0/", true),
        ("Licence ODbL 1.0 http://www.data.example/licence/", false),
        ("CC BY 4.0, citer la Ville de Vaux", false),
        ("CC BY", false),
    ] {
        assert_eq!(vocabularies.is_licence(text), only, "{text}");
    }
}
