//! Files built are compared, number by number, with what the definition of the format says.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use proptest::prelude::*;

use super::super::{Frozen, key};
use super::*;

pub(crate) fn meta() -> Meta {
    Meta {
        base: "http://example.org/".to_owned(),
        fingerprint: "f".to_owned(),
        program: "0".to_owned(),
    }
}

/// A small world of terms in which different spellings of equal values meet.
pub(crate) fn quad() -> impl Strategy<Value = Quad> {
    let iri = |n: u32| NamedNode::new_unchecked(format!("http://example.org/{n}"));
    let node = prop_oneof![
        (0..30u32).prop_map(move |n| NamedOrBlankNode::from(iri(n))),
        (0..8u32).prop_map(|n| BlankNode::new_unchecked(format!("b{n}")).into()),
    ];
    let xsd =
        |local: &str| NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{local}"));
    let text = prop::sample::select(vec!["", "a", "a\0", "a\n\"b\\", "été", "étés", "z . "]);
    let tag = prop::sample::select(vec!["en", "fr", "FR", "zh-hant", ""]);
    let literal = prop_oneof![
        (text.clone(), tag).prop_map(|(text, tag)| match tag {
            "" => Literal::new_simple_literal(text),
            tag => Literal::new_language_tagged_literal_unchecked(text, tag),
        }),
        (
            prop::sample::select(vec!["1", "01", "1.0", "-5", "1.0E0", "NaN", "x", "7"]),
            prop::sample::select(vec![
                "integer", "decimal", "double", "float", "byte", "string"
            ]),
        )
            .prop_map(move |(text, local)| Literal::new_typed_literal(text, xsd(local))),
        (
            prop::sample::select(vec![
                "2024-01-01",
                "2024-01-01T00:00:00Z",
                "2024-01-01T00:00:00+00:00",
                "2023-12-31T24:00:00Z",
                "2024-01-01T00:00:00.5",
                "soon",
            ]),
            prop::sample::select(vec!["date", "dateTime", "gYear", "string"]),
        )
            .prop_map(move |(text, local)| Literal::new_typed_literal(text, xsd(local))),
    ];
    let object = prop_oneof![
        node.clone().prop_map(Term::from),
        literal.prop_map(Term::from)
    ];
    let graph = prop::option::of(0..3u32);
    (node, 40..45u32, object, graph).prop_map(move |(subject, predicate, object, graph)| {
        let graph = graph.map_or(GraphName::DefaultGraph, |n| iri(n + 50).into());
        Quad::new(subject, iri(predicate), object, graph)
    })
}

/// Some quads that touch every section.
pub(crate) fn quads() -> Vec<Quad> {
    let iri = |n: u32| NamedNode::new_unchecked(format!("http://example.org/{n}"));
    let xsd =
        |local: &str| NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{local}"));
    let objects: [Term; 9] = [
        iri(1).into(),
        BlankNode::new_unchecked("b").into(),
        Literal::new_typed_literal("05", xsd("byte")).into(),
        Literal::new_typed_literal("1.5", xsd("decimal")).into(),
        Literal::new_typed_literal("2024-01-01T24:00:00Z", xsd("dateTime")).into(),
        Literal::new_simple_literal("plain").into(),
        Literal::new_language_tagged_literal_unchecked("été", "fr").into(),
        Literal::new_typed_literal("2024", xsd("gYear")).into(),
        Literal::new_typed_literal("x", iri(2)).into(),
    ];
    let mut quads = Vec::new();
    for (n, object) in (0..).zip(objects.iter().cycle().take(60)) {
        let graph = if n % 4 == 0 {
            iri(100).into()
        } else {
            GraphName::DefaultGraph
        };
        quads.push(Quad::new(
            iri(n % 23),
            iri(50 + n % 3),
            object.clone(),
            graph,
        ));
    }
    quads
}

/// A quad as the keys of its terms: those of equal ones are equal, however they are spelt.
pub(crate) type Keys = [Vec<u8>; 4];

fn key_of(term: &Term) -> Vec<u8> {
    let mut key = Vec::new();
    key::from_term(term.as_ref(), &mut key);
    key
}

pub(crate) fn keys(quad: &Quad) -> Keys {
    let graph = match &quad.graph_name {
        GraphName::NamedNode(name) => key_of(&name.clone().into()),
        _ => Vec::new(),
    };
    let predicate = key_of(&quad.predicate.clone().into());
    [
        graph,
        predicate,
        key_of(&quad.subject.clone().into()),
        key_of(&quad.object),
    ]
}

