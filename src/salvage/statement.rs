//! Cuts Turtle, TriG and N3 into statements, without understanding them: strings, IRIs and comments are
//! recognised, brackets counted, and a statement ends at a dot outside of all of them.
//!
//! So one broken statement costs the parser that statement alone. Some slips are mended on the way: a
//! language tag `fr_FR`, a doubled `<`, a declaration without its dot, a line break in a short string.

mod name;
mod text;

use std::mem::take;

use name::is_name;
use text::Text;

use crate::finding::Code;

/// The finding on something that was mended, and what it says.
pub(super) type Mended = (Code, &'static str);

/// A piece of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// `@prefix`, `@base`, `PREFIX`, `BASE`.
    Declaration(String),
    /// Anything else, without its dot.
    Statement {
        /// Its text.
        text: String,
        /// What was mended in it.
        mended: Option<Mended>,
    },
    /// A statement that ends within brackets nested without end: how it begins.
    TooDeep(String),
}

/// What is in brackets deeper than this, which no catalogue has, is left out before it is parsed.
const DEEPEST: u32 = 100;

/// What is said of a statement of which that was left out.
const TOO_DEEP: Mended = (
    Code::GraphRefused,
    "what its brackets had nested too deeply was left out",
);

/// Statements longer than this are given up: a quote that never ends.
const LONGEST: usize = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    Comment,
    Iri,
    /// A quote that may be the first of three.
    Opening(u8, u8),
    Short(u8),
    ShortEscape(u8),
    Long(u8, u8),
    LongEscape(u8),
    /// Behind the `@` of a string.
    Tag,
}

/// Whether braces are those of named graphs, whose statements are taken, or of N3's formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// TriG
    Graphs,
    /// N3; Turtle has none.
    Formulas,
}

/// The cutter.
pub(super) struct Splitter {
    braces: Braces,
    state: State,
    depth: u32,
    /// How much of the text stays when the brackets that lie too deep are closed.
    hollow: usize,
    text: Vec<u8>,
    /// A dot that ends the statement, unless a name goes on behind it.
    dot: bool,
    /// Whether the last thing was a token that nothing can go on: a string, an IRI, a bracket.
    closed: bool,
    mended: Option<Mended>,
    /// How far the string is read, and whether its text is still kept.
    string: Text,
}

impl Splitter {
    pub(super) fn new(braces: Braces) -> Self {
        Self {
            braces,
            state: State::Plain,
            depth: 0,
            hollow: 0,
            text: Vec::new(),
            dot: false,
            closed: false,
            mended: None,
            string: Text::default(),
        }
    }

