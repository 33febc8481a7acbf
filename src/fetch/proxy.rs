//! Which requests go through a proxy, and through which one.
//!
//! `[harvest] proxy` counts for http and https alike; without it the environment says what it says to curl:
//! `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or in small letters. What is on this
//! very machine is never asked of a proxy: there it would be another one. A proxy resolves names itself, so
//! that [`super::guard`] can judge by names alone.

use std::fmt;

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::Client;
use url::{Host, Url};

use super::guard::Guard;
use super::redact::RedactedUrl;
use super::{FetchError, Options, client};
use crate::address::{self, public_text};

/// The key of the configuration, as messages name it.
const KEY: &str = "harvest.proxy";

/// The proxies that were named, as texts: they may hold credentials.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    http: Option<Named>,
    https: Option<Named>,
    /// What goes directly: `NO_PROXY`.
    direct: String,
}

/// A proxy's address, and where it is written.
#[derive(Clone, PartialEq, Eq)]
struct Named {
    key: &'static str,
    address: String,
}

impl Proxies {
    /// The proxy that the configuration names, else those of the process's environment. An empty text in
    /// the configuration is none, whatever the environment says.
    #[must_use]
    pub fn of(configured: Option<&str>) -> Self {
        Self::read(configured, |name| std::env::var(name).ok())
    }

    /// The same with the variables that `variable` knows.
    pub(super) fn read(
        configured: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let given = |name: &str| variable(name).filter(|text| !text.trim().is_empty());
        let either = |capitals: &'static str| {
            let text = given(capitals).or_else(|| given(&capitals.to_ascii_lowercase()))?;
            Some(Named {
                key: capitals,
                address: text,
            })
        };
        let direct = either("NO_PROXY").map(|named| named.address);
        let direct = direct.unwrap_or_default();
        if let Some(address) = configured {
            let named = (!address.trim().is_empty()).then(|| Named {
                key: KEY,
                address: address.to_owned(),
            });
            return Self {
                http: named.clone(),
                https: named,
                direct,
            };
        }
        let all = either("ALL_PROXY");
        Self {
            http: either("HTTP_PROXY").or_else(|| all.clone()),
            https: either("HTTPS_PROXY").or(all),
            direct,
        }
    }

    /// What is wrong with them: the key or variable, and a message without credentials.
    #[must_use]
    pub fn fault(&self) -> Option<(&'static str, String)> {
        let mut named = [&self.http, &self.https].into_iter().flatten();
        named.find_map(|one| {
            address::proxy(&one.address)
                .err()
                .map(|error| (one.key, error))
        })
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |named: &Option<Named>| named.as_ref().map(|one| public_text(&one.address));
        formatter
            .debug_struct("Proxies")
            .field("http", &shown(&self.http))
            .field("https", &shown(&self.https))
            .field("direct", &self.direct)
            .finish()
    }
}

/// How a request gets to where it goes.
pub(super) struct Way<'a> {
    pub(super) client: &'a Client,
    /// The proxy, without its credentials; none where the request goes directly.
    pub(super) proxy: Option<&'a RedactedUrl>,
}

/// The clients of a fetcher: one that connects itself, and one for each proxy.
pub(super) struct Ways {
    direct: Client,
    http: Option<Through>,
    https: Option<Through>,
    /// Intercepts what may go through a proxy.
    asked: Matcher,
}

#[derive(Clone)]
struct Through {
    client: Client,
    shown: RedactedUrl,
}

impl Ways {
    pub(super) fn new(options: &Options, guard: &Guard) -> Result<Self, FetchError> {
        let through = |named: &Option<Named>| -> Result<Option<Through>, FetchError> {
            let Some(Named { key, address }) = named else {
                return Ok(None);
            };
            let url =
                address::proxy(address).map_err(|message| FetchError::Proxy { key, message })?;
            Ok(Some(Through {
                client: client::through(options, &url)?,
                shown: (&url).into(),
            }))
        };
        let Proxies {
            http,
            https,
            direct,
        } = &options.proxies;
        let by_http = through(http)?;
        Ok(Self {
            direct: client::direct(options, guard)?,
            https: if http == https {
                by_http.clone()
            } else {
                through(https)?
            },
            http: by_http,
            asked: Matcher::builder()
                .all("http://proxy.invalid")
                .no(direct.split_whitespace().collect::<Vec<_>>().join(","))
                .build(),
        })
    }

