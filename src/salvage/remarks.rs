//! What is to be told of a document as a whole.

use std::collections::BTreeSet;

use crate::finding::Finding;

/// How many of each are kept; further notes are counted.
const MOST: usize = 20;

/// Notes for the report of the run, and findings that every record of the document has.
#[derive(Debug, Default)]
pub struct Remarks {
    findings: BTreeSet<Finding>,
    notes: BTreeSet<String>,
    more: u64,
}

impl Remarks {
    /// Notes something.
    pub fn note(&mut self, note: String) {
        if self.notes.len() < MOST {
            self.notes.insert(note);
        } else if !self.notes.contains(&note) {
            self.more += 1;
        }
    }

    /// What was noted: one sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.notes.iter().cloned().collect();
        if self.more > 0 {
            notes.push(format!("and {} more of the kind", self.more));
        }
        notes
    }

    /// Adds what was odd about all that the document says.
    pub fn find(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.insert(finding);
        }
    }

    /// What was odd about all that the document says.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.iter().cloned().collect()
    }
}
