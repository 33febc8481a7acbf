//! Splits canonical N-Triples into terms: a subject and a predicate hold no space, and the object is the
//! rest of the line. Bodies were validated when they came into the ledger, so this looks no further.

/// The terms of one statement as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Statement<'a> {
    pub(in super::super) subject: &'a [u8],
    pub(in super::super) predicate: &'a [u8],
    pub(in super::super) object: &'a [u8],
}

/// Takes the next line off the front of a document, without its end.
pub(in super::super) fn line<'a>(text: &mut &'a [u8]) -> Option<&'a [u8]> {
    if text.is_empty() {
        return None;
    }
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let (line, rest) = text.split_at_checked(end)?;
    *text = rest.get(1..).unwrap_or_default();
    Some(line)
}

/// Takes a line apart; none where it is no statement.
pub(in super::super) fn statement(line: &[u8]) -> Option<Statement<'_>> {
    let (subject, rest) = word(line)?;
    let (predicate, rest) = word(rest)?;
    let object = rest.strip_suffix(b" .")?;
    let is_node = matches!(subject, [b'<', .., b'>'] | [b'_', b':', _, ..]);
    let is_statement = is_node && matches!(predicate, [b'<', .., b'>']);
    is_statement.then_some(Statement {
        subject,
        predicate,
        object,
    })
}

fn word(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b' ', text)?;
    let (word, rest) = text.split_at_checked(end)?;
    Some((word, rest.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_full_stops_belong_to_objects() {
        let mut text: &[u8] =
            b"<http://e/s> <http://e/p> \"a b . c\" .\n_:c14n0 <http://e/p> <http://e/o> .";
        let first = statement(line(&mut text).unwrap()).unwrap();
        assert_eq!(first.object, b"\"a b . c\"");
        let second = statement(line(&mut text).unwrap()).unwrap();
        assert_eq!(second.subject, b"_:c14n0");
        assert_eq!(line(&mut text), None);
    }

    #[test]
    fn other_lines_are_refused() {
        for bad in [
            "",
            "# x",
            "<a> <b> <c>",
            "\"a\" <b> <c> .",
            "<a> _:b <c> .",
            "_: <b> <c> .",
        ] {
            assert_eq!(statement(bad.as_bytes()), None, "{bad}");
        }
    }
}
