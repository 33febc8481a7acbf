//! `[server]`: where the server listens and whom it believes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::Deserialize;

/// The HTTP server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// How a resource's IRI answers.
    pub dereference: Dereference,
    /// Who may set `X-Forwarded-*`.
    pub trusted_proxies: Vec<IpAddr>,
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
