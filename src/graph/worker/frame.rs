//! What goes over the pipes between server and worker.
//!
//! A request is a length (`u32`, big-endian) and JSON. An answer is frames, each a kind, a length and
//! that many bytes: an empty one at once, a head (JSON), then, if it has begun, data and an end (JSON).

use std::io::{self, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize};

use crate::graph::query::Overflow;

/// The most bytes of a data frame.
pub const CHUNK: usize = 64 * 1024;

/// The most bytes of a request or of any frame: a query of 1 MiB, escaped, fits.
pub const LONGEST: usize = 8 << 20;

/// The kinds of frame, as the byte that starts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: the request has been read. Before it, the query has not been begun.
    Accepted,
    /// A [`Head`].
    Head,
    /// Bytes of the answer.
    Data,
    /// An [`End`].
    End,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Self::Accepted => b'A',
            Self::Head => b'H',
            Self::Data => b'D',
            Self::End => b'E',
        }
    }
}

/// Bytes before the content of a frame.
pub const HEADER: usize = 5;

/// Reads the header of a frame.
#[must_use]
pub fn parse_header(header: [u8; HEADER]) -> Option<(Kind, usize)> {
    let [kind, length @ ..] = header;
    let kind = [Kind::Accepted, Kind::Head, Kind::Data, Kind::End]
        .into_iter()
        .find(|known| known.byte() == kind)?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok()?;
    (length <= LONGEST).then_some((kind, length))
}

/// One query for the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The query.
    pub query: String,
    /// What its relative IRIs are relative to.
    pub base: String,
    /// `default-graph-uri`.
    pub default_graphs: Vec<String>,
    /// `named-graph-uri`.
    pub named_graphs: Vec<String>,
    /// The media type of the answer, without parameters.
    pub format: String,
    /// The most rows or triples.
    pub max_rows: u64,
    /// The most bytes.
    pub max_bytes: u64,
    /// What happens beyond `max_rows`.
    pub overflow: Overflow,
}

/// How an answer starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Head {
    /// Data follows.
    Begun,
    /// Nothing follows.
    Failed {
        /// Whose fault it is.
        failure: Failure,
        /// What to tell the client, except of internal failures.
        message: String,
    },
}

/// Whose fault it is that there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The query is wrong, or asks for what is not offered.
    Refused,
    /// The answer has too many rows or bytes.
    TooLarge,
    /// The store failed.
    Internal,
}

/// How an answer ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Whether the data is all there is.
    pub outcome: Outcome,
    /// Rows or triples.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Whether an answer is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is.
    Complete,
    /// It is well-formed, but has only the first rows.
    Cut,
    /// It stops anywhere.
    Broken(String),
}

/// Reads a request; nothing at the end of the input.
///
/// # Errors
/// When the input breaks or is no request.
pub fn read_request(input: &mut impl Read) -> io::Result<Option<Request>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = usize::try_from(u32::from_be_bytes(length)).map_err(io::Error::other)?;
    if length > LONGEST {
        return Err(io::Error::new(
            ErrorKind::InvalidData,
            "the request is too long",
        ));
    }
    let mut json = vec![0; length];
    input.read_exact(&mut json)?;
    Ok(Some(serde_json::from_slice(&json)?))
}

/// A request as bytes.
///
/// # Errors
/// When it is longer than [`LONGEST`].
pub fn encode_request(request: &Request) -> io::Result<Vec<u8>> {
    let json = serde_json::to_vec(request)?;
    let mut bytes = length(&json)?.to_vec();
    bytes.extend_from_slice(&json);
    Ok(bytes)
}

/// Writes that a request has been read.
///
/// # Errors
/// Those of `output`.
pub fn write_accepted(output: &mut impl Write) -> io::Result<()> {
    write(output, Kind::Accepted, &[])
}

/// Writes a head.
///
/// # Errors
/// Those of `output`.
pub fn write_head(output: &mut impl Write, head: &Head) -> io::Result<()> {
    write(output, Kind::Head, &serde_json::to_vec(head)?)
}

/// Writes a part of the answer.
///
/// # Errors
/// Those of `output`.
pub fn write_data(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    write(output, Kind::Data, bytes)
}

/// Writes an end.
///
/// # Errors
/// Those of `output`.
pub fn write_end(output: &mut impl Write, end: &End) -> io::Result<()> {
    write(output, Kind::End, &serde_json::to_vec(end)?)
}

fn write(output: &mut impl Write, kind: Kind, bytes: &[u8]) -> io::Result<()> {
    let [a, b, c, d] = length(bytes)?;
    output.write_all(&[kind.byte(), a, b, c, d])?;
    output.write_all(bytes)
}

fn length(bytes: &[u8]) -> io::Result<[u8; 4]> {
    match u32::try_from(bytes.len()) {
        Ok(length) if bytes.len() <= LONGEST => Ok(length.to_be_bytes()),
        _ => Err(io::Error::new(
            ErrorKind::InvalidInput,
            "the frame is too long",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_as_it_was_written_and_the_end_is_no_request() {
        let request = Request {
            query: "ASK {}\u{0}é".to_owned(),
            base: "http://e/".to_owned(),
            default_graphs: vec!["http://e/".to_owned()],
            named_graphs: Vec::new(),
            format: "text/csv".to_owned(),
            max_rows: u64::MAX,
            max_bytes: 1,
            overflow: Overflow::Cut,
        };
        let bytes = encode_request(&request).unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read_request(&mut input).unwrap(), Some(request));
        assert_eq!(read_request(&mut input).unwrap(), None);
        assert!(read_request(&mut &bytes[..bytes.len() - 1]).is_err());
        assert!(read_request(&mut [0xFF; 8].as_slice()).is_err());
    }

    #[test]
    fn frames_carry_their_kind_and_length() {
        let mut bytes = Vec::new();
        write_data(&mut bytes, b"abc").unwrap();
        let header: [u8; HEADER] = bytes[..HEADER].try_into().unwrap();
        assert_eq!(parse_header(header), Some((Kind::Data, 3)));
        assert_eq!(parse_header([b'X', 0, 0, 0, 1]), None);
        assert_eq!(parse_header([b'D', 0xFF, 0, 0, 0]), None);
    }
}
