//! How deeply elements are nested, and what their namespaces cost, seen before anything is parsed.
//!
//! Tags are counted without being understood: comments, CDATA and instructions are skipped, quotes heeded.
//! What is no well-formed XML is the parser's business.

use memchr::memmem;

use super::XmlError;

/// The deepest element: records have about 25 levels inside a page.
pub(super) const DEEPEST: usize = 200;

/// The most namespaces in force, summed over the elements that declare some: the parser keeps a list of
/// all of them for each such element. A page of a hundred records has some thousands.
const NAMESPACES: usize = 4_000_000;

/// Refuses what is nested too deeply, or has too many namespaces.
pub(super) fn check(text: &str) -> Result<(), XmlError> {
    let mut rest = text.as_bytes();
    // How many namespaces are in force in each open element.
    let mut open: Vec<usize> = Vec::new();
    let mut namespaces = 0_usize;
    while let Some(start) = memchr::memchr(b'<', rest) {
        rest = rest.get(start..).unwrap_or_default();
        let until = |end: &[u8]| {
            memmem::find(rest, end).map(|at| rest.get(at + end.len()..).unwrap_or_default())
        };
        let skipped = match rest {
            [b'<', b'!', b'-', b'-', ..] => until(b"-->"),
            [b'<', b'!', b'[', ..] => until(b"]]>"),
            [b'<', b'?', ..] => until(b"?>"),
            [b'<', b'/', ..] => {
                open.pop();
                until(b">")
            }
            _ => {
                let (tag, after) = tag(rest);
                if !tag.ends_with(b"/") || declares(tag) > 0 {
                    let around = open.last().copied().unwrap_or_default();
                    let declared = declares(tag);
                    if declared > 0 {
                        namespaces = namespaces.saturating_add(around + declared);
                    }
                    if !tag.ends_with(b"/") {
                        open.push(around + declared);
                    }
                }
                Some(after)
            }
        };
        if open.len() > DEEPEST {
            return Err(XmlError::TooDeep);
        }
        if namespaces > NAMESPACES {
            return Err(XmlError::TooLarge);
        }
        let Some(skipped) = skipped else { break };
        rest = skipped;
    }
    Ok(())
}

/// A tag without what encloses it, and what comes after it.
fn tag(text: &[u8]) -> (&[u8], &[u8]) {
    let mut quote = None;
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            (None, b'>') => {
                let (tag, after) = text.split_at_checked(at).unwrap_or((text, &[]));
                return (
                    tag.get(1..).unwrap_or_default(),
                    after.get(1..).unwrap_or_default(),
                );
            }
            _ => {}
        }
    }
    (text.get(1..).unwrap_or_default(), &[])
}

/// How many namespaces a tag declares, at most.
fn declares(tag: &[u8]) -> usize {
    memmem::find_iter(tag, b"xmlns").count()
}
