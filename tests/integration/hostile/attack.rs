//! The attacks: small documents that used to take minutes, gigabytes or the process.

use std::fmt::Write as _;

use moisson::config::PortalKind;

use super::wide::{contexts, declarations, namespaces};

/// What an attack costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Statements of a record, which has a finding.
    Record,
    /// Something else that is told.
    Statement,
    /// The document: it cannot be read at all.
    Document,
}

/// A document, and what it may cost.
pub(crate) struct Attack {
    pub(crate) name: &'static str,
    pub(crate) kind: PortalKind,
    pub(crate) document: fn() -> String,
    pub(crate) cost: Cost,
    /// What is said of it.
    pub(crate) said: &'static str,
}

const fn feed(
    name: &'static str,
    cost: Cost,
    said: &'static str,
    document: fn() -> String,
) -> Attack {
    Attack {
        name,
        kind: PortalKind::Dcat,
        document,
        cost,
        said,
    }
}

use Cost::{Document, Record, Statement};

/// What is said of a text of 2 MB, in every syntax.
const LONG: &str = "a text of 2097152 bytes was cut: its first 1048576 were kept";

pub(crate) const ATTACKS: [Attack; 37] = [
    feed(
        "a chain",
        Record,
        "699 blank nodes that hang together look alike",
        || turtle(&chain(700)),
    ),
    feed(
        "a chain that overflowed the stack",
        Record,
        "blank nodes lie 1500 deep",
        || turtle(&chain(1_500)),
    ),
    feed(
        "a long chain",
        Record,
        "25001 blank nodes hang together",
        || turtle(&chain(25_000)),
    ),
    feed("a list of equal items", Record, "look alike", || {
        turtle(&format!("<d> dct:relation ( {}) .", "1 ".repeat(600)))
    }),
    feed("a long list", Record, "deep", || {
        turtle(&format!("<d> dct:relation ( {}) .", "1 ".repeat(8_000)))
    }),
    feed("a clique", Record, "look alike", || turtle(&clique(8))),
    feed("a large clique", Record, "look alike", || {
        turtle(&clique(60))
    }),
    feed("a tree", Record, "look alike", || turtle(&tree(6, 4))),
    feed("a ring", Record, "look alike", || turtle(&ring(300))),
    feed(
        "records that share a chain",
        Record,
        "share too much",
        shared,
    ),
    feed("nested brackets", Record, "nested too deeply", || {
        turtle(&nested("[ dct:relation ", "]", 100_000))
    }),
    feed("nested lists", Record, "nested too deeply", || {
        turtle(&nested("( ", ")", 100_000))
    }),
    feed(
        "nested lists in a graph",
        Record,
        "nested too deeply",
        || format!("{PREFIXES}<g> {{ {SOUND} {} }}", nested("( ", ")", 100_000)),
    ),
    feed(
        "many declarations and many errors",
        Statement,
        "too many errors",
        declarations,
    ),
    feed("a long prefix", Statement, "left out", || {
        format!(
            "@prefix z: <http://e/{}> .\n{}{}",
            "x".repeat(500_000),
            PREFIXES,
            turtle(&"<d> dct:relation z:a .\n".repeat(20_000))
        )
    }),
    feed("nested elements", Record, "too deep", || {
        xml(&elements(20_000))
    }),
    feed("elements nested deeper", Record, "too deep", || {
        xml(&elements(200_000))
    }),
    feed("many namespaces", Statement, "one too many", namespaces),
    feed("a long base", Statement, "too long", || {
        xml(&format!(
            "<rdf:Description xml:base=\"http://e/{}\">{}</rdf:Description>",
            "x".repeat(500_000),
            "<dct:relation rdf:resource=\"a\"/>".repeat(20_000)
        ))
    }),
    feed("nested objects", Record, "nested too deeply", || {
        jsonld(&objects(100_000))
    }),
    feed(
        "nested objects in a large document",
        Record,
        "nested too deeply",
        || {
            let more = format!(",\"dct:description\":\"{}\"}}]}}", long(17));
            let document = jsonld(&objects(100_000));
            format!("{}{more}", document.trim_end_matches("}]}"))
        },
    ),
    feed("nested objects that may be", Statement, "", || {
        jsonld(&objects(90))
    }),
    feed("a list of objects", Record, "look alike", || {
        // Of values a list is no more than they are: these are things.
        jsonld(&format!(
            "{{\"@list\":[{}1]}}",
            "{\"dct:title\":\"a\"},".repeat(600)
        ))
    }),
    feed(
        "many contexts",
        Statement,
        "contexts or terms were left out",
        || {
            jsonld(&format!(
                "[{}1]",
                "{\"@context\":\"https://schema.org/\",\"dct:title\":\"a\"},".repeat(5_000)
            ))
        },
    ),
    feed(
        "a long context and many errors",
        Statement,
        "too many errors",
        contexts,
    ),
    Attack {
        name: "elements in a record",
        kind: PortalKind::Csw,
        document: || {
            format!(
                "<gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/gmd\">{}{}</gmd:MD_Metadata>",
                "<gmd:a>".repeat(100_000),
                "</gmd:a>".repeat(100_000)
            )
        },
        cost: Document,
        said: "nested too deeply",
    },
    feed("a text of 2 MB in Turtle", Statement, LONG, || {
        turtle(&said(&long(2)))
    }),
    feed(
        "a text that once was cut off",
        Statement,
        "a text of 68157440 bytes",
        || turtle(&said(&long(65))),
    ),
    feed("a text of 2 MB in TriG", Statement, LONG, || {
        format!("{PREFIXES}<g> {{ {SOUND} {} }}", said(&long(2)))
    }),
    feed("a text of 2 MB in N-Triples", Statement, LONG, || lines(2)),
    feed(
        "a text of 17 MB in N-Triples",
        Statement,
        "a text of 17825792 bytes",
        || lines(17),
    ),
    feed("a text of 2 MB in RDF/XML", Statement, LONG, || {
        xml_with(&long(2))
    }),
    feed(
        "a text of 20 MB in RDF/XML",
        Statement,
        "a text of 20971520 bytes",
        || xml_with(&long(20)),
    ),
    feed("a text of 2 MB in JSON-LD", Statement, LONG, || {
        jsonld(&format!("\"{}\"", long(2)))
    }),
    Attack {
        name: "a text of 2 MB of an API",
        kind: PortalKind::Udata,
        document: || {
            format!(
                "{{\"data\":[{{\"id\":\"1\",\"title\":\"Le titre\",\"resources\":[],\"description\":\"{}\"}},\
                 {{\"id\":\"2\",\"title\":\"Un autre\",\"resources\":[]}}]}}",
                long(2)
            )
        },
        cost: Statement,
        said: LONG,
    },
    feed(
        "a record of 40 MB",
        Document,
        "bytes, more than 33554432 are not kept",
        || {
            let mut text = String::new();
            for number in 0..44 {
                text.push_str(&said(&format!("{number}{}", "a".repeat(1_000_000))));
            }
            turtle(&text)
        },
    ),
    Attack {
        name: "objects of an API",
        kind: PortalKind::Udata,
        document: || format!("{}1{}", "{\"data\":".repeat(100_000), "}".repeat(100_000)),
        cost: Document,
        said: "is skipped",
    },
];

