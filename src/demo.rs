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

use synthetic::Parameters;

/// A sample portal, as it ships.
pub struct Sample {
    /// Its kind, as in the configuration.
    pub kind: &'static str,
    /// What the demonstration calls it in IRIs.
    pub id: &'static str,
    /// Its name in French and English.
    pub title: [&'static str; 2],
    /// The language of its texts, where they have one.
    pub language: Option<&'static str>,
    /// Where it answers, below its host.
    pub path: &'static str,
    /// What it serves.
    pub routes: fn() -> Router,
    /// A large portal of its kind.
    pub synthetic: fn(&Parameters) -> Router,
    /// Whether the large one can be served as changed.
    pub is_changing: bool,
}

/// The sample portals, one of each kind.
pub const SAMPLES: [Sample; 6] = [
    udata::SAMPLE,
    ckan::SAMPLE,
    ods::SAMPLE,
    csw::SAMPLE,
    dcat::SAMPLE,
    transport::SAMPLE,
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
