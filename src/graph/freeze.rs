//! A frozen file out of the ledger: from all of its bodies, or from an older file and what changed since.
//!
//! Text goes from the ledger to the file as it is, so that nothing is parsed into terms and terms keep
//! their lexical forms. One thread reads the ledger, another unpacks, and the file's builder has its own.

use std::collections::HashSet;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use super::frozen::build::{Builder, Options};
use super::frozen::merge::{Difference, merge};
use super::frozen::{Frozen, Meta};
use super::make::Projection;
use super::quads::{self, Fixed, Graphs};
use super::text::{self, PackedRecord, Part, RecordText};
use super::{GraphError, provenance};
use crate::cores::joined;
use crate::ledger::{Reader, RecordNumber};
use crate::record::{Base, Set};

/// Records read from the ledger at a time: no statement stays open longer.
const BATCH: u32 = 200;

/// Aliases and shared statements read at a time.
const LINES: u32 = 10_000;

/// What a file is of.
fn meta(base: &Base, fixed: Fixed<'_>) -> Meta {
    Meta {
        base: base.to_string(),
        fingerprint: quads::fingerprint(fixed),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The graph file at `path`, if it is whole and of the same catalogue and layout.
pub(super) fn sound(path: &Path, base: &Base, fixed: Fixed<'_>) -> Option<Frozen> {
    let file = Frozen::open(path).and_then(|file| file.verify().map(|()| file));
    let wanted = meta(base, fixed);
    match file {
        Ok(file) => {
            let found = file.meta();
            let fits = (&found.base, &found.fingerprint) == (&wanted.base, &wanted.fingerprint);
            fits.then_some(file)
        }
        // The file is only a projection: what is wrong with it is not worth an end of publishing.
        Err(error) => {
            tracing::warn!(%error, "the graph is made again");
            None
        }
    }
}

/// Makes the file `path` from the whole ledger, with `scratch` for what the memory has no room for.
pub(super) fn anew(wanted: &Projection<'_>, scratch: &Path, path: &Path) -> Result<(), GraphError> {
    let Projection {
        reader, fixed, at, ..
    } = *wanted;
    let mut builder = Builder::new(scratch, Options::default())?;
    for quad in fixed.quads() {
        builder.quad(&quad)?;
    }
    let mut builder = records(reader, at, builder)?;
    shared(reader, at, &mut builder)?;
    for quad in provenance::quads(reader, None, at)? {
        builder.quad(&quad)?;
    }
    if let Some(quad) = quads::catalogue_date(reader, at)? {
        builder.quad(&quad)?;
    }
    Ok(builder.finish(path, at, &meta(reader.base(), fixed))?)
}

/// Feeds every record to the builder.
fn records(reader: &Reader, at: u64, mut builder: Builder) -> Result<Builder, GraphError> {
    let base = reader.base();
    std::thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<PackedRecord>>(2);
        let feeder = scope.spawn(move || -> Result<Builder, GraphError> {
            let graphs = Names::new(base);
            for record in batches.into_iter().flatten() {
                let prefix = record.prefix();
                for (part, text) in record.unpack(base)? {
                    let labels = part.labels(&prefix);
                    builder.body(graphs.of(part), &labels, text.as_bytes())?;
                }
            }
            Ok(builder)
        });
        let read = send(reader, at, &sender);
        drop(sender);
        // Where the feeder gave up, that is why nothing more could be sent.
        let fed = joined(feeder)?;
        read.map(|()| fed)
    })
}

fn send(
    reader: &Reader,
    at: u64,
    sender: &SyncSender<Vec<PackedRecord>>,
) -> Result<(), GraphError> {
    let mut after = RecordNumber::BEFORE_ALL;
    loop {
        let descriptions = reader.scan(after, BATCH, at)?;
        let Some(last) = descriptions.last() else {
            return Ok(());
        };
        after = last.record;
        let mut batch = Vec::with_capacity(descriptions.len());
        for description in descriptions {
            batch.push(PackedRecord::read(reader, description, Graphs::All)?);
        }
        if sender.send(batch).is_err() {
            return Ok(());
        }
    }
}

