//! The meter of all scenarios: the memory of the server and its workers, and what a bystander waits.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::world::{LIGHT, World, request};
use crate::support::serving::{rest, say};

/// Who asks beside the attack, from an address of its own.
pub(super) const BYSTANDER: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// How long the bystander waits between two requests of a kind, and the meter between two looks.
const PAUSE: Duration = Duration::from_millis(50);

/// The longest that the bystander waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the bystander asks.
pub(super) const KINDS: [&str; 3] = ["query", "document", "health"];

/// Memory in kB, the highest seen.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// Resident, of the server alone.
    pub(super) server: u64,
    /// Proportional, of the server and its workers together: what they share counts once.
    pub(super) all: u64,
}

/// How long answers took, sorted.
#[derive(Debug, Default)]
pub(super) struct Times {
    sorted: Vec<Duration>,
    /// Requests without the answer they should have.
    pub(super) failed: usize,
}

impl Times {
    pub(super) fn count(&self) -> usize {
        self.sorted.len()
    }

    pub(super) fn percentile(&self, part: usize) -> Duration {
        let at = (self.sorted.len() * part / 100).min(self.sorted.len() - 1);
        self.sorted[at]
    }

    /// Half, 99 of 100 and the longest in milliseconds, and how many there were.
    pub(super) fn shown(&self) -> String {
        let failed = match self.failed {
            0 => String::new(),
            failed => format!(", {failed} refused"),
        };
        if self.sorted.is_empty() {
            return format!("none{failed}");
        }
        let [half, most, longest] = [50, 99, 100].map(|part| self.percentile(part).as_millis());
        format!("{half} / {most} / {longest} of {}{failed}", self.count())
    }
}

/// What was measured between the beginning and the end of a scenario.
pub(super) struct Measured {
    pub(super) memory: Memory,
    /// In the order of [`KINDS`].
    pub(super) bystander: Vec<Times>,
    pub(super) ran: Duration,
}

/// A meter that runs.
pub(super) struct Meter {
    ends: Arc<AtomicBool>,
    memory: JoinHandle<Memory>,
    bystander: JoinHandle<Vec<Times>>,
    begun: Instant,
}

impl Meter {
    pub(super) fn begin(world: &World) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let (process, address) = (world.server.id(), world.server.address);
        let until = Arc::clone(&ends);
        let memory = std::thread::spawn(move || watched(process, &until));
        let until = Arc::clone(&ends);
        let paths = [LIGHT, &world.document, "/health"].map(str::to_owned);
        // A thread of its own: what the attacker does in this process is not the bystander's wait.
        let bystander = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                let asked = paths.iter().map(|path| ask(address, path, &until));
                futures_util::future::join_all(asked).await
            })
        });
        Self {
            ends,
            memory,
            bystander,
            begun: Instant::now(),
        }
    }

    pub(super) fn end(self) -> Measured {
        self.ends.store(true, Ordering::SeqCst);
        Measured {
            memory: self.memory.join().unwrap(),
            bystander: self.bystander.join().unwrap(),
            ran: self.begun.elapsed(),
        }
    }
}

/// Asks the same again and again.
async fn ask(address: SocketAddr, path: &str, until: &AtomicBool) -> Times {
    let request = request(path, "accept: text/csv, text/turtle;q=0.5\r\n");
    let mut times = Times::default();
    while !until.load(Ordering::SeqCst) {
        let asked = Instant::now();
        let mut connection = say(BYSTANDER, address, &request).await;
        let answer = rest(&mut connection, PATIENCE).await.unwrap_or_default();
        if answer.starts_with("HTTP/1.1 200") {
            times.sorted.push(asked.elapsed());
        } else {
            times.failed += 1;
        }
        tokio::time::sleep(PAUSE).await;
    }
    times.sorted.sort();
    times
}

/// The highest memory of a process and those that it started.
fn watched(process: u32, until: &AtomicBool) -> Memory {
    let mut highest = Memory::default();
    while !until.load(Ordering::SeqCst) {
        let family = family(process);
        let all = family
            .iter()
            .filter_map(|one| of(*one, "smaps_rollup", "Pss:"));
        highest.all = highest.all.max(all.sum());
        let server = of(process, "status", "VmRSS:");
        highest.server = highest.server.max(server.unwrap_or_default());
        std::thread::sleep(PAUSE);
    }
    highest
}

/// A line of a file of a process, in kB; none where it has ended.
fn of(process: u32, file: &str, name: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/{file}")).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A process and those that it started.
fn family(process: u32) -> Vec<u32> {
    let running = std::fs::read_dir("/proc").unwrap();
    let numbers = running.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let parents: HashMap<u32, u32> = numbers
        .filter_map(|one| Some((one, u32::try_from(of(one, "status", "PPid:")?).ok()?)))
        .collect();
    let started = parents
        .iter()
        .filter(|(_, parent)| **parent == process)
        .map(|(one, _)| *one);
    std::iter::once(process).chain(started).collect()
}
