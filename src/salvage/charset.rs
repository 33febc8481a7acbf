//! Text as UTF-8, whatever it comes in: what the document itself says, a byte order mark first, then
//! where it was sent.
//!
//! A document that says it is UTF-8 and has bytes that are not was glued together from parts in
//! Windows-1252: each such byte is read as that, which is what its writer meant.

use std::io::{Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::salvage::latin::{latin9, windows1252};

/// How much is decoded at once, in bytes.
const PORTION: u64 = 1 << 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    Utf16 {
        big: bool,
    },
    /// Windows-1252, and Latin-1, whose other characters are control characters.
    Windows,
    /// Latin-9: the euro sign and some letters in other places.
    Latin9,
}

impl Charset {
    fn named(name: &str) -> Option<Self> {
        Some(
            match name
                .trim_matches(['"', '\'', ' '])
                .to_ascii_lowercase()
                .as_str()
            {
                "utf-8" | "utf8" | "us-ascii" | "ascii" => Self::Utf8,
                "utf-16" | "utf-16le" => Self::Utf16 { big: false },
                "utf-16be" => Self::Utf16 { big: true },
                "iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252" => {
                    Self::Windows
                }
                "iso-8859-15" | "iso8859-15" | "latin9" | "latin-9" => Self::Latin9,
                _ => return None,
            },
        )
    }

    /// What the beginning of a document says, and how many bytes of it are a mark.
    fn of(head: &[u8], sent: Option<&str>) -> (Self, usize) {
        match head {
            [0xEF, 0xBB, 0xBF, ..] => return (Self::Utf8, 3),
            [0xFF, 0xFE, ..] => return (Self::Utf16 { big: false }, 2),
            [0xFE, 0xFF, ..] => return (Self::Utf16 { big: true }, 2),
            [b'<', 0, b'?', 0, ..] => return (Self::Utf16 { big: false }, 0),
            [0, b'<', 0, b'?', ..] => return (Self::Utf16 { big: true }, 0),
            _ => {}
        }
        let declaration = head.get(..head.len().min(200)).unwrap_or_default();
        let declaration = String::from_utf8_lossy(declaration);
        let declared = declaration
            .trim_start()
            .strip_prefix("<?xml")
            .and_then(|rest| rest.split_once("?>"))
            .and_then(|(inside, _)| inside.split_once("encoding"))
            .and_then(|(_, rest)| rest.trim_start().strip_prefix('='))
            .map(|rest| rest.trim_start().trim_start_matches(['"', '\'']))
            .and_then(|rest| rest.split(['"', '\'']).next())
            .and_then(Self::named)
            // UTF-16 would not have let this be read.
            .filter(|charset| !matches!(charset, Self::Utf16 { .. }));
        let charset = declared.or_else(|| sent.and_then(Self::named));
        (charset.unwrap_or(Self::Utf8), 0)
    }
}

/// Reads UTF-8 out of anything.
pub(super) struct Decoder<R> {
    input: R,
    charset: Charset,
    raw: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    repaired: Arc<AtomicBool>,
    ended: bool,
}

impl<R: Read> Decoder<R> {
    pub(super) fn new(mut input: R, sent: Option<&str>) -> Result<Self> {
        let mut head = Vec::new();
        input.by_ref().take(PORTION).read_to_end(&mut head)?;
        let (charset, mark) = Charset::of(&head, sent);
        head.drain(..mark);
        Ok(Self {
            input,
            charset,
            raw: head,
            out: Vec::new(),
            given: 0,
            repaired: Arc::new(AtomicBool::new(false)),
            ended: false,
        })
    }