    /// Takes the next byte; gives a statement where one has ended before it.
    pub(super) fn push(&mut self, byte: u8) -> Option<Piece> {
        let ended = if self.dot {
            self.dot = false;
            let goes_on = !self.closed
                && (byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'-' | b':' | b'%' | b'\\')
                    || byte >= 0x80);
            if goes_on {
                self.text.push(b'.');
                None
            } else {
                self.piece()
            }
        } else {
            None
        };
        let more = self.step(byte);
        ended.or(more)
    }

    /// Ends the document; gives what is left, and whether it was cut off in the middle.
    pub(super) fn finish(&mut self) -> (Option<Piece>, bool) {
        let is_open = !matches!(self.state, State::Plain | State::Comment | State::Tag)
            || self.depth > 0
            || (!self.dot && !self.text.trim_ascii().is_empty());
        (self.piece(), is_open)
    }

    #[expect(clippy::too_many_lines, reason = "one automaton, one state a branch")]
    fn step(&mut self, byte: u8) -> Option<Piece> {
        self.state = match self.state {
            State::Comment => {
                if byte == b'\n' {
                    self.text.push(byte);
                    State::Plain
                } else {
                    State::Comment
                }
            }
            State::Iri => match byte {
                b'<' if self.text.last() == Some(&b'<') => {
                    self.mended = Some((Code::SyntaxRepaired, "a `<` was dropped"));
                    State::Iri
                }
                b'>' => {
                    self.text.push(byte);
                    self.closed = true;
                    self.state = State::Plain;
                    return self.declaration();
                }
                b'\n' => {
                    self.mended = Some((Code::SyntaxRepaired, "an IRI was ended with its line"));
                    self.text.extend_from_slice(b">\n");
                    State::Plain
                }
                _ => {
                    self.text.push(byte);
                    State::Iri
                }
            },
            State::Opening(quote, 1) => {
                self.string = Text::default();
                if byte == quote {
                    self.text.push(byte);
                    State::Opening(quote, 2)
                } else {
                    self.keep(byte);
                    if byte == b'\\' {
                        State::ShortEscape(quote)
                    } else {
                        State::Short(quote)
                    }
                }
            }
            State::Opening(quote, _) => {
                if byte == quote {
                    self.text.push(byte);
                    State::Long(quote, 0)
                } else {
                    self.closed = true;
                    self.state = State::Plain;
                    return self.step(byte);
                }
            }
            State::Short(quote) => match byte {
                b'\\' => {
                    self.keep(byte);
                    State::ShortEscape(quote)
                }
                b'\n' | b'\r' => {
                    self.mended =
                        Some((Code::SyntaxRepaired, "a line break in a text was escaped"));
                    self.keep(b'\\');
                    self.keep_escape(if byte == b'\n' { b'n' } else { b'r' });
                    State::Short(quote)
                }
                _ if byte == quote => {
                    self.end_string();
                    self.text.push(byte);
                    self.closed = true;
                    State::Plain
                }
                _ => {
                    self.keep(byte);
                    State::Short(quote)
                }
            },
            State::ShortEscape(quote) => {
                self.keep_escape(byte);
                State::Short(quote)
            }
            State::Long(quote, 3) if byte != quote => {
                self.closed = true;
                self.state = State::Plain;
                return self.step(byte);
            }
            State::Long(quote, met) if byte == quote => {
                // All three, or a text that is left out would have some of them.
                if !self.string.is_beyond() {
                    self.text.push(byte);
                } else if met == 2 {
                    self.end_string();
                    self.text.extend_from_slice(&[quote; 3]);
                }
                State::Long(quote, (met + 1).min(3))
            }
            State::Long(quote, met) => {
                self.string.count_quotes(met);
                self.keep(byte);
                if byte == b'\\' {
                    State::LongEscape(quote)
                } else {
                    State::Long(quote, 0)
                }
            }
            State::LongEscape(quote) => {
                self.keep_escape(byte);
                State::Long(quote, 0)
            }
            State::Tag => {
                if byte.is_ascii_alphanumeric() || byte == b'-' {
                    self.text.push(byte);
                    State::Tag
                } else if byte == b'_' {
                    self.mended = Some((Code::SyntaxRepaired, "a language tag has `-`, not `_`"));
                    self.text.push(b'-');
                    State::Tag
                } else {
                    self.closed = true;
                    self.state = State::Plain;
                    return self.step(byte);
                }
            }
            State::Plain => return self.plain(byte),
        };
        if self.text.len() > LONGEST {
            self.state = State::Plain;
            return self.piece();
        }
        None
    }

    fn plain(&mut self, byte: u8) -> Option<Piece> {
        let after_closed = std::mem::replace(&mut self.closed, false);
        match byte {
            b'#' if self.text.last() != Some(&b'\\') => {
                self.state = State::Comment;
                return None;
            }
            b'<' => self.state = State::Iri,
            b'"' | b'\'' => self.state = State::Opening(byte, 1),
            b'@' if after_closed => self.state = State::Tag,
            b']' | b')' => {
                self.close();
                self.text.push(byte);
                self.closed = true;
                return None;
            }
            b'{' if self.braces == Braces::Graphs && self.depth == 0 && is_name(&self.text) => {
                // What stands before it names the graph, and graphs are all one here.
                self.text.clear();
                return None;
            }
            b'}' if self.braces == Braces::Graphs && self.depth == 0 => return self.piece(),
            b'[' | b'(' | b'{' => {
                self.depth += 1;
                if self.depth == DEEPEST + 1 {
                    self.hollow = self.text.len() + 1;
                }
            }
            b'}' => self.close(),
            b'.' if self.depth == 0 => {
                self.dot = true;
                self.closed = after_closed;
                return None;
            }
            _ if byte.is_ascii_whitespace() => {
                self.closed = after_closed;
                if self.text.is_empty() {
                    return None;
                }
            }
            _ => {}
        }
        self.text.push(byte);
        None
    }

    /// Closes a bracket; what lies too deep is left out of it.
    fn close(&mut self) {
        if self.depth == DEEPEST + 1 {
            self.text.truncate(self.hollow);
            self.mended = Some(TOO_DEEP);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// A declaration ends with its IRI: some writers forget the dot behind it.
    fn declaration(&mut self) -> Option<Piece> {
        // No more of the text is looked at than the longest name: this is asked at every IRI.
        let text = self.text.trim_ascii_start();
        let start = text.get(..="@prefix".len()).unwrap_or(text);
        let word = start.split(u8::is_ascii_whitespace).next()?;
        let is_declaration = [&b"@prefix"[..], b"@base", b"prefix", b"base"]
            .iter()
            .any(|name| word.eq_ignore_ascii_case(name));
        if is_declaration { self.piece() } else { None }
    }

    fn piece(&mut self) -> Option<Piece> {
        self.closed = false;
        let is_too_deep = take(&mut self.depth) > DEEPEST;
        let mended = self.mended.take();
        let text = String::from_utf8_lossy(&take(&mut self.text)).into_owned();
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let word = text.split_whitespace().next().unwrap_or_default();
        let keyword = word.trim_start_matches('@');
        let is_sparql = !word.starts_with('@');
        for name in ["prefix", "base"] {
            if keyword.eq_ignore_ascii_case(name) && (text.ends_with('>') || !is_sparql) {
                let rest = text.get(word.len()..).unwrap_or_default().trim();
                return Some(Piece::Declaration(format!("@{name} {rest} .\n")));
            }
        }
        if is_too_deep {
            return Some(Piece::TooDeep(text.chars().take(200).collect()));
        }
        Some(Piece::Statement {
            text: text.to_owned(),
            mended,
        })
    }
}

/// Cuts a text at a separator outside of strings, IRIs and brackets.
pub(super) fn cut(text: &str, separator: u8) -> Vec<String> {
    let mut splitter = Splitter::new(Braces::Formulas);
    let mut parts = Vec::new();
    for byte in text.bytes() {
        if splitter.state == State::Plain && splitter.depth == 0 && byte == separator {
            splitter.closed = false;
            let part = take(&mut splitter.text);
            parts.push(String::from_utf8_lossy(&part).trim().to_owned());
            continue;
        }
        // A dot here is one of a name or number.
        if splitter.dot {
            splitter.dot = false;
            splitter.text.push(b'.');
        }
        if let Some(
            Piece::Statement { text, .. } | Piece::Declaration(text) | Piece::TooDeep(text),
        ) = splitter.step(byte)
        {
            parts.push(text);
        }
    }
    if splitter.dot {
        splitter.text.push(b'.');
    }
    let part = String::from_utf8_lossy(&splitter.text).trim().to_owned();
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests;
