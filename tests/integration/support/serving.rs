//! `moisson serve` as a process, and connections to it that do what no client should.

use std::io::{BufRead as _, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, Command};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts `command`, and waits until it says where it listens.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = log
            .by_ref()
            .map(Result::unwrap)
            .filter(|line| line.contains("listening"))
            .find_map(|line| {
                let (_, rest) = line.split_once("address=")?;
                rest.split_whitespace().next()?.parse().ok()
            })
            .expect("it says where it listens");
        // A pipe that nobody reads would stop it.
        std::thread::spawn(move || log.for_each(drop));
        Self { child, address }
    }

    /// A line of its `/proc/…/status`, in kB.
    pub(crate) fn memory(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

/// A connection from `from` to `address` over which `text` is sent.
pub(crate) async fn say(from: IpAddr, address: SocketAddr, text: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((from, 0).into()).unwrap();
    let mut connection = socket.connect(address).await.unwrap();
    // Who is not let in may be told so at once.
    let _ = connection.write_all(text.as_bytes()).await;
    connection
}

/// Whatever comes until the server closes, if it does in time.
pub(crate) async fn rest(connection: &mut TcpStream, most: Duration) -> Option<String> {
    let mut bytes = Vec::new();
    let _ = timeout(most, connection.read_to_end(&mut bytes))
        .await
        .ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The answer to a GET over a connection of its own.
pub(crate) async fn get(from: IpAddr, address: SocketAddr, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: e.org\r\nconnection: close\r\n\r\n");
    let mut connection = say(from, address, &request).await;
    let answer = rest(&mut connection, Duration::from_secs(30)).await;
    answer.unwrap_or_else(|| panic!("no answer to {path}"))
}
