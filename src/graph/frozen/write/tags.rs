//! The languages and datatypes of a file's literals, which stand before strings as numbers.

use std::collections::BTreeSet;

use super::super::key::Part;

/// Languages and datatypes, sorted.
#[derive(Debug, Default, Clone)]
pub(in super::super) struct Tags {
    languages: BTreeSet<Vec<u8>>,
    datatypes: BTreeSet<Vec<u8>>,
}

/// The same once they are known: each has its place as its number.
#[derive(Debug)]
pub(in super::super) struct Numbered {
    languages: Vec<Vec<u8>>,
    datatypes: Vec<Vec<u8>>,
}

impl Tags {
    /// Notes the language or datatype of a term.
    pub(in super::super) fn note(&mut self, part: &Part<'_>) {
        match part {
            Part::Text(_, Some(language)) => note(&mut self.languages, language),
            Part::Other(datatype, _) => note(&mut self.datatypes, datatype),
            _ => {}
        }
    }

    /// Adds those of others.
    pub(in super::super) fn extend(&mut self, other: Self) {
        self.languages.extend(other.languages);
        self.datatypes.extend(other.datatypes);
    }

    /// Numbers them.
    pub(in super::super) fn numbered(self) -> Numbered {
        Numbered {
            languages: self.languages.into_iter().collect(),
            datatypes: self.datatypes.into_iter().collect(),
        }
    }
}

fn note(set: &mut BTreeSet<Vec<u8>>, name: &[u8]) {
    if !set.contains(name) {
        set.insert(name.to_vec());
    }
}

impl Numbered {
    /// The number of a language; plain strings come behind all languages.
    pub(in super::super) fn language(&self, language: Option<&[u8]>) -> usize {
        language.map_or(self.languages.len(), |name| place(&self.languages, name))
    }

    /// The number of a datatype.
    pub(in super::super) fn datatype(&self, datatype: &[u8]) -> usize {
        place(&self.datatypes, datatype)
    }

    /// The languages, one a line, and how many there are.
    pub(in super::super) fn languages(&self) -> (Vec<u8>, u64) {
        lines(&self.languages)
    }

    /// The datatypes, likewise.
    pub(in super::super) fn datatypes(&self) -> (Vec<u8>, u64) {
        lines(&self.datatypes)
    }
}

fn place(names: &[Vec<u8>], name: &[u8]) -> usize {
    names.partition_point(|known| known.as_slice() < name)
}

fn lines(names: &[Vec<u8>]) -> (Vec<u8>, u64) {
    (names.join(&b'\n'), names.len() as u64)
}
