//! Prefixed names: which IRIs are shortened, and which prefixes a document used.

use std::fmt::Write as _;

use crate::rdf::vocab::PREFIXES;

/// The prefixes that a document uses, as bits over [`PREFIXES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::rdf) struct Names {
    used: u64,
}

// One bit a prefix.
const _: () = assert!(PREFIXES.len() <= 64);

impl Names {
    /// Every prefix, for streams, whose content is not known when they start.
    pub(in crate::rdf) fn all() -> Self {
        Self { used: u64::MAX }
    }

    /// The prefixes used, with their namespaces, in alphabetical order.
    pub(in crate::rdf) fn used(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let used = self.used;
        PREFIXES
            .iter()
            .enumerate()
            .filter(move |(bit, _)| used & (1 << bit) != 0)
            .map(|(_, &pair)| pair)
    }

    /// `prefix:local` of an IRI whose local name is plain in every syntax, else nothing.
    pub(in crate::rdf) fn shorten<'a>(&mut self, iri: &'a str) -> Option<(&'static str, &'a str)> {
        let end = iri.rfind(['#', '/'])? + 1;
        let (namespace, local) = iri.split_at_checked(end)?;
        let bit = PREFIXES.iter().position(|(_, known)| *known == namespace)?;
        let (prefix, _) = PREFIXES.get(bit)?;
        is_plain(local).then(|| {
            self.used |= 1 << bit;
            (*prefix, local)
        })
    }
}

/// Letters, digits, `_` and `-` of ASCII, not starting with a digit or `-`: a name in Turtle, XML and
/// JSON-LD alike.
fn is_plain(local: &str) -> bool {
    local.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Puts an IRI between angle brackets into `out`. What the grammar forbids there is escaped, so that no IRI,
/// however it was made, can end the term early.
pub(in crate::rdf) fn push_bracketed(out: &mut String, iri: &str) {
    out.push('<');
    if iri.bytes().any(is_forbidden) {
        for c in iri.chars() {
            if u8::try_from(c).is_ok_and(is_forbidden) {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            } else {
                out.push(c);
            }
        }
    } else {
        out.push_str(iri);
    }
    out.push('>');
}

fn is_forbidden(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' ' | b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'^' | b'`' | b'\\'
    )
}
