//! What every crawl needs, whatever the portal's software: usable answers, and lists that are whole.

pub(in crate::source) mod answer;
pub(in crate::source) mod listing;
pub(in crate::source) mod watch;
