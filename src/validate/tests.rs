//! Descriptions made by hand, good ones and bad ones.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Triple};

use super::*;
use crate::rdf::vocab::PREFIXES;

fn found(turtle: &str) -> Vec<(Code, String)> {
    let prefixes: Vec<String> = PREFIXES
        .iter()
        .map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"))
        .collect();
    let prefixes = prefixes.concat();
    let triples: Vec<Triple> = RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&format!("{prefixes}@base <https://e.org/> .\n{turtle}"))
        .map(|quad| quad.unwrap().into())
        .collect();
    let mut graph = RecordGraph::new(NamedNode::new_unchecked("https://e.org/dataset/p/d"));
    *graph.triples_mut() = triples;
    let findings = validate(&graph, Vocabularies::builtin());
    findings
        .into_iter()
        .map(|finding| (finding.code, finding.field))
        .collect()
}

#[track_caller]
fn finds(turtle: &str, expected: &[(Code, &str)]) {
    let expected: Vec<(Code, String)> = expected
        .iter()
        .map(|(code, field)| (*code, (*field).to_owned()))
        .collect();
    assert_eq!(found(turtle), expected);
}

const GOOD: &str = "
    <dataset/p/d> a dcat:Dataset ; dct:title 'Arbres'@fr, 'Trees'@en ; dct:description 'Tous'@fr ;
        dct:publisher <organization/p/o> ; dcat:contactPoint <contact/p/c> ;
        dct:issued '2024'^^xsd:gYear ; dct:modified '2024-03-05'^^xsd:date ;
        dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
        dct:language <http://publications.europa.eu/resource/authority/language/FRA> ;
        dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
        dcat:landingPage <https://p.example/d> ; dct:conformsTo <https://x.example/spec> ;
        dct:temporal [ a dct:PeriodOfTime ; dcat:startDate '2020-01'^^xsd:gYearMonth ] ;
        dct:spatial [ a dct:Location ; dcat:bbox 'POLYGON((0 0))'^^gsp:wktLiteral ] ;
        dcat:distribution <distribution/p/1> .
    <distribution/p/1> a dcat:Distribution ; dcat:accessURL <https://p.example/d.csv> ;
        dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
        dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;
        dct:license <https://x.example/licence> ; dct:rights [ a dct:RightsStatement ; rdfs:label 'x' ] ;
        dcat:byteSize '12'^^xsd:nonNegativeInteger ;
        spdx:checksum [ a spdx:Checksum ; spdx:checksumValue 'ab'^^xsd:hexBinary ;
            spdx:algorithm <http://spdx.org/rdf/terms#checksumAlgorithm_sha1> ] .
    <record/p/d> a dcat:CatalogRecord ; foaf:primaryTopic <dataset/p/d> ; dct:source <https://p.example/d.json> .";

#[test]
fn a_good_description_has_no_findings() {
    finds(GOOD, &[]);
}

#[test]
fn agents_contacts_and_catalogues_are_checked_too() {
    finds("<o> a foaf:Organization ; foaf:name 'Ville' .", &[]);
    finds(
        "<o> a foaf:Agent ; dct:type <https://x.example/kind> .",
        &[
            (Code::WrongRange, "<https://e.org/o> dct:type"),
            (Code::MissingProperty, "<https://e.org/o> foaf:name"),
        ],
    );
    finds(
        "<c> a vcard:Organization ; vcard:hasEmail 'a@e.org' .",
        &[(Code::WrongRange, "<https://e.org/c> vcard:hasEmail")],
    );
    finds(
        "<k> a dcat:Catalog ; dct:title 'x' ; dct:description 'x' ; dcat:dataset <dataset/p/d> .",
        &[(Code::MissingProperty, "<https://e.org/k> dct:publisher")],
    );
}

#[test]
fn what_is_missing_is_named_with_its_distribution() {
    finds(
        "<dataset/p/d> a dcat:Dataset ; dct:title 'x' ; dcat:distribution <distribution/p/1> .
         <distribution/p/1> a dcat:Distribution .",
        &[
            (Code::MissingProperty, "dct:description"),
            (Code::MissingProperty, "distribution[1] dcat:accessURL"),
        ],
    );
}

#[test]
fn too_many_values_are_one_finding() {
    finds(
        "<dataset/p/d> a dcat:Dataset ; dct:title 'x' ; dct:description 'x' ;
             dct:modified '2024'^^xsd:gYear, '2025'^^xsd:gYear, '2026'^^xsd:gYear .",
        &[(Code::TooManyValues, "dct:modified")],
    );
}

#[test]
fn values_of_another_kind_are_found() {
    let with = |said: &str| {
        format!("<dataset/p/d> a dcat:Dataset ; dct:title 'x' ; dct:description 'x' ; {said} .")
    };
    for (said, code, field) in [
        ("dct:issued 'hier'", Code::WrongRange, "dct:issued"),
        ("dct:title <x>", Code::WrongRange, "dct:title"),
        ("dct:language 'fr'", Code::WrongRange, "dct:language"),
        (
            "dcat:theme [ a skos:Concept ]",
            Code::WrongRange,
            "dcat:theme",
        ),
        (
            "dcat:theme <https://x.example/theme>",
            Code::WrongRange,
            "dcat:theme",
        ),
        (
            "dct:temporal [ dcat:startDate '2020'^^xsd:gYear ]",
            Code::WrongRange,
            "dct:temporal",
        ),
        (
            "dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/data-theme/ENVI>",
            Code::WrongRange,
            "dct:accrualPeriodicity",
        ),
        (
            "dct:accrualPeriodicity <https://x.example/often>",
            Code::ValueUnknown,
            "dct:accrualPeriodicity",
        ),
        (
            "dct:temporal [ a dct:PeriodOfTime ; dcat:startDate '2020' ]",
            Code::WrongRange,
            "dct:temporal dcat:startDate",
        ),
    ] {
        let found = found(&with(said));
        assert!(
            found.contains(&(code, field.to_owned())),
            "{said}: {found:?}"
        );
    }
}

#[test]
fn unknown_formats_are_found_and_unlisted_media_types_are_not() {
    let with = |said: &str| {
        format!("<distribution/p/1> a dcat:Distribution ; dcat:accessURL <u> ; {said} .")
    };
    finds(
        &with("dct:format <https://x.example/f>"),
        &[(Code::FormatUnknown, "distribution[1] dct:format")],
    );
    finds(
        &with("dcat:mediaType <http://www.iana.org/assignments/media-types/model/x-odd>"),
        &[],
    );
    finds(
        &with("dct:format [ a dct:MediaTypeOrExtent ; rdfs:label 'xyz' ]"),
        &[],
    );
}

#[test]
fn high_value_datasets_answer_for_themselves_and_their_distributions() {
    let law = "dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj>";
    finds(
        &format!("{GOOD} <dataset/p/d> {law} ."),
        &[
            (Code::MissingProperty, "dcatap:hvdCategory"),
            (
                Code::MissingProperty,
                "distribution[1] dcatap:applicableLegislation",
            ),
        ],
    );
    finds(
        &format!(
            "{GOOD} <dataset/p/d> {law} ; dcatap:hvdCategory <http://data.europa.eu/bna/c_ac64a52d> .
             <distribution/p/1> {law} ."
        ),
        &[],
    );
}

#[test]
fn the_record_lacks_no_date_that_the_ledger_adds() {
    finds(
        "<dataset/p/d> a dcat:Dataset ; dct:title 'x' ; dct:description 'x' .
         <record/p/d> a dcat:CatalogRecord ; foaf:primaryTopic <dataset/p/d> .",
        &[],
    );
    // Without the dataset's date nothing can be said of the source's own record.
    finds(
        "<dataset/p/d> a dcat:Dataset ; dct:title 'x' ; dct:description 'x' .
         <record/p/d> a dcat:CatalogRecord ; foaf:primaryTopic <dataset/p/d> ; dct:source <https://p.example/d> .",
        &[(Code::WrongRange, "record[d] dct:source")],
    );
}
