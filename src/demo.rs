//! Sample portals that ship with Moisson, in exactly the shape their software serves them.
//!
//! `moisson serve --demo` and the tests harvest them through the ordinary path, over HTTP on loopback.
//! What they hold is written for this project and names nobody real.

pub mod ckan;
pub mod csw;
pub mod dcat;
mod made;
pub mod ods;
mod shared;
pub mod synthetic;
pub mod transport;
pub mod udata;

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A sample portal, as it ships.
pub struct Sample {
    /// Its kind, as in the configuration.
    pub kind: &'static str,
    /// What it serves.
    pub routes: fn() -> Router,
    /// Where it answers, below its host.
    pub path: &'static str,
}

/// The sample portals, one of each kind.
pub const SAMPLES: [Sample; 6] = [
    Sample {
        kind: "udata",
        routes: || udata::router(udata::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: "ckan",
        routes: || ckan::router(ckan::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: "ods",
        routes: || ods::router(ods::SampleData::bundled()),
        path: "",
    },
    Sample {
        kind: "csw",
        routes: || csw::router(csw::SampleData::bundled()),
        path: csw::PATH,
    },
    Sample {
        kind: "dcat",
        routes: || dcat::router(dcat::SampleData::bundled()),
        path: "/catalog.ttl",
    },
    Sample {
        kind: "transport",
        routes: || transport::router(transport::SampleData::bundled()),
        path: "",
    },
];

/// Serves a sample portal on loopback until the task is aborted; port 0 takes any free one.
///
/// # Errors
/// The system's error when the port cannot be bound.
pub async fn spawn(router: Router, port: u16) -> std::io::Result<(SocketAddr, JoinHandle<()>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    let task = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the sample portal stopped");
        }
    });
    Ok((address, task))
}
