//! Small random graphs that are full of what makes engines differ: equal values in several forms, values
//! that cannot be compared, terms that look alike, the same triple in several graphs.

use super::super::answer::rewritten;
use super::choices::Choices;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// Literals by what they have to do with each other: `value`, `value@language` or `value^datatype`.
const FAMILIES: &[&[&str]] = &[
    &[
        "5^integer",
        "05^integer",
        "5.0^decimal",
        "5.0E0^double",
        "1^integer",
        "10^integer",
        "-3^integer",
        "+7^integer",
        "0^integer",
    ],
    &["a", "b", "", "5", "abc", "ABC", "été", "a b", "aé\u{1F600}"],
    &[
        "a@en",
        "a@fr",
        "b@EN",
        "chat@fr-BE",
        "a@de-CH",
        "@en",
        "b@en-GB",
    ],
    &[
        "5^nonNegativeInteger",
        "5^int",
        "5^long",
        "7^short",
        "200^unsignedByte",
        "-3^negativeInteger",
        "5^integer",
        "1^positiveInteger",
    ],
    &[
        "1.50^decimal",
        "1.5^decimal",
        "0.1^decimal",
        "-0.0^decimal",
        "123456789.123456789^decimal",
        "1^decimal",
        "10^decimal",
    ],
    &[
        "NaN^double",
        "INF^double",
        "-INF^double",
        "-0.0E0^double",
        "0.0E0^double",
        "1.5^float",
        "0.1^float",
        "0.1^double",
        "NaN^float",
        "1e2^double",
        "100^double",
    ],
    &["true^boolean", "false^boolean", "1^boolean", "0^boolean"],
    &[
        "2024-01-31^date",
        "2024-02-01^date",
        "2024-01-31Z^date",
        "2024-01-31+02:00^date",
        "1999-12-31^date",
        "-0044-03-15^date",
    ],
    &[
        "2024-01-31T00:00:00^dateTime",
        "2024-01-31T00:00:00Z^dateTime",
        "2024-01-31T01:00:00+01:00^dateTime",
        "2024-01-31T00:00:00.500Z^dateTime",
        "2024-02-01T12:30:00-05:00^dateTime",
        "2024-01-31T24:00:00Z^dateTime",
    ],
    &[
        "abc^integer",
        "^integer",
        "2024-13-01^date",
        "yes^boolean",
        "1,5^decimal",
        "x^double",
        "2024^dateTime",
    ],
    &[
        "2024^gYear",
        "2023^gYear",
        "2024-01^gYearMonth",
        "--01-31^gMonthDay",
        "---31^gDay",
        "--01^gMonth",
        "2024Z^gYear",
    ],
    &[
        "P1Y^duration",
        "P12M^yearMonthDuration",
        "P1D^dayTimeDuration",
        "PT24H^dayTimeDuration",
        "PT36H^duration",
        "P1M^duration",
    ],
    &[
        "12:00:00^time",
        "12:00:00Z^time",
        "13:00:00+01:00^time",
        "24:00:00^time",
        "08:30:00.25^time",
    ],
    &[
        "x^http://e/type",
        "y^http://e/type",
        "x^http://e/other",
        "x^anyURI",
        "y^anyURI",
        "eA==^base64Binary",
        "5^token",
    ],
    &[
        "9007199254740993^integer",
        "9007199254740992^integer",
        "9007199254740992^double",
        "9223372036854775807^integer",
        "9223372036854775808^integer",
        "100000000000000000000^decimal",
        "0.0000000000000000001^decimal",
    ],
];

/// A random graph, and what its literals are like.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) quads: Vec<Quad>,
    /// Literals to choose from, in the data and in queries.
    pub(crate) literals: Vec<Literal>,
    /// Whether every literal is written as oxigraph's store would write it.
    pub(crate) canonical: bool,
    /// Whether there are so many quads that little may be asked of them at once.
    pub(crate) large: bool,
}

/// A literal as the table above writes it.
fn literal(text: &str) -> Literal {
    if let Some((value, datatype)) = text.rsplit_once('^') {
        let datatype = if datatype.contains(':') {
            datatype.to_owned()
        } else {
            format!("{XSD}{datatype}")
        };
        return Literal::new_typed_literal(value, NamedNode::new(datatype).unwrap());
    }
    match text.rsplit_once('@') {
        Some((value, language)) => Literal::new_language_tagged_literal(value, language).unwrap(),
        None => Literal::new_simple_literal(text),
    }
}

/// One of the few names that everything is about.
pub(crate) fn name(kind: &str, number: usize) -> NamedNode {
    NamedNode::new(format!("http://e/{kind}{number}")).unwrap()
}

/// How many things, properties and graphs there are.
pub(crate) const THINGS: usize = 4;
/// Things in a large graph, where answers are worked out in parts.
const MANY: usize = 300;
pub(crate) const PROPERTIES: usize = 3;
pub(crate) const GRAPHS: usize = 3;

impl Data {
    /// Makes a graph.
    pub(crate) fn generate(choices: &mut Choices) -> Self {
        let canonical = choices.chance(50);
        let families: Vec<usize> = (0..=choices.below(3))
            .map(|_| choices.below(FAMILIES.len()))
            .collect();
        let mut literals = Vec::new();
        for family in families {
            for text in FAMILIES[family] {
                let term = Term::from(literal(text));
                match if canonical { rewritten(term) } else { term } {
                    Term::Literal(literal) if !literals.contains(&literal) => {
                        literals.push(literal);
                    }
                    _ => {}
                }
            }
        }
        let large = choices.chance(6);
        if large {
            literals.extend((0..40).map(Literal::from));
        }
        let things = if large { MANY } else { THINGS };
        let mut quads = Vec::new();
        let size = choices.below(if large { 8000 } else { 60 });
        for _ in 0..size {
            let quad = Self::quad(choices, &literals, things);
            if choices.chance(15) {
                // The same triple in another graph.
                let graph_name = name("g", choices.below(GRAPHS)).into();
                quads.push(Quad {
                    graph_name,
                    ..quad.clone()
                });
            }
            quads.push(quad);
        }
        Self {
            quads,
            literals,
            canonical,
            large,
        }
    }

    fn quad(choices: &mut Choices, literals: &[Literal], things: usize) -> Quad {
        let subject: NamedOrBlankNode = if choices.chance(20) {
            BlankNode::new_unchecked(format!("n{}", choices.below(3))).into()
        } else {
            name("t", choices.below(things)).into()
        };
        let predicate = name("p", choices.below(PROPERTIES));
        let object: Term = match choices.weighted(&[40, 40, 12, 4, 4]) {
            0 => choices.pick(literals).clone().into(),
            1 => name("t", choices.below(things)).into(),
            2 => BlankNode::new_unchecked(format!("n{}", choices.below(3))).into(),
            3 => name("g", choices.below(GRAPHS)).into(),
            _ => name("p", choices.below(PROPERTIES)).into(),
        };
        let graph_name = if choices.chance(25) {
            name("g", choices.below(GRAPHS)).into()
        } else {
            GraphName::DefaultGraph
        };
        Quad::new(subject, predicate, object, graph_name)
    }
}
