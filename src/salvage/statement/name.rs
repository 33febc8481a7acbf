//! Whether what stands before a brace of TriG is the name of a graph.

/// The longest name of a graph, in bytes.
const LONGEST_NAME: usize = 8 << 10;

/// Whether a text before a brace names a graph, or there is none: more is a statement that has begun.
pub(super) fn is_name(text: &[u8]) -> bool {
    if text.len() > LONGEST_NAME {
        return false;
    }
    let mut words = text
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let name = match words.next() {
        Some(word) if word.eq_ignore_ascii_case(b"graph") => words.next(),
        word => word,
    };
    match words.next() {
        Some(b"]") => name == Some(b"["),
        Some(_) => false,
        None => true,
    }
}
