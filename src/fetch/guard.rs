//! Refuses private addresses before a connection is made.
//!
//! Host names are resolved by the guard itself and only admitted addresses are handed to the
//! connector, so a name cannot change its meaning between check and connection. Hosts written as
//! addresses never reach a resolver: [`Guard::check`] must see every URL first.

use std::net::{IpAddr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::Reach;
use super::address::{is_private, is_public};
use crate::address::is_own_name;

/// Names under which clouds have their metadata services, in every one of their networks.
const METADATA: [&str; 8] = [
    "instance-data",
    "instance-data.ec2.internal",
    "metadata",
    "metadata.goog",
    "metadata.google.internal",
    "metadata.packet.net",
    "metadata.platformequinix.com",
    "metadata.tencentyun.com",
];

/// Whether a URL is of a cloud's metadata service, as far as its host's name tells.
pub(super) fn is_metadata(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if METADATA.contains(&name.trim_end_matches('.')))
}

/// The refusal of an address.
#[derive(Debug, thiserror::Error)]
#[error("{address} is not a public address")]
pub(super) struct PrivateAddress {
    pub(super) address: IpAddr,
}

/// Knows which addresses may be connected to.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    reach: Reach,
    /// An address taken for public whatever it is; only tests, whose servers are on loopback,
    /// have one.
    exempt: Option<SocketAddr>,
}

impl Guard {
    pub(super) fn new(reach: Reach) -> Self {
        Self {
            reach,
            exempt: None,
        }
    }

    #[cfg(test)]
    pub(super) fn public_and(exempt: SocketAddr) -> Self {
        Self {
            reach: Reach::PublicOnly,
            exempt: Some(exempt),
        }
    }

