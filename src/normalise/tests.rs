//! Passes together: Turtle in as sources write it, Turtle out.

use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Triple};

mod checksum;
mod high_value;
mod licence;
mod repetition;
mod shape;

use super::*;
use crate::finding::Code;
use crate::rdf::canon::canonicalise;
use crate::rdf::vocab::{PREFIXES, dcat, rdfs};

const MAIN: &str = "https://e.org/dataset/p/d";

fn parse(turtle: &str) -> Vec<Triple> {
    let prefixes: Vec<String> = PREFIXES
        .iter()
        .map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n"))
        .collect();
    let prefixes = prefixes.concat();
    let authority = "@prefix eu: <http://publications.europa.eu/resource/authority/> .\n\
                     @prefix iana: <http://www.iana.org/assignments/media-types/> .\n\
                     @base <https://e.org/> .\n";
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(&format!("{prefixes}{authority}{turtle}"))
        .map(|quad| quad.unwrap().into())
        .collect()
}

fn graph(triples: Vec<Triple>) -> RecordGraph {
    let mut graph = RecordGraph::new(NamedNode::new_unchecked(MAIN));
    *graph.triples_mut() = triples;
    graph
}

/// The dataset and its distribution 1 with `said` about the latter.
fn distribution(said: &str) -> RecordGraph {
    graph(parse(&format!(
        "<dataset/p/d> a dcat:Dataset ; dcat:distribution <distribution/p/1> .
         <distribution/p/1> a dcat:Distribution ; {said} ."
    )))
}

fn dataset(said: &str) -> RecordGraph {
    graph(parse(&format!("<dataset/p/d> a dcat:Dataset ; {said} .")))
}

#[track_caller]
fn becomes(mut before: RecordGraph, after: &RecordGraph, origin: &str, codes: &[Code]) {
    let findings = normalise(&mut before, Vocabularies::builtin());
    let text = |triples: &[Triple]| canonicalise(triples).unwrap().text;
    assert_eq!(text(before.triples()), text(after.triples()));
    assert_eq!(text(before.origin()), text(&parse(origin)));
    assert_eq!(
        findings.iter().map(|f| f.code).collect::<Vec<_>>(),
        codes,
        "{findings:?}"
    );
}

const CSV: &str = "<http://publications.europa.eu/resource/authority/file-type/CSV>";
const TEXT_CSV: &str = "<http://www.iana.org/assignments/media-types/text/csv>";

#[test]
fn format_and_media_type_are_told_from_each_other() {
    let both = distribution(&format!("dct:format {CSV} ; dcat:mediaType {TEXT_CSV}"));
    becomes(
        distribution("dct:format 'csv'"),
        &both,
        "<distribution/p/1> dct:format 'csv' .",
        &[],
    );
    becomes(
        distribution("dcat:mediaType 'text/csv; charset=utf-8'"),
        &both,
        "<distribution/p/1> dcat:mediaType 'text/csv; charset=utf-8' .",
        &[],
    );
    becomes(
        distribution("dct:format 'text/csv'"),
        &both,
        "<distribution/p/1> dct:format 'text/csv' .",
        &[],
    );
    becomes(
        distribution(&format!("dct:format {TEXT_CSV}")),
        &both,
        &format!("<distribution/p/1> dct:format {TEXT_CSV} ."),
        &[],
    );
}

#[test]
fn unknown_formats_stay_as_labels() {
    becomes(
        distribution("dct:format 'xyz'"),
        &distribution("dct:format [ a dct:MediaTypeOrExtent ; rdfs:label 'xyz' ]"),
        "<distribution/p/1> dct:format 'xyz' .",
        &[Code::FormatUnknown],
    );
    becomes(
        distribution("dcat:mediaType 'Application/X-Odd; v=1'"),
        &distribution("dcat:mediaType [ a dct:MediaType ; rdfs:label 'application/x-odd' ]"),
        "<distribution/p/1> dcat:mediaType 'Application/X-Odd; v=1' .",
        &[Code::FormatUnknown],
    );
}

