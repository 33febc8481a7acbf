//! N-Triples and N-Quads, whose statements are lines.

use std::io::BufRead;

use oxigraph::io::RdfFormat;

use super::super::{End, ReadError};
use super::Parser;
use crate::salvage::index::Index;

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
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
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

fn line_is_whole(line: &str) -> bool {
    line.trim_end().ends_with('.') || line.contains(". #") || line.contains(".#") || line.is_empty()
}
