//! robots.txt: what a host asks those to leave alone who read it without being asked to.
//!
//! RFC 9309, and the `Crawl-delay` that it does not know and many hosts state. Reading never fails: what
//! is no rule is passed over, so a page of HTML allows everything.

use std::time::Duration;

use percent_encoding::{percent_decode, percent_encode_byte};
use url::Url;

/// The name that Moisson's groups of rules go by (RFC 9309 §2.2.1).
const TOKEN: &str = "moisson";

/// What is read of a file; RFC 9309 §2.5 wants 500 KiB at least.
pub(super) const MAX_BYTES: usize = 500 << 10;

/// The rules of one host for Moisson.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rules {
    rules: Vec<Rule>,
    /// The pause that the host asks for.
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    verdict: Verdict,
    /// How specific it is: the octets of its pattern.
    length: usize,
    /// What lies between the stars, in the form in which paths are compared.
    pieces: Vec<String>,
    /// Whether it fits only whole paths.
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    Closed,
}

/// In the order of preference among patterns of one length (RFC 9309 §2.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Disallow,
    Allow,
}

impl Rules {
    /// Reads a file: the groups for Moisson, all together, or else those for everybody.
    pub(super) fn parse(text: &[u8]) -> Self {
        let text = text.get(..MAX_BYTES).unwrap_or(text);
        let text = String::from_utf8_lossy(text);
        let (mut own, mut common) = (None, Self::default());
        let (mut names, mut listing) = (Vec::new(), true);
        for line in text.trim_start_matches('\u{feff}').split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !listing {
                    names.clear();
                }
                listing = true;
                names.push(product(value));
                if product(value) == TOKEN {
                    own.get_or_insert_with(Self::default);
                }
                continue;
            }
            let is_rule = matches!(key.as_str(), "allow" | "disallow" | "crawl-delay");
            if !is_rule {
                continue;
            }
            listing = false;
            if let Some(own) = &mut own
                && names.iter().any(|name| name == TOKEN)
            {
                own.add(&key, value);
            }
            if names.iter().any(|name| name == "*") {
                common.add(&key, value);
            }
        }
        own.unwrap_or(common)
    }

    fn add(&mut self, key: &str, value: &str) {
        let verdict = match key {
            "allow" => Verdict::Allow,
            "disallow" => Verdict::Disallow,
            _ => {
                let seconds = value.parse().ok();
                let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.delay = self.delay.max(delay);
                return;
            }
        };
        // A rule without a pattern is none: `Disallow:` allows everything.
        if !value.is_empty() {
            self.rules.push(Rule::new(verdict, value));
        }
    }

    /// Whether an address may be fetched: the longest pattern that fits decides.
    pub(super) fn allow(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let path = match url.query() {
            None => url.path().to_owned(),
            Some(query) => format!("{}?{query}", url.path()),
        };
        let path = comparable(&path);
        self.rules
            .iter()
            .filter(|rule| rule.fits(&path))
            .max_by_key(|rule| (rule.length, rule.verdict))
            .is_none_or(|rule| rule.verdict == Verdict::Allow)
    }
}

/// The product token at the start of a name: `Moisson/2.0` is `moisson`.
fn product(value: &str) -> String {
    if value.starts_with('*') {
        return "*".to_owned();
    }
    value
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'))
        .collect::<String>()
        .to_ascii_lowercase()
}

impl Rule {
    /// `*` is anything, `$` at the end is the path's end.
    fn new(verdict: Verdict, pattern: &str) -> Self {
        let (pattern, end) = match pattern.strip_suffix('$') {
            Some(pattern) => (pattern, End::Closed),
            None => (pattern, End::Open),
        };
        let pieces: Vec<String> = pattern.split('*').map(comparable).collect();
        let length = pieces.iter().map(|piece| piece.len() + 1).sum();
        Self {
            verdict,
            length,
            pieces,
            end,
        }
    }

    /// Whether it fits the beginning of a path, or all of it.
    fn fits(&self, path: &str) -> bool {
        let Some((first, pieces)) = self.pieces.split_first() else {
            return false;
        };
        let Some(mut rest) = path.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = pieces.split_last() else {
            return self.end == End::Open || rest.is_empty();
        };
        // The first place for each piece leaves the most room for those after it.
        for piece in middle {
            match rest.split_once(piece.as_str()) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        match self.end {
            End::Open => rest.contains(last.as_str()),
            End::Closed => rest.ends_with(last.as_str()),
        }
    }
}

/// The form in which patterns and paths are compared (RFC 9309 §2.2.2): what needs no percent sign has
/// none; what does, and what is special in patterns, has one, in upper case.
fn comparable(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let encoded = bytes.get(at..at + 3).filter(|triple| is_encoded(triple));
        let decoded = encoded.and_then(|triple| percent_decode(triple).next());
        at += if decoded.is_some() { 3 } else { 1 };
        match decoded {
            Some(byte) if is_unreserved(byte) => out.push(char::from(byte)),
            // A reserved character means something else encoded.
            Some(byte) => out.push_str(percent_encode_byte(byte)),
            None if byte.is_ascii() && !matches!(byte, b'*' | b'$') => out.push(char::from(byte)),
            None => out.push_str(percent_encode_byte(byte)),
        }
    }
    out
}

fn is_encoded(triple: &[u8]) -> bool {
    matches!(triple, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests;
