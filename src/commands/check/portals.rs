//! Portals that cannot be asked, and those that are hardly meant as they are configured.

use std::time::Duration;

use super::{Found, published};
use crate::config::{Config, Portal, PortalKind, ProxyAddress};
use crate::fetch::{Proxies, authorities, refusal};
use crate::record::lasting;

/// What is less is told of elsewhere.
const PROMPT: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);

/// What is wrong with the portals' addresses, and with the proxy on the way to them.
pub(super) fn look(config: &Config, found: &mut Found) {
    if config.portals.is_empty() {
        found.wrong("portal", "no [[portal]] is configured");
    }
    let proxies = Proxies::of(config.harvest.proxy.as_ref().map(ProxyAddress::as_str));
    if let Some((key, message)) = proxies.fault() {
        found.wrong(key, &message);
    }
    for (variable, message) in authorities::faults() {
        found.wrong(variable, &message);
    }
    for portal in &config.portals {
        let key = format!("portal.{}.url", portal.id);
        if let Some(refusal) = portal
            .root()
            .ok()
            .and_then(|url| refusal(&url, portal.allow_private))
        {
            found.wrong(&key, &refusal);
        }
        if let Ok(url) = portal.root()
            && published::is_example(&url)
        {
            found.odd(&key, "it is an example's: no portal is there");
        }
        if portal.has_secrets() {
            found.odd(&key, "it holds credentials: they are sent to the portal and shown nowhere, but whoever reads this file has them");
        }
        if portal.kind() != PortalKind::Dcat
            && let Ok(url) = portal.root()
            && let Some(at) = url.path().find("/api/")
        {
            let path = url.path().get(at..).unwrap_or_default();
            found.odd(&key, &format!("`{path}` looks like a part of the API: the portal's own address is expected, to which Moisson adds the rest"));
        }
    }
    twice(config, found);
    let harvest = &config.harvest;
    if harvest.max_withdrawn_share >= 1.0 {
        found.odd("harvest.max_withdrawn_share", "a portal that lists nothing any more loses everything at once: no run is ever suspicious");
    }
    if harvest.keep_runs.duration().is_zero() {
        found.odd(
            "harvest.keep_runs",
            "no run is remembered longer than the next",
        );
    }
    if (PROMPT..MINUTE).contains(&harvest.max_time.duration()) {
        found.odd(
            "harvest.max_time",
            "less than a minute is too short for most portals",
        );
    }
}

/// Portals that are one, but for how their addresses are written.
fn twice(config: &Config, found: &mut Found) {
    let mut known: Vec<(String, &Portal)> = Vec::new();
    for portal in &config.portals {
        // As a URL its host is in small letters.
        let root = portal.root();
        let lasting = lasting(root.as_ref().map_or(&portal.url, |url| url.as_str()));
        let settings = |one: &Portal| (one.kind(), format!("{:?}", one.software));
        let same = known
            .iter()
            .find(|(url, other)| *url == lasting && settings(other) == settings(portal));
        if let Some((_, other)) = same {
            found.odd(
                &format!("portal.{}.url", portal.id),
                &format!(
                    "it is the address of the portal `{}` too: every dataset comes twice",
                    other.id
                ),
            );
        }
        known.push((lasting, portal));
    }
}
