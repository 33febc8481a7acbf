//! Errors as people read them: the error and what caused it, each said once, on one line that cannot be
//! forged: what portals send is quoted in it.

use std::error::Error;

/// The most characters of an error.
const LONGEST: usize = 2_000;

/// An error with its causes. Many errors quote their cause already; it is not said twice.
#[must_use]
pub fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string().trim_end().to_owned();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(said.trim_end()) {
            text = format!("{text}: {}", said.trim_end());
        }
        cause = error.source();
    }
    line(&text, LONGEST)
}

/// The first `length` characters of a text on one line, white space as single spaces, without
/// control characters (the ones that turn the direction of text included).
#[must_use]
pub fn line(text: &str, length: usize) -> String {
    let words = text.split_whitespace().map(|word| {
        let shown = word.chars().filter(|&c| !is_control(c));
        shown.collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("{message}")]
    struct Fault {
        message: &'static str,
        source: Option<std::num::ParseIntError>,
    }

    #[test]
    fn a_cause_is_said_once() {
        let cause = || "x".parse::<u8>().err();
        let silent = Fault {
            message: "no number",
            source: cause(),
        };
        assert_eq!(causes(&silent), "no number: invalid digit found in string");
        let quoting = Fault {
            message: "no number (invalid digit found in string)",
            source: cause(),
        };
        assert_eq!(causes(&quoting), quoting.message);
    }

    #[test]
    fn what_is_quoted_cannot_reach_the_terminal_or_fill_it() {
        let hostile = Fault {
            message: "the service says: \u{1b}[31mred\r\n2026-12-01 ERROR forged \u{202e}",
            source: None,
        };
        assert_eq!(
            causes(&hostile),
            "the service says: [31mred 2026-12-01 ERROR forged"
        );
        assert_eq!(line(&"é".repeat(9), 4), "éééé…");
        assert_eq!(line("été", 3), "été");
        assert_eq!(
            line("  <h1>\r\n\tOops\u{1b}[31m\u{202e} no\u{0} é</h1>\n", 300),
            "<h1> Oops[31m no é</h1>"
        );
    }
}