const PREFIXES: &str = "@prefix dct: <http://purl.org/dc/terms/> .\n@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@base <https://e.org/> .\n";

/// What must arrive whatever stands beside it.
const SOUND: &str =
    "<d> a dcat:Dataset ; dct:title 'Le titre' . <e> a dcat:Dataset ; dct:title 'Un autre' .";

pub(crate) fn turtle(attack: &str) -> String {
    format!(
        "{PREFIXES}<d> a dcat:Dataset ; dct:title 'Le titre' .\n{attack}\n<e> a dcat:Dataset ; dct:title 'Un autre' .\n"
    )
}

pub(crate) fn xml(attack: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:dct=\"http://purl.org/dc/terms/\" xmlns:dcat=\"http://www.w3.org/ns/dcat#\">\
         <dcat:Dataset rdf:about=\"https://e.org/d\"><dct:title>Le titre</dct:title>\
         <dct:relation>{attack}</dct:relation></dcat:Dataset>\
         <dcat:Dataset rdf:about=\"https://e.org/e\"><dct:title>Un autre</dct:title></dcat:Dataset></rdf:RDF>"
    )
}

pub(super) fn jsonld(attack: &str) -> String {
    format!(
        "{{\"@context\":{{\"dct\":\"http://purl.org/dc/terms/\",\"dcat\":\"http://www.w3.org/ns/dcat#\"}},\"@graph\":[\
         {{\"@id\":\"https://e.org/d\",\"@type\":\"dcat:Dataset\",\"dct:title\":\"Le titre\",\"dct:relation\":{attack}}},\
         {{\"@id\":\"https://e.org/e\",\"@type\":\"dcat:Dataset\",\"dct:title\":\"Un autre\"}}]}}"
    )
}

