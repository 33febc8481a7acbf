//! Behaviour at the seams that users see, one module a behaviour; linked once.

mod commands;
mod crash;
mod faults;
mod golden;
mod master;
mod pipeline;
mod sparql;
mod support;
mod udata_crawl;
