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
    /// What it serves with these of its datasets alone, by their positions.
    pub serving: fn(&dyn Fn(usize) -> bool) -> Router,
    /// A record as its software sends it.
    pub record: fn(&Shown<'_>) -> String,
    /// A large portal of its kind.
    pub synthetic: fn(&Parameters) -> Router,
    /// Whether the large one can be served as changed.
    pub is_changing: bool,
}

impl Sample {
    /// What it serves.
    pub fn routes(&self) -> Router {
        (self.serving)(&|_| true)
    }
}

/// What every software shows of a dataset, each in its own way.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Its identifier.
    pub key: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The last part of its page's address, which some software makes of the title.
    pub slug: &'a str,
    /// The numbers of its files, in their order.
    pub files: &'a [usize],
}

impl Shown<'_> {
    /// The address of its page.
    fn page(&self) -> String {
        format!("https://portail.example/jeu/{}", self.slug)
    }

    /// The address of one of its files.
    fn file(&self, number: usize) -> String {
        format!("https://fichiers.example/{}{number}.csv", self.key)
    }

    /// What `make` makes of each of its files.
    fn each<T>(&self, make: impl Fn(usize) -> T) -> Vec<T> {
        self.files.iter().map(|number| make(*number)).collect()
    }
}

/// Keeps these of a list, by their positions.
fn retain<T>(list: &mut Vec<T>, keeps: &dyn Fn(usize) -> bool) {
    let mut positions = 0..;
    list.retain(|_| positions.next().is_some_and(keeps));
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
