//! What a feed says of named things, and texts and nodes where values should be.

use oxigraph::model::NamedNodeRef;

use super::{described, graph, most, one, values};
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct, foaf, locn, org, rdfs, vcard};
use crate::source::contract::{Described, Part};

const PREFIXES: &str = "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix time: <http://www.w3.org/2006/time#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix schema: <http://schema.org/> .";

/// The only record of a document.
fn read(turtle: &str) -> Described {
    one(&format!("{PREFIXES} {turtle}"))
}

/// A dataset of which this is said as well.
fn dataset(said: &str) -> Described {
    read(&format!(
        "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; {said} ."
    ))
}

/// The values of a property among the mentions.
fn mentioned(described: &Described, property: NamedNodeRef<'_>) -> Vec<String> {
    let others = described.parts.iter().skip(1);
    let triples = others.flat_map(|part: &Part| part.graph.triples());
    let of = triples.filter(|triple| triple.predicate == property);
    let mut found: Vec<String> = of.map(|triple| triple.object.to_string()).collect();
    found.sort();
    found
}

#[test]
fn an_agent_keeps_its_address_its_telephone_and_the_organisation_above_it() {
    let described = read(
        "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; dct:publisher <https://e.org/ville> ; dcat:contactPoint <https://e.org/guichet> .
         <https://e.org/ville> a foaf:Organization ; foaf:name \"Ville\" ; locn:address <https://e.org/mairie> ; org:subOrganizationOf <https://e.org/region> .
         <https://e.org/mairie> a locn:Address ; locn:postName \"Nice\" .
         <https://e.org/region> a org:Organization ; foaf:name \"Région\" ; org:subOrganizationOf <https://e.org/etat> .
         <https://e.org/etat> foaf:name \"État\" ; org:subOrganizationOf <https://e.org/ville> .
         <https://e.org/guichet> a vcard:Kind ; vcard:fn \"Guichet\" ; vcard:hasTelephone <https://e.org/tel> .
         <https://e.org/tel> a vcard:Voice ; vcard:hasValue <tel:+33400000000> .",
    );
    assert_eq!(mentioned(&described, locn::POST_NAME), ["\"Nice\""]);
    assert_eq!(
        mentioned(&described, foaf::NAME),
        ["\"Région\"", "\"Ville\"", "\"État\""]
    );
    let above = mentioned(&described, org::SUB_ORGANIZATION_OF);
    assert_eq!(above.len(), 3);
    // The circle is not followed twice: its end keeps the name that the feed has for it.
    let ours = above
        .iter()
        .filter(|iri| iri.contains("donnees.example.org"));
    assert_eq!(ours.count(), 2, "{above:?}");
    assert_eq!(
        mentioned(&described, vcard::HAS_VALUE),
        ["<tel:+33400000000>"]
    );
}

#[test]
fn a_card_is_called_as_its_organisation_however_that_is_spelt() {
    for name in [
        "vcard:organization-name \"Odema\"",
        "vcard:organisation-name \"Odema\"",
        "vcard:org [ vcard:organisation-name \"Odema\" ]",
        "vcard:hasOrganizationName [ vcard:hasValue \"Odema\" ]",
        "rdfs:label \"Odema\"",
    ] {
        let described = dataset(&format!(
            "dcat:contactPoint [ a vcard:Organization ; {name} ]"
        ));
        assert_eq!(mentioned(&described, vcard::FN), ["\"Odema\""], "{name}");
    }
}

