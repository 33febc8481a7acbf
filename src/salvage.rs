//! RDF as it is really published, read as far as it can be: bytes to terms, whatever is wrong with them.
//!
//! **What is read**: RDF/XML, JSON-LD, Turtle, TriG, N3, N-Triples and N-Quads, in any usual charset, by the
//! syntax that a document looks like ([`sniff`]). Named graphs are dropped, and N3's formulas are not stated.
//!
//! **What is repaired**: IRIs with forbidden characters or without a scheme, language tags, prefixes that are
//! used and not declared, entities of HTML, labels of charsets; in RDF/XML texts between properties and
//! attributes beside content; in Turtle and JSON-LD a statement or a node that no parser takes costs itself,
//! and what stands around it is kept. Whatever a repair would have to guess at is left out.
//!
//! **What is told**: a [`Finding`](crate::finding::Finding) on the resource that was being described, kept
//! beside its statements, or a note on the document ([`Remarks`]). A document that was cut off gives what it
//! has, and says so ([`End::CutOff`]): whoever asked for it must not take what is missing for gone.
//!
//! **Bounds**: one pass over the document, in portions; statements go into an [`Index`], in memory or in a
//! temporary file, and are not held otherwise. Depth, lengths, entities and the work on what is broken have
//! caps (`effort`, `entity`, the constants of each syntax).
//!
//! It fetches nothing, not even a JSON-LD context, and knows nothing of portals, records, DCAT or the
//! configuration. `RDF 1.1 Concepts`, <https://www.w3.org/TR/rdf11-concepts/>.
//!
//! ```
//! use moisson::rdf::syntax::Syntax;
//! use moisson::salvage::{End, Index, Room, read};
//!
//! let text = "<https://example.org/a b> <http://purl.org/dc/terms/title> \"Tree\"@en_GB .\n\
//!             this is no statement .\n";
//! let mut index = Index::new(Room::Memory)?;
//! let end = read(text.as_bytes(), Syntax::Turtle, None, None, &mut index)?;
//! index.settle()?;
//!
//! assert_eq!(end, End::Whole);
//! let subject = "<https://example.org/a%20b>";
//! let subject = moisson::salvage::index::node(subject).ok_or("no node")?;
//! let statements = index.about(&subject)?;
//! assert_eq!(statements[0].object.to_string(), "\"Tree\"@en-gb");
//! assert!(!index.findings(&subject)?.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod charset;
mod context;
mod effort;
mod entity;
pub mod index;
mod json;
mod recent;
mod remarks;
pub mod sniff;
mod statement;
mod term;
mod turtle;
mod xml;

use std::io::{BufRead, BufReader, Read};

use oxigraph::io::RdfFormat;
use oxiri::Iri;
use thiserror::Error;

use crate::rdf::syntax::Syntax;

pub use index::{Index, IndexError, Room};
pub use remarks::Remarks;

/// XML without what XML cannot carry, and the first thing that was repaired: control characters, named
/// references of HTML, lone ampersands. `None` where there is nothing to repair.
#[must_use]
pub fn repaired_xml(text: &str) -> Option<(String, String)> {
    entity::repaired(text)
}

/// How a document ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// With its last statement.
    Whole,
    /// In the middle of one.
    CutOff(String),
}

/// Why a document gives nothing.
#[derive(Debug, Error)]
pub enum ReadError {
    /// It is no RDF, whatever it says it is.
    #[error("{0}")]
    NotRdf(String),
    /// It cannot be read at all.
    #[error("it cannot be read")]
    Io(#[from] std::io::Error),
}

/// Reads a document in `syntax` into `index`; `charset` is what was said of it where it was sent.
pub fn read(
    input: impl Read,
    syntax: Syntax,
    charset: Option<&str>,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    // A parser that refuses it would give nothing, and nothing is what an empty document has.
    if let Some(Err(error)) = base.map(Iri::parse) {
        let why = format!("its own address cannot be what others are relative to: {error}");
        return Err(ReadError::NotRdf(why));
    }
    index.next_document();
    let decoder = charset::Decoder::new(input, charset)?;
    let report = decoder.report();
    let input = BufReader::with_capacity(1 << 16, decoder);
    let end = parse(input, syntax, base, index);
    for finding in report.findings() {
        let value = match finding.value.as_str() {
            "" => String::new(),
            value => format!(" ({value})"),
        };
        index.remarks.note(format!("{}{value}", finding.message));
        index.remarks.find(finding);
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