    /// How to get to `url`.
    pub(super) fn to(&self, url: &Url) -> Way<'_> {
        let through = match url.scheme() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        let asked = |url: &Url| {
            let uri = url.as_str().parse::<Uri>();
            !is_here(url) && uri.is_ok_and(|uri| self.asked.intercept(&uri).is_some())
        };
        match through.filter(|_| asked(url)) {
            None => Way {
                client: &self.direct,
                proxy: None,
            },
            Some(Through { client, shown }) => Way {
                client,
                proxy: Some(shown),
            },
        }
    }
}

/// Whether a URL is of whichever machine it is opened on.
#[must_use]
pub fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The proxy of an address: that of the variables given, as `NAME=value`.
    fn way(configured: Option<&str>, variables: &[&str], url: &str) -> Option<String> {
        let variable = |name: &str| {
            let mut pairs = variables.iter().filter_map(|one| one.split_once('='));
            let found = pairs.find(|(one, _)| *one == name)?;
            Some(found.1.to_owned())
        };
        let options = Options {
            proxies: Proxies::read(configured, variable),
            ..Options::default()
        };
        let ways = Ways::new(&options, &Guard::new(options.reach.clone())).unwrap();
        let way = ways.to(&url.parse().unwrap());
        way.proxy.map(ToString::to_string)
    }

    #[test]
    fn variables_are_read_as_curl_reads_them() {
        let (http, https) = ("http://e.org/", "https://e.org/");
        for (variables, by_http, by_https) in [
            (&[][..], None, None),
            (&["HTTP_PROXY=http://p:1"], Some("http://p:1/"), None),
            (&["http_proxy=p:1"], Some("http://p:1/"), None),
            (&["HTTPS_PROXY=http://p:1"], None, Some("http://p:1/")),
            (
                &["https_proxy=http://p:1", "HTTPS_PROXY="],
                None,
                Some("http://p:1/"),
            ),
            (
                &["ALL_PROXY=https://p:1"],
                Some("https://p:1/"),
                Some("https://p:1/"),
            ),
            (
                &["all_proxy=http://p:1", "https_proxy=http://u:s@q:2"],
                Some("http://p:1/"),
                Some("http://q:2/"),
            ),
        ] {
            assert_eq!(way(None, variables, http).as_deref(), by_http);
            assert_eq!(way(None, variables, https).as_deref(), by_https);
        }
        let others = ["ALL_PROXY=http://p:1"];
        let own = way(Some("http://u:s@own:3128"), &others, https);
        assert_eq!(own.as_deref(), Some("http://own:3128/"));
        assert_eq!(way(Some(""), &others, https), None);
    }

    #[test]
    fn what_needs_no_proxy_has_none() {
        let direct = |list: &str, url: &str| {
            let list = format!("no_proxy={list}");
            way(Some("http://p:1"), &[&list], url).is_none()
        };
        for (list, url) in [
            ("example.org", "https://example.org/"),
            (".example.org", "https://donnees.example.org:8443/"),
            ("a.org b.org, example.org", "https://example.org/"),
            ("10.0.0.0/8", "http://10.1.2.3/"),
            ("*", "https://example.org/"),
            ("", "http://127.0.0.1:8080/"),
            ("", "http://[::1]:8080/"),
            ("", "http://localhost/"),
        ] {
            assert!(direct(list, url), "{list}: {url}");
        }
        for (list, url) in [
            ("", "https://example.org/"),
            ("ample.org", "https://example.org/"),
            ("example.org", "https://example.org.example.net/"),
            ("10.0.0.0/8", "http://11.1.2.3/"),
        ] {
            assert!(!direct(list, url), "{list}: {url}");
        }
    }

    #[test]
    fn what_is_no_proxy_is_named_without_its_credentials() {
        for (text, said) in [
            ("socks5://u:s3cret@p:1", "not by socks5"),
            ("http://u:s3cret@", "no address"),
            ("http://u:s3cret@p:port", "no address"),
        ] {
            let proxies = Proxies::read(None, |name| (name == "ALL_PROXY").then(|| text.into()));
            let (key, message) = proxies.fault().unwrap();
            assert_eq!(key, "ALL_PROXY");
            assert!(message.contains(said), "{message}");
            let options = Options {
                proxies,
                ..Options::default()
            };
            let error = Ways::new(&options, &Guard::new(options.reach.clone())).err();
            let shown = format!("{message} {} {options:?}", error.unwrap());
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}
