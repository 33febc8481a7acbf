//! A run: what a chunk comes to. Its distinct terms as sorted keys, and its pairs by graph and predicate
//! with the places of their terms in that row for identifiers.

use std::collections::HashMap;

use oxigraph::model::NamedNodeRef;
use rustc_hash::FxBuildHasher;

use super::super::error::FrozenError;
use super::super::key;
use super::super::write::keys::encode;
use super::super::write::order::pair;
use super::super::write::tags::Tags;
use super::chunk::{Chunk, Side};
use super::sort;
use super::split;

/// Pairs of one graph and predicate.
#[derive(Debug)]
pub(in super::super) struct Segment {
    pub(in super::super) side: Side,
    /// None for the default graph.
    pub(in super::super) graph: Option<u32>,
    pub(in super::super) predicate: u32,
    pub(in super::super) pairs: usize,
}

/// The terms and pairs of a chunk.
#[derive(Debug, Default)]
pub(in super::super) struct Run {
    /// The distinct keys, sorted and front-coded.
    pub(in super::super) keys: Vec<u8>,
    pub(in super::super) terms: u32,
    pub(in super::super) tags: Tags,
    pub(in super::super) segments: Vec<Segment>,
    /// The pairs of all segments, one after another; those of a segment are sorted, each once.
    pub(in super::super) pairs: Vec<u64>,
}

/// The terms of a chunk in the order they were met.
#[derive(Default)]
struct Terms<'a> {
    known: HashMap<&'a [u8], u32, FxBuildHasher>,
    /// Blank nodes of the labels' present prefix.
    blanks: HashMap<&'a [u8], u32, FxBuildHasher>,
    keys: Vec<u8>,
    ends: Vec<usize>,
}

/// The segments of a chunk in the order they were met.
#[derive(Default)]
struct Segments {
    known: HashMap<(Side, u32, u32), u32, FxBuildHasher>,
    names: Vec<(Side, u32, u32)>,
}

/// A graph that has no name, among numbers of terms.
const NO_TERM: u32 = u32::MAX;

impl Run {
    /// Takes all statements of a chunk apart.
    pub(in super::super) fn of(chunk: &Chunk) -> Result<Self, FrozenError> {
        let mut terms = Terms::default();
        // Growing the table means hashing all again; about so many terms are distinct.
        terms.known.reserve(chunk.text.len() / 512);
        let mut segments = Segments::default();
        let mut triples: Vec<[u32; 3]> = Vec::new();
        let mut rest = chunk.text.as_slice();
        let mut begin = 0;
        let mut prefix = "";
        for body in &chunk.bodies {
            if body.prefix != prefix {
                prefix = &body.prefix;
                terms.blanks.clear();
            }
            let graph = match &body.graph {
                Some(iri) => terms.graph(iri),
                None => NO_TERM,
            };
            let (mut text, after) = rest.split_at_checked(body.end - begin).unwrap_or_default();
            (rest, begin) = (after, body.end);
            let mut last: (&[u8], u32) = (b"", NO_TERM);
            while let Some(line) = split::line(&mut text) {
                if line.is_empty() {
                    continue;
                }
                let statement =
                    split::statement(line).ok_or_else(|| FrozenError::malformed(line))?;
                if statement.subject != last.0 {
                    let subject = terms.number(statement.subject, prefix)?;
                    last = (statement.subject, subject);
                }
                let predicate = terms.number(statement.predicate, prefix)?;
                let object = terms.number(statement.object, prefix)?;
                let segment = segments.number((body.side, graph, predicate));
                triples.push([segment, last.1, object]);
            }
        }
        let Terms { keys, ends, .. } = terms;
        let mut run = Self::default();
        let places = run.sort_keys(&keys, &ends)?;
        drop((keys, ends));
        run.sort_pairs(&segments.names, &triples, &places);
        Ok(run)
    }

