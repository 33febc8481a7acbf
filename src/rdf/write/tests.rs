//! What is written is read back as the same graph, in every syntax.

use oxigraph::io::RdfParser;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{
    BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, Triple,
};
use proptest::prelude::*;

use super::{Writer, document};
use crate::rdf::canon::canonicalise;
use crate::rdf::syntax::Syntax;

/// IRIs that are hard to shorten, all of them fit to be predicates in RDF/XML.
const IRIS: &[&str] = &[
    "http://purl.org/dc/terms/title",
    "http://www.w3.org/ns/dcat#Dataset",
    "http://purl.org/dc/terms/a.b",
    "http://purl.org/dc/terms/a-b",
    "http://purl.org/dc/terms/1a",
    "http://purl.org/dc/terms/-a",
    "http://purl.org/dc/terms/été",
    "http://purl.org/dc/terms/a%20b",
    "http://purl.org/dc/terms/a/b",
    "http://purl.org/dc/terms/x:y",
    "http://purl.org/dc/terms/a'(b),c;d",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
    "http://e.org/?a=b&c=d",
    "http://e.org/a_b",
    "http://e.org/\u{10400}a",
    "urn:x:y",
    "time:noon",
    "org:a",
    "dct:title",
    "schema:name",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "\t\n",
    "a\r\nb\rc",
    "\"quoted\" 'and' \\ back",
    "]]>&lt;<b>&amp;",
    "é😀\u{85}\u{2028}",
    "'''\"\"\"",
    "true",
    "42",
    "  deux  espaces  ",
    "{{x}}",
    "@id",
    "_:b0",
    "\u{7f}",
    "1.50",
    "--",
    "2024-01-01",
];

const TYPES: &[&str] = &[
    "http://www.w3.org/2001/XMLSchema#integer",
    "http://www.w3.org/2001/XMLSchema#boolean",
    "http://www.w3.org/2001/XMLSchema#decimal",
    "http://www.w3.org/2001/XMLSchema#double",
    "http://www.w3.org/2001/XMLSchema#date",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON",
    "http://www.opengis.net/ont/geosparql#wktLiteral",
    "http://e.org/a.b",
    "time:type",
];

fn iri() -> impl Strategy<Value = NamedNode> {
    prop::sample::select(IRIS).prop_map(NamedNode::new_unchecked)
}

fn blank() -> impl Strategy<Value = BlankNode> {
    prop::sample::select(&["a", "b", "c", "d", "0e", "c14n0", "x.y", "é-1"][..])
        .prop_map(BlankNode::new_unchecked)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(TEXTS).prop_map(str::to_owned),
        // Everything but what XML 1.0 cannot carry.
        "[^\u{0}-\u{8}\u{b}\u{c}\u{e}-\u{1f}\u{fffe}\u{ffff}]{0,8}",
    ]
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        2 => iri().prop_map(Term::from),
        4 => blank().prop_map(Term::from),
        1 => text().prop_map(|text| Literal::new_simple_literal(text).into()),
        1 => (text(), prop::sample::select(&["fr", "en-gb", "zh-hans-cn"][..]))
            .prop_map(|(text, language)| Literal::new_language_tagged_literal_unchecked(text, language).into()),
        2 => (text(), prop::sample::select(TYPES))
            .prop_map(|(text, datatype)| Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into()),
    ]
}

fn subject() -> impl Strategy<Value = NamedOrBlankNode> {
    prop_oneof![
        iri().prop_map(NamedOrBlankNode::from),
        blank().prop_map(NamedOrBlankNode::from)
    ]
}

fn graph_name() -> impl Strategy<Value = GraphName> {
    prop_oneof![
        3 => Just(GraphName::DefaultGraph),
        1 => iri().prop_map(GraphName::from),
        1 => blank().prop_map(GraphName::from),
    ]
}

fn quads() -> impl Strategy<Value = Vec<Quad>> {
    let quad =
        (subject(), iri(), term(), graph_name()).prop_map(|(s, p, o, g)| Quad::new(s, p, o, g));
    prop::collection::vec(quad, 0..14)
}

fn read(syntax: Syntax, bytes: &[u8]) -> Vec<Quad> {
    RdfParser::from_format(syntax.format())
        .for_slice(bytes)
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{error}\n{}", String::from_utf8_lossy(bytes)))
}

/// A canonical text of a whole dataset: each quad becomes four triples about a blank node, so that names
/// of graphs take part in the canonical form like any other term.
fn canonical(quads: &[Quad]) -> Option<String> {
    let graph = NamedNode::new_unchecked("g:graph");
    let mut unique: Vec<&Quad> = Vec::new();
    for quad in quads {
        if !unique.contains(&quad) {
            unique.push(quad);
        }
    }
    let mut triples = Vec::new();
    for (position, quad) in unique.iter().enumerate() {
        let statement = BlankNode::new_unchecked(format!("quad{position}"));
        let mut say = |name: &str, object: Term| {
            triples.push(Triple::new(
                statement.clone(),
                NamedNode::new_unchecked(name),
                object,
            ));
        };
        say("g:s", quad.subject.clone().into());
        say("g:p", quad.predicate.clone().into());
        say("g:o", quad.object.clone());
        say(
            "g:g",
            match &quad.graph_name {
                GraphName::DefaultGraph => graph.clone().into(),
                GraphName::NamedNode(name) => name.clone().into(),
                GraphName::BlankNode(name) => name.clone().into(),
            },
        );
    }
    canonicalise(&triples).ok().map(|canonical| canonical.text)
}