    /// Checks a URL whose host is written as an address. The `url` crate has already brought
    /// notations such as `0x7f.1` and `2130706433` into their usual form.
    pub(super) fn check(&self, url: &Url) -> Result<(), PrivateAddress> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        let port = url.port_or_known_default().unwrap_or_default();
        let host = url.host_str().unwrap_or_default();
        if self.admits(host, SocketAddr::new(address, port)) {
            Ok(())
        } else {
            Err(PrivateAddress { address })
        }
    }

    /// Whether a URL may be handed to a proxy, as far as its host's name tells: what a name leads to is
    /// between the proxy and its resolver. Hosts written as addresses are [`Guard::check`]'s.
    pub(super) fn admits_name(&self, url: &Url) -> bool {
        let Some(Host::Domain(name)) = url.host() else {
            return true;
        };
        let name = name.trim_end_matches('.');
        let is_own = is_own_name(name) || name.ends_with(".localdomain");
        !is_metadata(url) && (self.is_own(name) || !is_own)
    }

    /// Keeps the admitted ones of a name's addresses; refuses when there were only others.
    fn admitted(
        &self,
        host: &str,
        found: impl Iterator<Item = SocketAddr>,
    ) -> Result<Vec<SocketAddr>, PrivateAddress> {
        let (admitted, refused): (Vec<_>, Vec<_>) =
            found.partition(|&address| self.admits(host, address));
        match refused.first() {
            Some(refused) if admitted.is_empty() => Err(PrivateAddress {
                address: refused.ip(),
            }),
            _ => Ok(admitted),
        }
    }

    fn admits(&self, host: &str, address: SocketAddr) -> bool {
        self.exempt == Some(address)
            || is_public(address.ip())
            || (self.is_own(host) && is_private(address.ip()))
    }

    /// Whether it is the host that may be at a private address.
    fn is_own(&self, host: &str) -> bool {
        match &self.reach {
            Reach::PublicOnly => false,
            Reach::AndHost(own) => {
                let bare = |host: &str| host.trim_end_matches('.').to_ascii_lowercase();
                bare(own) == bare(host)
            }
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            // The connector replaces port 0 by the URL's.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let addresses: Addrs = Box::new(guard.admitted(name.as_str(), found)?.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sockets(addresses: &[&str]) -> Vec<SocketAddr> {
        let parse = |address: &&str| SocketAddr::new(address.parse().unwrap(), 0);
        addresses.iter().map(parse).collect()
    }

    #[test]
    fn private_ones_of_a_names_addresses_are_left_out() {
        let guard = Guard::new(Reach::PublicOnly);
        let found = sockets(&["10.0.0.1", "1.1.1.1", "::1"]);
        let admitted = guard.admitted("e.org", found.into_iter()).unwrap();
        assert_eq!(admitted, sockets(&["1.1.1.1"]));
    }

    #[test]
    fn a_name_with_private_addresses_only_is_refused() {
        let guard = Guard::new(Reach::PublicOnly);
        let refused = guard.admitted("e.org", sockets(&["10.0.0.1", "::1"]).into_iter());
        assert_eq!(refused.unwrap_err().address.to_string(), "10.0.0.1");
    }

    #[test]
    fn a_host_may_have_private_addresses_where_allowed_and_no_other() {
        let guard = Guard::new(Reach::AndHost("donnees.intra".to_owned()));
        let found = sockets(&["10.0.0.1", "::1"]);
        for own in ["donnees.intra", "Donnees.Intra."] {
            assert_eq!(
                guard.admitted(own, found.clone().into_iter()).unwrap(),
                found
            );
        }
        assert!(guard.admitted("autre.intra", found.into_iter()).is_err());
        assert!(guard.check(&"http://127.0.0.1/".parse().unwrap()).is_err());
        let guard = Guard::new(Reach::and_host_of(
            &"http://127.0.0.1:8080/".parse().unwrap(),
        ));
        assert!(guard.check(&"http://127.0.0.1/".parse().unwrap()).is_ok());
        assert!(guard.check(&"http://127.0.0.2/".parse().unwrap()).is_err());
        assert!(guard.check(&"http://10.0.0.1/".parse().unwrap()).is_err());
    }

    #[test]
    fn a_proxy_is_asked_for_no_name_of_an_own_network() {
        let own = "http://donnees.intranet/".parse().unwrap();
        let closed = Guard::new(Reach::PublicOnly);
        let open = Guard::new(Reach::and_host_of(&own));
        for url in [
            "http://localhost./",
            "http://a.localhost/",
            "http://LOCALHOST/",
            "http://ckan:5000/",
            "http://imprimante.local/",
            "http://autre.intranet/",
            "http://localhost.localdomain/",
            "http://metadata.google.internal/",
            "http://metadata.goog./",
            "http://metadata/",
        ] {
            let url = url.parse().unwrap();
            assert!(!closed.admits_name(&url), "{url}");
            assert!(!open.admits_name(&url), "{url}");
        }
        assert!(!closed.admits_name(&own) && open.admits_name(&own));
        let metadata = "http://metadata.google.internal/".parse().unwrap();
        assert!(!Guard::new(Reach::and_host_of(&metadata)).admits_name(&metadata));
        assert!(closed.admits_name(&"https://example.org/".parse().unwrap()));
    }

    #[test]
    fn no_host_may_be_the_cloud_itself() {
        for address in [
            "169.254.169.254",
            "169.254.1.1",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "fe80::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "ff02::1",
        ] {
            let guard = Guard::new(Reach::AndHost("donnees.intra".to_owned()));
            let found = sockets(&[address]);
            assert!(
                guard.admitted("donnees.intra", found.into_iter()).is_err(),
                "{address}"
            );
        }
    }

    #[test]
    fn every_notation_of_a_private_address_is_refused() {
        let guard = Guard::new(Reach::PublicOnly);
        for url in [
            "http://127.0.0.1/",
            "http://127.0.0.1./",
            "http://127.1/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://2130706433/",
            "http://%31%32%37.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "https://[fd00:ec2::254]/",
            "https://169.254.169.254/latest/meta-data/",
        ] {
            assert!(guard.check(&url.parse().unwrap()).is_err(), "{url}");
        }
        assert!(guard.check(&"https://1.1.1.1/".parse().unwrap()).is_ok());
        assert!(
            guard
                .check(&"https://[2606:4700::1]/".parse().unwrap())
                .is_ok()
        );
    }
}
