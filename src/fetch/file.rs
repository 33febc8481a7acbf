//! Files that are compressed themselves (`catalogue.rdf.gz`, RFC 1952), told by their first bytes whatever
//! their name and type: not a coding of the answer, but what the server has.
//!
//! They are decompressed as they come in, within the limits of every body: a file that grows out of
//! proportion is left in the middle, and one that ends before its own end is an error.

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};

use flate2::read::MultiGzDecoder as Reading;
use flate2::write::MultiGzDecoder as Writing;

use super::Options;
use super::body::HARMLESS;

/// What a gzip file begins with: its mark, and the only method there is.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// How much of a file is decompressed at once: what becomes of it is in memory.
pub(super) const PIECE: usize = 4 << 10;

/// A file as it comes in.
pub(super) enum Coming {
    /// Fewer bytes came than tell what it is.
    Beginning(Vec<u8>),
    /// As it is meant to be read.
    Plain,
    /// A gzip file, maybe of several members.
    Gzip(Box<Writing<Vec<u8>>>),
}

impl Coming {
    pub(super) fn new() -> Self {
        Self::Beginning(Vec::new())
    }

    /// What another piece of the file says.
    pub(super) fn take<'p>(&mut self, piece: &'p [u8]) -> io::Result<Cow<'p, [u8]>> {
        let Self::Beginning(begun) = self else {
            return self.go_on(Cow::Borrowed(piece));
        };
        begun.extend_from_slice(piece);
        if begun.len() < MAGIC.len() {
            return Ok(Cow::Borrowed(&[]));
        }
        let begun = std::mem::take(begun);
        *self = if begun.starts_with(&MAGIC) {
            Self::Gzip(Box::new(Writing::new(Vec::new())))
        } else {
            Self::Plain
        };
        self.go_on(Cow::Owned(begun))
    }

    fn go_on<'p>(&mut self, piece: Cow<'p, [u8]>) -> io::Result<Cow<'p, [u8]>> {
        let Self::Gzip(decoder) = self else {
            return Ok(piece);
        };
        decoder.write_all(&piece)?;
        Ok(Cow::Owned(std::mem::take(decoder.get_mut())))
    }

    /// What is left at the end of the file.
    pub(super) fn end(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Beginning(begun) => Ok(begun),
            Self::Plain => Ok(Vec::new()),
            Self::Gzip(decoder) => decoder.finish(),
        }
    }
}

/// A file that is held in memory, decompressed where it is compressed.
///
/// # Errors
/// One that is cut off or broken, or larger than `options` allow.
pub fn unpacked(file: Vec<u8>, options: &Options) -> io::Result<Vec<u8>> {
    if !file.starts_with(&MAGIC) {
        return Ok(file);
    }
    let sent = u64::try_from(file.len()).unwrap_or(u64::MAX);
    let in_proportion = sent.saturating_mul(options.max_ratio.into()).max(HARMLESS);
    let limit = in_proportion.min(options.max_bytes);
    let mut text = Vec::new();
    let mut decoder = Reading::new(file.as_slice()).take(limit.saturating_add(1));
    decoder.read_to_end(&mut text)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > limit {
        let why = format!("the compressed file has more than {limit} bytes in it");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn came(file: &[u8], size: usize) -> io::Result<Vec<u8>> {
        let mut coming = Coming::new();
        let mut text = Vec::new();
        for piece in file.chunks(size) {
            text.extend_from_slice(&coming.take(piece)?);
        }
        text.extend(coming.end()?);
        Ok(text)
    }

    #[test]
    fn a_compressed_file_is_read_however_it_is_cut_into_pieces() {
        let text = "<a> <b> \"é\" .\n".repeat(5000);
        let (first, second) = text.as_bytes().split_at(700);
        let file = [packed(first), packed(second)].concat();
        for size in [1, 2, 7, 4096, file.len()] {
            assert_eq!(came(&file, size).unwrap(), text.as_bytes(), "{size}");
        }
        assert_eq!(
            unpacked(file, &Options::default()).unwrap(),
            text.as_bytes()
        );
        for plain in [&b""[..], b"<", b"\x1f\x8b", b"<a> <b> <c> ."] {
            assert_eq!(came(plain, 1).unwrap(), plain);
            assert_eq!(
                unpacked(plain.to_vec(), &Options::default()).unwrap(),
                plain
            );
        }
    }

    #[test]
    fn a_compressed_file_that_is_cut_off_is_an_error() {
        let file = packed("<a> <b> <c> .\n".repeat(50).as_bytes());
        for length in 3..file.len() {
            let cut = file.get(..length).unwrap();
            assert!(came(cut, 16).is_err(), "{length}");
            assert!(unpacked(cut.to_vec(), &Options::default()).is_err());
        }
    }

    #[test]
    fn a_bomb_in_memory_is_refused() {
        let bomb = packed(&vec![b' '; 32 << 20]);
        let error = unpacked(bomb, &Options::default()).unwrap_err();
        assert!(
            error.to_string().contains("compressed file has more than"),
            "{error}"
        );
    }
}
