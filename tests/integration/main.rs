//! Behaviour at the seams that users see, one module a behaviour; linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what these helpers meet unexpectedly ends their test"
)]

mod accounted;
mod agreement;
mod cases;
mod charsets;
mod ckan_crawl;
mod commands;
mod complaints;
mod connections;
mod converted;
mod crash;
mod csw_crawl;
mod dcat_crawl;
mod engines;
mod facts;
mod faults;
mod feed_cases;
mod forgotten;
mod golden;
mod hostile;
mod http;
mod identity;
mod iso19139;
mod layers;
mod master;
mod memory;
mod named;
mod ods_crawl;
mod operation;
mod pipeline;
mod queries;
mod readers;
mod recognition;
mod recorded;
mod references;
mod runs;
mod sample;
mod search;
mod several;
mod sparql;
mod support;
mod torture;
mod transport_crawl;
mod udata_crawl;
