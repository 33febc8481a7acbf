//! What becomes of records that many feeds write in the same unfortunate way.

mod things;

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::{NamedNodeRef, Term};
use url::Url;

use crate::dcat::RecordGraph;
use crate::finding::Code;
use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::{dcat, dct, foaf, locn, rdf};
use crate::record::{Base, PortalId};
use crate::source::contract::{Context, Described};
use crate::source::feed::records;

/// The records of a document that was read from `address`.
fn described(turtle: &str, address: &str) -> Vec<Described> {
    let text = format!(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
         @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix gsp: <http://www.opengis.net/ont/geosparql#> .
         @prefix locn: <http://www.w3.org/ns/locn#> . {turtle}"
    );
    let document = records(
        text.as_bytes(),
        Syntax::Turtle,
        Some(&address.parse().unwrap()),
    )
    .unwrap();
    let (base, portal) = (
        Base::new("https://donnees.example.org/").unwrap(),
        PortalId::new("portail").unwrap(),
    );
    let root = Url::parse("https://portail.example.org/catalogue.ttl").unwrap();
    let context = Context {
        base: &base,
        portal: &portal,
        root: &root,
        language: None,
        licence: None,
        vocabularies: crate::vocabulary::Vocabularies::builtin(),
        former: crate::record::Former::NONE,
    };
    let describe = |record: &crate::source::contract::RawRecord| {
        super::describe(record.collection, &record.payload, &context).unwrap()
    };
    document.records.iter().map(describe).collect()
}

