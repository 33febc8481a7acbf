//! What every crawl needs, whatever the portal's software: usable answers, going on where another crawl
//! stopped, and how much a list may change while it is read.

pub(in crate::source) mod answer;

use serde::de::DeserializeOwned;

/// Reads where an earlier crawl stopped, as [`super::contract::Crawl::cursor`] wrote it.
pub(in crate::source) fn resumed<T: DeserializeOwned>(
    cursor: Option<&str>,
) -> Result<Option<T>, String> {
    cursor
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| format!("the cursor of the interrupted run cannot be read: {error}"))
}

/// How many entries may go missing while a list of `total` is paged over: somebody deletes something.
pub(in crate::source) fn few(total: u64) -> u64 {
    (total / 1000).max(5)
}
