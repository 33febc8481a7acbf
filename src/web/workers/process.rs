//! One worker process, and the thread that starts them.

use std::io;
use std::process::Stdio;
use std::sync::{Arc, mpsc};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::{PoolOptions, Snapshot};
use crate::graph::worker::frame::{HEADER, Kind, parse_header};

/// A running worker. Dropped, it is killed.
pub(super) struct Process {
    child: Child,
    snapshot: Arc<Snapshot>,
    used: bool,
    /// Its ends of the pipes, apart from the process so that both can be borrowed.
    pub(super) pipes: Pipes,
}

/// How to talk to a worker.
pub(super) struct Pipes {
    input: ChildStdin,
    output: ChildStdout,
}

impl Process {
    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    pub(super) fn sequence(&self) -> u64 {
        self.snapshot.sequence
    }

    pub(super) fn serves(&self, snapshot: &Arc<Snapshot>) -> bool {
        Arc::ptr_eq(&self.snapshot, snapshot)
    }

    /// Whether it has answered a query before.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    pub(super) fn mark_used(&mut self) {
        self.used = true;
    }

    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The bytes that it has for itself.
    pub(super) fn memory(&self) -> Option<u64> {
        memory(self.id()?)
    }

    /// Kills it and waits until it is gone.
    pub(super) async fn kill(mut self) {
        if let Err(error) = self.child.kill().await {
            tracing::warn!(%error, "a SPARQL worker cannot be killed");
        }
    }
}

impl Pipes {
    pub(super) async fn send(&mut self, message: &[u8]) -> io::Result<()> {
        self.input.write_all(message).await?;
        self.input.flush().await
    }

    pub(super) async fn receive(&mut self) -> io::Result<(Kind, Vec<u8>)> {
        let mut header = [0; HEADER];
        self.output.read_exact(&mut header).await?;
        let (kind, length) = parse_header(header)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a frame"))?;
        let mut content = vec![0; length];
        self.output.read_exact(&mut content).await?;
        Ok((kind, content))
    }
}

/// The bytes that a process has for itself. The pages of a mapped file are not: the system takes them
/// back when it needs them, and all workers share them.
pub(super) fn memory(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let field = |name| status.lines().find_map(|line| line.strip_prefix(name));
    // Not every kernel tells the two apart.
    let line = field("RssAnon:").or_else(|| field("VmRSS:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .trim()
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}

/// Starts processes from a thread of its own, which lives as long as the pool: the kernel kills a child
/// when the *thread* that started it ends, and threads of a runtime come and go.
pub(super) struct Spawner {
    orders: mpsc::Sender<Order>,
}

struct Order {
    command: Command,
    reply: oneshot::Sender<io::Result<Child>>,
}

impl Spawner {
    pub(super) fn start() -> io::Result<Self> {
        let (orders, incoming) = mpsc::channel::<Order>();
        let runtime = Handle::current();
        std::thread::Builder::new()
            .name("sparql-spawner".to_owned())
            .spawn(move || {
                for mut order in incoming {
                    let _context = runtime.enter();
                    // Nobody waits for it any more: the child is dropped, and killed.
                    let _ = order.reply.send(order.command.spawn());
                }
            })?;
        Ok(Self { orders })
    }

    pub(super) async fn spawn(
        &self,
        options: &PoolOptions,
        snapshot: Arc<Snapshot>,
    ) -> io::Result<Process> {
        let mut command = Command::new(&options.program);
        command
            .args(&options.arguments)
            .arg(&snapshot.path)
            // A query must not see the server's secrets, whatever it manages to do.
            .env_clear()
            .envs(std::env::var_os("LD_LIBRARY_PATH").map(|path| ("LD_LIBRARY_PATH", path)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // An interrupt at the terminal is for the server, which ends its workers in its own time.
            .process_group(0)
            .kill_on_drop(true);
        let (reply, child) = oneshot::channel();
        let gone = || io::Error::other("the spawning thread is gone");
        self.orders
            .send(Order { command, reply })
            .map_err(|_unsent| gone())?;
        let mut child = child.await.map_err(|_closed| gone())??;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or_else(|| io::Error::other("the worker has no pipes"))?;
        tracing::debug!(
            pid = child.id(),
            sequence = snapshot.sequence,
            "SPARQL worker started"
        );
        Ok(Process {
            child,
            snapshot,
            used: false,
            pipes: Pipes { input, output },
        })
    }
}
