//! The export of a catalogue: a list in a file, of which only where its entries are is held in memory.

use std::fs::File;
use std::io::{self, BufReader, Read as _};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use crate::fetch::FetchError;
use crate::salvage::charset;
use crate::source::contract::CrawlError;
use crate::source::crawl::listing::count_of;
use crate::source::value::charset::marked;

/// Entries read at a time.
const CHUNK: usize = 100;
/// The longest entry.
const LONGEST: usize = 64 << 20;

/// An export, and how far it has been read.
pub(super) struct Export {
    file: Arc<File>,
    /// The charset that was said where it was sent.
    sent: Option<Arc<str>>,
    entries: Vec<(u64, usize)>,
    /// Entries in all.
    pub(super) total: u64,
    /// Entries read.
    pub(super) position: u64,
}

impl Export {
    /// Finds the entries of the list in a file, sent in this charset; why it is none, where it is none.
    pub(super) fn index(file: File, sent: Option<String>) -> Result<Self, String> {
        let entries = entries(&file)?;
        Ok(Self {
            file: Arc::new(file),
            sent: sent.map(Into::into),
            total: count_of(entries.len()),
            entries,
            position: 0,
        })
    }

    /// The next entries, and what is left.
    pub(super) async fn read(mut self) -> Result<(Vec<String>, Self), CrawlError> {
        let done = usize::try_from(self.position).unwrap_or(usize::MAX);
        let next: Vec<(u64, usize)> = self
            .entries
            .iter()
            .skip(done)
            .take(CHUNK)
            .copied()
            .collect();
        self.position += count_of(next.len());
        let (file, sent) = (Arc::clone(&self.file), self.sent.clone());
        let read = tokio::task::spawn_blocking(move || {
            next.into_iter()
                .map(|(start, length)| {
                    let mut bytes = vec![0; length];
                    file.read_exact_at(&mut bytes, start)?;
                    let entry = charset::text(&bytes, sent.as_deref());
                    Ok(marked(&entry.text, &entry.findings))
                })
                .collect::<io::Result<Vec<String>>>()
        })
        .await;
        let items = read
            .map_err(io::Error::other)
            .and_then(|items| items)
            .map_err(FetchError::Spool)?;
        Ok((items, self))
    }
}

/// An entry with the link to itself that pages have and exports have not.
pub(super) fn linked(item: String, home: Option<&str>) -> String {
    match (home, item.strip_prefix('{')) {
        (Some(home), Some(rest)) if !rest.trim_start().starts_with('}') => {
            let links = serde_json::json!([{
                "rel": "self", "href": format!("{home}/api/explore/v2.1/catalog")
            }]);
            format!("{{\"links\":{links},{rest}")
        }
        _ => item,
    }
}

/// Where the entries of a JSON list are: start and length of each.
fn entries(file: &File) -> Result<Vec<(u64, usize)>, String> {
    let mut scan = Scan::default();
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut block = vec![0; 1 << 16];
    loop {
        let count = reader.read(&mut block).map_err(|error| error.to_string())?;
        if count == 0 {
            break;
        }
        for byte in block.iter().take(count) {
            scan.step(*byte)?;
        }
    }
    if scan.state == State::After {
        Ok(scan.entries)
    } else {
        Err("it ends before the list does".to_owned())
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Before,
    Within,
    Text,
    Escape,
    After,
}

/// The state of the search for the entries of a list.
#[derive(Debug, Default)]
struct Scan {
    state: State,
    depth: usize,
    at: u64,
    start: Option<u64>,
    entries: Vec<(u64, usize)>,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Result<(), String> {
        let at = self.at;
        self.at += 1;
        match (&self.state, byte) {
            (State::Escape, _) | (State::Text, b'\\') => {
                self.state = if self.state == State::Escape {
                    State::Text
                } else {
                    State::Escape
                };
            }
            (State::Text, b'"') => self.state = State::Within,
            (State::Text, _) => {}
            (State::Before | State::After, byte) if byte.is_ascii_whitespace() => {}
            // The byte order mark.
            (State::Before, 0xEF | 0xBB | 0xBF) if at < 3 => {}
            (State::Before, b'[') => {
                self.state = State::Within;
                self.depth = 1;
            }
            (State::Before, _) => return Err("it is no list".to_owned()),
            (State::After, _) => return Err("something follows the list".to_owned()),
            (State::Within, b'"') => {
                self.begin(at);
                self.state = State::Text;
            }
            (State::Within, b'[' | b'{') => {
                self.begin(at);
                self.depth += 1;
            }
            (State::Within, b']' | b'}') => {
                if self.depth == 1 {
                    self.end(at)?;
                    self.state = State::After;
                }
                self.depth = self.depth.saturating_sub(1);
            }
            (State::Within, b',') if self.depth == 1 => self.end(at)?,
            (State::Within, byte) if byte.is_ascii_whitespace() => {}
            (State::Within, _) => self.begin(at),
        }
        Ok(())
    }

    fn begin(&mut self, at: u64) {
        if self.depth == 1 {
            self.start.get_or_insert(at);
        }
    }

    fn end(&mut self, at: u64) -> Result<(), String> {
        let Some(start) = self.start.take() else {
            return Ok(());
        };
        match usize::try_from(at - start) {
            Ok(length) if length <= LONGEST => {
                self.entries.push((start, length));
                Ok(())
            }
            _ => Err("an entry is too long".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, Write as _};

    use super::*;

    fn found(text: &str) -> Result<Vec<String>, String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.rewind().unwrap();
        let slice = |(start, length): (u64, usize)| {
            let start = usize::try_from(start).unwrap();
            text.get(start..start + length).unwrap().trim().to_owned()
        };
        Ok(entries(&file)?.into_iter().map(slice).collect())
    }

    #[test]
    fn entries_are_found_whatever_stands_in_them() {
        for (text, expected) in [
            ("[]", &[][..]),
            (" [ ] \n", &[]),
            (
                r#"[{"a": "]},\"{"}, {"b": [1, {}]} ,3,"x,y"]"#,
                &[r#"{"a": "]},\"{"}"#, r#"{"b": [1, {}]}"#, "3", "\"x,y\""],
            ),
            ("\u{feff}[{\"é\":\"\\\\\"}]", &["{\"é\":\"\\\\\"}"]),
        ] {
            assert_eq!(found(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn half_a_list_is_none() {
        for text in [
            "",
            "[",
            "[{}",
            "[{}, {\"a\": \"]",
            "{}",
            "<html>",
            "[] []",
            "[{}",
        ] {
            assert!(found(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_exported_entry_gets_the_link_that_pages_have() {
        let linked = linked(
            "{\"dataset_id\":\"d\"}".to_owned(),
            Some("https://data.example"),
        );
        let value: serde_json::Value = serde_json::from_str(&linked).unwrap();
        let href = "https://data.example/api/explore/v2.1/catalog";
        assert_eq!(value["links"][0]["href"], href);
        assert_eq!(value["dataset_id"], "d");
        assert_eq!(super::linked("{}".to_owned(), Some("x")), "{}");
    }
}
