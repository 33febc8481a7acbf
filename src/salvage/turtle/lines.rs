//! N-Triples and N-Quads, whose statements are lines.

use std::io::{BufRead, Read as _};

use oxigraph::io::RdfFormat;

use super::super::{End, ReadError};
use super::Parser;
use crate::rdf::long;
use crate::salvage::index::Index;

/// A longer line, in bytes, is left out as it is read: whatever it has, it is too long for a literal.
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
            let beyond = skip_line(&mut input)?;
            let text = String::from_utf8_lossy(&line);
            let start = long::beginning(&text, length + beyond);
            parser.give_up(&start, "it is too long");
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

/// Passes over the rest of a line; gives its length in bytes.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<usize> {
    input.skip_until(b'\n')
}

fn line_is_whole(line: &str) -> bool {
    line.trim_end().ends_with('.') || line.contains(". #") || line.contains(".#") || line.is_empty()
}