/// The only record of a document.
fn one(turtle: &str) -> Described {
    let mut all = described(turtle, "https://portail.example.org/catalogue.ttl");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn graph(described: &Described) -> &RecordGraph {
    &described.parts[0].graph
}

/// Every value of a property, whoever has it, in order.
fn values(described: &Described, property: NamedNodeRef<'_>) -> Vec<String> {
    let triples = graph(described).triples().iter();
    let mut found: Vec<String> = triples
        .filter(|triple| triple.predicate == property)
        .map(|triple| triple.object.to_string())
        .collect();
    found.sort();
    found
}

/// The most values that one subject has of a property.
fn most(described: &Described, property: NamedNodeRef<'_>) -> usize {
    let triples = graph(described).triples();
    let of = |subject| {
        let all = triples
            .iter()
            .filter(|t| t.subject == subject && t.predicate == property);
        all.collect::<HashSet<_>>().len()
    };
    let subjects = triples.iter().map(|triple| triple.subject.clone());
    subjects.map(of).max().unwrap_or_default()
}

#[test]
fn a_place_that_is_drawn_several_times_is_several_places_of_one_drawing() {
    let json = r#""{\"type\":\"Point\",\"coordinates\":[2,48]}""#;
    for (drawn, texts) in [
        (format!("{json}^^gsp:geoJSONLiteral"), 1),
        (
            format!(
                "{json}^^<https://www.iana.org/assignments/media-types/application/vnd.geo+json>, \"POINT(2 48)\"^^gsp:wktLiteral"
            ),
            1,
        ),
        (
            format!(
                "{json}, \"POINT(2 48)\"^^gsp:wktLiteral, \"POINT(3 48)\"^^gsp:wktLiteral, \"<gml:Point/>\"^^gsp:gmlLiteral"
            ),
            2,
        ),
    ] {
        let described = one(&format!(
            "<https://e.org/d> a dcat:Dataset ; dct:spatial [ a dct:Location ; locn:geometry {drawn} ] ."
        ));
        assert_eq!(most(&described, locn::GEOMETRY), 1, "{drawn}");
        let found = values(&described, locn::GEOMETRY);
        let wkt = found.iter().filter(|text| text.ends_with("wktLiteral>"));
        let json = found
            .iter()
            .filter(|text| text.ends_with("geoJSONLiteral>"));
        assert_eq!(
            (wkt.count(), json.count()),
            (texts, 1),
            "{drawn}: {found:?}"
        );
        assert_eq!(
            values(&described, dct::SPATIAL).len(),
            found.len(),
            "{drawn}"
        );
    }
}

#[test]
fn a_drawing_in_place_of_a_place_is_its_geometry_and_no_name_of_it() {
    for drawn in [
        r#""{\"type\":\"Point\",\"coordinates\":[2,48]}"^^gsp:geoJSONLiteral"#,
        r#""POINT(2 48)"^^gsp:wktLiteral"#,
        r#""<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(2 48)"^^<http://www.opengis.net/rdf#wktLiteral>"#,
        r#""POINT(2 48)""#,
    ] {
        let described = one(&format!(
            "<https://e.org/d> a dcat:Dataset ; dct:spatial {drawn} ."
        ));
        let places = values(&described, dct::SPATIAL);
        assert!(
            places.iter().all(|place| place.starts_with("_:")),
            "{drawn}: {places:?}"
        );
        assert!(!values(&described, locn::GEOMETRY).is_empty(), "{drawn}");
        assert_eq!(most(&described, locn::GEOMETRY), 1, "{drawn}");
    }
}

#[test]
fn one_iri_for_the_dataset_and_the_record_about_it_is_the_datasets() {
    let described = one(
        "<https://e.org/d> a dcat:Dataset, dcat:CatalogRecord ; dct:title \"Eau\" ; foaf:primaryTopic <https://e.org/d> .",
    );
    let graph = graph(&described);
    let title = graph.objects(graph.iri(), dct::TITLE).next();
    assert_eq!(title.unwrap().to_string(), "\"Eau\"");
    assert_eq!(graph.instances(dcat::DATASET_CLASS).count(), 1);
    let topics = values(&described, foaf::PRIMARY_TOPIC);
    assert_eq!(topics, [graph.iri().to_string()]);
    let classes = graph.objects(graph.iri(), rdf::TYPE);
    assert_eq!(classes.count(), 1);
    assert!(
        described
            .findings
            .iter()
            .any(|finding| finding.code == Code::ConflictingValues)
    );
}

#[test]
fn the_record_that_a_record_was_made_of_is_a_record() {
    let dataset = "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; dct:issued \"2024-03-01\"^^<http://www.w3.org/2001/XMLSchema#date> .";
    assert_eq!(values(&one(dataset), dct::SOURCE), [""; 0]);
    let described = one(&format!(
        "{dataset} <https://e.org/fiche> a dcat:CatalogRecord ; foaf:primaryTopic <https://e.org/d> ."
    ));
    assert_eq!(values(&described, dct::SOURCE), ["<https://e.org/fiche>"]);
}

#[test]
fn a_dataset_without_iri_is_named_by_its_identifier_wherever_it_stands() {
    let dataset = "[] a dcat:Dataset ; dct:identifier \"d1\" ; dct:title \"Eau\" ; dcat:distribution [ dcat:downloadURL <https://e.org/f.csv> ] .";
    let here = described(dataset, "https://portail.example.org/catalogue.ttl?page=1");
    let there = described(
        &format!("[] a dcat:Dataset ; dct:identifier \"d0\" ; dct:title \"Air\" . {dataset}"),
        "https://portail.example.org/catalogue.ttl?page=2",
    );
    assert_eq!(
        graph(&here[0]).iri().as_str(),
        "https://donnees.example.org/dataset/portail/d1"
    );
    let lines = |described: &Described| {
        crate::rdf::canon::canonicalise(graph(described).triples())
            .unwrap()
            .text
    };
    let same = there
        .iter()
        .find(|one| one.parts[0].id == here[0].parts[0].id)
        .unwrap();
    assert_eq!(lines(same), lines(&here[0]));
}

#[test]
fn a_distribution_without_iri_keeps_its_name_when_its_text_and_order_change() {
    let distribution = |file: &str, title: &str| {
        format!(
            "[ a dcat:Distribution ; dct:title \"{title}\" ; dcat:downloadURL <https://e.org/{file}> ]"
        )
    };
    let iris = |first: &str, second: &str| {
        let described = one(&format!(
            "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\" ; dcat:distribution {first}, {second} ."
        ));
        let graph = graph(&described);
        let found = graph.objects(graph.iri(), dcat::DISTRIBUTION);
        found.map(|one| one.to_string()).collect::<BTreeSet<_>>()
    };
    let before = iris(&distribution("a.csv", "A"), &distribution("b.csv", "B"));
    let after = iris(
        &distribution("b.csv", "Un autre titre"),
        &distribution("a.csv", "A, 2024"),
    );
    assert_eq!((before.len(), &before), (2, &after));
}

#[test]
fn distributions_that_say_little_are_not_one() {
    let described = one(
        "<https://e.org/d> a dcat:Dataset ; dcat:distribution [ dct:title \"A\" ], [ dct:title \"B\" ], [ dct:title \"B\" ; dct:description \"x\" ] .",
    );
    let graph = graph(&described);
    assert_eq!(graph.objects(graph.iri(), dcat::DISTRIBUTION).count(), 3);
}

#[test]
fn keywords_stay_as_they_are_written_and_texts_in_every_language() {
    let described = one(
        "<https://e.org/d> a dcat:Dataset ; dct:title \"Eau\"@fr, \"Water\"@en, \"Wasser\" ;
         dcat:keyword \"qualité de l’air (PM2,5) / art. 145\"@fr, \"loi 190/2012\" .",
    );
    let tags = values(&described, dcat::KEYWORD);
    assert_eq!(
        tags,
        [
            "\"loi 190/2012\"",
            "\"qualité de l’air (PM2,5) / art. 145\"@fr"
        ]
    );
    assert_eq!(
        values(&described, dct::TITLE),
        ["\"Eau\"@fr", "\"Wasser\"", "\"Water\"@en"]
    );
    let is_text = |term: &Term| matches!(term, Term::Literal(_));
    assert!(
        graph(&described)
            .triples()
            .iter()
            .filter(|t| t.predicate == dct::TITLE)
            .all(|t| is_text(&t.object))
    );
}

/// Processor milliseconds of this thread: what else the machine does must not count.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(") ").unwrap();
    let ticks = after_name.split(' ').skip(11).take(2);
    // In hundredths of a second on every Linux that is.
    ticks.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum()
}