#[test]
fn e_mail_addresses_are_what_they_mean() {
    for (sent, read) in [
        ("\"mailto: a@e.org\"", &["<mailto:a@e.org>"][..]),
        (
            "<mailto:a@e.org;b@e.org>",
            &["<mailto:a@e.org>", "<mailto:b@e.org>"],
        ),
        (
            "\"a@e.org, b@e.org\"",
            &["<mailto:a@e.org>", "<mailto:b@e.org>"],
        ),
        ("\"Moi <a@e.org>\"", &["<mailto:a@e.org>"]),
        ("<a@e.org>", &["<mailto:a@e.org>"]),
        ("<a%40e.org>", &["<mailto:a@e.org>"]),
        (
            "[ a vcard:Work ; vcard:hasValue <mailto:a@e.org> ]",
            &["<mailto:a@e.org>"],
        ),
        (
            "( \"a@e.org\" \"b@e.org\" )",
            &["<mailto:a@e.org>", "<mailto:b@e.org>"],
        ),
        ("\"pas d'adresse\"", &[]),
    ] {
        let described = dataset(&format!(
            "dcat:contactPoint [ a vcard:Kind ; vcard:fn \"S\" ; vcard:hasEmail {sent} ]"
        ));
        assert_eq!(mentioned(&described, vcard::HAS_EMAIL), read, "{sent}");
    }
    let form = dataset(
        "dcat:contactPoint [ a vcard:Kind ; vcard:fn \"S\" ; vcard:hasEmail <https://e.org/contact> ]",
    );
    assert_eq!(
        mentioned(&form, vcard::HAS_URL),
        ["<https://e.org/contact>"]
    );
}

#[test]
fn an_iri_stated_as_text_is_that_iri() {
    for property in [
        dct::RELATION,
        dct::IS_REFERENCED_BY,
        dct::CONFORMS_TO,
        dct::SOURCE,
        dct::PROVENANCE,
        dct::TYPE,
        dct::LANGUAGE,
        dct::FORMAT,
        dcat::LANDING_PAGE,
        dcat::THEME,
        foaf::PAGE,
    ] {
        let described = dataset(&format!("{property} \" https://e.org/x\""));
        let graph = graph(&described);
        let found = graph.objects(graph.iri(), property);
        let found: Vec<String> = found.map(|value| value.to_string()).collect();
        assert_eq!(found, ["<https://e.org/x>"], "{property}");
    }
    let creator = dataset("dct:creator \"https://e.org/people/1\"");
    let found = values(&creator, dct::CREATOR);
    assert!(found[0].contains("/organization/portail/"), "{found:?}");
    assert!(mentioned(&creator, foaf::NAME).is_empty());
}

#[test]
fn words_are_what_a_thing_is_called() {
    let described = dataset(
        "dct:conformsTo \"INSPIRE\" ; dct:provenance \"levé\" ; dct:references \"le manuel\"",
    );
    assert_eq!(
        values(&described, rdfs::LABEL),
        ["\"le manuel\"", "\"levé\""]
    );
    assert_eq!(values(&described, dct::TITLE), ["\"Eau\"", "\"INSPIRE\""]);
}

#[test]
fn a_sentence_between_brackets_is_a_text() {
    let all = described(
        "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; dct:license <Public%20Domain> ; dcat:landingPage <see%20the%20manual> .",
        "https://portail.example.org/data/catalogue.ttl",
    );
    assert_eq!(values(&all[0], dct::LICENSE), ["\"Public Domain\""]);
    assert_eq!(values(&all[0], dcat::LANDING_PAGE), [""; 0]);
    let left: Vec<&str> = all[0]
        .findings
        .iter()
        .filter(|finding| finding.code == Code::IriInvalid)
        .map(|finding| finding.value.as_str())
        .collect();
    assert_eq!(left, ["see the manual"]);
}

