//! SEMIC's ISO 19139 records and the (Geo)DCAT-AP that its mapping makes of them, where they are at hand.
//!
//! What their graph states, ours states: nodes are followed by what leads to them, so that names of
//! nodes do not matter. Where ours says a thing otherwise, on purpose (the module documentation of the
//! mapping argues each), a translation of theirs is looked for instead, or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use moisson::config::PortalKind;
use moisson::normalise::normalise;
use moisson::rdf::vocab::{adms, cnt, dcat, dct, foaf, gsp, prov, rdf, rdfs};
use moisson::source::{self};
use moisson::vocabulary::Vocabularies;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

use crate::support::{shared, with_context};

/// A graph, by subject.
struct Graph {
    said: BTreeMap<String, Vec<(String, Term)>>,
}

impl Graph {
    fn of(triples: impl IntoIterator<Item = Triple>) -> Self {
        let mut said: BTreeMap<String, Vec<(String, Term)>> = BTreeMap::new();
        for triple in triples {
            let subject = triple.subject.to_string();
            let predicate = triple.predicate.into_string();
            said.entry(subject)
                .or_default()
                .push((predicate, triple.object));
        }
        Self { said }
    }

    fn about(&self, subject: &Term) -> &[(String, Term)] {
        self.said
            .get(&subject.to_string())
            .map_or(&[], Vec::as_slice)
    }

    /// The catalogue record of a resource; services that were derived have records too.
    fn record_of(&self, resource: &Term) -> Term {
        let is_about = |(predicate, object): &(String, Term)| {
            predicate == foaf::PRIMARY_TOPIC.as_str() && object == resource
        };
        let mut records = self
            .said
            .iter()
            .filter(|(_, said)| said.iter().any(is_about));
        let (name, _) = records.next().unwrap();
        assert!(records.next().is_none(), "one record");
        name.parse().unwrap()
    }
}

fn theirs(case: &Path) -> Graph {
    let text = std::fs::read(case.join("expected_output.ttl")).unwrap();
    let parser = RdfParser::from_format(RdfFormat::Turtle);
    Graph::of(
        parser
            .for_slice(&text)
            .map(|quad| Triple::from(quad.unwrap())),
    )
}

fn ours(case: &Path) -> (Graph, Term) {
    let source = source::of(PortalKind::Csw);
    let body = std::fs::read(case.join("input.xml")).unwrap();
    let split = (source.split)(&body, None).unwrap();
    let [record] = split.records.as_slice() else {
        panic!("one record");
    };
    let root = "https://portail.example.org/csw/";
    let described = with_context(root, None, |context| {
        (source.describe)(record.collection, &record.payload, context).unwrap()
    });
    let main = Term::from(described.parts[0].graph.iri().clone());
    let mut triples = Vec::new();
    for (number, mut part) in described.parts.into_iter().enumerate() {
        normalise(&mut part.graph, Vocabularies::builtin());
        // Blank nodes of each part have names of their own.
        triples.extend(part.graph.triples().iter().map(|triple| {
            let mut triple = triple.clone();
            if let NamedOrBlankNode::BlankNode(node) = &triple.subject {
                triple.subject = blank(number, node.as_str()).into();
            }
            if let Term::BlankNode(node) = &triple.object {
                triple.object = blank(number, node.as_str()).into();
            }
            triple
        }));
    }
    (Graph::of(triples), main)
}

fn blank(part: usize, name: &str) -> oxigraph::model::BlankNode {
    oxigraph::model::BlankNode::new_unchecked(format!("p{part}x{name}"))
}

