//! Who asks: the address of the connection, or the one that trusted proxies state in `X-Forwarded-For`.
//!
//! Each proxy adds the address it was connected from at the end. So the list is read from its end, as
//! long as proxies of ours are met; the nearest address that is none of them is the client. What stands
//! before it may be invented, and an entry that cannot be read is nobody's: then the proxy that added it
//! counts as the client.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use super::readings;
use super::sparql::ClientAddress;
use super::state::App;

/// Notes who asks in the request's extensions.
pub(super) async fn note(
    State(app): State<Arc<App>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip());
    if let Some(peer) = peer {
        let client = client(peer, request.headers(), &app.config.server.trusted_proxies);
        request.extensions_mut().insert(ClientAddress(client));
        let response = readings::scope(client, next.run(request)).await;
        return response.map(|body| Body::new(readings::Body::new(client, body)));
    }
    next.run(request).await
}

fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut client = peer.to_canonical();
    // A value that is not text has one entry, which cannot be read.
    let stated = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("?").split(','));
    let stated: Vec<&str> = stated.collect();
    for entry in stated.into_iter().rev() {
        if !is_ours(&client) {
            break;
        }
        let Some(address) = address(entry.trim()) else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`; IPv6 with a zone.
fn address(entry: &str) -> Option<IpAddr> {
    let text = match entry.strip_prefix('[') {
        Some(rest) => {
            let (inside, port) = rest.split_once(']')?;
            let port = port.strip_prefix(':');
            if port.is_some_and(|port| port.parse::<u16>().is_err())
                || (port.is_none() && !rest.ends_with(']'))
            {
                return None;
            }
            inside
        }
        None => match entry.split_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() && host.contains('.') => host,
            _ => entry,
        },
    };
    let bare = text.split_once('%').map_or(text, |(address, _)| address);
    bare.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn of(values: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in values {
            let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
            headers.append("x-forwarded-for", value);
        }
        let trusted = ["10.0.0.0/8", "2001:db8:ff::/48"].map(|net| net.parse().unwrap());
        client([10, 0, 0, 1].into(), &headers, &trusted).to_string()
    }

    #[test]
    fn the_nearest_entry_that_is_no_proxy_of_ours_counts() {
        for (values, expected) in [
            (&[][..], "10.0.0.1"),
            (&["203.0.113.7"], "203.0.113.7"),
            (&["9.9.9.9, 203.0.113.7:4712"], "203.0.113.7"),
            (&["9.9.9.9", "203.0.113.7"], "203.0.113.7"),
            (&["9.9.9.9, 203.0.113.7, 10.9.9.9"], "203.0.113.7"),
            (
                &["203.0.113.7,[2001:db8:ff::9]:443, 10.2.0.1:80"],
                "203.0.113.7",
            ),
            (&["9.9.9.9, [2001:db8::7]"], "2001:db8::7"),
            (&["9.9.9.9, [2001:db8::7]:4712"], "2001:db8::7"),
            (&["9.9.9.9, 2001:db8::7"], "2001:db8::7"),
            (&["::ffff:203.0.113.7"], "203.0.113.7"),
            (&["10.3.0.1, 10.2.0.1"], "10.3.0.1"),
        ] {
            assert_eq!(of(values), expected, "{values:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_the_proxy_that_added_it() {
        for unreadable in [
            "unknown",
            "_hidden",
            "",
            "203.0.113.7:port",
            "203.0.113.7:99999",
            "[2001:db8::7",
            "[2001:db8::7]x",
            "[2001:db8::7]:x",
            "203.0.113.7.8",
            "caf\u{e9}",
        ] {
            assert_eq!(
                of(&[&format!("9.9.9.9, {unreadable}")]),
                "10.0.0.1",
                "{unreadable}"
            );
            let relayed = format!("9.9.9.9, {unreadable}, 10.2.0.1");
            if unreadable.is_ascii() {
                assert_eq!(of(&[&relayed]), "10.2.0.1", "{unreadable}");
            }
        }
    }

    #[test]
    fn nobody_else_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("9.9.9.9"));
        let peer = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(client(peer, &headers, &[]), peer);
    }
}