/// Compares a file with the quads that should be in it.
pub(crate) fn check(path: &Path, quads: &[Quad]) {
    let file = Frozen::open(path).unwrap();
    file.verify().unwrap();
    let expected: BTreeSet<Keys> = quads.iter().map(keys).collect();
    let terms: BTreeSet<&Vec<u8>> = expected
        .iter()
        .flatten()
        .filter(|key| !key.is_empty())
        .collect();
    let ids: BTreeMap<&Vec<u8>, u32> = terms.iter().copied().zip(0..).collect();
    assert_eq!(file.terms() as usize, terms.len());
    assert_eq!(file.quad_count(), expected.len() as u64);
    let mut found = BTreeSet::new();
    for partition in file.partitions() {
        let (by_subject, by_object) = (file.by_subject(partition), file.by_object(partition));
        let pairs: BTreeSet<_> = by_subject.pairs().collect();
        assert!(by_subject.pairs().is_sorted() && by_object.pairs().is_sorted());
        assert_eq!(pairs, by_object.pairs().map(|(o, s)| (s, o)).collect());
        let distinct = |keys: Vec<u32>| keys.into_iter().collect::<BTreeSet<_>>().len() as u64;
        assert_eq!(
            partition.subjects,
            distinct(pairs.iter().map(|pair| pair.0).collect())
        );
        assert_eq!(
            partition.objects,
            distinct(pairs.iter().map(|pair| pair.1).collect())
        );
        found.extend(
            pairs
                .iter()
                .map(|(s, o)| (partition.graph, partition.predicate, *s, *o)),
        );
    }
    let of = |key: &Vec<u8>| ids.get(key).copied();
    let by_number: BTreeSet<_> = expected
        .iter()
        .map(|[g, p, s, o]| (of(g), of(p).unwrap(), of(s).unwrap(), of(o).unwrap()))
        .collect();
    assert_eq!(found, by_number);
    for quad in quads {
        for term in [Term::from(quad.subject.clone()), quad.object.clone()] {
            let id = of(&key_of(&term)).unwrap();
            if !matches!(term, Term::BlankNode(_)) {
                assert_eq!(key_of(&file.term(id).unwrap()), key_of(&term));
            }
            let shape: Vec<u32> = (0..)
                .zip(file.partitions())
                .filter(|(_, p)| !file.by_subject(p).values(id).is_empty())
                .map(|(index, _)| index)
                .collect();
            assert_eq!(file.shape(id), shape);
        }
    }
}

/// The bytes of the file built of quads with these options.
fn built(quads: &[Quad], options: Options) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    let mut builder = Builder::new(&folder.path().join("scratch"), options).unwrap();
    for quad in quads {
        builder.quad(quad).unwrap();
    }
    builder.finish(&path, 7, &meta()).unwrap();
    check(&path, quads);
    std::fs::read(&path).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_file_is_a_function_of_the_set_of_quads(
        quads in prop::collection::vec(quad(), 0..300),
        memory in prop::sample::select(vec![1usize, 100, 2000, 20_000]),
        threads in 1..4usize,
    ) {
        let whole = built(&quads, Options::default());
        let mut others = quads.clone();
        others.extend_from_slice(&quads[..quads.len() / 2]);
        others.reverse();
        let other = built(&others, Options { memory, threads });
        prop_assert!(whole == other);
    }
}

#[test]
fn bodies_keep_their_blank_nodes_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    let mut builder = Builder::new(folder.path(), Options::default()).unwrap();
    let text = b"_:c14n0 <http://e/p> \"x\"@EN .\n";
    builder.body(None, "one", text).unwrap();
    builder.body(None, "two", text).unwrap();
    builder.body(Some("http://e/g"), "one", text).unwrap();
    builder.finish(&path, 1, &meta()).unwrap();
    let label = |prefix: &str| BlankNode::new_unchecked(format!("{prefix}c14n0"));
    let quad = |prefix, graph: GraphName| {
        let object = Literal::new_language_tagged_literal_unchecked("x", "en");
        Quad::new(
            label(prefix),
            NamedNode::new_unchecked("http://e/p"),
            object,
            graph,
        )
    };
    let graph = NamedNode::new_unchecked("http://e/g");
    let default = GraphName::DefaultGraph;
    check(
        &path,
        &[
            quad("one", default.clone()),
            quad("two", default),
            quad("one", graph.into()),
        ],
    );
}

#[test]
fn an_error_names_the_folder_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    write(&path, [], 1, &meta()).unwrap();
    let old = std::fs::read(&path).unwrap();
    let options = Options {
        memory: 1,
        threads: 2,
    };
    // There is a file where the folder should be.
    let mut builder = Builder::new(&path, options).unwrap();
    let fed = quads().iter().try_for_each(|quad| builder.quad(quad));
    let error = fed
        .and_then(|()| builder.finish(&path, 2, &meta()))
        .unwrap_err();
    assert!(error.to_string().contains("graph"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), old);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

#[test]
fn what_fails_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph");
    write(&path, [], 1, &meta()).unwrap();
    let old = std::fs::read(&path).unwrap();
    std::fs::write(aside(&path), "left by a crash").unwrap();
    let mut builder = Builder::new(folder.path(), Options::default()).unwrap();
    builder
        .body(None, "", b"<http://e/s> <http://e/p> nonsense .\n")
        .unwrap();
    let error = builder.finish(&path, 2, &meta()).unwrap_err();
    assert!(error.to_string().contains("nonsense"), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), old);
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    write(&path, [], 3, &meta()).unwrap();
    assert_eq!(Frozen::open(&path).unwrap().sequence(), 3);
}
