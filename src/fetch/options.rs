//! The limits and manners of a fetcher. Every default is safe towards strangers.

use std::path::PathBuf;
use std::time::Duration;

use super::{Budget, Proxies};

/// Which addresses a fetcher may connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only addresses of the public internet.
    PublicOnly,
    /// And one host (as in an address: a name, or numbers) at private and loopback addresses, for a portal
    /// whose configuration says so. Where it redirects to is as closed as ever.
    AndHost(String),
}

impl Reach {
    /// The public internet and the host of `url`, wherever that is.
    #[must_use]
    pub fn and_host_of(url: &url::Url) -> Self {
        url.host_str()
            .map_or(Self::PublicOnly, |host| Self::AndHost(host.to_owned()))
    }
}

/// What robots.txt means to a fetcher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robots {
    /// It is obeyed (RFC 9309): for documents that a crawler finds.
    Obey,
    /// It is not asked for: an API is there for programs.
    Ignore,
}

/// The limits and manners of a [`super::Fetcher`].
#[derive(Clone, Debug)]
pub struct Options {
    /// The `User-Agent` that every request carries.
    pub user_agent: String,
    /// The addresses that may be connected to.
    pub reach: Reach,
    /// The proxies that are asked in its place, where there are any.
    pub proxies: Proxies,
    /// The longest wait for a connection, name resolution and TLS included.
    pub connect_timeout: Duration,
    /// The longest wait for the next byte.
    pub read_timeout: Duration,
    /// The longest time one attempt may take, redirects and whole body included, but not the
    /// time it queues for its host.
    pub total_timeout: Duration,
    /// The same for a body that is written to a file; after `total_timeout` it has to have come at 16 KiB
    /// a second at least.
    pub download_timeout: Duration,
    /// The largest body held in memory, in decompressed bytes.
    pub max_bytes: u64,
    /// The largest body written to a file, in decompressed bytes.
    pub max_download: u64,
    /// How many times as large as what was sent a body may become, once it is worth asking.
    pub max_ratio: u32,
    /// The folder of temporary files; nothing of them is left when the program ends, however it does.
    pub spool: PathBuf,
    /// How many redirects one attempt follows.
    pub max_redirects: usize,
    /// How often a request is tried in all; 0 counts as 1.
    pub attempts: u32,
    /// The wait before the second attempt; it doubles with each further one, give or take half.
    pub backoff: Duration,
    /// The longest wait between two attempts. A longer `Retry-After` ends the retries.
    pub max_wait: Duration,
    /// The pause between the end of a request and the start of the next one to the same host.
    pub delay: Duration,
    /// Whether robots.txt is obeyed.
    pub robots: Robots,
    /// What all requests together may cost.
    pub budget: Budget,
    /// After so much time with nothing but passing failures, whatever was asked, nothing is asked any more.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            user_agent: concat!("moisson/", env!("CARGO_PKG_VERSION")).to_owned(),
            reach: Reach::PublicOnly,
            proxies: Proxies::default(),
            connect_timeout: Duration::from_secs(20),
            read_timeout: Duration::from_mins(1),
            total_timeout: Duration::from_mins(3),
            download_timeout: Duration::from_hours(1),
            max_bytes: 256 << 20,
            max_download: 4 << 30,
            max_ratio: 200,
            spool: std::env::temp_dir(),
            max_redirects: 5,
            attempts: 4,
            backoff: Duration::from_secs(1),
            max_wait: Duration::from_mins(1),
            delay: Duration::ZERO,
            robots: Robots::Ignore,
            budget: Budget::default(),
            patience: Duration::from_mins(10),
        }
    }
}
