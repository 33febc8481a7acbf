//! Credentials in addresses: they reach the portal they are meant for, and no statement, page, log, dump,
//! error or stored text.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use rusqlite::Connection;

use crate::support::BASE;
use crate::support::program::Site;

const SECRETS: [&str; 4] = ["pa55w0rd", "s3cr3tkey", "t0k3nt0k3n", "s1gnature"];

/// A feed that repeats the address it was asked by wherever it can.
pub(crate) async fn feed() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let answer = move |request: Request| {
        let log = log.clone();
        async move {
            let host = request.headers()["host"].to_str().unwrap().to_owned();
            let proof = request
                .headers()
                .get(AUTHORIZATION)
                .map(|value| value.to_str().unwrap());
            log.lock()
                .unwrap()
                .push(format!("{} {proof:?}", request.uri()));
            let own = format!("http://moi:pa55w0rd@{host}{}", request.uri());
            let body = format!(
                "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n\
                 <> a dcat:Catalog ; dct:title 'Le catalogue' ; dct:source <{own}> .\n\
                 <#d> a dcat:Dataset ; dct:title 'Le titre' ; dct:description 'voir {own}' ;\n\
                 dct:identifier 'un' ; dcat:landingPage <{own}> ; dct:relation <#e> ; dct:issued '{own}' .\n"
            );
            ([(CONTENT_TYPE, "text/turtle")], body)
        }
    };
    let routes = Router::new().fallback(answer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (address, asked)
}

fn configure(site: &Site, url: &str) {
    let all = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
    std::fs::write(site.folder.path().join("all.rq"), all).unwrap();
    site.write_config(&format!(
        "base_uri = '{BASE}'\n[harvest]\nattempts = 1\nrobots = 'ignore'\n\
         [[portal]]\nid = 'exemple'\nkind = 'dcat'\nurl = '{url}'\nallow_private = true\n"
    ));
}

pub(crate) fn url(address: SocketAddr, path: &str) -> String {
    format!(
        "http://moi:pa55w0rd@{address}{path}?apikey=s3cr3tkey&token=t0k3nt0k3n&X-Amz-Signature=s1gnature&q=eau"
    )
}

pub(crate) fn assert_hidden(text: &str, what: &str) {
    for secret in SECRETS {
        if let Some(at) = text.find(secret) {
            let around = text.get(at.saturating_sub(200)..at + 20);
            panic!("{secret} is in {what}: {}", around.unwrap_or(text));
        }
    }
}

/// Everything that the ledger holds for others to see, unpacked.
fn stored(site: &Site) -> String {
    let ledger = Connection::open(site.store().join("ledger.sqlite")).unwrap();
    let mut text = String::new();
    for (table, column) in [("body", "data"), ("source", "payload")] {
        let mut select = ledger
            .prepare(&format!("SELECT {column} FROM {table}"))
            .unwrap();
        let rows = select
            .query_map([], |row| row.get::<_, Vec<u8>>(0))
            .unwrap();
        for row in rows {
            let unpacked = zstd::decode_all(row.unwrap().as_slice()).unwrap();
            text.push_str(&String::from_utf8_lossy(&unpacked));
        }
    }
    for (table, column) in [
        ("source", "key"),
        ("finding", "message"),
        ("finding", "value"),
        ("record", "iri"),
        ("run", "notes"),
        ("run", "reason"),
        ("run_record", "key"),
        ("run_record", "reason"),
    ] {
        let mut select = ledger
            .prepare(&format!("SELECT coalesce({column}, '') FROM {table}"))
            .unwrap();
        let rows = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for row in rows {
            text.push_str(&row.unwrap());
            text.push('\n');
        }
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_reach_the_portal_and_nothing_else() {
    let (address, asked) = feed().await;
    let site = Site::at(address);
    configure(&site, &url(address, "/c.ttl"));
    let mut command = site.command(&["harvest"]);
    command.env("MOISSON_LOG", "moisson=debug,warn");
    let done = tokio::task::block_in_place(|| command.output().unwrap());
    assert!(done.status.success(), "{done:?}");
    assert_hidden(
        &String::from_utf8_lossy(&done.stdout),
        "what a harvest prints",
    );
    assert_hidden(&String::from_utf8_lossy(&done.stderr), "the log");
    let first = asked.lock().unwrap()[0].clone();
    for sent in [
        "apikey=s3cr3tkey",
        "token=t0k3nt0k3n",
        "X-Amz-Signature=s1gnature",
        "Basic ",
    ] {
        assert!(first.contains(sent), "{first}");
    }
    let text = stored(&site);
    assert!(
        text.contains("Le titre") && text.contains("apikey=***"),
        "{text}"
    );
    assert_hidden(&text, "the ledger");
    for arguments in [
        &["dump"][..],
        &["status"],
        &["preview", "exemple"],
        &["query", "all.rq"],
    ] {
        let done = site.run(arguments);
        assert_hidden(
            &format!("{}{}", done.out, done.err),
            &format!("{arguments:?}"),
        );
    }
    let checked = site.run(&["check"]);
    assert_hidden(&checked.out, "check");
    assert!(
        checked
            .out
            .contains("warning: portal.exemple.url: it holds credentials"),
        "{checked:?}"
    );
}

#[test]
fn check_warns_of_secrets_however_they_are_called_and_however_short() {
    for name in ["API_TOKEN", "x-api-key", "Ocp-Apim-Subscription-Key", "mdp"] {
        let site = Site::at("127.0.0.1:9".parse().unwrap());
        configure(&site, &format!("http://127.0.0.1:9/c.ttl?{name}=Zq7"));
        let done = site.run(&["check"]);
        let warning = "warning: portal.exemple.url: it holds credentials";
        assert!(done.out.contains(warning), "{name}: {done:?}");
        assert!(!format!("{}{}", done.out, done.err).contains("Zq7"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_name_no_credentials() {
    // Nobody listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let site = Site::at(address);
    configure(&site, &url(address, "/c.ttl"));
    let done = site.run(&["harvest"]);
    assert_ne!(done.status, Some(0));
    assert_hidden(&format!("{}{}", done.out, done.err), "a failed harvest");
    assert_hidden(&stored(&site), "the ledger");
    configure(&site, "http://moi:pa55w0rd@exa mple:x/?apikey=s3cr3tkey");
    let done = site.run(&["check"]);
    assert_hidden(
        &format!("{}{}", done.out, done.err),
        "a wrong configuration",
    );
    let done = site.run(&["convert", "--kind", "dcat", &url(address, "/c.ttl")]);
    assert_hidden(&format!("{}{}", done.out, done.err), "convert");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_older_version_stored_is_cleaned_by_reconvert() {
    let (address, _asked) = feed().await;
    let site = Site::at(address);
    // Harvested under an address without credentials, the feed's own are data like any other.
    configure(
        &site,
        &format!("http://{address}/c.ttl?apikey=s3cr3tkey").replace("apikey", "question"),
    );
    site.succeed(&["harvest"]);
    assert!(stored(&site).contains("pa55w0rd"));
    configure(&site, &url(address, "/c.ttl"));
    let done = site.succeed(&["reconvert"]);
    assert!(
        done.out.contains("stored texts had credentials"),
        "{}",
        done.out
    );
    assert!(!stored(&site).contains("pa55w0rd"));
    let done = site.succeed(&["query", "all.rq"]);
    assert!(!done.out.contains("pa55w0rd"));
    site.assert_published_whole();
}
