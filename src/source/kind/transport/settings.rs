//! What transport.data.gouv.fr is asked for: its API has one list, which it gives whole.

use std::sync::Arc;

use serde_json::Value;

use super::crawl;
use crate::source::contract::{self, Configured, Crawl, Fault, Keys, Plan, Site};
use crate::source::crawl::resumed;

/// There is nothing to configure.
#[derive(Debug)]
struct Settings;

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    keys.filters(|name, _| -> Result<(), String> {
        Err(format!(
            "its API gives its list whole and has no filter, `{name}` neither"
        ))
    })?;
    Ok(Arc::new(Settings))
}

impl Configured for Settings {
    fn crawl(
        &self,
        site: Site,
        plan: Plan,
        cursor: Option<&str>,
        settings: contract::Settings,
    ) -> Result<Box<dyn Crawl>, String> {
        let cursor = resumed(cursor)?;
        Ok(Box::new(crawl::Crawl::new(
            site.root, plan, cursor, settings,
        )))
    }

    fn question(&self) -> Value {
        Value::Null
    }
}