    /// Whether bytes were met that are none of the charset.
    pub(super) fn repaired(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.repaired)
    }

    /// Decodes what has been read; an unfinished character at its end waits for the rest.
    fn decode(&mut self) {
        self.out.clear();
        self.given = 0;
        let raw = std::mem::take(&mut self.raw);
        match self.charset {
            Charset::Utf8 => self.raw = self.utf8(&raw),
            Charset::Utf16 { big } => self.raw = self.utf16(&raw, big),
            // What is UTF-8 and says to be something else by its label was labelled wrongly: in a text of
            // one byte a character hardly any accent is followed by what UTF-8 wants there.
            Charset::Windows | Charset::Latin9 if self.is_utf8(&raw) => {
                self.charset = Charset::Utf8;
                self.repaired.store(true, Ordering::Relaxed);
                self.raw = self.utf8(&raw);
            }
            Charset::Windows => self.out.extend(
                raw.iter()
                    .map(|b| windows1252(*b))
                    .collect::<String>()
                    .bytes(),
            ),
            Charset::Latin9 => self
                .out
                .extend(raw.iter().map(|b| latin9(*b)).collect::<String>().bytes()),
        }
    }

    /// Whether the bytes hold characters of several bytes, and all of them are UTF-8.
    fn is_utf8(&self, raw: &[u8]) -> bool {
        let valid = match std::str::from_utf8(raw) {
            Ok(_) => raw,
            Err(error) if error.error_len().is_none() && !self.ended => {
                raw.get(..error.valid_up_to()).unwrap_or_default()
            }
            Err(_) => return false,
        };
        !valid.is_ascii()
    }

    fn utf8(&mut self, mut raw: &[u8]) -> Vec<u8> {
        loop {
            let error = match std::str::from_utf8(raw) {
                Ok(text) => {
                    self.out.extend_from_slice(text.as_bytes());
                    return Vec::new();
                }
                Err(error) => error,
            };
            let (good, rest) = raw
                .split_at_checked(error.valid_up_to())
                .unwrap_or((raw, &[]));
            self.out.extend_from_slice(good);
            if error.error_len().is_none() && !self.ended {
                return rest.to_vec();
            }
            let Some((bad, rest)) = rest.split_first() else {
                return Vec::new();
            };
            self.repaired.store(true, Ordering::Relaxed);
            self.out.extend(windows1252(*bad).to_string().bytes());
            raw = rest;
        }
    }

    fn utf16(&mut self, raw: &[u8], big: bool) -> Vec<u8> {
        let (pairs, odd) = raw.as_chunks::<2>();
        let mut units: Vec<u16> = pairs
            .iter()
            .map(|pair| {
                if big {
                    u16::from_be_bytes(*pair)
                } else {
                    u16::from_le_bytes(*pair)
                }
            })
            .collect();
        let mut rest = odd.to_vec();
        if !self.ended
            && let Some(last @ 0xD800..=0xDBFF) = units.last().copied()
        {
            units.pop();
            let bytes = if big {
                last.to_be_bytes()
            } else {
                last.to_le_bytes()
            };
            rest.splice(0..0, bytes);
        }
        self.out
            .extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
        rest
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.given == self.out.len() {
            if self.ended && self.raw.is_empty() {
                return Ok(0);
            }
            if self.raw.len() < 8 {
                let before = self.raw.len();
                self.input
                    .by_ref()
                    .take(PORTION)
                    .read_to_end(&mut self.raw)?;
                self.ended = self.raw.len() == before;
            }
            if self.ended && self.charset != Charset::Utf8 {
                // Half a character at the end is none.
                let half = self.raw.len() % 2;
                if matches!(self.charset, Charset::Utf16 { .. }) && self.raw.len() == half {
                    self.raw.clear();
                }
            }
            self.decode();
        }
        let waiting = self.out.get(self.given..).unwrap_or_default();
        let count = waiting.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), waiting.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], sent: Option<&str>) -> (String, bool) {
        let mut decoder = Decoder::new(bytes, sent).unwrap();
        let repaired = decoder.repaired();
        let mut text = String::new();
        decoder.read_to_string(&mut text).unwrap();
        (text, repaired.load(Ordering::Relaxed))
    }

    #[test]
    fn a_document_is_read_in_the_charset_that_it_states() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9\x92</a>";
        let (text, repaired) = decoded(latin, Some("utf-8"));
        assert!(text.ends_with("<a>é’</a>") && !repaired, "{text}");
        assert_eq!(
            decoded(b"\xE9", Some("\"latin1\"")),
            ("é".to_owned(), false)
        );
        assert_eq!(
            decoded(b"\xEF\xBB\xBF\xC3\xA9", None),
            ("é".to_owned(), false)
        );
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("é😀".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decoded(&wide, None), ("é😀".to_owned(), false));
    }

    #[test]
    fn utf8_under_a_wrong_label_is_read_as_what_it_is() {
        let sent = Some("iso-8859-1");
        assert_eq!(decoded("été".as_bytes(), sent), ("été".to_owned(), true));
        assert_eq!(decoded(b"\xE9t\xE9", sent), ("été".to_owned(), false));
        assert_eq!(decoded(b"ete", sent), ("ete".to_owned(), false));
    }

    #[test]
    fn bytes_that_are_no_utf8_are_read_as_their_writer_meant_them() {
        assert_eq!(
            decoded(b"\xC3\xA9 \xE9t\xE9 \x80 \xC3", Some("utf-8")),
            ("é été € Ã".to_owned(), true)
        );
    }

    #[test]
    fn characters_are_whole_wherever_a_portion_ends() {
        let text = "é".repeat(100_000);
        let shifted = format!("a{text}");
        assert_eq!(decoded(text.as_bytes(), None).0, text);
        assert_eq!(decoded(shifted.as_bytes(), None).0, shifted);
    }
}
