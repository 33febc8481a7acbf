//! A look at a portal that writes nothing.

use std::collections::BTreeMap;

use super::start::refused;
use super::together::settle;
use super::{Described, HarvestError, Recipe, describe, fetch_options};
use crate::causes::causes;
use crate::config::{Config, Portal};
use crate::fetch::{Fetcher, Options};
use crate::source::{CrawlError, Plan, RawRecord, Rejected, Settings};
use crate::vocabulary::Vocabularies;

/// Fetches a few records and describes them; writes nothing.
///
/// # Errors
/// The portal's faults, as text that names it.
pub async fn preview(
    config: &Config,
    portal: &Portal,
    vocabularies: &Vocabularies,
    limit: usize,
) -> Result<Vec<(RawRecord, Result<Described, Rejected>)>, HarvestError> {
    let refused = |message: String| refused(portal, message);
    let recipe = Recipe::new(config, portal, vocabularies).map_err(refused)?;
    let fetcher = Fetcher::new(Options {
        // There may be no store yet.
        spool: std::env::temp_dir(),
        ..fetch_options(config, portal)
    })?;
    let settings = Settings {
        page_size: u64::try_from(limit).ok(),
        ..Settings::default()
    };
    let root = portal.root().map_err(refused)?;
    let mut crawl = portal
        .crawl(root, Plan::Full, None, settings)
        .map_err(refused)?;
    let mut by_collection: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: Vec<(RawRecord, Result<Described, Rejected>)> = Vec::new();
    let mut empty = None;
    loop {
        let page = match crawl.next(&fetcher).await {
            Ok(Some(page)) => page,
            Ok(None) => break,
            // One list may well be empty; all of them is no portal.
            Err(error @ CrawlError::Empty { .. }) => {
                empty = Some(error);
                crawl.pass_empty_list();
                continue;
            }
            Err(error) => return Err(refused(causes(&error))),
        };
        for mut record in page.records {
            record.payload = recipe.secrets.hidden_in(record.payload);
            let count = by_collection.entry(record.collection).or_default();
            if *count < limit {
                *count += 1;
                let described = describe(&recipe, record.collection, &record.payload);
                found.push((record, described));
            }
        }
        crawl.skip_list();
    }
    let described = found.iter_mut().filter_map(|(_, one)| one.as_mut().ok());
    settle(&mut described.collect::<Vec<_>>(), &recipe);
    match empty {
        Some(error) if found.is_empty() => Err(refused(causes(&error))),
        _ => Ok(found),
    }
}
