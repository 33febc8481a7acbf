//! Secrets go to the origin they are meant for, and to no log or message.

use std::io::{self, Write};
use std::sync::Mutex;

use tracing::Dispatch;
use tracing::subscriber::{NoSubscriber, set_default};

use super::*;

fn secret_request(server: &Server) -> Request {
    let url = format!("http://user:pa55@{}/a?apikey=k3y", server.address);
    let mut request = Request::new(url.parse().unwrap(), "*/*");
    for name in ["cookie", "x-api-key"] {
        let header = (name.parse().unwrap(), "t0ken".parse().unwrap());
        request.headers.push(header);
    }
    request
}

const SECRETS: [&str; 4] = ["pa55", "k3y", "t0ken", "dxnlcjpwytu1"];

fn assert_no_secret(text: &str) {
    for secret in SECRETS {
        assert!(
            !text.to_lowercase().contains(secret),
            "{secret} is in {text}"
        );
    }
}

#[tokio::test]
async fn another_origin_gets_no_secret() {
    let other = Server::start(|_| answer("200 OK", &[], "")).await;
    let location = format!("Location: {}", other.url("/"));
    let server = Server::start(move |_| answer("302 Found", &[&location], "")).await;
    let fetcher = Fetcher::new(options()).unwrap();
    fetcher.get(&secret_request(&server)).await.unwrap();
    let asked = server.heads().remove(0);
    for secret in [
        "apikey=k3y",
        "cookie: t0ken",
        "x-api-key: t0ken",
        "basic dxnlcjpwytu1",
    ] {
        assert!(asked.contains(secret), "{secret} is not in {asked}");
    }
    let redirected = other.heads().remove(0);
    assert_no_secret(&redirected);
    assert!(redirected.contains("\r\naccept: */*\r\n"));
}

#[tokio::test]
async fn no_secret_is_logged_or_shown() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // While there is one subscriber only, tracing lets the thread that first meets an event decide
    // for all whether anyone listens, and that may be the thread of another test.
    let _second = Dispatch::new(NoSubscriber::new());
    let _guard = set_default(subscriber);
    let server = Server::start(|number| match number {
        0 => Answer::Bytes(Duration::ZERO, Vec::new()),
        1 => answer("200 OK", &[], "four"),
        _ => answer("404 Not Found", &[], ""),
    })
    .await;
    let fetcher = Fetcher::new(retrying()).unwrap();
    let request = secret_request(&server);
    let response = fetcher.get(&request).await.unwrap();
    let error = fetcher.get(&request).await.unwrap_err();
    assert_no_secret(&response.url.as_str().replace("apikey=k3y", ""));
    assert_no_secret(&format!("{error} {error:?}"));
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_no_secret(&text);
    for field in [
        "attempt=1",
        "attempt=2",
        "status=200",
        "bytes=4",
        "status=404",
        "elapsed_ms=",
    ] {
        assert!(text.contains(field), "{field} is not in {text}");
    }
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
