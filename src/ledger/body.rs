//! Bodies: canonical N-Triples, zstd-compressed, keyed by the SHA-256 of the text.

use std::cell::RefCell;

use rusqlite::{Connection, OptionalExtension as _};
use zstd::bulk::{Compressor, Decompressor};

use super::error::LedgerError;
use crate::rdf::canon::{Canonical, Digest};

/// zstd's level: 3 is its default, and the ledger is read far more often than written.
const LEVEL: i32 = 3;

/// The largest body that is read back, in bytes; larger ones are never written.
const LARGEST: usize = 1 << 30;

thread_local! {
    /// A context takes longer to make than a body to read.
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Compresses `bytes`.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>, LedgerError> {
    let packed = PACKER.with_borrow_mut(|packer| match packer {
        Some(packer) => packer.compress(bytes),
        None => packer.insert(Compressor::new(LEVEL)?).compress(bytes),
    });
    packed.map_err(|error| LedgerError::Unexpected(format!("cannot compress: {error}")))
}

/// Decompresses what [`pack`] made.
pub(super) fn unpack(packed: &[u8]) -> Result<Vec<u8>, LedgerError> {
    let size = zstd::zstd_safe::get_frame_content_size(packed)
        .ok()
        .flatten()
        .unwrap_or(0);
    let capacity = usize::try_from(size).unwrap_or(LARGEST).min(LARGEST);
    let unpacked = UNPACKER.with_borrow_mut(|unpacker| match unpacker {
        Some(unpacker) => unpacker.decompress(packed, capacity),
        None => unpacker
            .insert(Decompressor::new()?)
            .decompress(packed, capacity),
    });
    unpacked.map_err(|error| LedgerError::Unexpected(format!("cannot decompress: {error}")))
}

/// Stores a body unless it is there.
pub(super) fn put(connection: &Connection, body: &Canonical) -> Result<(), LedgerError> {
    let known = connection
        .prepare_cached("SELECT 1 FROM body WHERE digest = ?1")?
        .exists([body.digest])?;
    if !known {
        let size = i64::try_from(body.text.len()).unwrap_or(i64::MAX);
        connection
            .prepare_cached("INSERT OR IGNORE INTO body (digest, size, data) VALUES (?1, ?2, ?3)")?
            .execute(rusqlite::params![
                body.digest,
                size,
                pack(body.text.as_bytes())?
            ])?;
    }
    Ok(())
}

/// The text of a body.
pub(super) fn get(connection: &Connection, digest: Digest) -> Result<String, LedgerError> {
    text(digest, &packed(connection, digest)?)
}

/// How long the text of a body is, in bytes; 0 where it is not there.
pub(super) fn size(connection: &Connection, digest: Digest) -> Result<u64, LedgerError> {
    let size: Option<i64> = connection
        .prepare_cached("SELECT size FROM body WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?;
    Ok(size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0))
}

/// A body as it is kept, for [`text`].
pub(super) fn packed(connection: &Connection, digest: Digest) -> Result<Vec<u8>, LedgerError> {
    connection
        .prepare_cached("SELECT data FROM body WHERE digest = ?1")?
        .query_row([digest], |row| row.get(0))
        .optional()?
        .ok_or_else(|| damaged(digest, "it is missing".to_owned()))
}

/// The text of a body that is kept as `packed`.
pub(super) fn text(digest: Digest, packed: &[u8]) -> Result<String, LedgerError> {
    String::from_utf8(unpack(packed)?).map_err(|error| damaged(digest, error.to_string()))
}

/// A body as it is kept. Unpacking takes longer than reading, and needs no connection.
#[derive(Debug)]
pub struct Packed {
    digest: Digest,
    bytes: Vec<u8>,
}

impl Packed {
    pub(super) fn get(connection: &Connection, digest: Digest) -> Result<Self, LedgerError> {
        let bytes = packed(connection, digest)?;
        Ok(Self { digest, bytes })
    }

    /// Its canonical N-Triples.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when it is no text.
    pub fn text(&self) -> Result<String, LedgerError> {
        text(self.digest, &self.bytes)
    }
}

fn damaged(digest: Digest, message: String) -> LedgerError {
    LedgerError::Damaged { digest, message }
}
