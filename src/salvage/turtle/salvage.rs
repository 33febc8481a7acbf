//! A statement that the parser refuses, taken apart: property by property, object by object, bracket by
//! bracket, until only what is broken is left out.

use oxigraph::model::Triple;

use super::super::effort;
use super::super::statement::cut;
use super::Parser;
use crate::finding::Code;

/// How deep brackets are opened to leave out what is broken in them.
const DEEPEST: usize = 4;

impl Parser<'_> {
    /// What can be parsed of a statement, taken apart into its properties.
    pub(super) fn salvage(
        &mut self,
        body: &str,
        said: &mut Vec<(Code, String, String)>,
        depth: usize,
    ) -> Vec<Triple> {
        let mut parts = cut(body, b';').into_iter();
        let Some(first) = parts.next() else {
            return Vec::new();
        };
        let Some((mut subject, first)) = first_word(&first) else {
            return Vec::new();
        };
        let mut triples = Vec::new();
        let mut parts: Vec<String> = std::iter::once(first).chain(parts).collect();
        if subject.starts_with('[') {
            let inner = subject.trim_start_matches('[').trim_end_matches(']');
            self.opened += 1;
            let name = format!("_:opened{}", self.opened);
            parts.splice(0..0, cut(inner, b';'));
            subject = name;
        }
        for part in parts.iter().filter(|part| !part.is_empty()) {
            // Also putting a subject of a megabyte before each of its properties is work.
            if self.effort.is_spent() {
                let message = format!("properties were left out: {}", effort::SPENT);
                said.push((Code::SyntaxRepaired, message, part.to_owned()));
                break;
            }
            match self.parse_declared(&format!("{subject} {part} .\n"), said) {
                Ok(found) => triples.extend(found),
                Err(error) => triples.extend(self.objects(&subject, part, &error, said, depth)),
            }
        }
        triples
    }

    /// What can be parsed of a property: object by object, and brackets opened.
    fn objects(
        &mut self,
        subject: &str,
        part: &str,
        error: &str,
        said: &mut Vec<(Code, String, String)>,
        depth: usize,
    ) -> Vec<Triple> {
        let mut triples = Vec::new();
        let lost = |said: &mut Vec<(Code, String, String)>, error: &str| {
            let message = format!("a property was left out: {error}");
            said.push((Code::SyntaxRepaired, message, part.to_owned()));
        };
        let Some((predicate, rest)) = first_word(part) else {
            lost(said, error);
            return triples;
        };
        let objects = cut(&rest, b',');
        for object in &objects {
            if self.effort.is_spent() {
                lost(said, effort::SPENT);
                break;
            }
            if let Some(inner) = object
                .strip_prefix('[')
                .and_then(|inner| inner.strip_suffix(']'))
                && depth < DEEPEST
            {
                self.opened += 1;
                let name = format!("_:opened{}", self.opened);
                let link = format!("{subject} {predicate} {name} .\n");
                let Ok(link) = self.parse_declared(&link, said) else {
                    lost(said, error);
                    continue;
                };
                triples.extend(link);
                triples.extend(self.salvage(&format!("{name} {inner}"), said, depth + 1));
                continue;
            }
            match self.parse_declared(&format!("{subject} {predicate} {object} .\n"), said) {
                Ok(found) => triples.extend(found),
                Err(error) => lost(said, &error),
            }
        }
        triples
    }
}

/// The first token of a text and the rest.
fn first_word(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let end = if text.starts_with('<') {
        text.find('>')? + 1
    } else if text.starts_with('[') {
        let mut depth = 0_u32;
        text.char_indices().find_map(|(at, c)| {
            match c {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at + 1)
        })?
    } else {
        text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '[' | '"'))?
    };
    let (word, rest) = text.split_at_checked(end)?;
    Some((word.to_owned(), rest.trim().to_owned()))
}