/// What of their graph is said elsewhere in ours, or not at all: see the documentation of the mapping.
fn is_ours_otherwise(predicate: &str, object: &Term, depth: usize) -> bool {
    let is = |property: NamedNodeRef<'_>| predicate == property.as_str();
    let geo_json =
        |term: &Term| matches!(term, Term::Literal(l) if l.datatype() == gsp::GEO_JSONLITERAL);
    let gml = |term: &Term| matches!(term, Term::Literal(l) if l.datatype().as_str().ends_with("gmlLiteral"));
    // Every class of theirs that ours has under another name or not at all.
    (is(rdf::TYPE) && object.to_string().contains("prov#Entity"))
        // The record is compared by itself.
        || is(foaf::IS_PRIMARY_TOPIC_OF)
        // One location for each encoding, and none for GML.
        || (is(dcat::BBOX) && (geo_json(object) || gml(object)))
        // A WMS does not deliver GML.
        || is(dcat::MEDIA_TYPE)
        // Said by dct:conformsTo of a service that has a record of its own, as is its title.
        || (depth > 1 && predicate.ends_with("serviceProtocol"))
        || (depth > 1 && is(dcat::ENDPOINT_DESCRIPTION))
        // On the catalogue record: its date, its source, what it conforms to.
        || (depth == 1 && is(dct::MODIFIED))
        || (depth == 1 && is(dct::SOURCE))
        || (depth == 1 && is(dct::CONFORMS_TO))
}

/// A property that ours has for one of theirs below these properties.
fn translated(way: &[&str], predicate: &str) -> &'static str {
    if predicate == dct::DESCRIPTION.as_str() && way.last() == Some(&dct::PROVENANCE.as_str()) {
        return rdfs::LABEL.as_str();
    }
    ""
}

/// What `node` of theirs states and `own` of ours does not, one line each.
fn missing(
    theirs: &Graph,
    node: &Term,
    ours: &Graph,
    own: &Term,
    way: &mut Vec<String>,
    main: (&Term, &Term),
) -> Vec<String> {
    let mut lines = Vec::new();
    for (predicate, object) in theirs.about(node) {
        let names: Vec<&str> = way.iter().map(String::as_str).collect();
        let depth = way.len();
        let is_record = depth == 1 && way[0] == foaf::IS_PRIMARY_TOPIC_OF.as_str();
        let otherwise = is_ours_otherwise(predicate, object, if is_record { 1 } else { depth * 2 });
        if otherwise || is_attribution_of_a_contact(theirs, predicate, object) {
            continue;
        }
        if predicate == dct::TITLE.as_str() && names.last() == Some(&dcat::ACCESS_SERVICE.as_str())
        {
            continue;
        }
        let own_property = match translated(&names, predicate) {
            "" => predicate.as_str(),
            other => other,
        };
        let values: Vec<&Term> = ours
            .about(own)
            .iter()
            .filter(|(property, _)| property == own_property)
            .map(|(_, value)| value)
            .collect();
        let is_inside = object.is_blank_node();
        way.push(predicate.clone());
        let best = values
            .iter()
            .map(|value| {
                if is_inside {
                    missing(theirs, object, ours, value, way, main)
                } else if same(object, value, main) {
                    Vec::new()
                } else {
                    vec![format!("{} {object}", way.join(" "))]
                }
            })
            .min_by_key(Vec::len);
        lines.extend(best.unwrap_or_else(|| vec![format!("{} {object}", way.join(" "))]));
        way.pop();
    }
    lines
}

/// The role of a contact point is not said twice.
fn is_attribution_of_a_contact(graph: &Graph, predicate: &str, object: &Term) -> bool {
    let role = dcat::HAD_ROLE.as_str();
    predicate == prov::QUALIFIED_ATTRIBUTION.as_str()
        && graph.about(object).iter().any(|(predicate, object)| {
            predicate == role && object.to_string().ends_with("pointOfContact>")
        })
}

/// Whether two values are one: the resource itself, texts whatever their language where names have none,
/// moments whatever their zone, geometries by their corners.
fn same(theirs: &Term, ours: &Term, (node, own): (&Term, &Term)) -> bool {
    match (theirs, ours) {
        (one, other) if one == other => true,
        (one, other) if one == node => other == own,
        (Term::Literal(one), Term::Literal(other)) => {
            let numbers = |text: &str| -> BTreeSet<String> {
                let numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')));
                numbers
                    .filter_map(|n| n.parse::<f64>().ok())
                    .map(|n| n.to_string())
                    .collect()
            };
            if one.datatype() == gsp::WKT_LITERAL {
                return numbers(one.value()) == numbers(other.value());
            }
            let moment = |text: &str| text.trim_end_matches('Z').to_owned();
            let names = one.language().is_none() || other.language().is_none();
            moment(one.value()) == moment(other.value())
                && (names || one.language() == other.language())
        }
        _ => false,
    }
}

