//! Whose turn it is: places to run and places to wait, fair among clients.
//!
//! Each client has so many workers for itself; its other queries wait, so many at most, and clients take
//! turns. A worker that nobody has a right to is *lent* to a client that has its own in use, so that a
//! light query need not wait for a heavy one of the same client. What is lent is given back as soon as
//! somebody with a right to it comes, and a query that proves heavy waits for its client's own worker.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, oneshot};

use super::{PoolError, PoolOptions};
use crate::web::network::network;

/// How long nothing is lent to a client that had to give back.
const MODEST: Duration = Duration::from_secs(10);

/// The turns of a pool.
pub(super) struct Turns {
    places: Places,
    state: Mutex<State>,
}

/// How many places there are.
#[derive(Debug, Clone, Copy)]
struct Places {
    /// Workers that one client has for itself.
    each: usize,
    /// Queries that wait.
    queue: usize,
    /// Queries of one client that wait.
    queue_each: usize,
    max_wait: Duration,
}

/// Who asks. Nobody is a client of its own each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Client {
    Of(IpAddr),
    Nobody(u64),
}

/// Whether a query may be tried on a lent worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// It may be light.
    Unknown,
    /// It took long when it was asked before: its client's other queries come first.
    Long,
    /// It was tried, and is not.
    Heavy,
}

#[derive(Default)]
struct State {
    next: u64,
    free: usize,
    clients: HashMap<Client, Queue>,
    /// The clients with a queue, in the order of their turns.
    ring: VecDeque<Client>,
    /// In the order of their beginning.
    running: Vec<Running>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<(Weight, oneshot::Sender<Turn>)>,
    modest_until: Option<Instant>,
}

struct Running {
    number: u64,
    client: Client,
    recall: Arc<Notify>,
    recalled: bool,
}

impl Turns {
    pub(super) fn new(options: &PoolOptions) -> Arc<Self> {
        Arc::new(Self {
            places: Places {
                each: options.per_client.max(1),
                queue: options.queue,
                queue_each: options.queue_each,
                max_wait: options.max_wait,
            },
            state: Mutex::new(State {
                free: options.workers.max(1),
                ..State::default()
            }),
        })
    }

    /// Waits for a turn, in a queue of bounded length and for a bounded time.
    pub(super) async fn turn(
        self: &Arc<Self>,
        client: Option<IpAddr>,
        weight: Weight,
    ) -> Result<Turn, PoolError> {
        let retry_after = self.places.max_wait;
        let turn = self.enter(client, weight)?;
        match tokio::time::timeout(self.places.max_wait, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(PoolError::Busy { retry_after }),
        }
    }

    fn enter(
        self: &Arc<Self>,
        client: Option<IpAddr>,
        weight: Weight,
    ) -> Result<oneshot::Receiver<Turn>, PoolError> {
        let retry_after = self.places.max_wait;
        let mut state = self.state();
        let number = state.number();
        let client = client.map_or(Client::Nobody(number), |address| {
            Client::Of(network(address))
        });
        state.forget_the_gone();
        let (sender, receiver) = oneshot::channel();
        let queue = state.clients.entry(client).or_default();
        let own = queue.waiting.len();
        // Who was tried already comes first.
        match weight {
            Weight::Unknown | Weight::Long => queue.waiting.push_back((weight, sender)),
            Weight::Heavy => queue.waiting.push_front((weight, sender)),
        }
        if own == 0 {
            state.ring.push_back(client);
        }
        self.dispatch(&mut state);
        let still = state
            .clients
            .get(&client)
            .map_or(0, |queue| queue.waiting.len());
        let waits = still > own;
        if waits && weight != Weight::Heavy {
            let refusal = if still > self.places.queue_each {
                Some(PoolError::Crowded { retry_after })
            } else if state.waiting() > self.places.queue {
                Some(PoolError::Busy { retry_after })
            } else {
                None
            };
            if let Some(refusal) = refusal {
                drop(receiver);
                state.forget_the_gone();
                return Err(refusal);
            }
        }
        if waits && state.share(client) < self.places.each {
            state.recall(self.places.each);
        }
        Ok(receiver)
    }

    /// Gives free workers to those whose turn it is.
    fn dispatch(self: &Arc<Self>, state: &mut State) {
        while state.free > 0 {
            let Some((client, sender)) = state.next_waiting(self.places.each) else {
                return;
            };
            let number = state.number();
            let recall = Arc::new(Notify::new());
            state.free -= 1;
            state.running.push(Running {
                number,
                client,
                recall: Arc::clone(&recall),
                recalled: false,
            });
            let turn = Turn {
                turns: Some(Arc::clone(self)),
                number,
                recall,
            };
            if let Err(mut refused) = sender.send(turn) {
                // The one who waited has left. Dropped as it is, it would come back here.
                refused.turns = None;
                state.end(number);
            }
        }
    }

