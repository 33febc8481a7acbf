//! The pairs of every graph and predicate, sorted both ways, and the directory over them.

use super::super::error::FrozenError;
use super::super::file::Section;
use super::super::partition::{PARTITION, Partition};
use super::order::{self, Layout, Pairs};
use super::sections::Sections;
use super::shapes::Shapes;

/// Which partition: a graph, if it has a name, and a predicate. Their order is that of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Name {
    pub(in super::super) graph: Option<u32>,
    pub(in super::super) predicate: u32,
}

/// Both orders of one partition as they are in the file.
#[derive(Debug)]
pub(in super::super) struct Made {
    by_subject: Layout,
    by_object: Layout,
    numbers: Vec<u32>,
}

impl Made {
    /// Writes the order by subject into memory.
    pub(in super::super) fn new(pairs: &[u64]) -> Result<Self, FrozenError> {
        let mut made = Self {
            by_subject: Layout::of(pairs)?,
            by_object: Layout::default(),
            numbers: Vec::new(),
        };
        made.write(made.by_subject, pairs)?;
        Ok(made)
    }

    /// Writes the order by object behind it.
    pub(in super::super) fn and_by_object(mut self, pairs: &[u64]) -> Result<Self, FrozenError> {
        self.by_object = Layout::of(pairs)?;
        self.write(self.by_object, pairs)?;
        Ok(self)
    }

    fn write(&mut self, layout: Layout, pairs: &[u64]) -> Result<(), FrozenError> {
        let length = usize::try_from(layout.length()).unwrap_or_default();
        self.numbers.reserve_exact(length);
        order::write(&layout, pairs, &mut |part| {
            self.numbers.extend_from_slice(part);
            Ok(())
        })
    }
}

/// Writes the partitions, which come in the order of their places.
#[derive(Debug)]
pub(in super::super) struct Partitions {
    directory: Vec<[u8; PARTITION]>,
    shapes: Shapes,
    /// Numbers written so far.
    position: u64,
    quads: u64,
}

impl Partitions {
    /// Begins; subjects have identifiers below `subjects`.
    pub(in super::super) fn begin(
        sections: &mut Sections,
        subjects: u32,
    ) -> Result<Self, FrozenError> {
        sections.begin(Section::Pairs)?;
        Ok(Self {
            directory: Vec::new(),
            shapes: Shapes::new(subjects),
            position: 0,
            quads: 0,
        })
    }

    /// Writes a partition made in memory; nothing where it is empty.
    pub(in super::super) fn add(
        &mut self,
        sections: &mut Sections,
        name: Name,
        made: &Made,
    ) -> Result<(), FrozenError> {
        if self.list(name, made.by_subject, made.by_object) {
            let subjects = made.numbers.get(made.by_subject.keys()).unwrap_or_default();
            self.shapes.add(subjects.iter().copied());
            sections.write(bytemuck::cast_slice(&made.numbers))?;
        }
        Ok(())
    }

    /// Writes a partition that is too large for the memory.
    pub(in super::super) fn add_large(
        &mut self,
        sections: &mut Sections,
        name: Name,
        by_subject: &impl Pairs,
        by_object: &impl Pairs,
    ) -> Result<(), FrozenError> {
        let layouts = (Layout::of(by_subject)?, Layout::of(by_object)?);
        if !self.list(name, layouts.0, layouts.1) {
            return Ok(());
        }
        by_subject.each(&mut |pairs| {
            self.shapes.add(pairs.iter().map(|pair| order::key(*pair)));
            Ok(())
        })?;
        let mut sink = |part: &[u32]| sections.write(bytemuck::cast_slice(part));
        order::write(&layouts.0, by_subject, &mut sink)?;
        order::write(&layouts.1, by_object, &mut sink)
    }

    /// Ends the section, and writes the directory and the shapes; returns the number of quads.
    pub(in super::super) fn end(self, sections: &mut Sections) -> Result<u64, FrozenError> {
        sections.end(self.position);
        let directory = self.directory.as_flattened();
        let count = self.directory.len() as u64;
        sections.whole(Section::Partitions, directory, count)?;
        self.shapes.write(sections)?;
        Ok(self.quads)
    }

    /// Adds a partition to the directory unless it is empty.
    fn list(&mut self, name: Name, by_subject: Layout, by_object: Layout) -> bool {
        if by_subject.pairs == 0 {
            return false;
        }
        let object_base = self.position + by_subject.length();
        let index = u32::try_from(self.directory.len()).unwrap_or(u32::MAX);
        self.shapes.next(index);
        let partition = Partition {
            graph: name.graph,
            predicate: name.predicate,
            pairs: by_subject.pairs,
            subjects: by_subject.distinct,
            objects: by_object.distinct,
            by_subject: by_subject.place(self.position),
            by_object: by_object.place(object_base),
        };
        self.directory.push(partition.to_bytes());
        self.position = object_base + by_object.length();
        self.quads += by_subject.pairs;
        true
    }
}
