use std::collections::BTreeSet;
use std::fmt::Write as _;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;

use crate::finding::Code;
use crate::rdf::canon::canonicalise;
use crate::rdf::syntax::Syntax;
use crate::salvage::index::{Index, Room};
use crate::salvage::{End, ReadError, read};

const HEAD: &str = r#"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"
  xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:x="https://x.example.org/">"#;

fn whole(body: &str) -> String {
    format!("{HEAD}{body}</rdf:RDF>")
}

struct Outcome {
    text: String,
    codes: Vec<Code>,
    notes: Vec<String>,
    end: End,
}

fn outcome(document: &str) -> Outcome {
    let mut index = Index::new(Room::Memory).unwrap();
    let base = Some("https://e.org/feeds/c.rdf");
    let end = read(document.as_bytes(), Syntax::RdfXml, None, base, &mut index).unwrap();
    index.settle().unwrap();
    let triples = index.everything().unwrap();
    let mut codes = Vec::new();
    let subjects: BTreeSet<String> = triples.iter().map(|t| t.subject.to_string()).collect();
    for subject in subjects {
        let subject = crate::salvage::index::node(&subject).unwrap();
        codes.extend(index.findings(&subject).unwrap().iter().map(|f| f.code));
    }
    Outcome {
        text: canonicalise(&triples).unwrap().text,
        codes,
        notes: index.remarks.notes(),
        end,
    }
}

/// What another parser makes of a document that has nothing wrong with it.
fn expected(document: &str) -> String {
    let triples: Vec<Triple> = RdfParser::from_format(RdfFormat::RdfXml)
        .with_base_iri("https://e.org/feeds/c.rdf")
        .unwrap()
        .for_slice(document)
        .map(|quad| Triple::from(quad.unwrap()))
        .collect();
    canonicalise(&triples).unwrap().text
}

#[test]
fn every_construct_of_the_grammar_is_read_as_another_parser_reads_it() {
    for body in [
        r#"<dcat:Dataset rdf:about="d"><dct:title xml:lang="fr">Été &amp; hiver</dct:title></dcat:Dataset>"#,
        r##"<rdf:Description rdf:about="#d" x:a="1" x:b="2"><x:c rdf:resource="../o"/></rdf:Description>"##,
        r#"<dcat:Dataset rdf:ID="d"><x:p rdf:nodeID="n"/></dcat:Dataset><x:C rdf:nodeID="n"/>"#,
        r#"<x:C><x:p rdf:parseType="Resource"><x:q>1</x:q><x:r><x:D/></x:r></x:p></x:C>"#,
        r#"<x:C><x:p rdf:parseType="Collection"><x:D rdf:about="a"/><x:D/></x:p><x:e rdf:parseType="Collection"/></x:C>"#,
        r#"<rdf:Seq rdf:about="s"><rdf:li>a</rdf:li><rdf:li rdf:resource="b"/></rdf:Seq>"#,
        r#"<x:C rdf:about="c"><x:p rdf:ID="s">a</x:p><x:q rdf:ID="t" rdf:resource="o"/></x:C>"#,
        r#"<x:C rdf:about="c"><x:p x:q="1" x:r="2"/><x:s rdf:resource="o" x:q="3"/></x:C>"#,
        r#"<x:C rdf:about="c" xml:lang="de"><x:p/><x:q rdf:datatype="http://www.w3.org/2001/XMLSchema#date">2024-01-01</x:q><x:r>n</x:r></x:C>"#,
        r#"<x:C rdf:about="c" xml:base="https://autre.org/d/e"><x:p rdf:resource="f"/><x:q rdf:resource="/g"/></x:C>"#,
        r#"<x:C rdf:about="c"><!-- c --><x:p>a</x:p><?x y?></x:C>"#,
        r#"<C xmlns="https://y.example.org/" rdf:about="c"><p>1</p></C>"#,
        r#"<x:C rdf:about="c" rdf:type="https://x.example.org/D"/>"#,
    ] {
        let document = whole(body);
        let found = outcome(&document);
        assert_eq!(found.text, expected(&document), "{body}");
        assert_eq!((found.codes, found.end), (vec![], End::Whole), "{body}");
    }
}

