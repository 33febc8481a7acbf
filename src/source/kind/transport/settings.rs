//! What transport.data.gouv.fr is asked for: its API has one list, which it gives whole.

use std::sync::Arc;

use serde_json::Value;

use super::crawl;
use crate::source::contract::{Configured, Crawl, Fault, Keys, Start};

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
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        Ok(Box::new(crawl::Crawl::new(start)?))
    }

    fn question(&self) -> Value {
        Value::Null
    }
}
