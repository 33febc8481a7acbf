//! Statements are cut where they end, whatever stands in them.

use super::*;

fn pieces(text: &str, braces: Braces) -> Vec<String> {
    let mut splitter = Splitter::new(braces);
    let mut found: Vec<Piece> = text.bytes().filter_map(|b| splitter.push(b)).collect();
    found.extend(splitter.finish().0);
    found
        .into_iter()
        .map(|piece| match piece {
            Piece::Declaration(text) | Piece::Statement { text, .. } | Piece::TooDeep(text) => text,
        })
        .collect()
}

#[test]
fn statements_end_at_dots_outside_of_everything() {
    let text = r#"@prefix a: <http://e/a.b#> .
        a:x a:p "one. two", '''three. "four".''' ; a:q 1.5, a:y.z, <http://e/x.y> . # so. what
        a:y a:p [ a:q "." ; a:r (a:s. a:t) ] .a:z a:p a:q."#;
    assert_eq!(
        pieces(text, Braces::Formulas),
        [
            "@prefix a: <http://e/a.b#> .\n",
            r#"a:x a:p "one. two", '''three. "four".''' ; a:q 1.5, a:y.z, <http://e/x.y>"#,
            r#"a:y a:p [ a:q "." ; a:r (a:s. a:t) ]"#,
            "a:z a:p a:q",
        ]
    );
}

#[test]
fn graphs_are_opened() {
    let text = "<g> { <a> <p> <b> . <b> <p> <c> } GRAPH <h> { <c> <p> 'x' . } <d> <p> <e> .";
    assert_eq!(
        pieces(text, Braces::Graphs),
        ["<a> <p> <b>", "<b> <p> <c>", "<c> <p> 'x'", "<d> <p> <e>"]
    );
}

#[test]
fn slips_are_mended() {
    let text = "@prefix a: <http://e/>\n<x> a:p \"t\"@fr_FR, \"2\"^^<<http://e/t>, \"li\nne\" .";
    assert_eq!(
        pieces(text, Braces::Formulas),
        [
            "@prefix a: <http://e/> .\n",
            "<x> a:p \"t\"@fr-FR, \"2\"^^<http://e/t>, \"li\\nne\"",
        ]
    );
}

#[test]
fn properties_are_cut_apart() {
    assert_eq!(
        cut(r#"a <b;c> ; p "x;y" ; q [ r 1.5 ; s 2 ]"#, b';'),
        ["a <b;c>", r#"p "x;y""#, "q [ r 1.5 ; s 2 ]"]
    );
}

#[test]
fn brackets_without_end_cost_their_statement_alone() {
    let deep = |levels: usize| {
        let (open, close) = ("[ a:p ".repeat(levels), "]".repeat(levels));
        format!("a:x a:p {open} 1 {close} . a:y a:p 2 .")
    };
    let mut splitter = Splitter::new(Braces::Formulas);
    let text = deep(20_000);
    let found: Vec<Piece> = text.bytes().filter_map(|b| splitter.push(b)).collect();
    assert!(
        matches!(&found[..], [Piece::TooDeep(start)] if start.chars().count() == 200),
        "{found:?}"
    );
    let (last, is_open) = splitter.finish();
    assert!(matches!(last, Some(Piece::Statement { text, .. }) if text == "a:y a:p 2") && !is_open);
    assert!(pieces(&deep(100), Braces::Formulas)[0].starts_with("a:x a:p [ a:p [ "));
}
