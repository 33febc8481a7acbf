//! Text as UTF-8, whatever it comes in, and what had to be guessed for it.
//!
//! A byte order mark counts first, then the `charset` that was sent with the text, then its XML declaration
//! (RFC 7303, §3; XML 1.0, §4.3.3 and appendix F), then UTF-8. Names and tables are those of the web,
//! <https://encoding.spec.whatwg.org/>: so ISO 8859-1 is windows-1252. A name is believed unless the bytes
//! refute it: what has characters of several bytes, all of them UTF-8, is UTF-8 whatever it is called, since
//! in a text of one byte a character hardly any letter is followed by what UTF-8 wants there; and what is
//! called UTF-8 and is not is in the other encoding that is named. Where there is none each wrong byte is
//! read as windows-1252: such a text was glued together from parts, and that is what its writers meant.
//! Whatever is not as it is said to be is a finding.

mod choice;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::{Read, Result};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::finding::{Code, Finding};
use choice::{Said, Validity, wide};

/// How much of a stream is decoded at once, in bytes.
const PORTION: u64 = 1 << 16;

/// How much of wide characters is looked at for a declaration, in bytes.
const HEAD: usize = 512;

/// A whole text.
#[derive(Debug, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// What was odd about its encoding.
    pub findings: Vec<Finding>,
}

/// Reads a whole text; `sent` is the charset that was said where it was sent.
#[must_use]
pub fn text<'a>(bytes: &'a [u8], sent: Option<&str>) -> Text<'a> {
    if Encoding::for_bom(bytes).is_none()
        && wide(bytes).is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
        && Said::of(bytes, sent).is_utf8()
    {
        return Text {
            text: text.into(),
            findings: Vec::new(),
        };
    }
    let whole = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut text = String::new();
    let decoder = Decoder::with_portion(bytes, sent, whole.saturating_add(1));
    let findings = decoder.and_then(|mut decoder| {
        decoder.read_to_string(&mut text)?;
        Ok(decoder.report().findings())
    });
    Text {
        text: text.into(),
        // Memory can be read.
        findings: findings.unwrap_or_default(),
    }
}

/// The charset of a content type, as it is written there.
#[must_use]
pub fn of_media_type(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_it = name.trim().eq_ignore_ascii_case("charset");
        is_it.then_some(value.trim().trim_matches('"'))
    })
}

/// What is known of the encoding of a stream once it has been read.
#[derive(Debug, Clone, Default)]
pub(super) struct Report(Arc<Mutex<Odd>>);

#[derive(Debug, Default)]
struct Odd {
    doubt: Option<Finding>,
    /// The encoding in which not all bytes were characters.
    broken: Option<&'static Encoding>,
}

impl Report {
    fn with(&self, change: impl FnOnce(&mut Odd)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// What was odd so far.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let odd = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let broken = odd.broken.map(|encoding| {
            let message = if encoding == UTF_8 {
                "bytes that are no UTF-8 were read as Windows-1252".to_owned()
            } else {
                format!("bytes that {} does not have became U+FFFD", encoding.name())
            };
            Finding::new(Code::TextCleaned, "", message, "")
        });
        odd.doubt.iter().cloned().chain(broken).collect()
    }
}

/// How the rest of a text is read.
enum State {
    /// All was ASCII so far, which nearly every encoding has.
    Open,
    Utf8,
    Other(encoding_rs::Decoder),
}

/// Reads UTF-8 out of anything.
pub(super) struct Decoder<R> {
    input: R,
    portion: u64,
    said: Said,
    state: State,
    raw: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    report: Report,
    ended: bool,
    finished: bool,
}

impl<R: Read> Decoder<R> {
    /// Reads the beginning of `input`; `sent` is the charset that was said where it was sent.
    pub(super) fn new(input: R, sent: Option<&str>) -> Result<Self> {
        Self::with_portion(input, sent, PORTION)
    }

