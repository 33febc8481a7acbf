//! The regulation on high-value datasets however it is spelt, and categories that are stated by IRI.

use super::{becomes, dataset};
use crate::finding::Code;

const LAW: &str = "<http://data.europa.eu/eli/reg_impl/2023/138/oj>";
const MOBILITY: &str = "<http://data.europa.eu/bna/c_b79e35eb>";

#[test]
fn the_regulation_is_recognised_however_it_is_spelt() {
    let after = dataset(&format!(
        "a dcat:Resource ; dcatap:applicableLegislation {LAW}"
    ));
    for spelling in [
        "<https://data.europa.eu/eli/reg_impl/2023/138/oj>",
        "<http://data.europa.eu/eli/reg_impl/2023/138/oj/>",
        "<http://data.europa.eu/eli/reg_impl/2023/138>",
        "<https://eur-lex.europa.eu/eli/reg_impl/2023/138/oj/fra>",
        "' http://data.europa.eu/eli/reg_impl/2023/138/oj'",
    ] {
        becomes(
            dataset(&format!("dcatap:applicableLegislation {spelling}")),
            &after,
            &format!("<dataset/p/d> dcatap:applicableLegislation {spelling} ."),
            &[],
        );
    }
}

#[test]
fn other_laws_are_not_the_regulation() {
    for other in [
        "<http://data.europa.eu/eli/reg_impl/2023/1389/oj>",
        "<http://data.europa.eu/eli/reg_impl/2023/138/art_3>",
        "<http://data.europa.eu/eli/dir/2019/1024/oj>",
        "<http://law.example/eli/reg_impl/2023/138/oj>",
    ] {
        let said = format!("dcatap:applicableLegislation {other}");
        becomes(dataset(&said), &dataset(&said), "", &[]);
    }
}

#[test]
fn a_category_that_is_stated_by_iri_stays_without_the_regulation() {
    let said = format!("dcatap:hvdCategory {MOBILITY}");
    becomes(
        dataset(&said),
        &dataset(&said),
        "",
        &[Code::MissingProperty],
    );
}

#[test]
fn a_category_among_the_themes_is_a_category() {
    becomes(
        dataset(&format!(
            "dcat:theme {MOBILITY} ; dcatap:applicableLegislation {LAW}"
        )),
        &dataset(&format!(
            "a dcat:Resource ; dcatap:hvdCategory {MOBILITY} ; dcatap:applicableLegislation {LAW}"
        )),
        &format!("<dataset/p/d> dcat:theme {MOBILITY} ."),
        &[],
    );
}
