//! A portal whose certificate a private authority has signed.
//!
//! `authority/` has the authority's certificate, and the portal's with its key: made for this test alone,
//! of names of this machine, from 2020 to 2120.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::support::program::{Done, Site};

const AUTHORITY: &str = include_str!("authority/ca.pem");
const RECORD: &str = r#"{"id": "d1", "title": "Signé", "resources": []}"#;

async fn bind() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A portal that speaks https and has one record.
async fn portal() -> SocketAddr {
    // Another test of this process may have been first.
    let _there = rustls::crypto::ring::default_provider().install_default();
    let chain = CertificateDer::pem_slice_iter(include_bytes!("authority/server.pem"));
    let chain = chain.collect::<Result<_, _>>().unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("authority/server.key")).unwrap();
    let config = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (listener, address) = bind().await;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                head(&mut stream).await;
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{RECORD}",
                    RECORD.len()
                );
                let _gone = stream.write_all(answer.as_bytes()).await;
                let _gone = stream.shutdown().await;
            });
        }
    });
    address
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = stream.read_u8().await else {
            break;
        };
        head.push(byte);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// A proxy that connects to `to`, whatever it is asked for, where it is given its password.
async fn proxy(to: SocketAddr) -> SocketAddr {
    let (listener, address) = bind().await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let asked = head(&mut stream).await;
            // moi:s3cret
            let is_let_in = asked.starts_with("CONNECT donnees.exemple.fr:443 ")
                && asked.contains("Basic bW9pOnMzY3JldA==");
            let answer = if is_let_in {
                "HTTP/1.1 200 Connected\r\n\r\n"
            } else {
                "HTTP/1.1 407 Who is it\r\nContent-Length: 0\r\n\r\n"
            };
            let _gone = stream.write_all(answer.as_bytes()).await;
            if is_let_in {
                let mut portal = TcpStream::connect(to).await.unwrap();
                let _gone = copy_bidirectional(&mut stream, &mut portal).await;
            }
        }
    });
    address
}

fn convert(site: &Site, url: &str, variables: &[(&str, &str)]) -> Done {
    let arguments = [
        "convert",
        "--kind",
        "udata",
        "--format",
        "nt",
        "--allow-private",
        url,
    ];
    let mut command = site.command(&arguments);
    command
        .env_remove("SSL_CERT_FILE")
        .env_remove("SSL_CERT_DIR");
    command.envs(variables.iter().copied());
    tokio::task::block_in_place(|| command.output().unwrap()).into()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_of_ones_own_is_believed_where_the_environment_names_it() {
    let portal = portal().await;
    let site = Site::at(portal);
    let file = site.folder.path().join("authority.pem");
    std::fs::write(&file, AUTHORITY).unwrap();
    let file = file.to_str().unwrap();
    let url = format!("https://{portal}/api/1/datasets/d1/");
    let done = convert(&site, &url, &[("SSL_CERT_FILE", file)]);
    assert_eq!(done.status, Some(0), "{done:#?}");
    assert!(
        done.out.contains("\"Sign\\u00E9\"") || done.out.contains("\"Signé\""),
        "{}",
        done.out
    );

    // A folder of certificates has them under the hash of their names, as `c_rehash` makes them.
    let folder = site.folder.path().join("certs");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("0a0b0c0d.0"), AUTHORITY).unwrap();
    let done = convert(&site, &url, &[("SSL_CERT_DIR", folder.to_str().unwrap())]);
    assert_eq!(done.status, Some(0), "{done:#?}");

    let unknown = convert(&site, &url, &[]);
    assert_eq!(unknown.status, Some(1), "{unknown:#?}");
    let missing = convert(&site, &url, &[("SSL_CERT_FILE", "/not/there.pem")]);
    assert_eq!(missing.status, Some(1), "{missing:#?}");
    assert!(
        missing
            .err
            .contains("SSL_CERT_FILE: the certificates in `/not/there.pem` cannot be read"),
        "{}",
        missing.err
    );
    let mut check = site.command(&["check"]);
    check.env("SSL_CERT_FILE", "/not/there.pem");
    let done: Done = tokio::task::block_in_place(|| check.output().unwrap()).into();
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(done.out.contains("SSL_CERT_FILE: "), "{}", done.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_connects_to_a_portal_that_is_believed_by_its_own_certificate() {
    let portal = portal().await;
    let site = Site::at(portal);
    let file = site.folder.path().join("authority.pem");
    std::fs::write(&file, AUTHORITY).unwrap();
    let trusted = ("SSL_CERT_FILE", file.to_str().unwrap());
    let address = proxy(portal).await;
    let url = "https://donnees.exemple.fr/api/1/datasets/d1/";
    let known = format!("http://moi:s3cret@{address}");
    let done = convert(&site, url, &[trusted, ("HTTPS_PROXY", &known)]);
    assert_eq!(done.status, Some(0), "{done:#?}");
    assert!(done.out.contains("/dataset/udata/d1>"), "{}", done.out);
    let other = format!("http://moi:0ther@{address}");
    let done = convert(&site, url, &[trusted, ("https_proxy", &other)]);
    assert_eq!(done.status, Some(1), "{done:#?}");
    assert!(
        done.err.contains("the proxy refused to fetch") && !done.err.contains("0ther"),
        "{}",
        done.err
    );
}
