//! In which syntax a document is: by what it begins with, since half of the servers that send
//! catalogues say something else (`text/plain`, `application/xml`, `application/octet-stream`).
//!
//! Three families look alike to nobody: XML, JSON, and the others. Within the last the media type
//! decides, then the name of the file, then a look at the lines.

use super::charset;
use crate::rdf::syntax::Syntax;

/// How much of a document is looked at, in bytes.
pub const HEAD: usize = 4096;

/// The syntax that a document is said to be in by its media type, else by the name of its file or address.
/// Of XML and JSON nothing needs to be said.
#[must_use]
pub fn claimed(content_type: Option<&str>, name: Option<&str>) -> Option<Syntax> {
    let is_text = |syntax: &Syntax| !matches!(syntax, Syntax::RdfXml | Syntax::JsonLd);
    let said = content_type
        // Nothing but "some text": taken for N-Triples elsewhere.
        .filter(|said| {
            !said
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("text/plain")
        })
        .and_then(Syntax::from_media_type)
        .filter(is_text);
    said.or_else(|| name.and_then(by_name).filter(is_text))
}

/// The syntax of a document that is [`claimed`] to be in one; an error says what it is instead.
pub fn syntax(head: &[u8], claimed: Option<Syntax>) -> Result<Syntax, String> {
    let head = charset::text(head.get(..HEAD).unwrap_or(head), None);
    let text = head.text.as_ref();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let beginning = text.chars().next();
    match beginning {
        None => Err("it is empty".to_owned()),
        Some('<') if !begins_with_iri(text) => {
            let lower: String = text
                .chars()
                .take(HEAD)
                .collect::<String>()
                .to_ascii_lowercase();
            let is_html = lower.starts_with("<!doctype html")
                || lower.starts_with("<html")
                || (lower.contains("<html") && !lower.contains("<rdf:rdf"));
            if is_html {
                return Err("it is a page of HTML".to_owned());
            }
            Ok(Syntax::RdfXml)
        }
        Some('{' | '[') if begins_as_json(text) => Ok(Syntax::JsonLd),
        _ => {
            let guess = guess(text);
            Ok(match (claimed, guess) {
                // By lines is by lines only where there are no declarations.
                (Some(Syntax::NTriples | Syntax::NQuads), Some(Syntax::Turtle)) => Syntax::Turtle,
                (Some(Syntax::NTriples), Some(Syntax::NQuads)) => Syntax::NQuads,
                (Some(claimed), _) => claimed,
                (None, Some(guess)) => guess,
                (None, None) => {
                    return Err("it looks like none of the syntaxes of RDF".to_owned());
                }
            })
        }
    }
}

fn by_name(name: &str) -> Option<Syntax> {
    let path = name.split(['?', '#']).next().unwrap_or(name);
    let last = path.rsplit('/').next().unwrap_or(path);
    // What is compressed was unpacked on its way.
    let last = last.strip_suffix(".gz").unwrap_or(last);
    let (_, extension) = last.rsplit_once('.')?;
    Syntax::from_name(extension)
}

/// `<http://…>`, `<urn:…>`, `<#…>` and `<>`, and no element.
fn begins_with_iri(text: &str) -> bool {
    // A statement about a statement (RDF 1.2), or a slip of the pen: no element begins so.
    if text.starts_with("<<") {
        return true;
    }
    let Some((inside, _)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return false;
    };
    if inside.contains(char::is_whitespace) || inside.starts_with(['!', '?']) {
        return false;
    }
    inside.is_empty()
        || inside.starts_with(['#', '/', '.'])
        || inside.contains("//")
        || ["urn:", "mailto:", "doi:", "ark:"]
            .iter()
            .any(|scheme| inside.starts_with(scheme))
}

fn begins_as_json(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or_default().trim_start();
    match text.chars().next() {
        Some('{') => rest.is_empty() || rest.starts_with(['"', '}']),
        _ => rest.is_empty() || rest.starts_with(['{', '"', ']', '[']),
    }
}

/// A look at the lines.
fn guess(text: &str) -> Option<Syntax> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    // The last line of the beginning may go on.
    let (whole, _) = lines.split_at_checked(lines.len().saturating_sub(1).max(1))?;
    let declares = |line: &&str| {
        let word = line.split_whitespace().next().unwrap_or_default();
        ["@prefix", "@base", "prefix", "base"].contains(&word.to_ascii_lowercase().as_str())
    };
    let is_line = |line: &&str| {
        // Turtle may have a statement a line as well, with `a` or a prefixed name for a property.
        let property = line.split_whitespace().nth(1);
        (line.starts_with('<') || line.starts_with("_:"))
            && line.trim_end().ends_with('.')
            && property.is_some_and(|property| property.starts_with('<'))
    };
    if whole.iter().any(declares) {
        let opens = text.contains("> {") || text.starts_with("{ ");
        return Some(if opens { Syntax::TriG } else { Syntax::Turtle });
    }
    let first = whole.first()?;
    if whole.iter().all(is_line) {
        return Some(if terms(first) == 4 {
            Syntax::NQuads
        } else {
            Syntax::NTriples
        });
    }
    let is_turtle = first.starts_with(['<', '[', '(']) || first.contains(':');
    is_turtle.then_some(Syntax::Turtle)
}

