//! The prefix that a refused query uses and does not declare: the parser only says what it expected.

/// The first prefix that is used and not declared anywhere in the query. The text is no valid query, so
/// this reads words, not grammar: IRIs, strings and comments are passed over.
pub(super) fn undeclared(query: &str) -> Option<String> {
    let mut declared = Vec::new();
    let mut used = Vec::new();
    let mut declaring = false;
    let mut rest = query;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '<' => iri(rest),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => string(rest, first),
            '?' | '$' | '@' => 1 + name(rest.get(1..).unwrap_or_default()),
            _ if starts_name(first) || first == ':' => {
                let prefix = name(rest);
                let (word, after) = rest.split_at_checked(prefix)?;
                if after.starts_with(':') {
                    if declaring {
                        declared.push(word);
                    } else if word != "_" {
                        used.push(word);
                    }
                    declaring = false;
                    prefix + 1 + local(after.get(1..).unwrap_or_default())
                } else {
                    declaring = word.eq_ignore_ascii_case("PREFIX");
                    prefix.max(first.len_utf8())
                }
            }
            _ => first.len_utf8(),
        };
        rest = rest.get(length..)?;
    }
    let missing = used.into_iter().find(|prefix| !declared.contains(prefix))?;
    Some(missing.to_owned())
}

fn starts_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a prefix or another word.
fn name(text: &str) -> usize {
    let end = text.find(|c: char| !(starts_name(c) || matches!(c, '-' | '.')));
    end.unwrap_or(text.len())
}

/// The length of what follows the colon.
fn local(text: &str) -> usize {
    let end = text.find(|c: char| !(starts_name(c) || matches!(c, '-' | '.' | ':' | '%' | '\\')));
    end.unwrap_or(text.len())
}

/// The length of an IRI; of `<` alone where it is an operator.
fn iri(text: &str) -> usize {
    let inside = text.get(1..).unwrap_or_default();
    match inside.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '{' | '}')) {
        Some(end) if inside.get(end..).is_some_and(|rest| rest.starts_with('>')) => end + 2,
        _ => 1,
    }
}

/// The length of a string with its quotes, single or threefold.
fn string(text: &str, quote: char) -> usize {
    let long: String = std::iter::repeat_n(quote, 3).collect();
    let mark = if text.starts_with(&long) {
        long
    } else {
        quote.to_string()
    };
    let mut at = mark.len();
    while let Some(rest) = text.get(at..) {
        if rest.starts_with(&mark) {
            return at + mark.len();
        }
        let mut characters = rest.chars();
        match characters.next() {
            Some('\\') => at += 1 + characters.next().map_or(0, char::len_utf8),
            Some(c) => at += c.len_utf8(),
            None => break,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            assert_eq!(undeclared(query).as_deref(), expected, "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(query in "[a-z:<>\"'#\\\\ é\n]{0,40}") {
            let _ = undeclared(&query);
        }
    }
}
