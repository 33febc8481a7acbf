//! Whether HTML can be cleaned in time and space that grow with its length only.
//!
//! An HTML parser walks its stack of open elements for many tags, and opens unclosed formatting
//! (`<b>`, `<a>`) anew in every paragraph that follows: ten thousand of each are a hundred million
//! elements. Counting open tags before parsing is enough to refuse those.

use std::collections::HashMap;

/// Elements open at once, all names together.
const DEEPEST: usize = 100;

/// Formatting elements open at once.
const DEEPEST_FORMATTING: usize = 16;

/// Tags in all.
const MOST_TAGS: usize = 20_000;

/// Elements that the parser opens again in each block until they are closed.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements without content, or closed by the next of their kind.
const CLOSED_BY_THEMSELVES: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "source", "td", "th", "tr", "track", "wbr",
];

/// Whether `html` stays within these limits wherever it is cut off.
pub(super) fn is_bearable(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut formatting, mut tags) = (0_usize, 0_usize, 0_usize);
    for part in html.split('<').skip(1) {
        let (closes, part) = match part.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, part),
        };
        let end = part
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(part.len());
        let name = part.get(..end).unwrap_or_default().to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        tags += 1;
        if tags > MOST_TAGS {
            return false;
        }
        if CLOSED_BY_THEMSELVES.contains(&name.as_str()) {
            continue;
        }
        let formats = FORMATTING.contains(&name.as_str());
        let count = open.entry(name).or_default();
        if closes && *count > 0 {
            *count -= 1;
            depth -= 1;
            formatting -= usize::from(formats);
        } else if !closes {
            *count += 1;
            depth += 1;
            formatting += usize::from(formats);
        }
        if depth > DEEPEST || formatting > DEEPEST_FORMATTING {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_html_is_bearable_and_nesting_bombs_are_not() {
        let list = format!(
            "<ul>{}</ul>",
            "<li><b>x</b> <a href=y>z</a><br>".repeat(2_000)
        );
        assert!(is_bearable(&list));
        assert!(is_bearable("1 < 2 <3 </b></b>"));
        assert!(!is_bearable(&"<div>".repeat(200)));
        assert!(!is_bearable(&"<DIV\n>".repeat(200)));
        assert!(!is_bearable(&"<b></x>".repeat(40)));
        assert!(!is_bearable(&"<br>".repeat(30_000)));
    }
}
