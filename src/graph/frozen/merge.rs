//! Merges a difference into a graph file: one pass over the old file writes a whole new one, which equals,
//! byte for byte, the file built from scratch of the quads that are then there.
//!
//! Terms keep their order when some vanish and others come between them, so all that was sorted stays
//! sorted. Old pages are read through the map; what is held in memory is a number for each term, and the
//! difference.

use std::path::Path;

use oxigraph::model::Quad;

use super::Frozen;
use super::build::chunk::Side;
use super::build::runs::{Intake, Runs};
use super::build::{self, Options, vocabulary};
use super::error::FrozenError;
use super::file::Meta;
use super::pairs::Order;
use super::write::dictionary::Dictionary;
use super::write::keys;
use super::write::order;
use super::write::partitions::{Made, Name, Partitions};
use super::write::sections::{Sections, Totals, aside, remove};
use super::write::spill::{Pieces, Spill};
use super::write::threads::in_order;
use changes::{Changes, Term};
use live::Live;
use locate::{Locator, Place};
use pairs::Merged;
use terms::News;

mod changes;
mod live;
mod locate;
mod pairs;
mod terms;

/// Quads that go and quads that come. Those that come win: what is in both sets is there in the end.
#[derive(Debug)]
pub struct Difference {
    intake: Intake,
    line: String,
}

impl Difference {
    /// Begins; `scratch` is the folder for what the memory has no room for.
    #[must_use]
    pub fn new(scratch: &Path, options: Options) -> Self {
        Self {
            intake: Intake::new(scratch, options),
            line: String::new(),
        }
    }

    /// Adds a quad to those that come; it may be there already.
    ///
    /// # Errors
    /// The file system's, and those of what was taken earlier.
    pub fn add(&mut self, quad: &Quad) -> Result<(), FrozenError> {
        build::take(&mut self.intake, &mut self.line, Side::Added, quad)
    }

    /// Adds a quad to those that go; it need not be there.
    ///
    /// # Errors
    /// As [`Difference::add`].
    pub fn remove(&mut self, quad: &Quad) -> Result<(), FrozenError> {
        build::take(&mut self.intake, &mut self.line, Side::Removed, quad)
    }

    /// Adds the statements of a document to those that come; see [`build::Builder::body`].
    ///
    /// # Errors
    /// As [`Difference::add`].
    pub fn add_body(
        &mut self,
        graph: Option<&str>,
        prefix: &str,
        text: &[u8],
    ) -> Result<(), FrozenError> {
        self.intake.take(Side::Added, graph, prefix, text)
    }

    /// Adds the statements of a document to those that go.
    ///
    /// # Errors
    /// As [`Difference::add`].
    pub fn remove_body(
        &mut self,
        graph: Option<&str>,
        prefix: &str,
        text: &[u8],
    ) -> Result<(), FrozenError> {
        self.intake.take(Side::Removed, graph, prefix, text)
    }
}

/// Writes the file that `old` becomes by a difference; readers find at `path` what was there until the new
/// file is whole and checked.
///
/// # Errors
/// A statement that is none, a damaged old file, too many terms, and the file system's.
pub fn merge(
    old: &Frozen,
    difference: Difference,
    path: &Path,
    sequence: u64,
    meta: &Meta,
) -> Result<(), FrozenError> {
    // What is wrong in the old file would be sealed with good checksums in the new one.
    old.verify()?;
    let intake = difference.intake;
    let folder = intake.folder().to_owned();
    let work = Work {
        old,
        folder: &folder,
        options: intake.options(),
    };
    let done = intake
        .done()
        .and_then(|runs| work.write(&runs, path, sequence, meta));
    if done.is_err() {
        // Where the disk is full, half a file must not keep it so.
        remove(&aside(path))?;
    }
    done
}

/// What the steps of a merge share.
struct Work<'a> {
    old: &'a Frozen,
    folder: &'a Path,
    options: Options,
}

/// A partition of the new file.
struct Task<'a> {
    name: Name,
    /// The old pairs; empty where the partition is new.
    by_subject: Order<'a>,
    by_object: Order<'a>,
    /// In the old numbers.
    removed: &'a [u64],
    /// In the numbers of the difference.
    added: &'a [u64],
}

