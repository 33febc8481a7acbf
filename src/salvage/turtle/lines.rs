//! N-Triples and N-Quads, whose statements are lines.

use std::io::{BufRead, Read as _};

use oxigraph::io::RdfFormat;

use super::super::{End, ReadError};
use super::Parser;
use crate::rdf::long;
use crate::salvage::index::Index;
use crate::salvage::statement::{Braces, Piece, Splitter};

/// Of a longer line, in bytes, the text is cut while it is read.
const LONGEST: u64 = 16 * long::LITERAL as u64;

/// Reads N-Triples or N-Quads.
pub(in crate::salvage) fn read_lines(
    mut input: impl BufRead,
    format: RdfFormat,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let mut parser = Parser::new(format, base, index);
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
        if length == 0 {
            break;
        }
        if length as u64 == LONGEST && !line.ends_with(b"\n") {
            match long_line(&line, &mut input)? {
                Some(text) => parser.take(text, None),
                None => parser.give_up(&String::from_utf8_lossy(&line), "it is too long"),
            }
            line = Vec::new();
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if !text.is_empty() && !text.starts_with('#') {
            parser.take(format!("{text}\n"), None);
        }
    }
    parser.flush();
    let last_is_open = !line_is_whole(&parser.last);
    parser.end(last_is_open)
}

/// The statement of a line that begins with `start`, its text cut; none where it is no text that is long.
fn long_line(start: &[u8], input: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut splitter = Splitter::new(Braces::Formulas);
    let mut first = None;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            let piece = splitter.push(*byte);
            first = first.take().or(piece);
        }
    };
    take(start);
    loop {
        let buffer = input.fill_buf()?;
        let (length, is_last) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        take(buffer.get(..length).unwrap_or_default());
        input.consume(length);
        if is_last {
            break;
        }
    }
    let first = first.or(splitter.finish().0);
    Ok(match first {
        Some(Piece::Statement { text, .. }) if text.len() as u64 <= LONGEST => {
            Some(format!("{text} .\n"))
        }
        _ => None,
    })
}

fn line_is_whole(line: &str) -> bool {
    line.trim_end().ends_with('.') || line.contains(". #") || line.contains(".#") || line.is_empty()
}
