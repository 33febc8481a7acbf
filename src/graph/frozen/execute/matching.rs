//! Tests of texts.

use oxigraph::model::Variable;
use regex::{Regex, RegexBuilder};
use spargebra::algebra::{Expression, Function};

/// The datatype of plain strings.
pub(super) const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// As in spareval.
const REGEX_SIZE_LIMIT: usize = 1_000_000;

/// Where the text of a value comes from.
pub(super) enum Source {
    /// The string itself.
    Value,
    /// `STR` of the value.
    Str,
}

pub(super) enum Case {
    Kept,
    Lower,
    Upper,
}

pub(super) enum Match {
    Contains(String),
    Starts(String),
    Ends(String),
    Equals(String),
    Regex(Box<Regex>),
}

/// The text that an expression makes of a variable.
pub(super) fn source(expression: &Expression, variable: &Variable) -> Option<(Source, Case)> {
    match expression {
        Expression::Variable(v) if v == variable => Some((Source::Value, Case::Kept)),
        Expression::FunctionCall(function, arguments) => {
            let [argument] = arguments.as_slice() else {
                return None;
            };
            match function {
                Function::Str => match argument {
                    Expression::Variable(v) if v == variable => Some((Source::Str, Case::Kept)),
                    _ => None,
                },
                Function::LCase | Function::UCase => match source(argument, variable)? {
                    (source, Case::Kept) if *function == Function::LCase => {
                        Some((source, Case::Lower))
                    }
                    (source, Case::Kept) => Some((source, Case::Upper)),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// As spareval's `compile_pattern`.
pub(super) fn regex(pattern: &str, flags: &str) -> Option<Regex> {
    let escaped;
    let pattern = if flags.contains('q') {
        escaped = regex::escape(pattern);
        &escaped
    } else {
        pattern
    };
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(REGEX_SIZE_LIMIT);
    for flag in flags.chars() {
        match flag {
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            _ => return None,
        };
    }
    builder.build().ok()
}

pub(super) fn in_range(range: &str, language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    if range == "*" {
        return !language.is_empty();
    }
    let mut subtags = language.split('-');
    range
        .split('-')
        .all(|wanted| subtags.next() == Some(wanted))
}

pub(super) fn lower<'b>(text: &str, buffer: &'b mut String) -> &'b str {
    if text.is_ascii() {
        buffer.clear();
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        *buffer = text.to_lowercase();
    }
    buffer
}

impl Match {
    pub(super) fn test(&self, text: &str) -> bool {
        match self {
            Self::Contains(part) => text.contains(part.as_str()),
            Self::Starts(part) => text.starts_with(part.as_str()),
            Self::Ends(part) => text.ends_with(part.as_str()),
            Self::Equals(whole) => text == whole,
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}
