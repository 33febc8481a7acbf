//! `[server]`: where the server listens and whom it believes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ipnet::IpNet;
use serde::{Deserialize, Deserializer};

/// The HTTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// How a resource's IRI answers.
    pub dereference: Dereference,
    /// Who may set `X-Forwarded-For`: addresses and networks.
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// The environment variable that holds the token for `/metrics` and administration.
    pub admin_token_env: String,
}

/// How a resource's IRI answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Dereference {
    /// 303 See Other to the document (<https://www.w3.org/TR/cooluris/>).
    #[default]
    #[serde(rename = "303")]
    SeeOther,
    /// The document itself.
    #[serde(rename = "200")]
    Direct,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            dereference: Dereference::SeeOther,
            trusted_proxies: Vec::new(),
            admin_token_env: "MOISSON_ADMIN_TOKEN".to_owned(),
        }
    }
}

/// `["10.0.0.0/8", "192.0.2.1", "2001:db8::/32"]`
fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts.iter().map(|text| network(text)).collect()
}

fn network<E: serde::de::Error>(text: &str) -> Result<IpNet, E> {
    let net = text.parse().ok();
    net.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
        .ok_or_else(|| {
            E::custom(format_args!(
                "`{text}` is neither an address (192.0.2.1) nor a network (10.0.0.0/8)"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_addresses_and_networks() {
        let read = |text: &str| toml::from_str::<Server>(&format!("trusted_proxies = [{text}]"));
        let nets = read("'10.0.0.0/8', '192.0.2.1', '2001:db8::/32'").unwrap();
        assert!(nets.trusted_proxies[0].contains(&IpAddr::from([10, 9, 8, 7])));
        assert!(!nets.trusted_proxies[1].contains(&IpAddr::from([192, 0, 2, 2])));
        assert_eq!(nets.trusted_proxies[2].prefix_len(), 32);
        for wrong in ["'proxy'", "'10.0.0.0/33'", "'10.0.0.1:80'", "1"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
