//! Documents that are wide and not deep: very many declarations, contexts and namespaces.

use std::fmt::Write as _;

use super::attack::{jsonld, turtle, xml};

pub(super) fn declarations() -> String {
    let mut text = String::new();
    for n in 0..2_000 {
        writeln!(text, "@prefix n{n}: <http://e.org/n{n}#> .").unwrap();
    }
    text.push_str(&turtle(""));
    text.push_str(&"<d> dct:relation ~ .\n".repeat(20_000));
    text
}

pub(super) fn contexts() -> String {
    let mut terms = String::new();
    for n in 0..1_000 {
        write!(terms, "\"n{n}\":\"http://e.org/n{n}#\",").unwrap();
    }
    let sound = jsonld("1");
    let wrong = "{\"@id\":\"https://e.org/x\",\"dct:title\":{\"@value\":[]}},".repeat(5_000);
    let sound = sound.replace("\"@context\":{", &format!("\"@context\":{{{terms}"));
    let wrong = format!(",{}]}}", wrong.trim_end_matches(','));
    format!("{}{wrong}", sound.trim_end_matches("]}"))
}

pub(super) fn namespaces() -> String {
    let mut declared = String::new();
    for n in 0..20_000 {
        write!(declared, " xmlns:n{n}=\"http://e/{n}\"").unwrap();
    }
    let inner = "<dct:relation rdf:resource=\"http://e/a\"/>".repeat(20_000);
    xml(&format!(
        "<rdf:Description{declared}>{inner}</rdf:Description>"
    ))
}
