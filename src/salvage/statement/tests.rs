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
    let whole = deep(100).replace("  1 ", " []");
    let whole = whole.split_once(" . ").unwrap().0;
    assert!(
        matches!(&found[..], [Piece::Statement { text, mended: Some(TOO_DEEP) }] if text == whole),
        "{found:?}"
    );
    let (last, is_open) = splitter.finish();
    assert!(matches!(last, Some(Piece::Statement { text, .. }) if text == "a:y a:p 2") && !is_open);
    assert!(pieces(&deep(100), Braces::Formulas)[0].contains(" 1 "));
    let open = format!("a:x a:p {}", "[ a:p ".repeat(20_000));
    let mut splitter = Splitter::new(Braces::Formulas);
    assert!(open.bytes().all(|byte| splitter.push(byte).is_none()));
    let last = splitter.finish();
    assert!(matches!(last, (Some(Piece::TooDeep(start)), true) if start.chars().count() == 200));
}

#[test]
fn a_long_string_is_cut_and_what_stands_behind_it_stays() {
    const MOST: usize = crate::rdf::long::LITERAL;
    for (quote, inside) in [
        ("\"", "a"),
        ("'", "\\u0061"),
        ("'''", "é"),
        ("\"\"\"", "a\"\"a"),
        ("\"\"\"", "\\\"\n"),
        ("\"", "a\n"),
    ] {
        let string = |count: usize| inside.repeat(count);
        let text = format!(
            "<a:x> <a:p> {quote}{}{quote}@fr ; <a:q> \"1\" . <a:y> <a:p> \"2\" .",
            string(2 * MOST)
        );
        let found = pieces(&text, Braces::Formulas);
        assert_eq!(found.len(), 2, "{quote}{inside}");
        // Each character of an escape that takes six bytes or ten.
        assert!(found[0].len() < 10 * MOST + 100, "{}", found[0].len());
        assert_eq!(found[1], "<a:y> <a:p> \"2\"");
        let parsed = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
        let triples: Vec<_> = parsed
            .for_slice(&format!("{} .", found[0]))
            .map(|quad| quad.unwrap().object)
            .collect();
        let lengths: Vec<usize> = triples
            .iter()
            .map(|object| match object {
                oxigraph::model::Term::Literal(literal) => literal.value().len(),
                _ => 0,
            })
            .collect();
        assert!(lengths[0] > MOST && lengths[1] == 1, "{lengths:?}");
        // What an escape stands for counts.
        let sent = string(2 * MOST)
            .replace("\\u0061", "a")
            .replace("\\\"", "\"");
        let subject = oxigraph::model::BlankNode::default();
        let property = crate::rdf::vocab::dct::TITLE;
        let triple = oxigraph::model::Triple::new(subject, property, triples[0].clone());
        let (kept, finding) = crate::rdf::long::fit(triple);
        let message = finding.unwrap().message;
        assert!(
            message.contains(&format!("a text of {} bytes", sent.len())),
            "{message}"
        );
        let kept = kept.unwrap().object.to_string();
        assert!(
            kept.ends_with("\"@fr") && kept.len() > MOST,
            "{}",
            kept.len()
        );
        let short = format!("<a:x> <a:p> {quote}{}{quote} .", string(10));
        let kept = pieces(&short, Braces::Formulas);
        assert_eq!(kept[0].replace("\\n", "\n"), short.trim_end_matches(" ."));
    }
}