    /// Writes the distinct keys in order; returns the place of each term among them.
    fn sort_keys(&mut self, keys: &[u8], ends: &[usize]) -> Result<Vec<u32>, FrozenError> {
        let key = |number: u32| -> &[u8] {
            let number = number as usize;
            let begin = number.checked_sub(1).and_then(|before| ends.get(before));
            let end = ends.get(number).copied().unwrap_or_default();
            keys.get(begin.copied().unwrap_or_default()..end)
                .unwrap_or_default()
        };
        let count = u32::try_from(ends.len())
            .map_err(|_error| FrozenError::TooManyTerms(ends.len() as u64))?;
        let mut places = vec![0; ends.len()];
        let mut last: Option<&[u8]> = None;
        for number in sort::sorted(count, key) {
            let key = key(number);
            if last != Some(key) {
                encode(last.unwrap_or_default(), key, &mut self.keys);
                let part = key::parse(key).ok_or_else(|| FrozenError::malformed(key))?;
                self.tags.note(&part);
                self.terms += 1;
                last = Some(key);
            }
            if let Some(place) = places.get_mut(number as usize) {
                *place = self.terms - 1;
            }
        }
        Ok(places)
    }

    /// Sorts the pairs into their segments.
    fn sort_pairs(&mut self, names: &[(Side, u32, u32)], triples: &[[u32; 3]], places: &[u32]) {
        let place = |number: u32| places.get(number as usize).copied().unwrap_or(NO_TERM);
        let mut lengths = vec![0; names.len()];
        for [segment, ..] in triples {
            if let Some(length) = lengths.get_mut(*segment as usize) {
                *length += 1;
            }
        }
        let mut next = 0;
        let mut ats: Vec<usize> = Vec::with_capacity(names.len());
        for length in &lengths {
            ats.push(next);
            next += length;
        }
        let mut all = vec![0; triples.len()];
        for [segment, subject, object] in triples {
            if let Some(at) = ats.get_mut(*segment as usize)
                && let Some(slot) = all.get_mut(*at)
            {
                *slot = pair(place(*subject), place(*object));
                *at += 1;
            }
        }
        let mut rest = all.as_mut_slice();
        for ((side, graph, predicate), length) in names.iter().zip(lengths) {
            let Some((segment, after)) = rest.split_at_mut_checked(length) else {
                return;
            };
            rest = after;
            segment.sort_unstable();
            let begin = self.pairs.len();
            self.pairs
                .extend(segment.chunk_by(|a, b| a == b).filter_map(<[u64]>::first));
            self.segments.push(Segment {
                side: *side,
                graph: (*graph != NO_TERM).then(|| place(*graph)),
                predicate: place(*predicate),
                pairs: self.pairs.len() - begin,
            });
        }
    }
}

impl<'a> Terms<'a> {
    /// The number of a term.
    fn number(&mut self, term: &'a [u8], prefix: &str) -> Result<u32, FrozenError> {
        let next = next(&self.ends);
        let known = if term.starts_with(b"_") {
            &mut self.blanks
        } else {
            &mut self.known
        };
        let number = *known.entry(term).or_insert(next);
        if number == next {
            if std::str::from_utf8(term).is_err() {
                return Err(FrozenError::malformed(term));
            }
            key::from_ntriples(term, prefix.as_bytes(), &mut self.keys)?;
            self.ends.push(self.keys.len());
        }
        Ok(number)
    }

    /// The number of a graph's name, which is written without brackets and so is like no term.
    fn graph(&mut self, iri: &'a str) -> u32 {
        let next = next(&self.ends);
        let number = *self.known.entry(iri.as_bytes()).or_insert(next);
        if number == next {
            key::from_term(NamedNodeRef::new_unchecked(iri).into(), &mut self.keys);
            self.ends.push(self.keys.len());
        }
        number
    }
}

impl Segments {
    fn number(&mut self, name: (Side, u32, u32)) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(NO_TERM);
        let number = *self.known.entry(name).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }
}

fn next(ends: &[usize]) -> u32 {
    // A chunk of so many terms would not fit into memory; its numbers are checked when it is sorted.
    u32::try_from(ends.len()).unwrap_or(NO_TERM)
}
