//! Texts in a language: a literal whose tag every syntax can write.

use oxigraph::model::Literal;

/// A text in the language of `tag`; none where that is no tag.
///
/// The model takes any tag that looks well-formed (BCP 47 §2.1, also `e1`); N-Triples, in which all is kept,
/// has letters only before the first hyphen (<https://www.w3.org/TR/n-triples/#grammar-production-LANGTAG>).
#[must_use]
pub fn tagged(text: impl Into<String>, tag: &str) -> Option<Literal> {
    let primary = tag.split('-').next().unwrap_or_default();
    if !primary.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    Literal::new_language_tagged_literal(text, tag).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::lines;

    #[test]
    fn what_is_tagged_can_be_read_again() {
        for (tag, is_one) in [
            ("fr", true),
            ("fr-FR", true),
            ("zh-Hant", true),
            ("de-1996", true),
            ("x-own", true),
            ("e1", false),
            ("1", false),
            ("", false),
            ("en--ltr", false),
            ("en-", false),
            ("abcdefghi", false),
            ("fr FR", false),
        ] {
            let literal = tagged("été", tag);
            assert_eq!(literal.is_some(), is_one, "{tag}");
            if let Some(literal) = literal {
                let line = format!("<http://e.org/s> <http://e.org/p> {literal} .\n");
                assert_eq!(lines::parse(&line).unwrap().len(), 1, "{tag}");
            }
        }
    }
}