fn expected(syntax: Syntax, quads: &[Quad]) -> Vec<Quad> {
    quads
        .iter()
        .filter(|quad| syntax.has_graphs() || quad.graph_name.is_default_graph())
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_document_is_read_back_as_the_same_graph(quads in quads()) {
        for syntax in Syntax::ALL {
            let bytes = document(syntax, &quads).unwrap();
            let back = read(syntax, &bytes);
            let (one, two) = (canonical(&expected(syntax, &quads)), canonical(&back));
            prop_assert_eq!(one, two, "{:?}:\n{}", syntax, String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_stream_in_parts_is_read_back_as_the_same_graph(quads in quads(), size in 1usize..5) {
        for syntax in Syntax::ALL {
            let mut writer = Writer::new(syntax, Vec::new()).unwrap();
            for part in quads.chunks(size) {
                writer.write_part(part).unwrap();
            }
            let bytes = writer.finish().unwrap();
            let back = read(syntax, &bytes);
            let (one, two) = (canonical(&expected(syntax, &quads)), canonical(&back));
            prop_assert_eq!(one, two, "{:?}:\n{}", syntax, String::from_utf8_lossy(&bytes));
        }
    }
}

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e.org/{name}"))
}

fn quad(
    subject: impl Into<NamedOrBlankNode>,
    predicate: impl Into<NamedNode>,
    object: impl Into<Term>,
) -> Quad {
    Quad::new(subject, predicate, object, GraphName::DefaultGraph)
}

#[test]
fn turtle_is_written_for_people() {
    let title = NamedNode::new_unchecked("http://purl.org/dc/terms/title");
    let spatial = NamedNode::new_unchecked("http://purl.org/dc/terms/spatial");
    let place = BlankNode::new_unchecked("place");
    let quads = [
        quad(
            node("b"),
            title.clone(),
            Literal::new_language_tagged_literal_unchecked("Un", "fr"),
        ),
        quad(
            node("b"),
            rdf::TYPE,
            NamedNode::new_unchecked("http://www.w3.org/ns/dcat#Dataset"),
        ),
        quad(
            place.clone(),
            rdf::TYPE,
            NamedNode::new_unchecked("http://purl.org/dc/terms/Location"),
        ),
        quad(
            node("b"),
            title.clone(),
            Literal::new_language_tagged_literal_unchecked("One", "en"),
        ),
        quad(node("b"), spatial, place.clone()),
        quad(
            place,
            node("size"),
            Literal::new_typed_literal("3", xsd::INTEGER),
        ),
        quad(node("a"), title, Literal::new_simple_literal("A")),
    ];
    let expected = "\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .

<http://e.org/b> a dcat:Dataset ;
    dct:title \"Un\"@fr, \"One\"@en ;
    dct:spatial [
        a dct:Location ;
        <http://e.org/size> 3
    ] .

<http://e.org/a> dct:title \"A\" .

";
    assert_eq!(
        String::from_utf8(document(Syntax::Turtle, &quads).unwrap()).unwrap(),
        expected
    );
}

#[test]
fn what_rdf_xml_cannot_say_does_not_break_the_document() {
    let quads = [
        quad(
            node("s"),
            NamedNode::new_unchecked("http://e.org/p--x/"),
            Literal::new_simple_literal("lost"),
        ),
        quad(
            node("s"),
            NamedNode::new_unchecked("http://e.org/123"),
            node("lost"),
        ),
        quad(
            node("s"),
            NamedNode::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#li"),
            node("lost"),
        ),
        quad(
            node("s"),
            rdf::TYPE,
            NamedNode::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#li"),
        ),
        quad(
            node("s"),
            node("kept"),
            Literal::new_simple_literal("a\u{1}b"),
        ),
    ];
    let bytes = document(Syntax::RdfXml, &quads).unwrap();
    let mut back = read(Syntax::RdfXml, &bytes);
    back.sort_by_key(ToString::to_string);
    assert_eq!(back.len(), 2, "{}", String::from_utf8_lossy(&bytes));
    assert_eq!(
        back[0].object,
        Literal::new_simple_literal("a\u{FFFD}b").into()
    );
    assert_eq!(back[1].predicate, rdf::TYPE);
}

#[test]
fn long_chains_of_blank_nodes_are_not_nested_without_end() {
    let label = |n: usize| BlankNode::new_unchecked(format!("n{n}"));
    let mut quads = vec![quad(node("s"), node("p"), label(0))];
    quads.extend((0..50_000).map(|n| quad(label(n), node("p"), label(n + 1))));
    for syntax in Syntax::ALL {
        assert_eq!(
            read(syntax, &document(syntax, &quads).unwrap()).len(),
            quads.len()
        );
    }
}

#[test]
fn an_iri_cannot_end_its_term() {
    let evil = NamedNode::new_unchecked("http://e.org/> <http://e.org/p> \"x\" . <a");
    let quads = [quad(evil, node("p"), node("o"))];
    let text = String::from_utf8(document(Syntax::Turtle, &quads).unwrap()).unwrap();
    assert_eq!(text.matches('>').count(), 3, "{text}");
}