#[test]
fn a_distribution_keeps_one_format_the_known_one() {
    becomes(
        distribution(&format!(
            "dct:format 'xyz', 'csv', 'CSV' ; dcat:mediaType {TEXT_CSV}"
        )),
        &distribution(&format!("dct:format {CSV} ; dcat:mediaType {TEXT_CSV}")),
        "<distribution/p/1> dct:format 'xyz', 'csv', 'CSV' .",
        &[Code::TooManyValues],
    );
}

#[test]
fn labelled_nodes_of_feeds_are_understood() {
    becomes(
        distribution(&format!(
            "dct:format [ a dct:MediaTypeOrExtent ; rdfs:label 'CSV' ] ; dcat:mediaType {TEXT_CSV}"
        )),
        &distribution(&format!("dct:format {CSV} ; dcat:mediaType {TEXT_CSV}")),
        "<distribution/p/1> dct:format 'CSV' .",
        &[],
    );
}

#[test]
fn codes_become_concepts_and_unknown_ones_originals() {
    let eu = "http://publications.europa.eu/resource/authority";
    becomes(
        dataset(
            "dct:accrualPeriodicity 'annual' ; dct:language 'fr', 'xx-odd' ; dct:accessRights 'restricted'",
        ),
        &dataset(&format!(
            "dct:accrualPeriodicity <{eu}/frequency/ANNUAL> ; dct:language <{eu}/language/FRA> ;
             dct:accessRights <{eu}/access-right/RESTRICTED>"
        )),
        "<dataset/p/d> dct:accrualPeriodicity 'annual' ; dct:language 'fr', 'xx-odd' ;
             dct:accessRights 'restricted' .",
        &[Code::ValueUnknown],
    );
    becomes(
        dataset("dct:spatial 'France', 'Vallée de la Loue'@fr ; dct:accessRights 'for members'"),
        &dataset(&format!(
            "dct:spatial <{eu}/country/FRA>, [ a dct:Location ; rdfs:label 'Vallée de la Loue'@fr ] ;
             dct:accessRights [ a dct:RightsStatement ; rdfs:label 'for members' ]"
        )),
        "<dataset/p/d> dct:spatial 'France', 'Vallée de la Loue'@fr ; dct:accessRights 'for members' .",
        &[Code::ValueUnknown],
    );
}

#[test]
fn one_frequency_is_kept_the_known_one() {
    becomes(
        dataset("dct:accrualPeriodicity 'now and then', 'annual', 'yearly'"),
        &dataset(
            "dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL>",
        ),
        "<dataset/p/d> dct:accrualPeriodicity 'now and then', 'annual', 'yearly' .",
        &[Code::TooManyValues],
    );
}

#[test]
fn a_checksum_of_an_unknown_algorithm_goes_whole() {
    becomes(
        distribution(
            "spdx:checksum [ a spdx:Checksum ; spdx:algorithm 'sha1' ; spdx:checksumValue 'ab' ],
                           [ a spdx:Checksum ; spdx:algorithm 'rot13' ; spdx:checksumValue 'cd' ]",
        ),
        &distribution(
            "spdx:checksum [ a spdx:Checksum ; spdx:checksumValue 'ab'^^xsd:hexBinary ;
                 spdx:algorithm <http://spdx.org/rdf/terms#checksumAlgorithm_sha1> ]",
        ),
        "<distribution/p/1> spdx:algorithm 'sha1', 'rot13' ; spdx:checksumValue 'cd' .",
        &[Code::ChecksumInvalid],
    );
}

#[test]
fn themes_come_from_tags_and_inspire_themes_stay() {
    let theme = "http://publications.europa.eu/resource/authority/data-theme";
    becomes(
        dataset("dcat:keyword 'Santé', 'arbres' ; dcat:theme 'santé', 'Arbres', 'mystère'"),
        &dataset(&format!(
            "dcat:keyword 'Santé', 'arbres', 'mystère' ; dcat:theme <{theme}/HEAL>"
        )),
        "<dataset/p/d> dcat:theme 'santé', 'mystère' .",
        &[Code::ValueUnknown],
    );
    let mut inspire = dataset("dcat:theme <http://inspire.ec.europa.eu/theme/hy>");
    normalise(&mut inspire, Vocabularies::builtin());
    let themes: BTreeSet<String> = inspire
        .objects(inspire.iri(), dcat::THEME)
        .map(|theme| theme.to_string())
        .collect();
    assert!(
        themes.contains("<http://inspire.ec.europa.eu/theme/hy>"),
        "{themes:?}"
    );
    assert!(themes.contains(&format!("<{theme}/ENVI>")), "{themes:?}");
}

