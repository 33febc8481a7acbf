//! Numbers, networks and names of the program with which it works badly or not at all, and whom it believes.

use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;

use super::Found;
use crate::config::{Config, Span};

/// More than this of anything that is done at a time is hardly meant.
const MANY: usize = 256;
/// A whole answer of SPARQL, and the least that a run is worth beginning for, in bytes.
const ANSWER: u64 = 10_000;
/// The shortest time in which anything far away answers.
const PROMPT: Duration = Duration::from_secs(1);
/// A larger part of the Internet than a network of so many bits is nobody's own.
const OWN: u8 = 8;

pub(super) fn look(config: &Config, found: &mut Found) {
    let (harvest, sparql) = (&config.harvest, &config.sparql);
    for (key, number) in [
        ("sparql.workers", sparql.workers),
        ("harvest.concurrency", harvest.concurrency),
        (
            "harvest.attempts",
            usize::try_from(harvest.attempts).unwrap_or(usize::MAX),
        ),
        ("store.keep_snapshots", config.store.keep_snapshots),
    ] {
        if number > MANY {
            found.odd(key, &format!("{number} are very many"));
        }
    }
    for (key, size) in [
        ("sparql.max_bytes", sparql.max_bytes),
        ("harvest.max_download", harvest.max_download),
    ] {
        // Nothing at all is wrong, and said elsewhere.
        if (1..ANSWER).contains(&size.bytes()) {
            found.odd(
                key,
                &format!("{} bytes are hardly enough for anything", size.bytes()),
            );
        }
    }
    for (key, span) in [
        ("harvest.timeout", harvest.timeout),
        ("harvest.max_time", harvest.max_time),
        ("sparql.timeout", sparql.timeout),
    ] {
        short(key, span, found);
    }
    user_agent(&harvest.user_agent, found);
    for net in &config.server.trusted_proxies {
        if is_everybody(net) {
            found.odd(
                "server.trusted_proxies",
                &format!("`{net}` is a large part of the Internet: anybody in it can forge the address that limits, quotas and logs know a client by"),
            );
        }
    }
}

fn short(key: &str, span: Span, found: &mut Found) {
    let span = span.duration();
    if !span.is_zero() && span < PROMPT {
        let milliseconds = span.as_millis();
        found.odd(
            key,
            &format!("{milliseconds} ms are too short for most answers"),
        );
    }
}

/// What a header can hold (RFC 9110, section 5.5), and tells a portal who asks.
fn user_agent(text: &str, found: &mut Found) {
    const KEY: &str = "harvest.user_agent";
    if text.chars().any(char::is_control) {
        found.wrong(
            KEY,
            "it has control characters, which no header can hold: no portal can be asked",
        );
    } else if !text.is_ascii() {
        found.odd(
            KEY,
            "it has letters beyond ASCII, which some servers refuse",
        );
    } else if text.trim().is_empty() {
        found.odd(
            KEY,
            "it is empty: portals like to know who asks, and some refuse who does not say",
        );
    }
}

/// Whether a network has more in it than anybody's proxies.
fn is_everybody(net: &IpNet) -> bool {
    match net {
        IpNet::V4(net) => net.prefix_len() < OWN,
        // The addresses of version 4 are a part of version 6 too.
        IpNet::V6(net) => {
            let mapped = net.network().to_ipv4_mapped().map(IpAddr::from);
            net.prefix_len() < OWN - 1 || mapped.is_some() && net.prefix_len() < 96 + OWN
        }
    }
}