/// A text of so many megabytes.
fn long(megabytes: usize) -> String {
    "a".repeat(megabytes << 20)
}

fn objects(levels: usize) -> String {
    let (open, close) = ("{\"dct:relation\":".repeat(levels), "}".repeat(levels));
    format!("{open}1{close}")
}

/// N-Triples with a text of so many megabytes.
fn lines(megabytes: usize) -> String {
    let mut text = String::new();
    let mut line = |subject: &str, predicate: &str, object: &str| {
        writeln!(text, "<https://e.org/{subject}> <{predicate}> {object} .").unwrap();
    };
    for (subject, title) in [("d", "\"Le titre\""), ("e", "\"Un autre\"")] {
        let class = "<http://www.w3.org/ns/dcat#Dataset>";
        line(
            subject,
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
            class,
        );
        line(subject, "http://purl.org/dc/terms/title", title);
    }
    let description = format!("\"{}\"", long(megabytes));
    line("d", "http://purl.org/dc/terms/description", &description);
    text
}

fn said(text: &str) -> String {
    format!("<d> dct:description \"{text}\" .\n")
}

fn xml_with(text: &str) -> String {
    let property =
        format!("</dct:relation><dct:description>{text}</dct:description><dct:relation>");
    xml(&property)
}

pub(crate) fn chain(length: usize) -> String {
    let mut text = "<d> dct:relation _:b0 .\n".to_owned();
    for n in 0..length {
        writeln!(text, "_:b{n} dct:relation _:b{} .", n + 1).unwrap();
    }
    text
}

/// Many records that all lead to one chain.
fn shared() -> String {
    let mut text = turtle(&chain(1_400));
    for n in 0..300 {
        writeln!(
            text,
            "<s/{n}> a dcat:Dataset ; dct:title 'S{n}' ; dct:relation _:b0 ."
        )
        .unwrap();
    }
    text
}

pub(crate) fn ring(length: usize) -> String {
    let mut text = "<d> dct:relation _:b0 .\n".to_owned();
    for n in 0..length {
        writeln!(text, "_:b{n} dct:relation _:b{} .", (n + 1) % length).unwrap();
    }
    text
}

fn clique(size: usize) -> String {
    let mut text = "<d> dct:relation _:b0 .\n".to_owned();
    for (a, b) in (0..size).flat_map(|a| (0..size).map(move |b| (a, b))) {
        if a != b {
            writeln!(text, "_:b{a} dct:relation _:b{b} .").unwrap();
        }
    }
    text
}

fn tree(branches: usize, depth: usize) -> String {
    let mut text = "<d> dct:relation _:b0 .\n".to_owned();
    let (mut row, mut next) = (vec![0], 1);
    for _ in 0..depth {
        for above in std::mem::take(&mut row) {
            for _ in 0..branches {
                writeln!(text, "_:b{above} dct:relation _:b{next} .").unwrap();
                row.push(next);
                next += 1;
            }
        }
    }
    text
}

fn nested(open: &str, close: &str, levels: usize) -> String {
    format!(
        "<d> dct:relation {}1{} .",
        open.repeat(levels),
        close.repeat(levels)
    )
}

pub(crate) fn elements(levels: usize) -> String {
    let (open, close) = (
        "<rdf:Description><dct:relation>",
        "</dct:relation></rdf:Description>",
    );
    format!("{}{}", open.repeat(levels / 2), close.repeat(levels / 2))
}

/// A dataset with so many distributions.
pub(crate) fn distributions(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        writeln!(
            text,
            "<d> dcat:distribution [ a dcat:Distribution ; dct:title 'Fichier {n}' ; dcat:accessURL <https://e.org/f/{n}> ; \
             dct:rights [ a dct:RightsStatement ] ] ."
        )
        .unwrap();
    }
    turtle(&text)
}
