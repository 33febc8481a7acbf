//! A server of a few lines, since a real one would not send half an answer.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// What the server does once it has read a request.
pub(super) enum Answer {
    /// Sends these bytes, after this long, and closes the connection.
    Bytes(Duration, Vec<u8>),
    /// Sends these bytes, then one byte every few milliseconds for as long as anyone listens.
    Drip(Vec<u8>),
    /// Sends these bytes, then nothing, and keeps the connection open.
    Hang(Vec<u8>),
}

/// A whole answer with a status line, header lines and a body.
pub(super) fn answer(status: &str, headers: &[&str], body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let length = format!("Content-Length: {}", body.len());
    let status = format!("HTTP/1.1 {status}\r\nConnection: close");
    let lines = [&[status.as_str()], headers, &[length.as_str(), "", ""]].concat();
    let head = lines.join("\r\n");
    Answer::Bytes(Duration::ZERO, [head.as_bytes(), body].concat())
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    heads: Mutex<Vec<String>>,
    bodies: Mutex<Vec<String>>,
    open: AtomicUsize,
    busiest: AtomicUsize,
}

impl Server {
    /// Starts a server; `script` is asked for each request, with its number (from 0).
    pub(super) async fn start(script: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::<Log>::default();
        let (shared, script) = (Arc::clone(&log), Arc::new(script));
        // It ends with the runtime of its test.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), Arc::clone(&script)));
            }
        });
        Self { address, log }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of all requests so far, in lower case.
    pub(super) fn heads(&self) -> Vec<String> {
        self.log.heads.lock().unwrap().clone()
    }

    /// The bodies of all requests so far.
    pub(super) fn bodies(&self) -> Vec<String> {
        self.log.bodies.lock().unwrap().clone()
    }

    /// The largest number of requests that were open at once.
    pub(super) fn busiest(&self) -> usize {
        self.log.busiest.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Log>, script: Arc<impl Fn(usize) -> Answer>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let open = log.open.fetch_add(1, Ordering::SeqCst) + 1;
    log.busiest.fetch_max(open, Ordering::SeqCst);
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    if stream.read_exact(&mut body).await.is_err() {
        return;
    }
    log.bodies
        .lock()
        .unwrap()
        .push(String::from_utf8(body).unwrap());
    let number = {
        let mut heads = log.heads.lock().unwrap();
        heads.push(head);
        heads.len() - 1
    };
    match script(number) {
        Answer::Bytes(after, bytes) => {
            sleep(after).await;
            log.open.fetch_sub(1, Ordering::SeqCst);
            let _gone = stream.write_all(&bytes).await;
            let _gone = stream.shutdown().await;
        }
        Answer::Drip(bytes) => {
            let _gone = stream.write_all(&bytes).await;
            while stream.write_all(b" ").await.is_ok() {
                sleep(Duration::from_millis(5)).await;
            }
        }
        Answer::Hang(bytes) => {
            let _gone = stream.write_all(&bytes).await;
            // Until the client gives up.
            let _end = stream.read_u8().await;
        }
    }
}
