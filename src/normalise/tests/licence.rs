//! Licences, rights, and what is said on access.

use super::*;

const CC_BY_4: &str = "<http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>";

#[test]
fn a_mapped_licence_leaves_its_iri_as_rights_and_its_code_as_origin() {
    becomes(
        distribution("dct:license 'cc-by-4.0'"),
        &distribution(&format!("dct:license {CC_BY_4}")),
        "<distribution/p/1> dct:license 'cc-by-4.0' .",
        &[],
    );
    let page = "<https://creativecommons.org/licenses/by/4.0/>";
    becomes(
        distribution(&format!("dct:license {page}")),
        &distribution(&format!("dct:license {CC_BY_4} ; dct:rights {page}")),
        &format!("<distribution/p/1> dct:license {page} ."),
        &[],
    );
}

#[test]
fn unversioned_and_unknown_licences_are_never_mapped() {
    let page = "<https://x.example/licence>";
    becomes(
        distribution(&format!("dct:license {page}")),
        &distribution(&format!("dct:license {page}")),
        "",
        &[Code::LicenceUnknown],
    );
    becomes(
        distribution("dct:license 'Creative Commons Attribution'"),
        &distribution(
            "dct:license [ a dct:LicenseDocument ; dct:title 'Creative Commons Attribution' ]",
        ),
        "<distribution/p/1> dct:license 'Creative Commons Attribution' .",
        &[Code::LicenceUnknown],
    );
    becomes(
        distribution("dct:license 'notspecified'"),
        &distribution("a dcat:Distribution"),
        "<distribution/p/1> dct:license 'notspecified' .",
        &[Code::LicenceUnknown],
    );
}

#[test]
fn a_code_without_concept_is_the_licence_that_the_portals_list_has() {
    becomes(
        distribution("dct:license 'fr-lo'"),
        &distribution(
            "dct:license <https://www.etalab.gouv.fr/wp-content/uploads/2014/05/Licence_Ouverte.pdf>",
        ),
        "<distribution/p/1> dct:license 'fr-lo' .",
        &[Code::LicenceUnknown],
    );
    becomes(
        distribution("dct:license 'other-open'"),
        &distribution("dct:license [ a dct:LicenseDocument ; dct:title 'Other (Open)' ]"),
        "<distribution/p/1> dct:license 'other-open' .",
        &[Code::LicenceUnknown],
    );
}

#[test]
fn a_licence_in_running_text_leaves_what_else_is_said_as_rights() {
    let said = "'Licence CC BY 4.0, citer la Ville de Vaux'@fr";
    becomes(
        distribution(&format!("dct:license {said}")),
        &distribution(&format!(
            "dct:license {CC_BY_4} ; dct:rights [ a dct:RightsStatement ; rdfs:label {said} ]"
        )),
        &format!("<distribution/p/1> dct:license {said} ."),
        &[],
    );
    becomes(
        distribution("dct:license 'Licence CC BY 4.0'"),
        &distribution(&format!("dct:license {CC_BY_4}")),
        "<distribution/p/1> dct:license 'Licence CC BY 4.0' .",
        &[],
    );
}

#[test]
fn a_text_that_is_licence_and_rights_is_said_once() {
    let said = "Licence CC BY 4.0, citer la Ville de Vaux";
    becomes(
        distribution(&format!("dct:license '{said}' ; dct:rights '{said}'@fr")),
        &distribution(&format!(
            "dct:license {CC_BY_4} ; dct:rights [ a dct:RightsStatement ; rdfs:label '{said}'@fr ]"
        )),
        &format!("<distribution/p/1> dct:license '{said}' ; dct:rights '{said}'@fr ."),
        &[],
    );
}

#[test]
fn rights_that_name_a_licence_for_certain_give_one_to_what_states_none() {
    let said = "'Sous licence CC BY 4.0'@fr";
    let rights = format!("dct:rights [ a dct:RightsStatement ; rdfs:label {said} ]");
    let origin = format!("<distribution/p/1> dct:rights {said} .");
    becomes(
        distribution(&format!("dct:rights {said}")),
        &distribution(&format!("dct:license {CC_BY_4} ; {rights}")),
        &origin,
        &[],
    );
    let stated = "dct:license <http://publications.europa.eu/resource/authority/licence/ODC_BL>";
    becomes(
        distribution(&format!("{stated} ; dct:rights {said}")),
        &distribution(&format!("{stated} ; {rights}")),
        &origin,
        &[],
    );
}

#[test]
fn a_statement_on_access_is_no_licence() {
    let public = "<http://publications.europa.eu/resource/authority/access-right/PUBLIC>";
    becomes(
        distribution("dct:license 'Es gelten keine Zugriffsbeschränkungen'@de"),
        &distribution(&format!("dct:accessRights {public}")),
        "<distribution/p/1> dct:license 'Es gelten keine Zugriffsbeschränkungen'@de ;
             dct:accessRights 'Es gelten keine Zugriffsbeschränkungen'@de .",
        &[Code::LicenceUnknown],
    );
}

#[test]
fn no_limitation_is_no_reason() {
    let list = "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess";
    becomes(
        dataset(&format!("dct:accessRights <{list}/noLimitations>")),
        &dataset(
            "dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC>",
        ),
        &format!("<dataset/p/d> dct:accessRights <{list}/noLimitations> ."),
        &[],
    );
}

#[test]
fn a_limitation_by_law_is_a_restriction_and_its_reason() {
    let said = "'L124-5-II-1 du code de l’environnement (INSPIRE, article 13.1.b)'@fr";
    becomes(
        dataset(&format!("dct:accessRights {said}")),
        &dataset(
            "dct:accessRights <http://publications.europa.eu/resource/authority/access-right/RESTRICTED> ;
             dct:rights <http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/INSPIRE_Directive_Article13_1b>",
        ),
        &format!("<dataset/p/d> dct:accessRights {said} ."),
        &[],
    );
}

#[test]
fn a_distribution_has_one_rights_statement() {
    becomes(
        distribution("dct:license 'cc-by-4.0' ; dct:rights 'Cite us'@en"),
        &distribution(&format!(
            "dct:license {CC_BY_4} ;
             dct:rights [ a dct:RightsStatement ; rdfs:label 'Cite us'@en ]"
        )),
        "<distribution/p/1> dct:license 'cc-by-4.0' ; dct:rights 'Cite us'@en .",
        &[],
    );
    becomes(
        distribution("dct:license 'cc-by-4.0' ; dct:rights <r1>, <r2>"),
        &distribution(&format!("dct:license {CC_BY_4} ; dct:rights <r1>")),
        "<distribution/p/1> dct:license 'cc-by-4.0' ; dct:rights <r2> .",
        &[Code::TooManyValues],
    );
}

#[test]
fn a_known_licence_wins_over_an_unknown_one() {
    becomes(
        distribution(&format!("dct:license <odd>, {CC_BY_4}")),
        &distribution(&format!("dct:license {CC_BY_4}")),
        "<distribution/p/1> dct:license <odd> .",
        &[Code::TooManyValues],
    );
}
