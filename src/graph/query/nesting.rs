//! How deeply a query is nested, seen without parsing it.
//!
//! The grammar of SPARQL is recursive, and so are its parser, its optimiser and its evaluator: brackets in
//! brackets, `!!!!`, and what is joined by operators (`a/b/c/…`, `?a + ?b + …`, UNION after UNION), which
//! becomes a tree as deep as it is long. Strings, IRIs and comments are skipped; what is left is counted.

use thiserror::Error;

/// The deepest nesting: queries written by hand have a dozen levels, those of query builders some forty.
const DEEPEST: usize = 100;

/// The most operators in a row of signs (`!`, `-`, `^`…).
const SIGNS: usize = 20;

/// The most operators of a query, and of the words that nest like them.
const OPERATORS: usize = 2_000;

/// Words of which each takes what came before it into a new node; the others have braces.
const WORDS: [&str; 3] = ["AS", "FILTER", "EXISTS"];

/// Why a query is not parsed.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    /// Too many open brackets.
    #[error("the query's brackets are nested more than {DEEPEST} deep")]
    Brackets,
    /// Too many signs in a row.
    #[error("the query has more than {SIGNS} signs in a row")]
    Signs,
    /// Too many operators.
    #[error("the query has more than {OPERATORS} operators and groups")]
    Operators,
}

/// Refuses a query that is nested too deeply.
///
/// # Errors
/// [`Nesting`]
pub(super) fn check(query: &str) -> Result<(), Nesting> {
    let mut rest = query.as_bytes();
    let (mut depth, mut signs, mut operators) = (0_usize, 0_usize, 0_usize);
    while let [byte, after @ ..] = rest {
        rest = after;
        match byte {
            b'#' => rest = past(after, |byte| byte == b'\n' || byte == b'\r'),
            b'"' | b'\'' => rest = string(*byte, after),
            b'<' => match iri(after) {
                Some(behind) => rest = behind,
                None => operators += 1,
            },
            b'{' | b'(' | b'[' => {
                depth += 1;
                operators += usize::from(*byte == b'{');
                if depth > DEEPEST {
                    return Err(Nesting::Brackets);
                }
            }
            b'}' | b')' | b']' => depth = depth.saturating_sub(1),
            b'!' | b'+' | b'-' | b'^' => {
                signs += 1;
                operators += 1;
                if signs > SIGNS {
                    return Err(Nesting::Signs);
                }
                continue;
            }
            b'/' | b'*' | b'=' | b'>' => operators += 1,
            b'?' if !names(after) => operators += 1,
            b'|' | b'&' => {
                operators += 1;
                rest = after.strip_prefix(&[*byte]).unwrap_or(after);
            }
            // A variable has no sign in its name.
            b'?' | b'$' => rest = past_all(after, |byte| names(&[byte]) && byte != b':'),
            b':' | b'@' | b'_' => rest = word(after).1,
            _ if byte.is_ascii_alphabetic() => {
                let (tail, behind) = word(after);
                if WORDS.iter().any(|known| is_word(known, *byte, tail)) {
                    operators += 1;
                }
                rest = behind;
            }
            _ if byte.is_ascii_whitespace() => continue,
            _ => {}
        }
        signs = 0;
        if operators > OPERATORS {
            return Err(Nesting::Operators);
        }
    }
    Ok(())
}

fn past(text: &[u8], ends: impl Fn(u8) -> bool) -> &[u8] {
    let end = text.iter().position(|byte| ends(*byte));
    end.and_then(|end| text.get(end + 1..)).unwrap_or_default()
}

/// What comes behind the bytes that belong to a name.
fn past_all(text: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    let end = text.iter().position(|byte| !belongs(*byte));
    end.and_then(|end| text.get(end..)).unwrap_or_default()
}

