use std::fmt::Write as _;

use crate::finding::Code;
use crate::rdf::canon::canonicalise;
use crate::rdf::syntax::Syntax;
use crate::salvage::index::{Index, Room, node};
use crate::salvage::{End, read};

const BASE: &str = "https://e.org/feeds/c.ttl";

const HEAD: &str = "@prefix dct: <http://purl.org/dc/terms/> .\n@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix x: <https://x.example.org/> .\n";

fn outcome(document: &str, syntax: Syntax) -> (Vec<String>, Vec<Code>, Vec<String>, End) {
    let mut index = Index::new(Room::Memory).unwrap();
    let end = read(document.as_bytes(), syntax, None, Some(BASE), &mut index).unwrap();
    index.settle().unwrap();
    let triples = index.everything().unwrap();
    let text = canonicalise(&triples).unwrap().text;
    let mut subjects: Vec<String> = triples.iter().map(|t| t.subject.to_string()).collect();
    subjects.sort();
    subjects.dedup();
    let codes = subjects
        .iter()
        .flat_map(|subject| index.findings(&node(subject).unwrap()).unwrap())
        .map(|finding| finding.code)
        .collect();
    let lines = text
        .lines()
        .map(|line| {
            line.replace("https://e.org/feeds/", "")
                .replace("http://purl.org/dc/terms/", "dct:")
                .replace("http://www.w3.org/ns/dcat#", "dcat:")
                .replace("https://x.example.org/", "x:")
        })
        .collect();
    (lines, codes, index.remarks.notes(), end)
}

#[test]
fn a_broken_property_costs_itself() {
    let after = "<e> dct:title \"E\" .";
    for (body, codes, expected) in [
        (
            "<d> dct:title \"T\" ; ns9:p 1 ; dct:description \"D\" .",
            vec![Code::SyntaxRepaired],
            vec!["<d> <dct:description> \"D\" .", "<d> <dct:title> \"T\" ."],
        ),
        (
            "<d> dct:title \"T\" ; foaf:name \"F\" .",
            vec![Code::PrefixUndeclared],
            vec![
                "<d> <dct:title> \"T\" .",
                "<d> <http://xmlns.com/foaf/0.1/name> \"F\" .",
            ],
        ),
        (
            "<d> x:p [ x:q \"1\" ; ns9:r 2 ; x:s [ x:t \"3\" ] ] .",
            vec![Code::SyntaxRepaired],
            vec![
                "<d> <x:p> _:c14n1 .",
                "_:c14n0 <x:t> \"3\" .",
                "_:c14n1 <x:q> \"1\" .",
                "_:c14n1 <x:s> _:c14n0 .",
            ],
        ),
        (
            "<d> dct:title \"T\"@fr_FR, \"U\"@en ; dct:issued \"2024\"^^<<http://www.w3.org/2001/XMLSchema#gYear> .",
            vec![Code::SyntaxRepaired],
            vec![
                "<d> <dct:issued> \"2024\"^^<http://www.w3.org/2001/XMLSchema#gYear> .",
                "<d> <dct:title> \"T\"@fr-fr .",
                "<d> <dct:title> \"U\"@en .",
            ],
        ),
        (
            "<d> dct:title \"une\nligne\" ; x:p <https://e.fr/a b> .",
            vec![Code::SyntaxRepaired, Code::IriRepaired],
            vec![
                "<d> <dct:title> \"une\\nligne\" .",
                "<d> <x:p> <https://e.fr/a%20b> .",
            ],
        ),
    ] {
        let (lines, found, _, end) = outcome(&format!("{HEAD}{body}\n{after}"), Syntax::Turtle);
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        expected.push("<e> <dct:title> \"E\" .".to_owned());
        expected.sort();
        assert_eq!(lines, expected, "{body}");
        let mut found = found;
        found.sort();
        let mut codes = codes;
        codes.sort();
        assert_eq!((found, end), (codes, End::Whole), "{body}");
    }
}

