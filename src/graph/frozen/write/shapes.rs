//! Characteristic sets: for each subject the partitions it is a subject of. Few sets serve very many
//! subjects, so a subject takes one number.
//!
//! Partitions come in the order of their indexes; the sets so far form a tree in which a set's parent
//! lacks its last member, and each subject is led from its set to the next.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::super::error::FrozenError;
use super::super::file::Section;
use super::sections::Sections;

/// The sets, while partitions are gone through.
#[derive(Debug)]
pub(in super::super) struct Shapes {
    /// By subject: its set so far; 0 is the empty one.
    of: Vec<u32>,
    /// By set: the set without its last member, and that member.
    sets: Vec<(u32, u32)>,
    partition: u32,
    last: Option<u32>,
    /// From each set met in this partition to the one with it.
    steps: HashMap<u32, u32, FxBuildHasher>,
}

impl Shapes {
    /// Begins; subjects have identifiers below `subjects`.
    pub(in super::super) fn new(subjects: u32) -> Self {
        Self {
            of: vec![0; subjects as usize],
            sets: vec![(0, 0)],
            partition: 0,
            last: None,
            steps: HashMap::default(),
        }
    }

    /// Begins the next partition.
    pub(in super::super) fn next(&mut self, partition: u32) {
        self.partition = partition;
        self.last = None;
        self.steps.clear();
    }

    /// Adds the partition to the sets of these subjects of it; repetitions stand together.
    pub(in super::super) fn add(&mut self, subjects: impl Iterator<Item = u32>) {
        let mut step = (0, 0);
        for subject in subjects {
            if self.last == Some(subject) {
                continue;
            }
            self.last = Some(subject);
            let Some(set) = self.of.get_mut(subject as usize) else {
                continue;
            };
            // A subject usually looks like the one before it.
            if step.1 == 0 || step.0 != *set {
                let sets = &mut self.sets;
                let next = *self.steps.entry(*set).or_insert_with(|| {
                    sets.push((*set, self.partition));
                    u32::try_from(sets.len() - 1).unwrap_or(u32::MAX)
                });
                step = (*set, next);
            }
            *set = step.1;
        }
    }

    /// Writes the four sections.
    pub(in super::super) fn write(self, sections: &mut Sections) -> Result<(), FrozenError> {
        let mut is_used = vec![false; self.sets.len()];
        let mut subjects = Vec::new();
        for (subject, set) in (0u32..).zip(&self.of) {
            if *set != 0 {
                subjects.push(subject);
                if let Some(used) = is_used.get_mut(*set as usize) {
                    *used = true;
                }
            }
        }
        let mut sets: Vec<(Vec<u32>, u32)> = (0u32..)
            .zip(&is_used)
            .filter(|(_, used)| **used)
            .map(|(set, _)| (self.members(set), set))
            .collect();
        sets.sort_unstable();
        let mut number = vec![0; self.sets.len()];
        let (mut ends, mut members) = (Vec::new(), Vec::new());
        for (place, (of_set, set)) in (0u32..).zip(&sets) {
            if let Some(number) = number.get_mut(*set as usize) {
                *number = place;
            }
            members.extend_from_slice(of_set);
            ends.push(u32::try_from(members.len()).unwrap_or(u32::MAX));
        }
        let number_of = |set: &u32| number.get(*set as usize).copied().unwrap_or_default();
        let set_of: Vec<u32> = self
            .of
            .iter()
            .filter(|set| **set != 0)
            .map(number_of)
            .collect();
        for (kind, numbers) in [
            (Section::ShapeSubjects, &subjects),
            (Section::ShapeSets, &set_of),
            (Section::SetEnds, &ends),
            (Section::SetMembers, &members),
        ] {
            sections.whole(kind, bytemuck::cast_slice(numbers), numbers.len() as u64)?;
        }
        Ok(())
    }

    fn members(&self, mut set: u32) -> Vec<u32> {
        let mut members = Vec::new();
        while set != 0
            && let Some((parent, member)) = self.sets.get(set as usize)
        {
            members.push(*member);
            set = *parent;
        }
        members.reverse();
        members
    }
}
