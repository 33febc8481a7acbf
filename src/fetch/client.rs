//! The HTTP clients underneath: reqwest with rustls and ring, and none of its own initiative.
//!
//! They follow no redirects and read no proxies out of the environment: redirects are followed by
//! `attempt`, which checks every step, and `proxy` says which client a request is for. Bodies stay as they
//! were sent: `packed` decompresses them, and knows what they grew from.

use reqwest::{Client, ClientBuilder, Proxy, redirect};
use url::Url;

use super::guard::Guard;
use super::{FetchError, Options, authorities};

/// The client that connects to portals itself, to addresses that the guard admits.
pub(super) fn direct(options: &Options, guard: &Guard) -> Result<Client, FetchError> {
    built(|| {
        let builder = builder(options).no_proxy();
        builder.dns_resolver(guard.clone())
    })
}

/// The client that asks a proxy, which may be anywhere: the operator named it.
pub(super) fn through(options: &Options, proxy: &Url) -> Result<Client, FetchError> {
    let all = Proxy::all(proxy.clone()).map_err(FetchError::Client)?;
    built(|| builder(options).proxy(all.clone()))
}

fn built(builder: impl Fn() -> ClientBuilder) -> Result<Client, FetchError> {
    // The first call installs it; a later one, or a provider that is there already, changes nothing.
    let _installed_before = rustls::crypto::ring::default_provider().install_default();
    authorities::warn_once();
    builder()
        .build()
        .or_else(|error| {
            // A machine without certificate authorities can still harvest over plain http.
            let client = builder().tls_certs_only([]).build()?;
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "no certificate authorities found: https portals will fail"
            );
            Ok(client)
        })
        .map_err(FetchError::Client)
}

fn builder(options: &Options) -> ClientBuilder {
    Client::builder()
        .user_agent(options.user_agent.as_str())
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.read_timeout)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .pool_max_idle_per_host(1)
}
