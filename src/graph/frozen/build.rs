//! Builds a graph file from statements in any order and number, in bounded memory.
//!
//! Statements are taken chunk by chunk. Each chunk becomes a run (`run`) while the next is filled; the
//! sorted keys of all runs, merged, are the dictionary (`vocabulary`); then each run's pairs get their
//! identifiers, and each partition is sorted. The file is a function of the set of quads: neither their
//! order nor chunks nor threads show in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use oxigraph::model::{GraphNameRef, Quad};

use super::error::FrozenError;
use super::file::Meta;
use super::write::dictionary::Dictionary;
use super::write::order::{self, pair};
use super::write::partitions::{Made, Name, Partitions};
use super::write::sections::{Sections, Totals, aside, remove};
use super::write::spill::Spill;
use super::write::threads::in_order;
use chunk::Side;
use pairs::Sorter;
use runs::{Intake, Runs};
use vocabulary::Numbers;

pub(super) mod chunk;
pub(super) mod pairs;
pub(super) mod run;
pub(super) mod runs;
pub(super) mod sort;
pub(super) mod split;
pub(super) mod vocabulary;

/// How much of the machine building takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Bytes of memory, roughly.
    pub memory: usize,
    /// Threads beside the one that brings the statements.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            memory: 400 << 20,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

impl Options {
    /// Bytes of a chunk's text: each thread has one and makes its terms, and one is being filled.
    pub(super) fn chunk(&self) -> usize {
        (self.memory / (2 * self.threads + 1)).max(1)
    }

    /// Bytes of each spill that stay in memory.
    pub(super) fn spill(&self) -> usize {
        self.memory / 16
    }

    /// Bytes of pairs that a thread sorts in memory, where they are there up to four times.
    pub(super) fn pairs(&self) -> usize {
        self.memory / (4 * self.threads.max(1))
    }
}

/// A graph file in the making.
#[derive(Debug)]
pub struct Builder {
    intake: Intake,
    line: String,
}

impl Builder {
    /// Begins; `scratch` is the folder for what the memory has no room for, and nothing is left in it.
    ///
    /// # Errors
    /// None today: the folder is not touched before it is needed.
    pub fn new(scratch: &Path, options: Options) -> Result<Self, FrozenError> {
        Ok(Self {
            intake: Intake::new(scratch, options),
            line: String::new(),
        })
    }

    /// Takes the statements of a canonical N-Triples document, in the graph of that IRI or the default
    /// graph; `prefix` is put before the labels of blank nodes.
    ///
    /// # Errors
    /// The file system's, and those of a document taken earlier.
    pub fn body(
        &mut self,
        graph: Option<&str>,
        prefix: &str,
        text: &[u8],
    ) -> Result<(), FrozenError> {
        self.intake.take(Side::Added, graph, prefix, text)
    }

    /// Takes a quad.
    ///
    /// # Errors
    /// As [`Builder::body`].
    pub fn quad(&mut self, quad: &Quad) -> Result<(), FrozenError> {
        take(&mut self.intake, &mut self.line, Side::Added, quad)
    }

    /// Writes the file; readers find the old one at `path` until the new one is whole and checked.
    ///
    /// # Errors
    /// A statement that is none, too many terms, and the file system's.
    pub fn finish(self, path: &Path, sequence: u64, meta: &Meta) -> Result<(), FrozenError> {
        let work = Work {
            folder: self.intake.folder().to_owned(),
            options: self.intake.options(),
        };
        let done = self
            .intake
            .done()
            .and_then(|runs| work.write(runs, path, sequence, meta));
        if done.is_err() {
            // Where the disk is full, half a file must not keep it so.
            remove(&aside(path))?;
        }
        done
    }
}

/// Writes a file of quads: for tests and small graphs.
///
/// # Errors
/// As [`Builder::finish`].
pub fn write(
    path: &Path,
    quads: impl IntoIterator<Item = Quad>,
    sequence: u64,
    meta: &Meta,
) -> Result<(), FrozenError> {
    let scratch = path.parent().unwrap_or(Path::new("."));
    let mut builder = Builder::new(scratch, Options::default())?;
    for quad in quads {
        builder.quad(&quad)?;
    }
    builder.finish(path, sequence, meta)
}

/// Takes a quad as the line it is in N-Triples.
pub(super) fn take(
    intake: &mut Intake,
    line: &mut String,
    side: Side,
    quad: &Quad,
) -> Result<(), FrozenError> {
    use std::fmt::Write as _;
    line.clear();
    // Writing to a string cannot fail.
    let _ = writeln!(
        line,
        "{} {} {} .",
        quad.subject, quad.predicate, quad.object
    );
    let graph = match quad.graph_name.as_ref() {
        GraphNameRef::NamedNode(name) => Some(name.as_str()),
        GraphNameRef::DefaultGraph => None,
        GraphNameRef::BlankNode(_) => return Err(FrozenError::malformed(line.as_bytes())),
    };
    intake.take(side, graph, "", line.as_bytes())
}

/// Where pairs lie, and how many they are.
type Segment = (u64, usize);
/// Those of a partition.
type Segments = Vec<Segment>;

/// What the steps of a build share.
struct Work {
    folder: PathBuf,
    options: Options,
}

impl Work {
    fn spill(&self) -> Spill {
        Spill::new(&self.folder, self.options.spill())
    }