/// Feeds what belongs to no single record: statements that several share, and aliases.
fn shared(reader: &Reader, at: u64, builder: &mut Builder) -> Result<(), GraphError> {
    let mut after = String::new();
    loop {
        let lines = reader.every_value(Set::States, &after, LINES, at)?;
        let Some(last) = lines.last() else {
            break;
        };
        after.clone_from(last);
        builder.body(
            None,
            "",
            joined_lines(lines.iter().map(String::as_str)).as_bytes(),
        )?;
    }
    let mut after = RecordNumber::BEFORE_ALL;
    loop {
        let aliases = reader.scan_aliases(after, LINES, at)?;
        let Some(last) = aliases.last() else {
            return Ok(());
        };
        after = last.record;
        for line in aliases.iter().filter_map(text::of_alias) {
            builder.body(None, "", line.as_bytes())?;
        }
    }
}

/// Makes the file `path` from `old` and what changed since.
pub(super) fn merged(
    wanted: &Projection<'_>,
    old: &Frozen,
    scratch: &Path,
    path: &Path,
) -> Result<(), GraphError> {
    let Projection {
        reader, fixed, at, ..
    } = *wanted;
    let from = old.sequence();
    let graphs = Names::new(reader.base());
    let mut difference = Difference::new(scratch, Options::default());
    for record in reader.changed(from, at)? {
        let before = text::as_of(reader, record, from)?;
        let now = text::as_of(reader, record, at)?;
        for part in Part::ALL {
            let (gone, come) = compared(&before, &now, part);
            let (old, new) = (part.labels(&before.prefix), part.labels(&now.prefix));
            difference.remove_body(graphs.of(part), &old, gone.as_bytes())?;
            difference.add_body(graphs.of(part), &new, come.as_bytes())?;
        }
        for line in before.shared.difference(&now.shared) {
            if !reader.others_in(Set::States, line, record, at)? {
                difference.remove_body(None, "", joined_lines([&**line]).as_bytes())?;
            }
        }
        for line in now.shared.difference(&before.shared) {
            difference.add_body(None, "", joined_lines([&**line]).as_bytes())?;
        }
    }
    for quad in provenance::quads(reader, Some(from), at)? {
        difference.add(&quad)?;
    }
    if let Some(quad) = quads::catalogue_date(reader, from)? {
        difference.remove(&quad)?;
    }
    if let Some(quad) = quads::catalogue_date(reader, at)? {
        difference.add(&quad)?;
    }
    Ok(merge(
        old,
        difference,
        path,
        at,
        &meta(reader.base(), fixed),
    )?)
}

/// The lines of a graph that only the first has, and those that only the second has.
fn compared(before: &RecordText, now: &RecordText, part: Part) -> (String, String) {
    let lines = |record: &RecordText| -> Vec<String> {
        let own = record.own.iter().filter(|(of, _)| *of == part);
        own.flat_map(|(_, text)| text.lines().map(ToOwned::to_owned))
            .collect()
    };
    let (before, now) = (lines(before), lines(now));
    let only = |all: &[String], others: &[String]| {
        let others: HashSet<&str> = others.iter().map(String::as_str).collect();
        joined_lines(
            all.iter()
                .map(String::as_str)
                .filter(|line| !others.contains(*line)),
        )
    };
    (only(&before, &now), only(&now, &before))
}

/// Lines as a document.
fn joined_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end_matches('\n'));
        text.push('\n');
    }
    text
}

/// The names of the graphs that records have parts in.
struct Names {
    origin: String,
    quality: String,
}

impl Names {
    fn new(base: &Base) -> Self {
        Self {
            origin: base.graph("origin").into_string(),
            quality: base.graph("quality").into_string(),
        }
    }

    fn of(&self, part: Part) -> Option<&str> {
        match part {
            Part::Catalogue => None,
            Part::Origin => Some(&self.origin),
            Part::Quality => Some(&self.quality),
        }
    }
}
