//! A chunk: statements as text, as many as one thread takes at a time.

/// Which set of quads a statement belongs to. Building knows one only; merging adds to and removes from an
/// old file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Side {
    /// Quads that are to be there.
    Added,
    /// Quads that are to be there no more.
    Removed,
}

/// Statements that share a graph and a prefix of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct Body {
    pub(in super::super) side: Side,
    /// The IRI of a named graph.
    pub(in super::super) graph: Option<String>,
    pub(in super::super) prefix: String,
    /// Where its text ends in that of the chunk.
    pub(in super::super) end: usize,
}

/// Text of whole lines.
#[derive(Debug, Default)]
pub(in super::super) struct Chunk {
    pub(in super::super) text: Vec<u8>,
    pub(in super::super) bodies: Vec<Body>,
}

impl Chunk {
    /// An empty chunk in memory that another no longer needs.
    pub(in super::super) fn reuse(mut text: Vec<u8>) -> Self {
        text.clear();
        Self {
            text,
            bodies: Vec::new(),
        }
    }

    /// Takes lines off the front of a document until the chunk has `limit` bytes; says whether it is full.
    pub(in super::super) fn fill(
        &mut self,
        side: Side,
        graph: Option<&str>,
        prefix: &str,
        document: &mut &[u8],
        limit: usize,
    ) -> bool {
        let room = limit.saturating_sub(self.text.len());
        let length = if document.len() <= room {
            document.len()
        } else {
            // The line that crosses the limit still comes in: it may be longer than a chunk.
            let crossing = document.get(room..).unwrap_or_default();
            memchr::memchr(b'\n', crossing).map_or(document.len(), |end| room + end + 1)
        };
        let (part, rest) = document.split_at_checked(length).unwrap_or((document, &[]));
        *document = rest;
        self.push(side, graph, prefix, part);
        self.text.len() >= limit
    }

    fn push(&mut self, side: Side, graph: Option<&str>, prefix: &str, lines: &[u8]) {
        if lines.is_empty() {
            return;
        }
        self.text.extend_from_slice(lines);
        if !lines.ends_with(b"\n") {
            self.text.push(b'\n');
        }
        let end = self.text.len();
        match self.bodies.last_mut() {
            Some(last)
                if last.side == side && last.prefix == prefix && last.graph.as_deref() == graph =>
            {
                last.end = end;
            }
            _ => self.bodies.push(Body {
                side,
                graph: graph.map(str::to_owned),
                prefix: prefix.to_owned(),
                end,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_cut_between_lines() {
        let mut chunk = Chunk::default();
        let mut rest: &[u8] = b"one\ntwo\nthree";
        assert!(chunk.fill(Side::Added, None, "p", &mut rest, 5));
        assert_eq!(
            (chunk.text.as_slice(), rest),
            (&b"one\ntwo\n"[..], &b"three"[..])
        );
        let mut next = Chunk::reuse(chunk.text);
        assert!(!next.fill(Side::Added, None, "p", &mut rest, 50));
        assert!(!next.fill(Side::Added, None, "p", &mut &b"four\n"[..], 50));
        assert!(!next.fill(Side::Removed, Some("g"), "p", &mut &b"five\n"[..], 50));
        assert_eq!(next.text, b"three\nfour\nfive\n");
        assert_eq!(next.bodies.len(), 2);
    }
}