#[test]
fn a_statement_without_its_dot_costs_what_cannot_be_told_apart() {
    let document = format!(
        "{HEAD}<d> dct:title \"T\" ; x:p x:q\n\n<e> dct:title \"E\" .\n<f> dct:title \"F\" ."
    );
    let (lines, _, _, _) = outcome(&document, Syntax::Turtle);
    assert!(
        lines.contains(&"<d> <dct:title> \"T\" .".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(&"<f> <dct:title> \"F\" .".to_owned()),
        "{lines:#?}"
    );
}

#[test]
fn a_broken_line_costs_itself_and_is_noted() {
    let document = "<https://e.org/feeds/a> <https://x.example.org/p> \"1\" .\n\
        <https://e.org/feeds/a> <https://x.example.org/p \"2\" .\n\
        <https://e.org/feeds/a> <https://x.example.org/p> \"3\" .\n";
    let (lines, _, notes, end) = outcome(document, Syntax::NTriples);
    assert_eq!(lines, ["<a> <x:p> \"1\" .", "<a> <x:p> \"3\" ."]);
    assert_eq!((notes.len(), end), (1, End::Whole), "{notes:?}");
}

#[test]
fn named_graphs_are_one_and_formulas_are_not_stated() {
    let trig = format!("{HEAD}<g> {{ <a> x:p \"1\" . <b> x:p \"2\" }} <c> x:p \"3\" .");
    let (lines, _, _, _) = outcome(&trig, Syntax::TriG);
    assert_eq!(
        lines,
        [
            "<a> <x:p> \"1\" .",
            "<b> <x:p> \"2\" .",
            "<c> <x:p> \"3\" ."
        ]
    );
    let n3 = format!("{HEAD}<a> x:p \"1\" . {{ <b> x:p \"2\" }} => {{ <c> x:p \"3\" }} .");
    let (lines, _, _, _) = outcome(&n3, Syntax::N3);
    assert!(
        lines.contains(&"<a> <x:p> \"1\" .".to_owned()),
        "{lines:#?}"
    );
    assert!(
        !lines.iter().any(|line| line.starts_with("<b>")),
        "{lines:#?}"
    );
}

#[test]
fn a_document_that_is_cut_off_says_so() {
    let document =
        format!("{HEAD}<d> dct:title \"T\" ; x:p \"1\" .\n<e> dct:title \"U\" ; x:p \"2\" .\n");
    let start = HEAD.len() + 30;
    for cut in start..document.trim_end().len() {
        let part = document.get(..cut).unwrap();
        let (_, _, _, end) = outcome(part, Syntax::Turtle);
        let between = part.trim_end().ends_with('.');
        assert_eq!(matches!(end, End::CutOff(_)), !between, "{part}");
    }
    let lines =
        "<https://e.org/a> <https://e.org/p> \"1\" .\n<https://e.org/a> <https://e.org/p> \"2";
    assert!(matches!(outcome(lines, Syntax::NTriples).3, End::CutOff(_)));
}

#[test]
fn blank_nodes_of_portions_are_those_of_the_document() {
    let mut document = HEAD.to_owned();
    for n in 0..20_000 {
        writeln!(document, "<d{n}> x:p _:shared ; x:q [ x:r \"{n}\" ] .").unwrap();
    }
    document.push_str("_:shared x:p \"1\" .\n");
    let mut index = Index::new(Room::Memory).unwrap();
    read(
        document.as_bytes(),
        Syntax::Turtle,
        None,
        Some(BASE),
        &mut index,
    )
    .unwrap();
    index.settle().unwrap();
    assert_eq!(index.count(), 60_001);
    let triples = index.everything().unwrap();
    let mut blank: Vec<String> = triples
        .iter()
        .filter(|triple| triple.object.is_blank_node())
        .map(|triple| triple.object.to_string())
        .collect();
    blank.sort();
    blank.dedup();
    assert_eq!(blank.len(), 20_001);
}

#[test]
fn a_brace_within_a_statement_costs_no_record() {
    let said = "<d> a dcat:Dataset ; dct:title \"T\" ; x:p { <a> x:q { <b> x:r <c> } } .";
    for syntax in [Syntax::Turtle, Syntax::TriG, Syntax::N3] {
        let (lines, _, _, _) = outcome(&format!("{HEAD}{said}\n<e> dct:title \"E\" .\n"), syntax);
        for kept in ["<d> <dct:title> \"T\" .", "<e> <dct:title> \"E\" ."] {
            assert!(
                lines.iter().any(|line| line == kept),
                "{syntax:?}: {lines:#?}"
            );
        }
    }
    let within = format!("{HEAD}GRAPH <g> {{ {said} }} [ ] {{ <e> dct:title \"E\" }}");
    let (lines, codes, _, _) = outcome(&within, Syntax::TriG);
    assert!(
        lines.contains(&"<d> <dct:title> \"T\" .".to_owned()),
        "{lines:#?}"
    );
    assert!(
        lines.contains(&"<e> <dct:title> \"E\" .".to_owned()),
        "{lines:#?}"
    );
    assert!(codes.contains(&Code::SyntaxRepaired), "{codes:?}");
}

#[test]
fn what_a_parser_stops_at_is_passed_in_time() {
    for token in [
        "<a:b>!",
        "<a:b>^",
        "<a:b> => ",
        "<a:b>@@",
        "<a:b>]",
        "{}",
        "[ ",
    ] {
        let broken = token.repeat(40_000);
        let document = format!("{HEAD}{broken}<c> .\n<e> dct:title \"E\" .\n");
        let start = std::time::Instant::now();
        for syntax in [Syntax::Turtle, Syntax::TriG] {
            let mut index = Index::new(Room::Memory).unwrap();
            let _any = read(document.as_bytes(), syntax, None, Some(BASE), &mut index);
        }
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "`{token}` took {took:?}");
    }
}