impl Work<'_> {
    fn spill(&self) -> Spill {
        Spill::new(self.folder, self.options.spill())
    }

    fn write(
        &self,
        runs: &Runs,
        path: &Path,
        sequence: u64,
        meta: &Meta,
    ) -> Result<(), FrozenError> {
        let (terms, news, changes) = self.compare(runs)?;
        let threads = self.options.threads;
        let live = Live::find(self.old, &changes, &terms, &news.before, threads);
        let mut sections = Sections::create(path)?;
        sections.meta(meta)?;
        let tags = terms::tags(self.old, &news, &live)?.numbered();
        let mut dictionary = Dictionary::begin(&mut sections, &tags, || self.spill())?;
        terms::write(self.old, &news, &live, &mut dictionary, &mut sections)?;
        drop(news);
        let subjects = dictionary.subjects();
        let count = dictionary.end(&mut sections)?;
        let quads = self.partitions(&mut sections, &terms, &changes, &live, subjects)?;
        let totals = Totals {
            sequence,
            quads,
            terms: count,
        };
        sections.publish(totals, threads)
    }

    /// Looks the terms of the difference up in the old file, and finds what changes.
    fn compare(&self, runs: &Runs) -> Result<(Vec<Term>, News, Changes), FrozenError> {
        let mut locator = Locator::new(self.old);
        let mut terms = Vec::new();
        let mut before = Vec::new();
        let mut new_keys = Pieces::new(self.spill());
        let (mut last, mut coded) = (Vec::new(), Vec::new());
        let memory = self.options.memory / 8;
        let numbers = vocabulary::merge(runs, self.spill(), memory, |_, key| {
            let place = locator
                .locate(key)
                .ok_or_else(|| self.old.damaged("its dictionary cannot be searched"))?;
            match place {
                Place::Term(id) => terms.push(Term::Old(id)),
                Place::Before(id) => {
                    terms.push(Term::New(u32::try_from(before.len()).unwrap_or(u32::MAX)));
                    before.push(id);
                    coded.clear();
                    keys::encode(&last, key, &mut coded);
                    new_keys.push(&coded)?;
                    last.clear();
                    last.extend_from_slice(key);
                }
            }
            Ok(())
        })?;
        let changes = changes::changes(self.old, runs, &numbers, &terms)?;
        let news = News {
            keys: new_keys.done()?,
            before,
        };
        Ok((terms, news, changes))
    }

    fn partitions(
        &self,
        sections: &mut Sections,
        terms: &[Term],
        changes: &Changes,
        live: &Live,
        subjects: u32,
    ) -> Result<u64, FrozenError> {
        let new_number = |number: u32| {
            let term = terms.get(number as usize);
            term.map_or(live::GONE, |term| live.of(*term))
        };
        let mut tasks = Vec::new();
        for (partition, change) in self.old.partitions().iter().zip(&changes.old) {
            tasks.push(Task {
                name: Name {
                    graph: partition.graph.map(|graph| live.of_old(graph)),
                    predicate: live.of_old(partition.predicate),
                },
                by_subject: self.old.by_subject(partition),
                by_object: self.old.by_object(partition),
                removed: &change.removed,
                added: &change.added,
            });
        }
        for (graph, predicate, added) in &changes.new {
            tasks.push(Task {
                name: Name {
                    graph: graph.map(new_number),
                    predicate: new_number(*predicate),
                },
                by_subject: Order::default(),
                by_object: Order::default(),
                removed: &[],
                added,
            });
        }
        tasks.sort_unstable_by_key(|task| task.name);
        let mut partitions = Partitions::begin(sections, subjects)?;
        let room = self.options.pairs() / 8;
        in_order(
            self.options.threads,
            &tasks,
            |task| {
                if task.by_subject.len() + task.added.len() > room {
                    return Ok(None);
                }
                let (by_subject, by_object) = task.merged(new_number, live);
                let made = Made::new(&by_subject.collect()?)?;
                made.and_by_object(&by_object.collect()?).map(Some)
            },
            |task, made| {
                if let Some(made) = made {
                    return partitions.add(sections, task.name, &made);
                }
                let (by_subject, by_object) = task.merged(new_number, live);
                partitions.add_large(sections, task.name, &by_subject, &by_object)
            },
        )?;
        partitions.end(sections)
    }
}

impl<'a> Task<'a> {
    /// Both orders of the new partition.
    fn merged(&self, new_number: impl Fn(u32) -> u32, live: &'a Live) -> (Merged<'a>, Merged<'a>) {
        let mut added = Vec::with_capacity(self.added.len());
        for pair in self.added {
            let (subject, object) = (order::key(*pair), order::value(*pair));
            added.push(order::pair(new_number(subject), new_number(object)));
        }
        let by_object = Merged {
            old: self.by_object,
            removed: order::turned(self.removed),
            added: order::turned(&added),
            live,
        };
        let by_subject = Merged {
            old: self.by_subject,
            removed: self.removed.to_vec(),
            added,
            live,
        };
        (by_subject, by_object)
    }
}

#[cfg(test)]
mod tests;
