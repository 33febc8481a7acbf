//! Statements on access and use, in the languages of the INSPIRE register and by the law.

use super::*;

fn code(alignment: Alignment, text: &str) -> Option<&'static str> {
    let concept = Vocabularies::builtin().align(alignment, text)?;
    concept.as_str().rsplit('/').next()
}

const NO_LIMITATIONS: &[&str] = &[
    "no limitations to public access",
    "No limitations on public access.",
    "There are no limitations on public access to spatial data sets and services.",
    "Pas de restriction d’accès public",
    "Pas de limitation d'accès public à cette donnée.",
    "Directive 2007/2/CE (INSPIRE), pas de restriction d'accès public",
    "Aucun des articles de la loi ne peut être invoqué pour justifier d'une restriction d'accès public.",
    "Es gelten keine Zugriffsbeschränkungen",
    "keine Beschränkungen des öffentlichen Zugangs",
    "Geen beperkingen voor publieke toegang",
    "Nessuna limitazione al pubblico accesso",
    "sin limitaciones al acceso público",
    "sem restrições ao acesso público",
    "Brak ograniczeń w publicznym dostępie",
    "bez omezení veřejného přístupu",
    "bez obmedzení verejného prístupu",
    "ni omejitev dostopa",
    "nema ograničenja javnog pristupa",
    "nincs korlátozás a nyilvános hozzáférésre",
    "nav ierobežojumu sabiedrības piekļuvei",
    "nėra apribojimų visuomenės prieigai",
    "avalik juurdepääs ei ole piiratud",
    "ei rajoituksia julkiseen käyttöön",
    "inga begränsningar i allmänhetens tillgång",
    "ingen begrænsninger i offentlighedens adgang",
    "fără restricții privind accesul public",
    "няма ограничения за обществен достъп",
    "χωρίς περιορισμούς στην πρόσβαση του κοινού",
    "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations",
    "noLimitations",
];

#[test]
fn no_limitations_means_public_in_every_language() {
    for text in NO_LIMITATIONS {
        assert_eq!(code(Alignment::AccessRight, text), Some("PUBLIC"), "{text}");
        assert_eq!(code(Alignment::AccessCondition, text), None, "{text}");
        assert_eq!(code(Alignment::Licence, text), None, "{text}");
    }
}

#[test]
fn a_reference_to_the_law_says_that_and_why_access_is_limited() {
    for (text, letter) in [
        (
            "public access limited according to Article 13(1)(d) of the INSPIRE Directive",
            'd',
        ),
        (
            "accès public restreint en application de l’article 13, paragraphe 1, point e), de la directive INSPIRE",
            'e',
        ),
        (
            "Beschränkung des öffentlichen Zugangs nach Artikel 13 Absatz 1 Buchstabe f der INSPIRE-Richtlinie",
            'f',
        ),
        (
            "acceso público limitado conforme al artículo 13, apartado 1, letra b), de la Directiva INSPIRE",
            'b',
        ),
        ("INSPIRE_Directive_Article13_1h", 'h'),
        (
            "L124-4-I-1 du code de l'environnement (Directive 2007/2/CE (INSPIRE), Article 13.1.d)",
            'd',
        ),
        ("L. 124-5 II 2° du code de l’environnement", 'c'),
        ("Article L124-4-I-3", 'g'),
    ] {
        assert_eq!(
            code(Alignment::AccessRight, text),
            Some("RESTRICTED"),
            "{text}"
        );
        let limitation = format!("INSPIRE_Directive_Article13_1{letter}");
        let found = code(Alignment::AccessLimitation, text);
        assert_eq!(found, Some(limitation.as_str()), "{text}");
    }
    // The address of a limitation is kept as it is.
    let text = "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/INSPIRE_Directive_Article13_1a";
    assert_eq!(code(Alignment::AccessRight, text), None);
    // Three cases of the directive have one article of the code.
    let text = "L124-4-I-1 du code de l'environnement";
    assert_eq!(code(Alignment::AccessRight, text), Some("RESTRICTED"));
    assert_eq!(code(Alignment::AccessLimitation, text), None);
}

#[test]
fn conditions_are_told_from_limitations() {
    for text in [
        "No conditions apply to access and use",
        "Aucune condition ne s'applique",
        "Es gelten keine Bedingungen",
        "Brak warunków dostępu i użytkowania",
        "inga tillämpliga villkor",
        "geen voorwaarden van toepassing",
        "noConditionsApply",
    ] {
        let condition = code(Alignment::AccessCondition, text);
        assert_eq!(condition, Some("noConditionsApply"), "{text}");
        assert_eq!(code(Alignment::AccessRight, text), None, "{text}");
    }
    for text in [
        "conditions d’accès et d’utilisation inconnues",
        "Nutzungsbedingungen unbekannt",
        "https://inspire.ec.europa.eu/metadata-codelist/ConditionsApplyingToAccessAndUse/conditionsUnknown",
    ] {
        let condition = code(Alignment::AccessCondition, text);
        assert_eq!(condition, Some("conditionsUnknown"), "{text}");
    }
}

#[test]
fn what_makes_exceptions_or_is_about_something_else_says_nothing() {
    for text in [
        "No access: restrictions apply",
        "Access is limited to members",
        "no limitations on public access except for personal data",
        "Pas de restriction d’accès sauf pour les données personnelles",
        "Accès restreint sans accord préalable",
        "No other conditions of access",
        "Use under these conditions is not limited",
        "Article 13 of the statutes",
        "Conditions apply",
        "licence",
        "",
    ] {
        for alignment in [Alignment::AccessLimitation, Alignment::AccessCondition] {
            assert_eq!(code(alignment, text), None, "{text}");
        }
        assert_ne!(code(Alignment::AccessRight, text), Some("PUBLIC"), "{text}");
    }
}