#[test]
fn nodes_that_hold_a_value_are_that_value() {
    let described = dataset(
        "dct:identifier [ skos:notation \"10.5072/x\" ] ; dct:issued [ rdf:value \"2024-03-01\" ] ;
         dcat:landingPage [ rdf:value <https://e.org/page> ] ; dcat:keyword ( \"a\" \"b\" ) ;
         dct:temporal [ a dct:PeriodOfTime ; time:hasBeginning [ time:inXSDDate \"2020-01-01\" ] ]",
    );
    assert!(values(&described, dct::IDENTIFIER).contains(&"\"10.5072/x\"".to_owned()));
    assert_eq!(
        values(&described, dcat::LANDING_PAGE),
        ["<https://e.org/page>"]
    );
    assert_eq!(values(&described, dcat::KEYWORD), ["\"a\"", "\"b\""]);
    assert!(values(&described, dct::ISSUED)[0].starts_with("\"2024-03-01\"^^"));
    assert!(values(&described, dcat::START_DATE)[0].starts_with("\"2020-01-01\"^^"));
}

#[test]
fn places_are_drawn_by_one_reader_whatever_their_form() {
    let gsp = "http://www.opengis.net/ont/geosparql#";
    for (place, property) in [
        (
            format!("[ <{gsp}asWKT> \"POINT(2 48)\"^^<{gsp}wktLiteral> ]"),
            locn::GEOMETRY,
        ),
        (
            format!("[ <{gsp}hasGeometry> [ <{gsp}asWKT> \" Point(2 48) \" ] ]"),
            locn::GEOMETRY,
        ),
        (
            format!("[ locn:geometry [ a locn:Geometry ; <{gsp}asWKT> \"POINT(2 48)\" ] ]"),
            locn::GEOMETRY,
        ),
        (
            "[ schema:geo [ schema:latitude \"48\" ; schema:longitude \"2\" ] ]".to_owned(),
            dcat::CENTROID,
        ),
        (
            "[ dcat:centroid \"<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(48 2)\" ]"
                .to_owned(),
            dcat::CENTROID,
        ),
    ] {
        let described = dataset(&format!("dct:spatial {place}"));
        let found = values(&described, property);
        assert_eq!(
            found,
            [format!("\"POINT(2 48)\"^^<{gsp}wktLiteral>")],
            "{place}"
        );
        assert_eq!(most(&described, property), 1, "{place}");
    }
    let lost = dataset("dct:spatial [ a dct:Location ; dcat:bbox \"POLYGON((2 48, 3\" ]");
    assert_eq!(values(&lost, dcat::BBOX), [""; 0]);
    assert!(
        lost.findings
            .iter()
            .any(|finding| finding.code == Code::GeometryInvalid)
    );
    assert_eq!(graph(&lost).origin().len(), 1);
}

#[test]
fn the_record_of_the_source_is_not_taken_for_ours() {
    let described = read(
        "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" .
         <https://e.org/fiche> a dcat:CatalogRecord ; foaf:primaryTopic <https://e.org/d> ; dct:identifier \"r1\" ;
             dct:modified \"2025-05-16\" ; dct:source <https://e.org/fiche> ; dct:conformsTo [ dct:title \"ISO\" ] .",
    );
    let graph = graph(&described);
    let ours: Vec<String> = graph
        .triples()
        .iter()
        .filter(|triple| triple.subject.to_string().contains("/record/portail/"))
        .map(|triple| triple.object.to_string())
        .collect();
    assert_eq!(
        ours.iter()
            .filter(|object| object.contains("fiche"))
            .count(),
        1,
        "{ours:?}"
    );
    for theirs in ["r1", "2025-05-16"] {
        assert!(
            !ours.iter().any(|object| object.contains(theirs)),
            "{ours:?}"
        );
    }
    assert!(
        values(&described, dct::MODIFIED)
            .iter()
            .any(|date| date.contains("2025-05-16"))
    );
}

#[test]
fn the_feeds_own_catalogue_keeps_what_it_alone_says() {
    let all = described(
        "<https://e.org/c> a dcat:Catalog ; dct:title \"Tout\" ; dcat:dataset <https://e.org/d>, <https://ailleurs.example/d> ;
             dcat:catalog <https://e.org/sous>, <https://ailleurs.example/c> ; dct:hasPart <https://ailleurs.example/p> .
         <https://e.org/sous> a dcat:Catalog ; dct:title \"Partie\" .
         <https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; dct:isPartOf <http://www.e.org/sous/> .",
        "https://portail.example.org/catalogue.ttl",
    );
    let of = |title: &str| {
        let is_it = |one: &&Described| values(one, dct::TITLE).contains(&format!("\"{title}\""));
        all.iter().find(is_it).unwrap()
    };
    assert_eq!(
        values(of("Tout"), dcat::DATASET),
        ["<https://ailleurs.example/d>"]
    );
    let below = values(of("Tout"), dcat::CATALOG);
    assert!(
        below.contains(&"<https://ailleurs.example/c>".to_owned()),
        "{below:?}"
    );
    assert_eq!(below.len(), 2);
    assert_eq!(
        values(of("Tout"), dct::HAS_PART),
        ["<https://ailleurs.example/p>"]
    );
    // A link that spells the name otherwise means the same record.
    let part = graph(of("Partie")).iri().to_string();
    assert_eq!(values(of("Eau"), dct::IS_PART_OF), [part]);
}
