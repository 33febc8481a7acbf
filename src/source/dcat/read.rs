//! Documents of a feed, whatever their syntax, read into an [`Index`] as far as they can be read.
//!
//! Nothing is fetched. What is repaired or left out is a finding on the resource that it was said of,
//! or a note on the document. A document that was cut off gives what it has, and says so: whoever asked
//! for it must not take what is missing for gone.

mod charset;
mod context;
mod effort;
mod entity;
mod json;
mod namespace;
mod statement;
mod turtle;
mod xml;

use std::io::{BufRead, BufReader, Read};

use oxigraph::io::RdfFormat;
use thiserror::Error;

use super::index::Index;
use crate::rdf::syntax::Syntax;

/// How a document ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::source) enum End {
    /// With its last statement.
    Whole,
    /// In the middle of one.
    CutOff(String),
}

/// Why a document gives nothing.
#[derive(Debug, Error)]
pub(in crate::source) enum ReadError {
    /// It is no RDF, whatever it says it is.
    #[error("{0}")]
    NotRdf(String),
    /// It cannot be read at all.
    #[error("it cannot be read")]
    Io(#[from] std::io::Error),
}

/// Reads a document in `syntax` into `index`; `charset` is what was said of it where it was sent.
pub(in crate::source) fn read(
    input: impl Read,
    syntax: Syntax,
    charset: Option<&str>,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    index.next_document();
    let decoder = charset::Decoder::new(input, charset)?;
    let repaired = decoder.repaired();
    let input = BufReader::with_capacity(1 << 16, decoder);
    let end = parse(input, syntax, base, index);
    if repaired.load(std::sync::atomic::Ordering::Relaxed) {
        index
            .remarks
            .note("bytes that are no UTF-8 were read as Windows-1252".to_owned());
    }
    end
}

fn parse(
    input: impl BufRead,
    syntax: Syntax,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    match syntax {
        Syntax::RdfXml => xml::read(input, base, index),
        Syntax::JsonLd => json::read(input, base, index),
        Syntax::NTriples => turtle::read_lines(input, RdfFormat::NTriples, base, index),
        Syntax::NQuads => turtle::read_lines(input, RdfFormat::NQuads, base, index),
        Syntax::Turtle => turtle::read_turtle(input, RdfFormat::Turtle, base, index),
        Syntax::TriG => turtle::read_turtle(input, RdfFormat::TriG, base, index),
        Syntax::N3 => turtle::read_turtle(input, RdfFormat::N3, base, index),
    }
}
