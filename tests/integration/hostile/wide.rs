//! Documents that are wide and not deep: very many declarations, contexts and namespaces.

use std::fmt::Write as _;

use moisson::config::PortalKind;

use super::attack::{jsonld, turtle, xml};
use super::outcome;

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

/// A record with so many keywords, as portals of each kind send it.
fn keywords(kind: PortalKind, count: usize) -> String {
    let words: Vec<String> = (0..count).map(|n| format!("mot {n}")).collect();
    let listed = |item: &dyn Fn(&str) -> String| {
        let items: Vec<String> = words.iter().map(|word| item(word)).collect();
        items.join(",")
    };
    match kind {
        PortalKind::Udata => format!(
            "{{\"id\":\"1\",\"title\":\"t\",\"resources\":[],\"tags\":[{}]}}",
            listed(&|word| format!("\"{word}\""))
        ),
        PortalKind::Ckan => format!(
            "{{\"id\":\"1\",\"name\":\"n\",\"title\":\"t\",\"resources\":[],\"tags\":[{}]}}",
            listed(&|word| format!("{{\"name\":\"{word}\"}}"))
        ),
        PortalKind::Csw => format!(
            "<gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/gmd\" \
             xmlns:gco=\"http://www.isotc211.org/2005/gco\">\
             <gmd:fileIdentifier><gco:CharacterString>a</gco:CharacterString></gmd:fileIdentifier>\
             <gmd:identificationInfo><gmd:MD_DataIdentification><gmd:descriptiveKeywords><gmd:MD_Keywords>{}\
             </gmd:MD_Keywords></gmd:descriptiveKeywords></gmd:MD_DataIdentification></gmd:identificationInfo>\
             </gmd:MD_Metadata>",
            listed(&|word| format!(
                "<gmd:keyword><gco:CharacterString>{word}</gco:CharacterString></gmd:keyword>"
            ))
            .replace(">,<", "><")
        ),
        other => panic!("no keywords for {}", other.name()),
    }
}

/// What this thread has used of the processor, in milliseconds.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
    let (_, after_name) = stat.rsplit_once(") ").unwrap();
    let ticks = after_name.split(' ').skip(11).take(2);
    // In hundredths of a second on every Linux that is.
    ticks.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum()
}

#[test]
fn twice_as_many_keywords_take_about_twice_as_long() {
    for kind in [PortalKind::Udata, PortalKind::Ckan, PortalKind::Csw] {
        let took = |count: usize| {
            let document = keywords(kind, count);
            let before = spent();
            let (prepared, skipped) = outcome(kind, document.as_bytes()).unwrap();
            assert!(skipped.is_empty(), "{skipped:?}");
            let text = &prepared[0].parts[0].body.text;
            assert_eq!(text.matches("dcat#keyword>").count(), count);
            spent() - before
        };
        took(10);
        let (some, twice) = (took(10_000), took(20_000));
        // It was four times as long.
        assert!(twice < 3 * some, "{}: {some} ms, {twice} ms", kind.name());
    }
}