    /// Reads so many bytes at a time: no fewer than a declaration may have, which the first must hold.
    fn with_portion(input: R, sent: Option<&str>, portion: u64) -> Result<Self> {
        let mut decoder = Self {
            input,
            portion,
            said: Said::default(),
            state: State::Open,
            raw: Vec::new(),
            out: Vec::new(),
            given: 0,
            report: Report::default(),
            ended: false,
            finished: false,
        };
        decoder.fill()?;
        let marked = Encoding::for_bom(&decoder.raw);
        decoder.raw.drain(..marked.map_or(0, |(_, length)| length));
        let wide = wide(&decoder.raw);
        decoder.said = match marked.map(|(encoding, _)| encoding).or(wide) {
            Some(encoding) if encoding != UTF_8 => {
                let head = decoder.raw.get(..HEAD).unwrap_or(&decoder.raw);
                let (head, _) = encoding.decode_without_bom_handling(head);
                Said::of(head.as_bytes(), sent)
            }
            _ => Said::of(&decoder.raw, sent),
        };
        if let Some((encoding, _)) = marked {
            let doubt = decoder.said.against(encoding);
            decoder.settle(encoding, doubt);
        } else if let Some(encoding) = wide {
            let unmarked = (!decoder.said.names(encoding)).then_some(choice::Doubt::Unmarked);
            let doubt = decoder.said.against(encoding).or(unmarked);
            decoder.settle(encoding, doubt);
        } else if let Some(encoding) = decoder.said.disguised() {
            decoder.settle(encoding, None);
        }
        Ok(decoder)
    }

    /// What is known of the encoding, now and later.
    pub(super) fn report(&self) -> Report {
        self.report.clone()
    }

    fn settle(&mut self, encoding: &'static Encoding, doubt: Option<choice::Doubt>) {
        self.state = if encoding == UTF_8 {
            State::Utf8
        } else {
            State::Other(encoding.new_decoder_without_bom_handling())
        };
        let doubt = doubt.map(|doubt| doubt.finding(encoding));
        self.report.with(|odd| odd.doubt = doubt);
    }

    fn fill(&mut self) -> Result<()> {
        let mut portion = self.input.by_ref().take(self.portion);
        let count = portion.read_to_end(&mut self.raw)?;
        self.ended = u64::try_from(count).is_ok_and(|count| count < self.portion);
        Ok(())
    }

    /// Decodes what has been read; an unfinished character at its end waits for the rest.
    fn decode(&mut self) {
        self.out.clear();
        self.given = 0;
        let raw = std::mem::take(&mut self.raw);
        if matches!(self.state, State::Open) && !raw.is_ascii() {
            if self.is_only_begun(&raw) {
                let begun = raw.iter().position(|byte| !byte.is_ascii());
                self.out = raw;
                self.raw = self.out.split_off(begun.unwrap_or(self.out.len()));
                return;
            }
            let (encoding, doubt) = self.said.decide(self.validity(&raw));
            self.settle(encoding, doubt);
        }
        match &mut self.state {
            State::Open => self.out = raw,
            State::Utf8 => self.raw = self.utf8(&raw),
            State::Other(decoder) => {
                let length = decoder.max_utf8_buffer_length(raw.len());
                let mut text = String::with_capacity(length.unwrap_or(raw.len()));
                let (_, _, broken) = decoder.decode_to_string(&raw, &mut text, self.ended);
                let encoding = decoder.encoding();
                if broken {
                    self.report.with(|odd| odd.broken = Some(encoding));
                }
                self.out = text.into_bytes();
            }
        }
    }

    /// Whether nothing but the last character is no ASCII, and the rest of it may be still to come.
    fn is_only_begun(&self, raw: &[u8]) -> bool {
        let ascii = raw.iter().take_while(|byte| byte.is_ascii()).count();
        !self.ended
            && std::str::from_utf8(raw)
                .is_err_and(|error| error.error_len().is_none() && error.valid_up_to() == ascii)
    }

    /// Whether all characters of several bytes are UTF-8.
    fn validity(&self, raw: &[u8]) -> Validity {
        let valid = match std::str::from_utf8(raw) {
            Ok(_) => raw,
            Err(error) if error.error_len().is_none() && !self.ended => {
                raw.get(..error.valid_up_to()).unwrap_or_default()
            }
            Err(_) => return Validity::Other,
        };
        if valid.is_ascii() {
            Validity::Other
        } else {
            Validity::Utf8
        }
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
            let Some((bad, rest)) = rest.split_at_checked(1) else {
                return Vec::new();
            };
            self.report.with(|odd| odd.broken = Some(UTF_8));
            let (meant, _) = WINDOWS_1252.decode_without_bom_handling(bad);
            self.out.extend_from_slice(meant.as_bytes());
            raw = rest;
        }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        while self.given == self.out.len() {
            if self.finished {
                return Ok(0);
            }
            if !self.ended && self.raw.len() < 8 {
                self.fill()?;
            }
            self.decode();
            self.finished = self.ended;
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
