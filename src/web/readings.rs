//! Who may read the ledger, and when: so many readings at a time, a part of them of one client, and clients
//! take turns. Whoever asks for very much waits for himself.
//!
//! The client is known to the task that answers ([`scope`]), and to the body that is made while it is sent
//! ([`Body`]), so that nobody need hand it down to where the ledger is read.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::oneshot;

use super::network::network;

tokio::task_local! {
    static CLIENT: IpAddr;
}

/// Whoever asks without an address counts as one.
type Client = Option<IpAddr>;

/// The client for whom this task works.
fn client() -> Client {
    CLIENT.try_with(|client| *client).ok()
}

/// Does something for a client: readings in it are that client's.
pub(super) async fn scope<T>(client: IpAddr, work: impl Future<Output = T>) -> T {
    CLIENT.scope(network(client), work).await
}

/// A body that is made for a client, while it is sent.
pub(super) struct Body {
    client: IpAddr,
    body: axum::body::Body,
}

impl Body {
    pub(super) fn new(client: IpAddr, body: axum::body::Body) -> Self {
        let client = network(client);
        Self { client, body }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let client = self.client;
        CLIENT.sync_scope(client, || Pin::new(&mut self.body).poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The readings that run and those that wait.
pub(super) struct Readings {
    state: Mutex<State>,
    /// Readings of one client that run at a time.
    each: usize,
}

#[derive(Default)]
struct State {
    free: usize,
    running: HashMap<Client, usize>,
    waiting: HashMap<Client, VecDeque<oneshot::Sender<Reading>>>,
    /// Whoever waits, in the order of their turns.
    ring: VecDeque<Client>,
}

/// A reading that may run, until it is dropped.
pub(super) struct Reading {
    readings: Arc<Readings>,
    client: Client,
}

impl Drop for Reading {
    fn drop(&mut self) {
        let mut state = self.readings.state();
        state.free += 1;
        if let Some(running) = state.running.get_mut(&self.client) {
            *running -= 1;
            if *running == 0 {
                state.running.remove(&self.client);
            }
        }
        let next = self.readings.dispatch(&mut state);
        drop(state);
        begin(next);
    }
}

impl Readings {
    /// So many at a time, and so many of one client.
    pub(super) fn new(all: usize, each: usize) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                free: all,
                ..State::default()
            }),
            each,
        })
    }

    /// Waits for the turn of the client for whom this task works. Nothing where the server ends.
    pub(super) async fn turn(self: &Arc<Self>) -> Option<Reading> {
        let client = client();
        let (sender, receiver) = oneshot::channel();
        let next = {
            let mut state = self.state();
            let waiting = state.waiting.entry(client).or_default();
            // Whoever left meanwhile takes no place.
            waiting.retain(|other| !other.is_closed());
            waiting.push_back(sender);
            if !state.ring.contains(&client) {
                state.ring.push_back(client);
            }
            self.dispatch(&mut state)
        };
        begin(next);
        receiver.await.ok()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The readings whose turn it is.
    fn dispatch(self: &Arc<Self>, state: &mut State) -> Vec<(oneshot::Sender<Reading>, Reading)> {
        let mut next = Vec::new();
        while state.free > 0 {
            let has_room = |client: &Client| {
                client.is_none() || state.running.get(client).is_none_or(|it| *it < self.each)
            };
            let Some(place) = state.ring.iter().position(has_room) else {
                break;
            };
            let Some(client) = state.ring.remove(place) else {
                break;
            };
            let waiting = state.waiting.get_mut(&client);
            let sender = waiting.and_then(|waiting| {
                while let Some(sender) = waiting.pop_front() {
                    if !sender.is_closed() {
                        return Some(sender);
                    }
                }
                None
            });
            if state.waiting.get(&client).is_some_and(|it| !it.is_empty()) {
                state.ring.push_back(client);
            } else {
                state.waiting.remove(&client);
            }
            if let Some(sender) = sender {
                state.free -= 1;
                *state.running.entry(client).or_default() += 1;
                let readings = Arc::clone(self);
                next.push((sender, Reading { readings, client }));
            }
        }
        next
    }
}

/// Tells those whose turn it is. One who left meanwhile gives the turn back.
fn begin(next: Vec<(oneshot::Sender<Reading>, Reading)>) {
    for (sender, reading) in next {
        drop(sender.send(reading));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        [192, 0, 2, last].into()
    }

    #[tokio::test]
    async fn who_asks_for_much_waits_for_himself() {
        let readings = Readings::new(4, 2);
        let ask = |last: u8| {
            let readings = Arc::clone(&readings);
            tokio::spawn(scope(address(last), async move { readings.turn().await }))
        };
        let mut greedy: Vec<_> = (0..20).map(|_| ask(1)).collect();
        tokio::task::yield_now().await;
        // Two of four are left for others, at once.
        let one = ask(2).await.unwrap().unwrap();
        let other = ask(3).await.unwrap().unwrap();
        // All four are taken; then it is the turn of the one who waits shortest, and not of the others' many.
        let late = ask(4);
        tokio::task::yield_now().await;
        assert!(!late.is_finished());
        drop(one);
        let late = late.await.unwrap().unwrap();
        drop((other, late));
        // The many come to their turn too, those that have left excepted.
        greedy.drain(5..).for_each(|task| task.abort());
        for task in greedy {
            assert!(task.await.unwrap().is_some());
        }
        let state = readings.state();
        assert!(state.waiting.is_empty() && state.ring.is_empty());
        assert_eq!((state.free, state.running.len()), (4, 0));
    }

    #[tokio::test]
    async fn a_body_is_made_for_its_client() {
        let stream = futures_util::stream::once(async {
            Ok::<_, std::io::Error>(format!("{:?}", client()))
        });
        let body = Body::new(address(7), axum::body::Body::from_stream(stream));
        let bytes = axum::body::to_bytes(axum::body::Body::new(body), 100).await;
        assert_eq!(bytes.unwrap(), "Some(192.0.2.7)");
        assert_eq!(client(), None);
    }
}
