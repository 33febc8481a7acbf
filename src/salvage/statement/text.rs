//! The text of a string that is cut out: of one that is too long for a literal only the beginning, and its
//! length.

use super::Splitter;
use crate::rdf::long;

/// The most of a string that is kept, in bytes when it is decoded: more than a literal may have.
const MOST: usize = long::LITERAL + 1;

/// A string in the middle of being read.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Its length when it is decoded.
    length: usize,
    /// The figures of an escape that are still to come.
    figures: u8,
    /// The character that those so far stand for.
    escaped: u32,
    is_beyond: bool,
}

impl Text {
    /// Whether what follows is not kept.
    pub(super) fn is_beyond(&self) -> bool {
        self.is_beyond
    }

    /// Counts quotes within a string that more of them would have ended.
    pub(super) fn count_quotes(&mut self, count: u8) {
        self.length += usize::from(count);
    }
}

impl Splitter {
    /// Takes a byte of a string, unless so much of it was kept that it is too long whatever follows.
    pub(super) fn keep(&mut self, byte: u8) {
        let string = &mut self.string;
        let figure = char::from(byte).to_digit(16).filter(|_| string.figures > 0);
        if let Some(figure) = figure {
            // All of them are one character, whose first byte was counted with the backslash.
            string.figures -= 1;
            string.escaped = string.escaped << 4 | figure;
            if string.figures == 0 {
                let length = char::from_u32(string.escaped).map_or(1, char::len_utf8);
                string.length += length - 1;
            }
        } else {
            string.figures = 0;
            string.length += 1;
            let begins = byte & 0xc0 != 0x80;
            string.is_beyond |= string.length > MOST && begins;
        }
        if !self.string.is_beyond {
            self.text.push(byte);
        }
    }

    /// The same of the letter behind a backslash.
    pub(super) fn keep_escape(&mut self, byte: u8) {
        if !self.string.is_beyond {
            self.text.push(byte);
        }
        self.string.escaped = 0;
        self.string.figures = match byte {
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
    }

    /// Ends a string: one that was not kept whole has its length at its end.
    pub(super) fn end_string(&mut self) {
        if self.string.is_beyond {
            let mark = long::mark(self.string.length);
            self.text.extend_from_slice(mark.as_bytes());
        }
    }
}
