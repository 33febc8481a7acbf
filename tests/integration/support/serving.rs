//! `moisson serve` as a process, and connections to it that do what no client should.

use std::io::{BufRead as _, BufReader};
use std::net::{IpAddr, SocketAddr};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::program::{Site, binary};

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<String>>,
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
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::new(Mutex::new(String::new()));
        let keep = {
            let log = Arc::clone(&log);
            move |line: &str| {
                let mut log = log.lock().unwrap();
                log.push_str(line);
                log.push('\n');
            }
        };
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .inspect(|line| keep(line))
            .filter(|line| line.contains("listening"))
            .find_map(|line| {
                let (_, rest) = line.split_once("address=")?;
                rest.split_whitespace().next()?.parse().ok()
            })
            .expect("it says where it listens");
        // A pipe that nobody reads would stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| keep(&line)));
        Self {
            child,
            address,
            log,
        }
    }

    /// `moisson serve` of a site with so many files.
    pub(crate) fn of(site: &Site, files: u32, arguments: &str) -> Self {
        let program = binary();
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!(
                "ulimit -n {files} && exec '{}' serve --listen 127.0.0.1:0 {arguments}",
                program.display()
            ))
            .current_dir(site.folder.path())
            .env("MOISSON_LOG", "moisson=info,warn")
            .stderr(Stdio::piped());
        Self::start(&mut command)
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
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
