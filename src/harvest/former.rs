//! The keys that a portal's records keep from an earlier version of the program, found in what is stored.

use std::collections::BTreeSet;

use super::start::refused;
use super::{HarvestError, Harvester, Recipe};
use crate::config::Portal;
use crate::ledger::{Ledger, Respelled, SourceNumber};
use crate::record::Former;
use crate::source;

/// Payloads held in memory at a time.
const BATCH: u32 = 500;

impl<'a> Harvester<'a> {
    /// The recipe of a portal, with the keys that its records keep; the caller holds the portal's lock.
    ///
    /// # Errors
    /// The ledger's, and a portal that cannot be described as it is configured.
    pub(super) fn recipe(
        self,
        ledger: &mut Ledger,
        portal: &'a Portal,
    ) -> Result<Recipe<'a>, HarvestError> {
        let mut recipe = Recipe::new(self.config, portal, self.vocabularies)
            .map_err(|message| refused(portal, message))?;
        if ledger.asks_for_former(&portal.id)? {
            self.find_former(ledger, &mut recipe)?;
        }
        recipe.former = ledger.former(&portal.id)?;
        Ok(recipe)
    }

    /// Describes what is stored of feeds for its names alone.
    fn find_former(self, ledger: &mut Ledger, recipe: &mut Recipe<'_>) -> Result<(), HarvestError> {
        recipe.former = Former::listening();
        let portal = &recipe.portal.id;
        let (mut names, mut sources) = (BTreeSet::new(), Vec::new());
        let mut after = SourceNumber::BEFORE_ALL;
        loop {
            let stored = ledger.payloads(portal, after, BATCH)?;
            let Some(last) = stored.last() else { break };
            after = last.source;
            for one in stored {
                let key = source::lasting_key(&one.collection, &one.payload);
                if key.is_none() && !source::is_rdf(&one.payload) {
                    continue;
                }
                let context = recipe.context();
                // One that is rejected has no record.
                let described =
                    source::describe(recipe.kind, &one.collection, &one.payload, &context);
                let heard = recipe.former.heard();
                if described.is_ok()
                    && let (Some(main), Some(key)) = (heard.first(), key)
                    && key.was == one.key
                {
                    sources.push(Respelled {
                        source: one.source,
                        collection: one.collection,
                        key: key.is,
                        main: main.clone(),
                    });
                }
                names.extend(heard.into_iter().filter(|one| one.now != one.then));
            }
        }
        if sources.iter().any(|one| one.main.now != one.main.then) {
            // What they hold is of the earlier rule.
            ledger.abandon(portal, (self.clock)())?;
            ledger.forget_paused(portal)?;
        }
        Ok(ledger.keep_former(portal, &names, &sources)?)
    }
}