fn cases() -> Vec<PathBuf> {
    let Some(folder) = shared::folder("suites/iso19139") else {
        return Vec::new();
    };
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|case| case.join("expected_output.ttl").is_file())
        .collect();
    cases.sort();
    cases
}

#[test]
fn the_published_mappings_graph_holds() {
    let mut lines = Vec::new();
    for case in cases() {
        let (theirs, (ours, own)) = (theirs(&case), ours(&case));
        let top: Vec<Term> = theirs
            .said
            .iter()
            .filter(|(_, said)| {
                said.iter()
                    .any(|(p, _)| p == foaf::IS_PRIMARY_TOPIC_OF.as_str())
            })
            .map(|(name, _)| name.parse().unwrap())
            .collect();
        let [node] = top.as_slice() else {
            panic!("one resource");
        };
        let name = case.file_name().unwrap().to_string_lossy().into_owned();
        let main = (node, &own);
        let mut found = missing(&theirs, node, &ours, &own, &mut Vec::new(), main);
        let record = theirs.about(node).iter();
        for (_, entry) in record.filter(|(p, _)| p == foaf::IS_PRIMARY_TOPIC_OF.as_str()) {
            let of_ours = ours.record_of(&own);
            let mut way = vec![foaf::IS_PRIMARY_TOPIC_OF.as_str().to_owned()];
            found.extend(missing(&theirs, entry, &ours, &of_ours, &mut way, main));
            document_has(&theirs, entry, &ours, &of_ours);
        }
        lines.extend(found.into_iter().map(|line| format!("{name}: {line}")));
    }
    assert_eq!(lines, [""; 0], "{}", lines.join("\n"));
}

/// The dates and the character set that theirs has on the record, and on the record's source, stand on
/// the document that ours was derived from.
fn document_has(theirs: &Graph, entry: &Term, ours: &Graph, own: &Term) {
    let value = |graph: &Graph, node: &Term, property: NamedNodeRef<'_>| {
        let mut said = graph.about(node).iter();
        said.find(|(p, _)| p == property.as_str())
            .map(|(_, value)| value.clone())
    };
    let document = value(ours, own, prov::WAS_DERIVED_FROM).unwrap();
    let dummy = Term::from(adms::IDENTIFIER.into_owned());
    let is = |one: &Term, other: &Term| same(one, other, (&dummy, &dummy));
    let stamp = value(theirs, entry, dct::MODIFIED).unwrap();
    assert!(is(&stamp, &value(ours, &document, dct::MODIFIED).unwrap()));
    let source = value(theirs, entry, dct::SOURCE).unwrap();
    let encoding = value(theirs, &source, cnt::CHARACTER_ENCODING).unwrap();
    assert!(is(
        &encoding,
        &value(ours, &document, cnt::CHARACTER_ENCODING).unwrap()
    ));
}

#[test]
fn a_statement_that_is_missing_is_told() {
    for case in cases() {
        let (theirs, (mut ours, own)) = (theirs(&case), ours(&case));
        ours.said
            .get_mut(&own.to_string())
            .unwrap()
            .retain(|(p, _)| p != dct::TITLE.as_str());
        let node = theirs.said.iter().find(|(_, said)| {
            said.iter()
                .any(|(p, _)| p == foaf::IS_PRIMARY_TOPIC_OF.as_str())
        });
        let node: Term = node.unwrap().0.parse().unwrap();
        let lines = missing(&theirs, &node, &ours, &own, &mut Vec::new(), (&node, &own));
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].contains("terms/title"), "{lines:?}");
    }
}

/// One record in both spellings; only the address of the portal's own record names the spelling.
#[test]
fn both_spellings_become_one_graph() {
    let described = |case: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/csw");
        let text = std::fs::read_to_string(folder.join(case).join("expected.nt")).unwrap();
        let lines = text.lines().filter(|line| !line.contains("GetRecordById"));
        let lines: BTreeSet<String> = lines.map(str::to_owned).collect();
        assert!(lines.len() > 80, "{}", lines.len());
        lines
    };
    assert_eq!(described("twin-19139"), described("twin-19115-3"));
}
