//! Terms as feeds write them, made into terms that RDF allows: each alone, with a finding.
//!
//! The parsers read leniently, since a strict one gives up or drops whole nodes: what they let through
//! is an IRI with spaces, a tag `fr_FR`, an address without its scheme. Nothing is decided here about
//! which schemes may be published: a feed may well name its own things by odd ones.

use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Term};
use oxiri::Iri;

use crate::finding::{Code, Finding};
use crate::rdf::iri::{encode, mended};
use crate::rdf::language;
use crate::rdf::vocab::{rdf, xsd};

/// Longer IRIs are data pasted into a field.
const LONGEST: usize = 8192;

/// A term and what had to be done to it; none where nothing can be made of it.
pub(super) type Fixed<T> = (Option<T>, Option<Finding>);

/// Makes an IRI of what a parser gave, already resolved; `base` is that of the document.
pub(super) fn iri(text: &str, base: Option<&str>, field: &str) -> Fixed<NamedNode> {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    // `<<http://…>` for `<http://…>` is a slip of the pen.
    let trimmed = trimmed.trim_start_matches('<').trim_end_matches('>');
    let refused = |why: &str| {
        let finding = Finding::new(Code::IriInvalid, field, format!("left out: {why}"), text);
        (None, Some(finding))
    };
    if trimmed.is_empty() {
        return refused("it is empty");
    }
    if trimmed.len() > LONGEST {
        return refused("it is too long");
    }
    if let Some(address) = base.and_then(|base| hostlike(trimmed, base)) {
        let Ok(iri) = NamedNode::new(encode(&format!("http://{address}")).as_ref()) else {
            return refused("it is an address without a scheme");
        };
        let message = format!("taken as {}: it has no scheme", iri.as_str());
        let finding = Finding::new(Code::IriRepaired, field, message, address);
        return (Some(iri), Some(finding));
    }
    let whole = mended(trimmed);
    let encoded = encode(&whole);
    match NamedNode::new(encoded.as_ref()) {
        Ok(iri) if encoded == text => (Some(iri), None),
        Ok(iri) if whole != trimmed => {
            let message = format!("taken as {}", iri.as_str());
            let finding = Finding::new(Code::IriRepaired, field, message, text);
            (Some(iri), Some(finding))
        }
        Ok(iri) => {
            let message = "forbidden characters were percent-encoded";
            let finding = Finding::new(Code::IriRepaired, field, message, text);
            (Some(iri), Some(finding))
        }
        Err(_) => refused("it is not an IRI"),
    }
}

/// A host where a path should be: `www.e.fr/x`, which resolution has put behind the document's folder.
fn hostlike<'a>(iri: &'a str, base: &str) -> Option<&'a str> {
    let folder = base
        .split(['?', '#'])
        .next()?
        .rsplit_once('/')
        .map(|(folder, _)| folder)?;
    let rest = iri.strip_prefix(folder)?.strip_prefix('/')?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_host = host.starts_with("www.")
        && host.split('.').count() > 2
        && host.split('.').all(|label| !label.is_empty());
    is_host.then_some(rest)
}

/// Resolves a reference as it stands in a document, as leniently as it may be written.
pub(super) fn resolve(reference: &str, base: Option<&str>) -> String {
    let reference = reference.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if reference.starts_with("_:") {
        return reference.to_owned();
    }
    // What needs no resolution is checked, and told of, where the IRI is made.
    if has_scheme(reference) {
        return reference.to_owned();
    }
    if let Some(base) = base
        && let Ok(base) = Iri::parse(base)
        && let Ok(resolved) = base.resolve(&encode(reference))
    {
        return resolved.into_inner();
    }
    reference.to_owned()
}

/// Whether a reference says where it begins.
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

/// Makes a literal of a text with the tag that stands at it.
pub(super) fn tagged(value: String, tag: &str, field: &str) -> (Literal, Option<Finding>) {
    let tag = tag.trim();
    // `xml:lang=""` says that the text is in no language.
    if tag.is_empty() {
        return (Literal::new_simple_literal(value), None);
    }
    if let Some(literal) = language::tagged(value.as_str(), tag) {
        return (literal, None);
    }
    // RDF 1.2 says behind two hyphens in which direction it is written.
    let tidy = tag.replace('_', "-");
    let tidy = tidy.split('.').next().unwrap_or_default();
    let tidy = tidy.split("--").next().unwrap_or_default().trim();
    if let Some(literal) = language::tagged(value.as_str(), tidy) {
        let message = format!("taken as {tidy}");
        let finding = Finding::new(Code::LanguageInvalid, field, message, tag);
        return (literal, Some(finding));
    }
    let message = "the language tag was left out";
    let finding = Finding::new(Code::LanguageInvalid, field, message, tag);
    (Literal::new_simple_literal(value), Some(finding))
}

