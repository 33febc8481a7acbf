//! Reads records out of the ledger as the index has them: all of them, or one.
//!
//! A record's entry tells of others too: what its publisher is called, whether a service serves it or a
//! reuse uses it. So a change of one record may be one of others' entries ([`concerned`]).

use std::collections::{BTreeSet, HashMap};

use oxigraph::model::{NamedNode, Triple};

use super::SearchError;
use super::entry::{Beside, Entry, is_indexed};
use crate::dcat::view::AgentView;
use crate::ledger::{Description, Filter, Position, Reader, RecordNumber, Resolved};
use crate::rdf::canon::Digest;
use crate::rdf::lines::parse;
use crate::record::{Kind, PortalId, Set};

/// Records read from the ledger at a time: no statement stays open longer.
const BATCH: u32 = 200;

/// Reads entries as of one sequence.
pub(super) struct Gatherer<'a> {
    reader: &'a Reader,
    at: u64,
    publishers: HashMap<String, Beside>,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(reader: &'a Reader, at: u64) -> Self {
        Self {
            reader,
            at,
            publishers: HashMap::new(),
        }
    }

    /// Every entry, in the order of the records' numbers.
    pub(super) fn every(
        &mut self,
        mut take: impl FnMut(Entry) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let mut after = RecordNumber::BEFORE_ALL;
        loop {
            let descriptions = self.reader.scan(after, BATCH, self.at)?;
            let Some(last) = descriptions.last() else {
                return Ok(());
            };
            after = last.record;
            for description in &descriptions {
                if let Some(entry) = self.entry(description)? {
                    take(entry)?;
                }
            }
        }
    }

    /// The entry of a record; none where it is not there, or not of a kind that is looked for.
    pub(super) fn one(&mut self, record: RecordNumber) -> Result<Option<Entry>, SearchError> {
        match self.reader.description(record, self.at)? {
            Some(description) => self.entry(&description),
            None => Ok(None),
        }
    }

    fn entry(&mut self, description: &Description) -> Result<Option<Entry>, SearchError> {
        let (reader, at) = (self.reader, self.at);
        let kind = description.id.kind;
        // What the catalogue says of itself is not looked for in it.
        if !is_indexed(kind) || description.id.portal.as_str() == PortalId::OWN {
            return Ok(None);
        }
        // Persons are named where they are responsible, and not listed.
        if kind == Kind::Organization
            && !reader
                .values(description.record, Set::Person, at)?
                .is_empty()
        {
            return Ok(None);
        }
        let quality = triples(reader, &description.iri, description.quality)?;
        let triples = triples(reader, &description.iri, Some(description.digest))?;
        let mut entry = Entry::read(reader.base(), description, &triples, &quality);
        let mut beside = match entry.publisher() {
            Some(publisher) => self.publisher(publisher)?,
            None => Beside::default(),
        };
        let about = reader.about(entry.iri(), at)?;
        let is_of = |wanted| about.iter().any(|(kind, _)| *kind == wanted);
        beside.is_served = kind != Kind::Service && is_of(Kind::Service);
        beside.is_used = is_of(Kind::Reuse);
        entry.add(beside);
        Ok(Some(entry))
    }

    fn publisher(&mut self, iri: &str) -> Result<Beside, SearchError> {
        if let Some(known) = self.publishers.get(iri) {
            return Ok(known.clone());
        }
        let beside = match self.reader.resolve(iri, self.at)? {
            Resolved::Live(found) if found.iri == iri => {
                let triples = triples(self.reader, iri, Some(found.digest))?;
                let agent = AgentView::of(&NamedNode::new_unchecked(iri), &triples);
                Beside {
                    publisher_names: agent.names,
                    publisher_type: agent.kind,
                    ..Beside::default()
                }
            }
            _ => Beside::default(),
        };
        self.publishers.insert(iri.to_owned(), beside.clone());
        Ok(beside)
    }
}

fn triples(reader: &Reader, iri: &str, digest: Option<Digest>) -> Result<Vec<Triple>, SearchError> {
    let Some(digest) = digest else {
        return Ok(Vec::new());
    };
    parse(&reader.body(digest)?).map_err(|error| SearchError::Damaged {
        iri: iri.to_owned(),
        message: error.to_string(),
    })
}

/// The records whose entries may be others at the sequence `at` than at `from`.
pub(super) fn concerned(
    reader: &Reader,
    from: u64,
    at: u64,
) -> Result<BTreeSet<RecordNumber>, SearchError> {
    let mut concerned = BTreeSet::new();
    for record in reader.changed(from, at)? {
        concerned.insert(record);
        let (before, now) = (
            reader.description(record, from)?,
            reader.description(record, at)?,
        );
        let digest = |description: &Option<Description>| description.as_ref().map(|one| one.digest);
        let Some(known) = now.as_ref().or(before.as_ref()) else {
            continue;
        };
        if digest(&before) == digest(&now) {
            continue;
        }
        match known.id.kind {
            Kind::Organization => published_by(reader, &known.iri, at, &mut concerned)?,
            Kind::Service | Kind::Reuse => {
                for sequence in [from, at] {
                    for iri in reader.values(record, Set::About, sequence)? {
                        if let Resolved::Live(found) = reader.resolve(&iri, at)? {
                            concerned.insert(found.record);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    Ok(concerned)
}

/// The records that an agent publishes.
fn published_by(
    reader: &Reader,
    iri: &str,
    at: u64,
    found: &mut BTreeSet<RecordNumber>,
) -> Result<(), SearchError> {
    let filter = Filter {
        sets: vec![(Set::Publisher, Some(iri.to_owned()))],
        ..Filter::default()
    };
    let page = reader.page(&filter, Position::Offset(0), u64::from(u32::MAX), at)?;
    found.extend(page.records.iter().map(|record| record.record));
    Ok(())
}
