//! Behaviour at the seams that users see, one module a behaviour; linked once.

mod golden;
mod http;
mod master;
mod pipeline;
mod sparql;
mod support;
mod udata_crawl;
