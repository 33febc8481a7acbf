//! The prefix that a refused query uses and does not declare: the parser only says what it expected.

use std::fmt;

use crate::rdf::namespace::{known, well_known};
use crate::web::words::{Word, words};

/// A prefix that is used and not declared.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing {
    prefix: String,
}

/// The first prefix that is used and not declared anywhere in the query.
pub(super) fn undeclared(query: &str) -> Option<Missing> {
    let mut declared = Vec::new();
    let mut used = Vec::new();
    let mut declaring = false;
    for (word, text) in words(query) {
        match (word, text.split_once(':')) {
            (Word::Prefixed, Some((prefix, _))) => {
                if declaring {
                    declared.push(prefix);
                } else if prefix != "_" {
                    used.push(prefix);
                }
                declaring = false;
            }
            (Word::Name, _) => declaring = text.eq_ignore_ascii_case("PREFIX"),
            _ => {}
        }
    }
    let missing = used.into_iter().find(|prefix| !declared.contains(prefix))?;
    Some(Missing {
        prefix: missing.to_owned(),
    })
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { prefix } = self;
        write!(f, "the prefix `{prefix}:` is not declared")?;
        if let Some(namespace) = well_known(prefix) {
            return write!(f, ": add `PREFIX {prefix}: <{namespace}>`");
        }
        let near = known().filter(|(known, _)| is_near(known, prefix));
        match near.min_by_key(|(known, _)| known.len().abs_diff(prefix.len())) {
            Some((name, namespace)) => write!(f, "; did you mean `{name}:` <{namespace}>?"),
            None => Ok(()),
        }
    }
}

/// Whether one letter too many, too few, another or two in the other order make the difference.
fn is_near(known: &str, typed: &str) -> bool {
    let lower = typed.to_lowercase();
    let (one, two): (Vec<char>, Vec<char>) = (known.chars().collect(), lower.chars().collect());
    let same = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let ends = |a: usize, b: usize| one.get(same + a..) == two.get(same + b..);
    let turned =
        || one.get(same) == two.get(same + 1) && one.get(same + 1) == two.get(same) && ends(2, 2);
    !lower.is_empty() && (ends(0, 0) || ends(1, 0) || ends(0, 1) || ends(1, 1) || turned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_prefix_that_nobody_declares_is_named() {
        for (query, expected) in [
            ("SELECT * { ?s dct:title ?t }", Some("dct")),
            (
                "PREFIX dct: <http://purl.org/dc/terms/> SELECT * { ?s a dcat:Dataset ; dct:title ?t }",
                Some("dcat"),
            ),
            (
                "prefix dct: <http://purl.org/dc/terms/>\nSELECT * { ?s dct:title \"ex:a\"@fr, 'b:c' } # d:e",
                None,
            ),
            ("SELECT * { ?s <http://e.org/a:b> _:b . FILTER(1<2) }", None),
            ("SELECT * { ?s :p ?o }", Some("")),
            ("PREFIX : <http://e.org/> SELECT * { ?s :p ?o }", None),
            ("SELECT * { ?s ?p \"\"\"a \" x:y\"\"\" ; y:z 1 }", Some("y")),
            ("SELECT * { ?s ?p 'it\\'s x:y' }", None),
            ("SELEC", None),
            ("", None),
        ] {
            let found = undeclared(query).map(|missing| missing.prefix);
            assert_eq!(found.as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn what_was_meant_is_proposed() {
        let missing = |prefix: &str| Missing {
            prefix: prefix.to_owned(),
        };
        assert_eq!(
            missing("dcat").to_string(),
            "the prefix `dcat:` is not declared: add `PREFIX dcat: <http://www.w3.org/ns/dcat#>`"
        );
        assert_eq!(
            missing("dcta").to_string(),
            "the prefix `dcta:` is not declared; did you mean `dcat:` <http://www.w3.org/ns/dcat#>?"
        );
        assert_eq!(
            missing("wikibase").to_string(),
            "the prefix `wikibase:` is not declared"
        );
    }
}