#[test]
fn twice_as_many_distributions_take_about_twice_as_long() {
    let took = |count: u32| {
        let files: Vec<String> = (0..count)
            .map(|n| format!("<https://e.org/f/{n}> a dcat:Distribution ; dct:title \"{n}\" ; dcat:downloadURL <https://e.org/f/{n}.csv> ."))
            .collect();
        let names: Vec<String> = (0..count)
            .map(|n| format!("<https://e.org/f/{n}>"))
            .collect();
        let document = format!(
            "<https://e.org/d> a dcat:Dataset ; dct:title \"d\" ; dcat:distribution {} . {}",
            names.join(", "),
            files.join("\n")
        );
        let before = spent();
        let described = one(&document);
        let took = spent() - before;
        let files = graph(&described).instances(dcat::DISTRIBUTION_CLASS);
        assert_eq!(files.count(), names.len());
        took
    };
    took(10);
    let (some, twice) = (took(4_000), took(8_000));
    // It was four times as long: each distribution's statements were searched for among all.
    assert!(twice < 3 * some, "{some} ms, {twice} ms");
}

#[test]
fn what_a_vocabulary_or_a_licence_is_called_stays_whatever_a_feed_says_of_it() {
    let public = "http://publications.europa.eu/resource/authority/access-right/PUBLIC";
    let licence = "http://creativecommons.org/licenses/by/4.0/";
    let private = "https://portail.example.org/terms";
    let read = one(&format!(
        "<https://portail.example.org/1> a dcat:Dataset ; dct:title \"t\" ;
             dct:accessRights <{public}> ; dct:rights <{licence}> ; dct:provenance <{private}> .
         <{public}> dct:description \"for all\" . <{licence}> foaf:homepage <{licence}> .
         <{private}> dct:description \"long\" ."
    ));
    assert_eq!(values(&read, dct::ACCESS_RIGHTS), [format!("<{public}>")]);
    assert_eq!(values(&read, dct::RIGHTS), [format!("<{licence}>")]);
    // The portal's own statement hangs from the record, and becomes a part of it.
    assert!(values(&read, dct::PROVENANCE)[0].starts_with("_:"));
}