/// Checks a term of a lenient parser; `field` names the property for the finding.
pub(super) fn object(term: Term, base: Option<&str>, field: &str) -> Fixed<Term> {
    match term {
        Term::NamedNode(node) => {
            let (iri, finding) = iri(node.as_str(), base, field);
            (iri.map(Term::from), finding)
        }
        Term::BlankNode(node) => (Some(node.into()), None),
        Term::Literal(literal) => {
            let (literal, finding) = self::literal(literal, field);
            (Some(literal.into()), finding)
        }
    }
}

fn literal(literal: Literal, field: &str) -> (Literal, Option<Finding>) {
    if let Some(tag) = literal.language() {
        let tag = tag.to_owned();
        let (value, _, _) = literal.destruct();
        return tagged(value, &tag, field);
    }
    let datatype = literal.datatype();
    if datatype == xsd::STRING || datatype == rdf::LANG_STRING {
        return (literal, None);
    }
    let (datatype, finding) = iri(datatype.as_str(), None, field);
    let value = literal.value().to_owned();
    match datatype {
        Some(datatype) if finding.is_none() => (Literal::new_typed_literal(value, datatype), None),
        Some(datatype) => (Literal::new_typed_literal(value, datatype), finding),
        None => (Literal::new_simple_literal(value), finding),
    }
}

/// Checks a subject.
pub(super) fn subject(
    node: NamedOrBlankNode,
    base: Option<&str>,
    field: &str,
) -> Fixed<NamedOrBlankNode> {
    match node {
        NamedOrBlankNode::NamedNode(node) => {
            let (iri, finding) = iri(node.as_str(), base, field);
            (iri.map(NamedOrBlankNode::from), finding)
        }
        blank @ NamedOrBlankNode::BlankNode(_) => (Some(blank), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_repaired_where_the_meaning_is_plain() {
        let base = Some("https://e.fr/feeds/catalogue.rdf?page=2");
        for (written, meant) in [
            ("https://e.fr/a", Some("https://e.fr/a")),
            (" https://e.fr/a b ", Some("https://e.fr/a%20b")),
            ("<https://e.fr/a", Some("https://e.fr/a")),
            (
                "https://e.fr/feeds/www.autre.fr/x",
                Some("http://www.autre.fr/x"),
            ),
            (
                "https://e.fr/feeds/www.pdf",
                Some("https://e.fr/feeds/www.pdf"),
            ),
            ("file:///c/a", Some("file:///c/a")),
            ("", None),
            ("néant", None),
        ] {
            let (found, finding) = iri(written, base, "");
            assert_eq!(found.as_ref().map(NamedNode::as_str), meant, "{written}");
            assert_eq!(finding.is_some(), meant != Some(written), "{written}");
        }
    }

    #[test]
    fn references_are_resolved_against_the_document() {
        let base = Some("https://e.fr/feeds/catalogue.rdf?page=2");
        for (written, meant) in [
            ("#d1", "https://e.fr/feeds/catalogue.rdf?page=2#d1"),
            ("a b", "https://e.fr/feeds/a%20b"),
            ("/x", "https://e.fr/x"),
            ("", "https://e.fr/feeds/catalogue.rdf?page=2"),
            ("https://autre.fr/a b", "https://autre.fr/a b"),
            ("https://autre.fr/é", "https://autre.fr/é"),
        ] {
            assert_eq!(resolve(written, base), meant, "{written}");
        }
        assert_eq!(resolve("a", None), "a");
    }

    #[test]
    fn language_tags_are_read_as_they_are_meant() {
        for (written, meant, found) in [
            ("fr", Some("fr"), false),
            ("fr_FR", Some("fr-fr"), true),
            ("fr_FR.UTF-8", Some("fr-fr"), true),
            ("en--ltr", Some("en"), true),
            ("e1", None, true),
            ("", None, false),
            ("le français", None, true),
        ] {
            let (literal, finding) = tagged("texte".to_owned(), written, "dct:title");
            assert_eq!(literal.language(), meant, "{written}");
            assert_eq!(finding.is_some(), found, "{written}");
        }
    }
}
