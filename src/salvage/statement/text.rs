//! The text of a string that is cut out: of one that is too long for a literal only so much that whoever
//! parses it still finds it too long.

use super::Splitter;
use crate::rdf::long;

/// The most of a string that is kept, in bytes when it is decoded: more than a literal may have.
const MOST: usize = long::LITERAL + 1;

/// A string in the middle of being read.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// Its length when it is decoded, at least.
    length: usize,
    /// The figures of an escape that are still to come.
    figures: u8,
    is_beyond: bool,
}

impl Text {
    /// Whether what follows is not kept.
    pub(super) fn is_beyond(&self) -> bool {
        self.is_beyond
    }
}

impl Splitter {
    /// Takes a byte of a string, unless so much of it was kept that it is too long whatever follows.
    pub(super) fn keep(&mut self, byte: u8) {
        let string = &mut self.string;
        if string.figures > 0 && byte.is_ascii_hexdigit() {
            // All of them are one character.
            string.figures -= 1;
        } else {
            string.figures = 0;
            string.length += 1;
            let begins = byte & 0xc0 != 0x80;
            if !string.is_beyond && string.length > MOST && begins {
                string.is_beyond = true;
                // Between quotes that were kept and those that end the string.
                self.text.push(b' ');
            }
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
        self.string.figures = match byte {
            b'u' => 4,
            b'U' => 8,
            _ => 0,
        };
    }
}