/// What comes behind a string.
fn string(quote: u8, text: &[u8]) -> &[u8] {
    let long = [quote; 2];
    let (mut rest, is_long) = match text.strip_prefix(&long) {
        Some(behind) => (behind, true),
        None => (text, false),
    };
    loop {
        match rest {
            [b'\\', _, behind @ ..] => rest = behind,
            [byte, behind @ ..] if *byte == quote => {
                if !is_long {
                    return behind;
                }
                if let Some(behind) = behind.strip_prefix(&long) {
                    return behind;
                }
                rest = behind;
            }
            [_, behind @ ..] => rest = behind,
            [] => return rest,
        }
    }
}

/// What comes behind an IRI, if it is one.
fn iri(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| {
        matches!(
            byte,
            b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
        ) || *byte <= b' '
    })?;
    let (_, behind) = text.split_at_checked(end)?;
    behind.strip_prefix(b">")
}

/// The rest of a word or name, and what comes behind it. Signs inside of a name are none.
fn word(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| {
        !(byte.is_ascii_alphanumeric()
            || *byte >= 0x80
            || matches!(byte, b'_' | b'-' | b'.' | b':' | b'%'))
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// Whether a name begins: a variable's, or one with a prefix.
fn names(text: &[u8]) -> bool {
    text.first().is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':') || *byte >= 0x80
    })
}

fn is_word(known: &str, first: u8, tail: &[u8]) -> bool {
    match known.as_bytes() {
        [start, rest @ ..] => start.eq_ignore_ascii_case(&first) && rest.eq_ignore_ascii_case(tail),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_nested_without_end_is_refused() {
        use Nesting::{Brackets, Operators, Signs};
        let many = |part: &str| part.repeat(50_000);
        let within = |open: &str, inner: &str, close: &str| {
            format!("SELECT * {{ {}{inner}{} }}", many(open), many(close))
        };
        let behind = |start: &str, part: &str, end: &str| {
            format!("SELECT * {{ {start}{}{end} }}", many(part))
        };
        for (query, why) in [
            (within("{", "", "}"), Brackets),
            (within("FILTER(", "1", ")"), Brackets),
            (within("?s ?p [", "", "]"), Brackets),
            (behind("FILTER(", "!", "true)"), Signs),
            (behind("FILTER(", "- ", "1)"), Signs),
            (behind("?s ", "^", "a ?o"), Signs),
            (behind("?s a", "/a", " ?o"), Operators),
            (behind("?s a", "|:a", " ?o"), Operators),
            (behind("?s a ?o ", ". ?s a? ?o ", ""), Operators),
            (behind("FILTER(?a", "-?a", ")"), Operators),
            (behind("FILTER(1", " || 1", ")"), Operators),
            (behind("", "{} ", ""), Operators),
            (behind("{}", " UNION {}", ""), Operators),
            (behind("", "FILTER ?a ", ""), Operators),
            (format!("SELECT {} {{}}", many("(1 AS ?a) ")), Operators),
        ] {
            let start: String = query.chars().take(40).collect();
            assert_eq!(check(&query), Err(why), "{start}");
        }
    }

    #[test]
    fn what_is_only_long_is_not() {
        let many = |part: &str| part.repeat(5_000);
        let rows = many("(<http://e/a?b=c&d=(/e> 'x') ");
        let long = many("{('(\\'");
        let short = many("(\\\"'");
        for query in [
            format!("SELECT * {{ VALUES (?a ?b) {{ {rows} }} }}"),
            format!("SELECT * {{ {} }}", many("?s :a-b.c:d ?o . ")),
            format!("# {long}\nASK {{ ?s ?p '''{long}''', \"{short}\" }}"),
            format!("ASK {{ FILTER(?x IN (1{})) }}", many(", 1")),
            "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o<3 && ?o>1) }".to_owned(),
        ] {
            let start: String = query.chars().take(40).collect();
            assert_eq!(check(&query), Ok(()), "{start}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(query in "(<|>|'|\"|\\\\|#|\n|[({})]|[!?a-c:]|\\PC){0,40}") {
            let _ = check(&query);
        }
    }
}
