//! The outside of a graph file: its header, its table of sections, and opening it.
//!
//! Opening checks what is cheap: magic, version, length, the checksum of header and table, and that
//! every section lies where it can. [`Frozen::verify`](super::Frozen::verify) reads all of it.

use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::FrozenError;

/// The first bytes of a graph file.
pub(super) const MAGIC: [u8; 8] = *b"MOISSONG";
/// The version of the format; readers refuse any other.
pub(super) const VERSION: u32 = 1;
/// Bytes of the header.
pub(super) const HEADER: usize = 64;
/// Bytes of an entry of the section table.
pub(super) const ENTRY: usize = 32;
/// What offsets of sections are multiples of.
pub(super) const ALIGNMENT: u64 = 64;
/// Identifiers that no file uses: they are for the terms of one query.
pub(super) const RESERVED: u32 = 1 << 20;

/// The sections of a file, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u32)]
pub(super) enum Section {
    Meta = 1,
    Blanks,
    IriBlocks,
    IriBytes,
    NumberValues,
    NumberCodes,
    DateValues,
    DateCodes,
    TextBlocks,
    TextBytes,
    OtherBlocks,
    OtherBytes,
    Languages,
    Datatypes,
    ExceptionIds,
    ExceptionEnds,
    ExceptionBytes,
    Partitions,
    Pairs,
    ShapeSubjects,
    ShapeSets,
    SetEnds,
    SetMembers,
}

/// All sections.
pub(super) const SECTIONS: [Section; 23] = [
    Section::Meta,
    Section::Blanks,
    Section::IriBlocks,
    Section::IriBytes,
    Section::NumberValues,
    Section::NumberCodes,
    Section::DateValues,
    Section::DateCodes,
    Section::TextBlocks,
    Section::TextBytes,
    Section::OtherBlocks,
    Section::OtherBytes,
    Section::Languages,
    Section::Datatypes,
    Section::ExceptionIds,
    Section::ExceptionEnds,
    Section::ExceptionBytes,
    Section::Partitions,
    Section::Pairs,
    Section::ShapeSubjects,
    Section::ShapeSets,
    Section::SetEnds,
    Section::SetMembers,
];

impl Section {
    /// The section's place in [`SECTIONS`].
    pub(super) fn index(self) -> usize {
        usize::try_from(self as u32 - 1).unwrap_or_default()
    }
}

/// What a file is of, beside its quads.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Meta {
    /// The base IRI of the catalogue.
    pub base: String,
    /// Changes whenever the same ledger would give other quads.
    pub fingerprint: String,
    /// The version of the program that wrote it.
    pub program: String,
}

/// The numbers of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) length: u64,
    pub(super) sequence: u64,
    pub(super) quads: u64,
    pub(super) terms: u64,
}

/// Where a section is, what it counts, and its checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Entry {
    pub(super) crc: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) count: u64,
}

impl Entry {
    pub(super) fn range(&self) -> Option<Range<usize>> {
        let start = usize::try_from(self.offset).ok()?;
        let length = usize::try_from(self.length).ok()?;
        Some(start..start.checked_add(length)?)
    }
}

/// Header and section table as bytes.
pub(super) fn write_head(header: &Header, entries: &[Entry; SECTIONS.len()]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + ENTRY * SECTIONS.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(
        &u32::try_from(SECTIONS.len())
            .unwrap_or_default()
            .to_le_bytes(),
    );
    for number in [header.length, header.sequence, header.quads, header.terms] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes.resize(HEADER, 0);
    for (section, entry) in SECTIONS.iter().zip(entries) {
        bytes.extend_from_slice(&(*section as u32).to_le_bytes());
        bytes.extend_from_slice(&entry.crc.to_le_bytes());
        for number in [entry.offset, entry.length, entry.count] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
    let crc = crc32fast::hash(&bytes);
    if let Some(place) = bytes.get_mut(48..52) {
        place.copy_from_slice(&crc.to_le_bytes());
    }
    bytes
}

/// Reads and checks header and section table of the file at `path`, whose bytes are `bytes`.
pub(super) fn read_head(
    path: &Path,
    bytes: &[u8],
) -> Result<(Header, [Entry; SECTIONS.len()]), FrozenError> {
    let damaged = |reason: &str| FrozenError::Damaged {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    let short = || damaged("it is cut short");
    if bytes.get(..8).ok_or_else(short)? != MAGIC {
        return Err(damaged("it does not begin as one"));
    }
    let version = u32_at(bytes, 8).ok_or_else(short)?;
    if version != VERSION {
        return Err(FrozenError::Version {
            path: path.to_owned(),
            found: version,
            known: VERSION,
        });
    }
    let end = HEADER + ENTRY * SECTIONS.len();
    let mut head = bytes.get(..end).ok_or_else(short)?.to_vec();
    let stated = u32_at(&head, 48).ok_or_else(short)?;
    if let Some(place) = head.get_mut(48..52) {
        place.fill(0);
    }
    if crc32fast::hash(&head) != stated {
        return Err(damaged("the checksum of its header is wrong"));
    }
    let number = |at: usize| u64_at(&head, at).ok_or_else(short);
    let header = Header {
        length: number(16)?,
        sequence: number(24)?,
        quads: number(32)?,
        terms: number(40)?,
    };
    if usize::try_from(header.length).ok() != Some(bytes.len()) {
        return Err(damaged(&format!(
            "it has {} bytes instead of {}",
            bytes.len(),
            header.length
        )));
    }
    let mut entries = [Entry::default(); SECTIONS.len()];
    for (index, (entry, section)) in entries.iter_mut().zip(SECTIONS).enumerate() {
        let at = HEADER + ENTRY * index;
        if u32_at(&head, at) != Some(section as u32) {
            return Err(damaged("its sections are not those of this version"));
        }
        *entry = Entry {
            crc: u32_at(&head, at + 4).ok_or_else(short)?,
            offset: number(at + 8)?,
            length: number(at + 16)?,
            count: number(at + 24)?,
        };
        let is_inside = entry.range().is_some_and(|range| range.end <= bytes.len());
        if !is_inside || entry.offset % ALIGNMENT != 0 {
            return Err(damaged("a section lies outside it"));
        }
    }
    Ok((header, entries))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