#[test]
fn comments_and_unparsed_texts_do_not_end_a_text() {
    let document =
        whole(r#"<x:C rdf:about="c"><x:p><!-- c -->a<!-- d -->b<![CDATA[ <i> & ]]></x:p></x:C>"#);
    assert!(lines(&document).contains(&"<c> <https://x.example.org/p> \"ab <i> & \" .".to_owned()));
}

#[test]
fn entities_of_the_document_stand_for_namespaces() {
    let document = r#"<!DOCTYPE rdf:RDF [ <!ENTITY x "https://x.example.org/"> ]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="&x;">
        <x:C rdf:about="&x;c"><x:p rdf:datatype="&x;t">1</x:p></x:C></rdf:RDF>"#;
    assert_eq!(outcome(document).text, expected(document));
}

fn lines(document: &str) -> Vec<String> {
    let text = outcome(document).text;
    text.lines()
        .map(|line| {
            line.replace("https://e.org/feeds/", "")
                .replace("http://purl.org/dc/terms/", "dct:")
                .replace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:")
                .replace("http://www.w3.org/ns/dcat#", "dcat:")
        })
        .collect()
}

#[test]
fn what_is_broken_costs_itself() {
    let after = r#"<dcat:Dataset rdf:about="e"><dct:title>E</dct:title></dcat:Dataset>"#;
    let kept = ["<e> <dct:title> \"E\" .", "<e> <rdf:type> <dcat:Dataset> ."];
    for (body, codes, more) in [
        // A bare ampersand, and an entity of HTML.
        (
            r#"<x:C rdf:about="d"><dct:title>R&D et caf&eacute;&nbsp;!</dct:title></x:C>"#,
            vec![Code::SyntaxRepaired],
            "<d> <dct:title> \"R&D et café\u{a0}!\" .",
        ),
        // A property that is not closed.
        (
            r#"<x:C rdf:about="d"><dct:title>T<dct:description>D</dct:description></x:C>"#,
            vec![Code::SyntaxRepaired],
            "<d> <dct:description> \"D\" .",
        ),
        // A resource that is not closed.
        (
            r#"<x:C rdf:about="z"><dcat:distribution><dcat:Distribution rdf:about="d"><dct:title>D</dct:title></dcat:distribution></x:C>"#,
            vec![Code::SyntaxRepaired],
            "<d> <dct:title> \"D\" .",
        ),
        // An end that belongs to nothing.
        (
            r#"<x:C rdf:about="d"></dct:autre><dct:title>D</dct:title></x:C>"#,
            vec![Code::SyntaxRepaired],
            "<d> <dct:title> \"D\" .",
        ),
        // HTML in a text.
        (
            r#"<x:C rdf:about="d"><dct:title>a <b>gras</b><br/></dct:title></x:C>"#,
            vec![Code::MarkupFound, Code::MarkupFound],
            "<d> <dct:title> \"a <b>gras</b><br>\" .",
        ),
        // A prefix that everybody knows, and one that nobody does.
        (
            r#"<x:C rdf:about="d"><foaf:page rdf:resource="p"/><ns7:a>1</ns7:a></x:C>"#,
            vec![Code::PrefixUndeclared, Code::PrefixUndeclared],
            "<d> <http://xmlns.com/foaf/0.1/page> <p> .",
        ),
        // Two IRIs with spaces.
        (
            r#"<x:C rdf:about="d"><x:p rdf:resource="https://e.fr/a b"/><x:p rdf:resource=" "/></x:C>"#,
            vec![Code::IriInvalid, Code::IriRepaired],
            "<d> <https://x.example.org/p> <https://e.fr/a%20b> .",
        ),
        // An address without its scheme.
        (
            r#"<x:C rdf:about="d"><x:p rdf:resource="www.exemple.fr/a"/></x:C>"#,
            vec![Code::IriRepaired],
            "<d> <https://x.example.org/p> <http://www.exemple.fr/a> .",
        ),
        // A language of a programming language.
        (
            r#"<x:C rdf:about="d"><dct:title xml:lang="fr_FR">T</dct:title></x:C>"#,
            vec![Code::LanguageInvalid],
            "<d> <dct:title> \"T\"@fr-fr .",
        ),
    ] {
        let document = whole(&format!("{body}{after}"));
        let found = lines(&document);
        for line in kept {
            assert!(found.contains(&line.to_owned()), "{body}: {found:#?}");
        }
        assert!(found.contains(&more.to_owned()), "{body}: {found:#?}");
        assert_eq!(outcome(&document).codes, codes, "{body}");
    }
}

#[test]
fn a_document_that_is_cut_off_says_so_wherever_it_is_cut() {
    let document = whole(
        r#"<dcat:Dataset rdf:about="d"><dct:title>T</dct:title></dcat:Dataset><dcat:Dataset rdf:about="e"><dct:title>U &amp; V</dct:title></dcat:Dataset>"#,
    );
    let end = document.trim_end().len();
    for cut in HEAD.len()..end {
        let Some(part) = document.get(..cut) else {
            continue;
        };
        let found = outcome(part);
        assert!(matches!(found.end, End::CutOff(_)), "{part}");
        assert!(!found.text.contains("\"U\""), "half a text: {part}");
    }
    assert_eq!(outcome(&document).end, End::Whole);
}

#[test]
fn what_stands_in_an_envelope_is_read() {
    let document = format!(
        r#"<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><csw:SearchResults>{}</csw:SearchResults></csw:GetRecordsResponse>"#,
        whole(r#"<dcat:Dataset rdf:about="d"/>"#).replace("<?xml version=\"1.0\"?>", "")
    );
    assert_eq!(lines(&document), ["<d> <rdf:type> <dcat:Dataset> ."]);
}

#[test]
fn no_entity_makes_a_document_grow() {
    let mut bomb = String::from("<!DOCTYPE r [ <!ENTITY a0 \"haha\">");
    for n in 1..20 {
        let before = n - 1;
        write!(bomb, "<!ENTITY a{n} \"&a{before};&a{before};&a{before};\">").unwrap();
    }
    bomb.push_str("]>");
    bomb.push_str(
        &whole(r#"<x:C rdf:about="d"><dct:title>&a19;</dct:title></x:C>"#)
            .replace("<?xml version=\"1.0\"?>", ""),
    );
    let found = outcome(&bomb);
    assert!(found.text.contains("\"&a19;\""), "{}", found.text);
}

#[test]
fn what_lies_too_deep_is_left_out_and_pages_of_html_are_none() {
    let open: Vec<String> = (0..300).map(|n| format!("<x:C{n}><x:p>")).collect();
    let close: Vec<String> = (0..300).rev().map(|n| format!("</x:p></x:C{n}>")).collect();
    let after = r#"<x:C rdf:about="d"><dct:title>T</dct:title></x:C>"#;
    let found = outcome(&whole(&format!(
        "{}{}{after}",
        open.concat(),
        close.concat()
    )));
    assert!((190..250).contains(&found.text.lines().count()) && found.notes.is_empty());
    assert!(found.text.contains("\"T\"") && found.codes.contains(&Code::GraphRefused));
    let mut index = Index::new(Room::Memory).unwrap();
    let html = "<html><body><p>En maintenance</p></body></html>";
    let error = read(html.as_bytes(), Syntax::RdfXml, None, None, &mut index).unwrap_err();
    assert!(matches!(error, ReadError::NotRdf(why) if why.contains("HTML")));
}
