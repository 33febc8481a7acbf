//! The HTTP client underneath: reqwest with rustls and ring, and none of its own initiative.
//!
//! It follows no redirects and knows no proxies: redirects are followed by `attempt`, which checks
//! every step, and a proxy would resolve names itself, past the guard. Bodies stay as they were sent:
//! `packed` decompresses them, and knows what they grew from.

use reqwest::{Client, ClientBuilder, redirect};

use super::guard::Guard;
use super::{FetchError, Options};

pub(super) fn build(options: &Options, guard: &Guard) -> Result<Client, FetchError> {
    // The first call installs it; a later one, or a provider that is there already, changes nothing.
    let _installed_before = rustls::crypto::ring::default_provider().install_default();
    builder(options, guard)
        .build()
        .or_else(|error| {
            // A machine without certificate authorities can still harvest over plain http.
            let client = builder(options, guard).tls_certs_only([]).build()?;
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "no certificate authorities found: https portals will fail"
            );
            Ok(client)
        })
        .map_err(FetchError::Client)
}

fn builder(options: &Options, guard: &Guard) -> ClientBuilder {
    Client::builder()
        .user_agent(options.user_agent.as_str())
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.read_timeout)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .dns_resolver(guard.clone())
        .pool_max_idle_per_host(1)
}