    fn is_lent(&self, number: u64) -> bool {
        let state = self.state();
        state
            .lent(self.places.each)
            .any(|running| running.number == number)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        super::lock(&self.state)
    }
}

impl State {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Workers that a client has.
    fn share(&self, client: Client) -> usize {
        self.running
            .iter()
            .filter(|one| one.client == client)
            .count()
    }

    fn waiting(&self) -> usize {
        self.clients.values().map(|one| one.waiting.len()).sum()
    }

    fn forget_the_gone(&mut self) {
        for queue in self.clients.values_mut() {
            queue.waiting.retain(|(_, sender)| !sender.is_closed());
        }
        self.tidy();
    }

    /// Takes those off the ring who no longer wait, and forgets those who do nothing.
    fn tidy(&mut self) {
        let Self {
            clients,
            ring,
            running,
            ..
        } = self;
        ring.retain(|client| {
            clients
                .get(client)
                .is_some_and(|queue| !queue.waiting.is_empty())
        });
        clients.retain(|client, queue| {
            !queue.waiting.is_empty() || running.iter().any(|one| one.client == *client)
        });
    }

    /// The next of those with a right to a worker, else the next to whom one can be lent.
    fn next_waiting(&mut self, each: usize) -> Option<(Client, oneshot::Sender<Turn>)> {
        let now = Instant::now();
        let by_right = |client: &Client| {
            let waiting = &self.clients.get(client)?.waiting;
            let shorter = waiting
                .iter()
                .position(|(weight, _)| *weight != Weight::Long);
            (self.share(*client) < each).then_some((*client, shorter.unwrap_or_default()))
        };
        let lent = |client: &Client| {
            let queue = self.clients.get(client)?;
            if queue.modest_until.is_some_and(|until| now < until) {
                return None;
            }
            let mut weights = queue.waiting.iter().map(|(weight, _)| *weight);
            let position = weights.position(|weight| weight == Weight::Unknown)?;
            Some((*client, position))
        };
        let found = self.ring.iter().find_map(by_right);
        let (client, position) = found.or_else(|| self.ring.iter().find_map(lent))?;
        let (_, sender) = self.clients.get_mut(&client)?.waiting.remove(position)?;
        self.ring.retain(|other| *other != client);
        let more = self
            .clients
            .get(&client)
            .is_some_and(|queue| !queue.waiting.is_empty());
        if more {
            self.ring.push_back(client);
        }
        Some((client, sender))
    }

    /// Those who have more than their client's own workers.
    fn lent(&self, each: usize) -> impl Iterator<Item = &Running> {
        let older = move |position: usize, client: Client| {
            let before = self.running.iter().take(position);
            before.filter(|one| one.client == client).count()
        };
        let all = self.running.iter().enumerate();
        all.filter(move |(position, one)| older(*position, one.client) >= each)
            .map(|(_, one)| one)
    }

    /// Asks the last one to whom a worker was lent to give it back.
    fn recall(&mut self, each: usize) {
        let last = self.lent(each).filter(|one| !one.recalled).last();
        let Some(number) = last.map(|one| one.number) else {
            return;
        };
        if let Some(one) = self.running.iter_mut().find(|one| one.number == number) {
            one.recalled = true;
            one.recall.notify_one();
            if let Some(queue) = self.clients.get_mut(&one.client) {
                queue.modest_until = Some(Instant::now() + MODEST);
            }
        }
    }

    fn end(&mut self, number: u64) {
        let before = self.running.len();
        self.running.retain(|one| one.number != number);
        self.free += before - self.running.len();
        self.tidy();
    }
}

/// The right to run a query, until it is dropped.
pub(super) struct Turn {
    /// None: it never came to anything.
    turns: Option<Arc<Turns>>,
    number: u64,
    recall: Arc<Notify>,
}

impl Turn {
    /// Whether the worker is one that the client has no right to.
    pub(super) fn is_lent(&self) -> bool {
        self.turns
            .as_ref()
            .is_some_and(|turns| turns.is_lent(self.number))
    }

    /// Returns when the worker must be given back.
    pub(super) async fn recalled(&self) {
        loop {
            self.recall.notified().await;
            if self.is_lent() {
                return;
            }
        }
    }

    /// Whether another query of the same client could be tried in its place.
    pub(super) fn is_waited_for(&self) -> bool {
        let Some(turns) = &self.turns else {
            return false;
        };
        let state = turns.state();
        let lent = state.lent(turns.places.each);
        let client = lent
            .into_iter()
            .find(|one| one.number == self.number)
            .map(|one| one.client);
        let queue = client.and_then(|client| state.clients.get(&client));
        queue.is_some_and(|queue| {
            let mut waiting = queue.waiting.iter();
            waiting.any(|(weight, sender)| *weight == Weight::Unknown && !sender.is_closed())
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(turns) = self.turns.take() {
            let mut state = turns.state();
            state.end(self.number);
            turns.dispatch(&mut state);
        }
    }
}

#[cfg(test)]
mod tests;
