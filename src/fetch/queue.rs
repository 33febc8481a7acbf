//! One request at a time per host, in order of asking, with a pause between.
//!
//! The queues are those of the whole process: a host that several portals live on, or several runs ask,
//! is asked no more often for that. A request holds its [`Turn`] until its body is read, and never waits
//! for another host while it holds one, so turns cannot lock each other out.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Lock, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};
use url::Url;

/// How many hosts are remembered. Redirects may lead anywhere, so there must be an end; a harvest
/// meets far fewer.
const MAX_HOSTS: usize = 1024;

/// The queues of this process.
static QUEUES: LazyLock<Queues> = LazyLock::new(Queues::default);

/// The moment from which a host may be asked again, locked while it is being asked.
type Ready = Arc<Lock<Instant>>;

#[derive(Clone)]
struct Host {
    ready: Ready,
    /// The longest pause that anybody who asks it keeps.
    delay: Duration,
}

/// The queue of every host.
#[derive(Clone, Default)]
pub(super) struct Queues {
    hosts: Arc<Mutex<HashMap<String, Host>>>,
}

impl Queues {
    /// The queues that everybody in this process shares.
    pub(super) fn of_this_process() -> Self {
        QUEUES.clone()
    }

    /// Waits until the host of a URL is free. Whoever asks a host leaves it alone for `delay`
    /// afterwards, or longer where somebody else does.
    pub(super) async fn turn(&self, url: &Url, delay: Duration) -> Turn {
        let host = self.host(url, delay);
        let ready = host.ready.lock_owned().await;
        // A sleep takes a millisecond even when there is nothing to wait for.
        if *ready > Instant::now() {
            sleep_until(*ready).await;
        }
        Turn {
            ready,
            delay: host.delay,
        }
    }

    fn host(&self, url: &Url, delay: Duration) -> Host {
        let name = name(url);
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MAX_HOSTS && !hosts.contains_key(&name) {
            forget_idle(&mut hosts);
        }
        let host = hosts.entry(name).or_insert_with(|| Host {
            ready: Arc::new(Lock::new(Instant::now())),
            delay,
        });
        host.delay = host.delay.max(delay);
        host.clone()
    }
}

/// What a host is known by: http and https at their own ports are one machine, other ports are others.
fn name(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        // The `url` crate leaves out the scheme's own port.
        None => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    }
}

/// Forgets the hosts that nobody waits for: first those that may be asked at once, and if they
/// were none, those that wanted to be left alone too.
fn forget_idle(hosts: &mut HashMap<String, Host>) {
    let now = Instant::now();
    let rests = |host: &Host| host.ready.try_lock().map_or(true, |ready| *ready > now);
    hosts.retain(|_, host| rests(host) || in_use(host));
    if hosts.len() >= MAX_HOSTS {
        hosts.retain(|_, host| in_use(host));
    }
}

fn in_use(host: &Host) -> bool {
    Arc::strong_count(&host.ready) > 1
}

/// The right to send one request to a host; dropping it passes it on after the pause.
pub(super) struct Turn {
    ready: OwnedMutexGuard<Instant>,
    delay: Duration,
}

impl Turn {
    /// Leaves the host alone for so long at least.
    pub(super) fn postpone(&mut self, wait: Duration) {
        *self.ready = (*self.ready).max(Instant::now() + wait);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.postpone(self.delay);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn at_once(queues: &Queues, address: &str) -> Ready {
        queues.host(&url(address), Duration::ZERO).ready
    }

    async fn turn(queues: &Queues, address: &str) -> Turn {
        queues.turn(&url(address), Duration::ZERO).await
    }

    #[tokio::test]
    async fn a_host_is_taken_until_the_turn_ends() {
        let queues = Queues::default();
        let first = turn(&queues, "http://example.org/a").await;
        let host = at_once(&queues, "https://example.org:443/b");
        assert!(host.try_lock().is_err());
        // Another port is another host.
        drop(turn(&queues, "http://example.org:81/").await);
        drop(first);
        assert!(host.try_lock().is_ok());
    }

    #[tokio::test]
    async fn the_next_turn_waits_for_the_pause() {
        let delay = Duration::from_millis(30);
        let queues = Queues::default();
        drop(queues.turn(&url("http://example.org/"), delay).await);
        let left = Instant::now();
        drop(queues.turn(&url("http://example.org/"), delay).await);
        assert!(left.elapsed() >= delay.saturating_sub(Duration::from_millis(5)));
    }

    #[tokio::test]
    async fn the_longer_of_two_pauses_is_kept_by_both() {
        let delay = Duration::from_mins(1);
        let queues = Queues::default();
        drop(turn(&queues, "http://example.org/a").await);
        let patient = queues.host(&url("http://example.org/b"), delay);
        drop(turn(&queues, "https://example.org/c").await);
        let left = *patient.ready.lock().await - Instant::now();
        assert!(left > delay / 2, "{left:?}");
    }

    #[tokio::test]
    async fn idle_hosts_are_forgotten_before_busy_ones() {
        let queues = Queues::default();
        let busy = turn(&queues, "http://busy.example/").await;
        turn(&queues, "http://resting.example/")
            .await
            .postpone(Duration::from_mins(1));
        // Someone is about to wait for this one.
        let wanted = at_once(&queues, "http://wanted.example/");
        for port in 1..=2 * MAX_HOSTS {
            drop(turn(&queues, &format!("http://example.org:{port}/")).await);
        }
        let hosts = queues.hosts.lock().unwrap();
        assert!(hosts.len() <= MAX_HOSTS);
        for name in ["busy", "resting", "wanted"] {
            assert!(hosts.contains_key(&format!("{name}.example")), "{name}");
        }
        drop((busy, wanted));
    }

    #[test]
    fn the_memory_of_hosts_is_bounded_even_if_all_want_rest() {
        let queues = Queues::default();
        for port in 1..=2 * MAX_HOSTS {
            let ready = at_once(&queues, &format!("http://example.org:{port}/"));
            *ready.try_lock().unwrap() = Instant::now() + Duration::from_mins(1);
        }
        assert!(queues.hosts.lock().unwrap().len() <= MAX_HOSTS);
    }
}
