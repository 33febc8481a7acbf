//! A query as words: enough of SPARQL's grammar (<https://www.w3.org/TR/sparql11-query/#sparqlGrammar>) to
//! tell IRIs, strings and comments from the rest. Any text is read, also what is no query.

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Word {
    /// `<…>`.
    Iri,
    /// `# …`, without the end of its line.
    Comment,
    /// In quotes, single or threefold.
    Text,
    /// `?name` or `$name`.
    Variable,
    /// `@tag`.
    Language,
    /// `prefix:local`, and `prefix:` alone.
    Prefixed,
    /// A keyword, a function, a number.
    Name,
    /// A space or a sign.
    Other,
}

/// The words of a text, one after another: joined, they are the text.
pub(in crate::web) fn words(text: &str) -> impl Iterator<Item = (Word, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let (word, length) = one(rest, first);
        let (taken, left) = rest.split_at_checked(length)?;
        rest = left;
        Some((word, taken))
    })
}

fn one(rest: &str, first: char) -> (Word, usize) {
    let after = || rest.get(1..).unwrap_or_default();
    match first {
        '<' => match iri(rest) {
            1 => (Word::Other, 1),
            length => (Word::Iri, length),
        },
        '#' => (Word::Comment, rest.find('\n').unwrap_or(rest.len())),
        '"' | '\'' => (Word::Text, string(rest, first)),
        '?' | '$' => match variable(after()) {
            0 => (Word::Other, 1),
            length => (Word::Variable, 1 + length),
        },
        '@' => (Word::Language, 1 + name(after())),
        _ if starts_name(first) || first == ':' => {
            let prefix = name(rest);
            let behind = rest.get(prefix..).unwrap_or_default();
            if behind.starts_with(':') {
                let local = local(behind.get(1..).unwrap_or_default());
                (Word::Prefixed, prefix + 1 + local)
            } else {
                (Word::Name, prefix.max(first.len_utf8()))
            }
        }
        _ => (Word::Other, first.len_utf8()),
    }
}

fn starts_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of the name of a variable.
fn variable(text: &str) -> usize {
    text.find(|c: char| !starts_name(c)).unwrap_or(text.len())
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
    fn words_are_what_they_look_like() {
        let query = "SELECT ?a { $b a dct:title ; <http://e.org/#x> \"# ?no\"@fr } # ?c";
        let found: Vec<_> = words(query)
            .filter(|(word, _)| *word != Word::Other)
            .collect();
        assert_eq!(
            found,
            [
                (Word::Name, "SELECT"),
                (Word::Variable, "?a"),
                (Word::Variable, "$b"),
                (Word::Name, "a"),
                (Word::Prefixed, "dct:title"),
                (Word::Iri, "<http://e.org/#x>"),
                (Word::Text, "\"# ?no\""),
                (Word::Language, "@fr"),
                (Word::Comment, "# ?c"),
            ]
        );
    }

    proptest! {
        #[test]
        fn joined_they_are_the_text(text in "[a-z:<>\"'#?$@\\\\ é\n]{0,40}") {
            let joined: String = words(&text).map(|(_, word)| word).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