    fn write(
        &self,
        mut runs: Runs,
        path: &Path,
        sequence: u64,
        meta: &Meta,
    ) -> Result<(), FrozenError> {
        let mut sections = Sections::create(path)?;
        sections.meta(meta)?;
        let tags = std::mem::take(&mut runs.tags).numbered();
        let mut dictionary = Dictionary::begin(&mut sections, &tags, || self.spill())?;
        let numbers = vocabulary::merge(&runs, self.spill(), self.options.memory / 4, |_, key| {
            dictionary.push(&mut sections, key)
        })?;
        let subjects = dictionary.subjects();
        let terms = dictionary.end(&mut sections)?;
        let partitions = self.number(&runs, &numbers)?;
        drop(numbers);
        let quads = self.partitions(&mut sections, &runs, &partitions, subjects)?;
        drop(runs);
        let totals = Totals {
            sequence,
            quads,
            terms,
        };
        sections.publish(totals, self.options.threads)
    }

    /// Gives the pairs of all runs their identifiers, and tells where those of each partition lie.
    fn number(
        &self,
        runs: &Runs,
        numbers: &Numbers,
    ) -> Result<BTreeMap<Name, Segments>, FrozenError> {
        let mut partitions: BTreeMap<Name, Segments> = BTreeMap::new();
        let indexes: Vec<usize> = (0..runs.laid.len()).collect();
        in_order(
            self.options.threads,
            &indexes,
            |index| number_run(runs, numbers, *index),
            |_, segments| {
                for (name, segment) in segments {
                    partitions.entry(name).or_default().push(segment);
                }
                Ok(())
            },
        )?;
        Ok(partitions)
    }

    fn partitions(
        &self,
        sections: &mut Sections,
        runs: &Runs,
        all: &BTreeMap<Name, Segments>,
        subjects: u32,
    ) -> Result<u64, FrozenError> {
        let mut partitions = Partitions::begin(sections, subjects)?;
        let tasks: Vec<(&Name, &Segments)> = all.iter().collect();
        in_order(
            self.options.threads,
            &tasks,
            |(_, segments)| {
                let pairs: usize = segments.iter().map(|(_, pairs)| pairs).sum();
                let is_small = pairs.saturating_mul(8) <= self.options.pairs();
                is_small
                    .then(|| sort_small(&runs.pairs, segments))
                    .transpose()
            },
            |(name, segments), made| {
                if let Some(made) = made {
                    return partitions.add(sections, **name, &made);
                }
                let room = 2 * self.options.pairs();
                let mut by_subject = Sorter::new(&self.folder, room);
                for (at, count) in *segments {
                    by_subject.add(&runs.read_pairs(*at, *count)?)?;
                }
                let by_subject = by_subject.done()?;
                let mut by_object = Sorter::new(&self.folder, room);
                order::Pairs::each(&by_subject, &mut |pairs| {
                    by_object.add(
                        &pairs
                            .iter()
                            .map(|pair| pair.rotate_left(32))
                            .collect::<Vec<_>>(),
                    )
                })?;
                partitions.add_large(sections, **name, &by_subject, &by_object.done()?)
            },
        )?;
        partitions.end(sections)
    }
}

/// Gives the pairs of a run their identifiers, in place.
fn number_run(
    runs: &Runs,
    numbers: &Numbers,
    index: usize,
) -> Result<Vec<(Name, Segment)>, FrozenError> {
    let Some(run) = runs.laid.get(index) else {
        return Ok(Vec::new());
    };
    let numbers = numbers.of(index, run.terms)?;
    let number = |place: u32| numbers.get(place as usize).copied().unwrap_or(u32::MAX);
    let count = run.segments.iter().map(|segment| segment.pairs).sum();
    let mut pairs = runs.read_pairs(run.pairs, count)?;
    for pair in &mut pairs {
        *pair = self::pair(number(order::key(*pair)), number(order::value(*pair)));
    }
    runs.pairs
        .write_at(run.pairs, bytemuck::cast_slice(&pairs))?;
    let mut at = run.pairs;
    let mut segments = Vec::with_capacity(run.segments.len());
    for segment in &run.segments {
        let name = Name {
            graph: segment.graph.map(number),
            predicate: number(segment.predicate),
        };
        segments.push((name, (at, segment.pairs)));
        at += 8 * segment.pairs as u64;
    }
    Ok(segments)
}

/// Sorts pairs that are sorted in long stretches, as those of each run are.
#[expect(
    clippy::stable_sort_primitive,
    reason = "the stable sort merges what is sorted already"
)]
pub(super) fn sort_stretches(pairs: &mut [u64]) {
    pairs.sort();
}

/// Sorts a partition both ways in memory.
fn sort_small(spill: &Spill, segments: &Segments) -> Result<Made, FrozenError> {
    let count = segments.iter().map(|(_, count)| count).sum();
    let mut pairs = vec![0u64; count];
    let mut rest = pairs.as_mut_slice();
    for (at, count) in segments {
        let Some((segment, after)) = rest.split_at_mut_checked(*count) else {
            break;
        };
        spill.read_at(*at, bytemuck::cast_slice_mut(segment))?;
        rest = after;
    }
    sort_stretches(&mut pairs);
    pairs.dedup();
    let made = Made::new(&pairs)?;
    for pair in &mut pairs {
        *pair = pair.rotate_left(32);
    }
    pairs.sort_unstable();
    made.and_by_object(&pairs)
}

#[cfg(test)]
pub(super) mod tests;
