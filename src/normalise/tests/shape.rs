//! Nodes that state a value in other people's shapes.

use super::{CSV, TEXT_CSV, becomes, dataset, distribution};

#[test]
fn a_value_is_surer_than_a_label() {
    becomes(
        distribution("dct:format [ a dct:IMT ; rdfs:label 'some table' ; rdf:value 'text/csv' ]"),
        &distribution(&format!("dct:format {CSV} ; dcat:mediaType {TEXT_CSV}")),
        "<distribution/p/1> dct:format 'text/csv', [ a dct:IMT ; rdfs:label 'some table' ; rdf:value 'text/csv' ] .",
        &[],
    );
}

#[test]
fn a_concept_in_a_scheme_is_aligned_by_its_label() {
    let theme = "http://publications.europa.eu/resource/authority/data-theme";
    becomes(
        dataset("dcat:theme [ a skos:Concept ; skos:prefLabel 'Santé'@fr ; skos:inScheme <s> ]"),
        &dataset(&format!("dcat:theme <{theme}/HEAL>")),
        "<dataset/p/d> dcat:theme 'Santé'@fr, [ a skos:Concept ; skos:prefLabel 'Santé'@fr ; skos:inScheme <s> ] .",
        &[],
    );
}

#[test]
fn a_node_that_says_more_than_a_name_stays() {
    let said = "dcat:theme [ a skos:Concept ; skos:prefLabel 'Santé'@fr ; skos:broader <b> ]";
    becomes(dataset(said), &dataset(said), "", &[]);
}
