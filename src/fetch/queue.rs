//! One request at a time per host, in order of asking, with a pause between.
//!
//! A host here is an origin (scheme, name, port). A request holds its [`Turn`] until its body is
//! read, and never waits for another host while it holds one, so turns cannot lock each other out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Lock, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};
use url::{Origin, Url};

/// How many hosts are remembered. Redirects may lead anywhere, so there must be an end; a harvest
/// meets far fewer.
const MAX_HOSTS: usize = 1024;

/// The moment from which a host may be asked again, locked while it is being asked.
type Ready = Arc<Lock<Instant>>;

/// The queue of every host.
pub(super) struct Queues {
    delay: Duration,
    hosts: Mutex<HashMap<Origin, Ready>>,
}

impl Queues {
    pub(super) fn new(delay: Duration) -> Self {
        Self {
            delay,
            hosts: Mutex::default(),
        }
    }

    /// Waits until the host of a URL is free.
    pub(super) async fn turn(&self, url: &Url) -> Turn {
        let ready = self.host(url.origin()).lock_owned().await;
        // A sleep takes a millisecond even when there is nothing to wait for.
        if *ready > Instant::now() {
            sleep_until(*ready).await;
        }
        Turn {
            ready,
            delay: self.delay,
        }
    }

    fn host(&self, origin: Origin) -> Ready {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MAX_HOSTS && !hosts.contains_key(&origin) {
            forget_idle(&mut hosts);
        }
        let now = || Arc::new(Lock::new(Instant::now()));
        Arc::clone(hosts.entry(origin).or_insert_with(now))
    }
}

/// Forgets the hosts that nobody waits for: first those that may be asked at once, and if they
/// were none, those that wanted to be left alone too.
fn forget_idle(hosts: &mut HashMap<Origin, Ready>) {
    let now = Instant::now();
    hosts.retain(|_, ready| ready.try_lock().map_or(true, |ready| *ready > now) || in_use(ready));
    if hosts.len() >= MAX_HOSTS {
        hosts.retain(|_, ready| in_use(ready));
    }
}

fn in_use(ready: &Ready) -> bool {
    Arc::strong_count(ready) > 1
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

    #[tokio::test]
    async fn a_host_is_taken_until_the_turn_ends() {
        let queues = Queues::new(Duration::ZERO);
        let first = queues.turn(&url("http://example.org/a")).await;
        let host = queues.host(url("http://example.org:80/b").origin());
        assert!(host.try_lock().is_err());
        // Another port is another host.
        drop(queues.turn(&url("http://example.org:81/")).await);
        drop(first);
        assert!(host.try_lock().is_ok());
    }

    #[tokio::test]
    async fn the_next_turn_waits_for_the_pause() {
        let delay = Duration::from_millis(30);
        let queues = Queues::new(delay);
        drop(queues.turn(&url("http://example.org/")).await);
        let left = Instant::now();
        drop(queues.turn(&url("http://example.org/")).await);
        assert!(left.elapsed() >= delay.saturating_sub(Duration::from_millis(5)));
    }

    #[tokio::test]
    async fn idle_hosts_are_forgotten_before_busy_ones() {
        let queues = Queues::new(Duration::ZERO);
        let busy = queues.turn(&url("http://busy.example/")).await;
        queues
            .turn(&url("http://resting.example/"))
            .await
            .postpone(Duration::from_mins(1));
        // Someone is about to wait for this one.
        let wanted = queues.host(url("http://wanted.example/").origin());
        for port in 1..=2 * MAX_HOSTS {
            drop(
                queues
                    .turn(&url(&format!("http://example.org:{port}/")))
                    .await,
            );
        }
        let hosts = queues.hosts.lock().unwrap();
        assert!(hosts.len() <= MAX_HOSTS);
        for name in ["busy", "resting", "wanted"] {
            let origin = url(&format!("http://{name}.example/")).origin();
            assert!(hosts.contains_key(&origin), "{name}");
        }
        drop((busy, wanted));
    }

    #[test]
    fn the_memory_of_hosts_is_bounded_even_if_all_want_rest() {
        let queues = Queues::new(Duration::ZERO);
        for port in 1..=2 * MAX_HOSTS {
            let ready = queues.host(url(&format!("http://example.org:{port}/")).origin());
            *ready.try_lock().unwrap() = Instant::now() + Duration::from_mins(1);
        }
        assert!(queues.hosts.lock().unwrap().len() <= MAX_HOSTS);
    }
}