#[test]
fn hvd_categories_need_the_regulation() {
    let said = "dcat:keyword 'adresses' ; dcatap:hvdCategory 'adresses', 'other'";
    becomes(
        dataset(said),
        &dataset("dcat:keyword 'adresses'"),
        "<dataset/p/d> dcatap:hvdCategory 'other' .",
        &[Code::ValueUnknown],
    );
    let law = "dcatap:applicableLegislation <http://data.europa.eu/eli/reg_impl/2023/138/oj>";
    let concept = "<http://data.europa.eu/bna/c_c3de25e4>";
    becomes(
        dataset(&format!("{said} ; {law}")),
        &dataset(&format!(
            "dcat:keyword 'adresses' ; a dcat:Resource ; {law} ; dcatap:hvdCategory {concept}"
        )),
        "<dataset/p/d> dcatap:hvdCategory 'adresses', 'other' .",
        &[Code::ValueUnknown],
    );
}

#[test]
fn what_the_record_does_not_own_goes_to_the_origin_graph_as_it_was() {
    let ours =
        "<dataset/p/d> dcat:distribution <distribution/p/1> ; dct:publisher <organization/p/o> .
        <distribution/p/1> dct:title 'file' ; spdx:checksum [ a spdx:Checksum ; spdx:checksumValue 'ab'^^xsd:hexBinary ] .
        <record/p/d> foaf:primaryTopic <dataset/p/d> . <dataset/p/d#m> dct:title 'message' .";
    let theirs =
        "<organization/p/o> foaf:name 'Ville' . <dataset/p/other> dct:license 'cc-by-4.0' .
        <dataset/p/d2> dct:title 'neighbour' .
        <dataset/p/other> dcat:contactPoint [ vcard:fn 'nobody' ; vcard:hasAddress [ vcard:locality 'Nice' ] ] .
        [] dct:title 'stray' .";
    becomes(
        graph(parse(&format!("{ours} {theirs}"))),
        &graph(parse(ours)),
        theirs,
        &[Code::ForeignStatement; 3],
    );
}

#[test]
fn a_node_that_the_record_has_too_is_in_both_graphs() {
    let mut graph = dataset(
        "dct:provenance _:b . _:b a dct:ProvenanceStatement ; rdfs:label 'levé' . <x/other> dct:provenance _:b",
    );
    normalise(&mut graph, Vocabularies::builtin());
    let labels = |triples: &[Triple]| {
        triples
            .iter()
            .filter(|t| t.predicate == rdfs::LABEL)
            .count()
    };
    assert_eq!((labels(graph.triples()), labels(graph.origin())), (1, 1));
}

#[test]
fn nodes_of_which_nothing_is_said_are_left_out_with_a_finding() {
    let mut graph = distribution(
        "dct:format [ ] ; dct:license [ a dct:LicenseDocument ] ; odrl:hasPolicy [ a odrl:Policy ; odrl:permission [ a odrl:Permission ] ]",
    );
    let findings = normalise(&mut graph, Vocabularies::builtin());
    assert!(
        graph.triples().iter().all(|t| !t.object.is_blank_node()),
        "{:?}",
        graph.triples()
    );
    assert!(graph.triples().iter().all(|t| t.subject.is_named_node()));
    let fields: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding.field.as_str())
        .collect();
    for field in ["dct:format", "dct:license", "odrl:hasPolicy"] {
        assert!(
            fields.contains(format!("distribution[1] {field}").as_str()),
            "{fields:?}"
        );
    }
}

#[test]
fn a_finding_names_its_distribution() {
    let mut graph = distribution("dct:format 'xyz'");
    let findings = normalise(&mut graph, Vocabularies::builtin());
    assert_eq!(
        (findings[0].field.as_str(), findings[0].value.as_str()),
        ("distribution[1] dct:format", "xyz")
    );
}
