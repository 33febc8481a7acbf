//! Pages on their way into the ledger: one is described on all cores while the one before it is staged.
//!
//! Pages are staged in the order in which they came, each in one transaction with the cursor after it.

use super::careful::Careful;
use super::{HarvestError, Recipe, Underway, prepare};
use crate::cores;
use crate::ledger::{Ledger, Prepared, RunId, Skipped, SourceNumber, Staged};
use crate::rdf::canon::Digest;
use crate::source::{Page, RawRecord, Rejected};

/// The pages of one run.
pub(super) struct Pages<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) recipe: &'a Recipe<'a>,
    pub(super) run: RunId,
    fingerprint: String,
    careful: Careful<'a>,
    described: Option<Described>,
}

/// A page that can be staged.
struct Described {
    changed: Vec<Staged>,
    unchanged: Vec<SourceNumber>,
    /// What must not be listed.
    skipped: Vec<Skipped>,
    cursor: Option<String>,
}

impl<'a> Pages<'a> {
    pub(super) fn new(
        ledger: &'a mut Ledger,
        recipe: &'a Recipe<'a>,
        underway: &'a Underway,
        run: RunId,
    ) -> Result<Self, HarvestError> {
        Ok(Self {
            fingerprint: recipe.fingerprint(),
            careful: Careful::new(underway, ledger, &recipe.portal.id, run)?,
            ledger,
            recipe,
            run,
            described: None,
        })
    }

    /// Describes at most `room` records of a page, and stages the page before it: how many were taken.
    pub(super) fn take(
        &mut self,
        page: Page,
        room: u64,
        cursor: Option<String>,
    ) -> Result<u64, HarvestError> {
        let mut skipped = Vec::new();
        for (collection, key) in &page.gone {
            let why = "it was listed, and gone when it was asked for";
            skipped.push(Skipped {
                collection: (*collection).to_owned(),
                key: key.clone(),
                reason: why.to_owned(),
            });
        }
        let Compared {
            work,
            unchanged,
            taken,
        } = self.compare(page, room)?;
        let recipe = self.recipe;
        let (work, careful) = self.careful.apart(self.ledger, recipe, work)?;
        self.careful.begin(self.ledger, &work)?;
        let (prepared, staged) = std::thread::scope(|scope| {
            let preparing = cores::spawn(scope, cores::STACK, || prepare_all(recipe, work));
            let staged = self.stage();
            (cores::joined(preparing), staged)
        });
        staged?;
        self.careful.end(self.ledger)?;
        let mut changed = Vec::with_capacity(prepared.len());
        for (staged, hidden) in careful.into_iter().chain(prepared) {
            match hidden {
                None => changed.push(staged),
                // Not listed is not seen: once the grace period is over it is withdrawn.
                Some(why) => {
                    tracing::info!(portal = %recipe.portal.id, record = staged.key, %why, "passed over");
                    skipped.push(Skipped {
                        collection: staged.collection,
                        key: staged.key,
                        reason: why.to_string(),
                    });
                }
            }
        }
        self.described = Some(Described {
            changed,
            unchanged,
            skipped,
            cursor,
        });
        Ok(taken)
    }

    /// Stages the page that was described last, if it is not yet.
    pub(super) fn stage(&mut self) -> Result<(), HarvestError> {
        if let Some(page) = self.described.take() {
            self.ledger.skip(self.run, &page.skipped)?;
            self.ledger.stage(
                self.run,
                &self.fingerprint,
                &page.changed,
                &page.unchanged,
                page.cursor.as_deref(),
            )?;
        }
        Ok(())
    }

    /// Sorts out which records of a page are to be described.
    fn compare(&self, page: Page, room: u64) -> Result<Compared, HarvestError> {
        let portal = &self.recipe.portal.id;
        let mut compared = Compared::default();
        let secrets = &self.recipe.secrets;
        for mut record in page.records {
            // From here on nobody can see what the portal repeated of its own address.
            record.payload = secrets.hidden_in(record.payload);
            record.key = secrets.hidden(&record.key).into_owned();
            if compared.taken >= room {
                break;
            }
            compared.taken += 1;
            match self.ledger.held(portal, record.collection, &record.key)? {
                Some(held)
                    if held.fingerprint == self.fingerprint
                        && held.payload == Digest::of(&record.payload) =>
                {
                    compared.unchanged.push(held.source);
                }
                _ => compared.work.push(identified(record)),
            }
        }
        for (collection, key) in page.skipped_unchanged {
            compared.taken += 1;
            compared.unchanged.extend(
                self.ledger
                    .held(portal, collection, &key)?
                    .map(|held| held.source),
            );
        }
        Ok(compared)
    }
}

#[derive(Default)]
struct Compared {
    work: Vec<Staged>,
    unchanged: Vec<SourceNumber>,
    taken: u64,
}

/// A record to be described. One without an identifier is rejected under the hash of its payload, so that
/// it is counted.
fn identified(record: RawRecord) -> Staged {
    let key = if record.key.is_empty() {
        format!("?{}", Digest::of(&record.payload))
    } else {
        record.key
    };
    Staged {
        collection: record.collection.to_owned(),
        key,
        mark: record.mark,
        payload: record.payload,
        prepared: Prepared::default(),
    }
}

/// Prepares records on all cores, in order; with the reason for each that must not be listed.
pub(super) fn prepare_all(
    recipe: &Recipe<'_>,
    work: Vec<Staged>,
) -> Vec<(Staged, Option<Rejected>)> {
    cores::map(work, |mut record| {
        let hidden = match prepare(recipe, &record.collection, &record.payload) {
            Ok(prepared) => {
                record.prepared = prepared;
                None
            }
            Err(hidden) => Some(hidden),
        };
        (record, hidden)
    })
}