/// The terms of a line of N-Triples or N-Quads.
fn terms(line: &str) -> usize {
    let mut count = 0;
    let mut rest = line.trim_end().trim_end_matches('.').trim();
    while !rest.is_empty() {
        count += 1;
        let end = match rest.chars().next() {
            Some('<') => rest.find('>').map(|at| at + 1),
            Some('"') => rest
                .rfind('"')
                .and_then(|quote| Some(quote + rest.get(quote..)?.find(' ')?)),
            _ => rest.find(' '),
        };
        rest = end
            .and_then(|end| rest.get(end..))
            .unwrap_or_default()
            .trim_start();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents with what their server says of them, their file's name and what they are.
    const DOCUMENTS: [(&str, &str, &str, Syntax); 18] = [
        (
            "<?xml version='1.0'?><rdf:RDF",
            "text/plain",
            "",
            Syntax::RdfXml,
        ),
        (
            "<rdf:RDF xmlns:rdf=",
            "application/octet-stream",
            "",
            Syntax::RdfXml,
        ),
        ("\u{feff}<rdf:RDF>", "text/turtle", "", Syntax::RdfXml),
        ("{\"@context\": {}}", "text/html", "", Syntax::JsonLd),
        ("[ {\"@id\": 1}]", "application/xml", "", Syntax::JsonLd),
        (
            "@prefix a: <b> .\n<a> <b> <c>.",
            "application/rdf+xml",
            "",
            Syntax::Turtle,
        ),
        (
            "@prefix a: <b> .\n",
            "text/plain; charset=utf-8",
            "",
            Syntax::Turtle,
        ),
        (
            "@prefix a: <b> .\n",
            "application/n-triples",
            "",
            Syntax::Turtle,
        ),
        (
            "PREFIX a: <b>\n<g> { <a> <b> <c> }",
            "application/trig",
            "",
            Syntax::TriG,
        ),
        (
            "@prefix a: <b> .\n<g> {\n<a> a <c> }",
            "text/plain",
            "",
            Syntax::TriG,
        ),
        (
            "<http://e/a> a <http://e/b> .\n",
            "text/plain",
            "",
            Syntax::Turtle,
        ),
        (
            "# c\n<http://e/a> <http://e/b> \"x . y\"@fr .\n",
            "text/plain",
            "",
            Syntax::NTriples,
        ),
        (
            "<http://e/a> <http://e/b> \"x\" <http://e/g> .\n",
            "text/plain",
            "",
            Syntax::NQuads,
        ),
        (
            "_:a <http://e/b> <http://e/c> .\n",
            "text/n3",
            "",
            Syntax::N3,
        ),
        (
            "<http://e/a> a <http://e/c> ;\n a <http://e/d> .\n",
            "text/plain",
            "",
            Syntax::Turtle,
        ),
        (
            "[ a <http://e/c> ] .\n",
            "application/json",
            "",
            Syntax::Turtle,
        ),
        (
            "@prefix a: <b> .\n",
            "text/plain",
            "catalogue.n3",
            Syntax::N3,
        ),
        (
            "@prefix a: <b> .\n",
            "application/gzip",
            "catalogue.n3.gz",
            Syntax::N3,
        ),
    ];

    #[test]
    fn a_document_is_what_it_looks_like_whatever_is_said_of_it() {
        for (head, said, name, syntax) in DOCUMENTS {
            let url = format!("https://e.fr/{name}?format=x.rdf");
            assert_eq!(
                super::syntax(head.as_bytes(), claimed(Some(said), Some(&url))),
                Ok(syntax),
                "{head} as {said}"
            );
        }
    }

    #[test]
    fn what_is_no_rdf_is_refused_with_its_name() {
        for (head, why) in [
            ("<!DOCTYPE html><html><body>En maintenance", "HTML"),
            ("<html lang='fr'>", "HTML"),
            ("", "empty"),
            ("Service indisponible", "none of the syntaxes"),
        ] {
            let error = syntax(head.as_bytes(), claimed(Some("text/html"), None)).unwrap_err();
            assert!(error.contains(why), "{head}: {error}");
        }
    }

    #[test]
    fn wide_characters_do_not_hide_the_syntax() {
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(
                "<?xml version='1.0'?>"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes),
            )
            .collect();
        assert_eq!(syntax(&wide, None), Ok(Syntax::RdfXml));
    }
}
