//! Who is let in: so many in all, so many of one address, and a reserve for those who must get through.
//!
//! When there is no place, the one who has waited longest without a request makes room: of the same
//! address where it has its share, of anybody's where all places are taken. So requests that were only
//! begun keep nobody out, however many they are.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use super::Limits;
use crate::web::network::network;

/// The door, shared by the connections.
pub(super) struct Door {
    connections: usize,
    each: usize,
    reserve: usize,
    trusted: Vec<IpNet>,
    guests: Mutex<Guests>,
    /// Of all who have a file: those with a place, those who are leaving, and whoever is told that there is
    /// no place.
    files: Arc<Semaphore>,
}

#[derive(Default)]
struct Guests {
    next: u64,
    here: BTreeMap<u64, Guest>,
    /// How many have an ordinary place, by address.
    of: HashMap<IpAddr, usize>,
    ordinary: usize,
}

struct Guest {
    address: IpAddr,
    class: Class,
    /// Since when it has not sent a request.
    waiting: Option<Instant>,
    leave: Arc<Notify>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Ordinary,
    Reserved,
}

impl Door {
    pub(super) fn new(limits: &Limits, trusted: Vec<IpNet>) -> Arc<Self> {
        Arc::new(Self {
            connections: limits.connections,
            each: limits.each,
            reserve: limits.reserve,
            trusted,
            guests: Mutex::default(),
            files: Arc::new(Semaphore::new(
                limits.connections + limits.reserve + (limits.reserve / 4).max(1),
            )),
        })
    }

    /// Waits until there is room for one more file. All but a few of them may be busy for long; those few
    /// are of connections that are about to end.
    pub(super) async fn room(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.files).acquire_owned().await.ok()
    }

    /// A place for who comes from `peer`, unless there is none.
    pub(super) fn enter(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let address = network(peer);
        let is_proxy = self
            .trusted
            .iter()
            .any(|net| net.contains(&peer.to_canonical()));
        let mut guests = self.guests();
        let share = guests.of.get(&address).copied().unwrap_or_default();
        let found = if !is_proxy && share >= self.each {
            guests.send_away(|guest| guest.class == Class::Ordinary && guest.address == address)
        } else if guests.ordinary >= self.connections {
            guests.send_away(|guest| guest.class == Class::Ordinary)
        } else {
            true
        };
        let class = if found {
            Class::Ordinary
        } else {
            Class::Reserved
        };
        let reserved = guests.here.len().saturating_sub(guests.ordinary);
        if class == Class::Reserved
            && reserved >= self.reserve
            && !guests.send_away(|guest| guest.class == Class::Reserved)
        {
            return None;
        }
        let leave = Arc::new(Notify::new());
        let number = guests.add(Guest {
            address,
            class,
            waiting: Some(Instant::now()),
            leave: Arc::clone(&leave),
        });
        drop(guests);
        Some(Place {
            door: Arc::clone(self),
            number,
            class,
            leave,
        })
    }

    /// Asks the one who has waited longest to leave.
    pub(super) fn make_room(&self) {
        self.guests().send_away(|_| true);
    }

    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, number: u64, since: Option<Instant>) {
        if let Some(guest) = self.guests().here.get_mut(&number) {
            guest.waiting = since;
        }
    }
}

impl Guests {
    fn add(&mut self, guest: Guest) -> u64 {
        if guest.class == Class::Ordinary {
            *self.of.entry(guest.address).or_default() += 1;
            self.ordinary += 1;
        }
        let number = self.next;
        self.next += 1;
        self.here.insert(number, guest);
        number
    }

    /// Takes a guest off the list. One who was sent away is no longer on it.
    fn remove(&mut self, number: u64) -> Option<Guest> {
        let guest = self.here.remove(&number)?;
        if guest.class == Class::Ordinary {
            self.ordinary -= 1;
            if let Some(share) = self.of.get_mut(&guest.address) {
                *share -= 1;
                if *share == 0 {
                    self.of.remove(&guest.address);
                }
            }
        }
        Some(guest)
    }

    /// Sends away the one of those who has waited longest; false when all of them are busy.
    fn send_away(&mut self, of: impl Fn(&Guest) -> bool) -> bool {
        let waiting = self.here.iter().filter(|(_, guest)| of(guest));
        let longest = waiting
            .filter_map(|(number, guest)| Some((guest.waiting?, *number)))
            .min();
        let Some(guest) = longest.and_then(|(_, number)| self.remove(number)) else {
            return false;
        };
        guest.leave.notify_one();
        true
    }
}

/// A connection's place, until it is dropped.
pub(super) struct Place {
    door: Arc<Door>,
    number: u64,
    class: Class,
    leave: Arc<Notify>,
}

impl Place {
    /// Whether only those are answered here who must get through.
    pub(super) fn is_reserved(&self) -> bool {
        self.class == Class::Reserved
    }

    /// Notes that a request is there, until its answer has been sent.
    pub(super) fn begin(&self) -> Busy {
        self.door.wait(self.number, None);
        Busy {
            door: Arc::clone(&self.door),
            number: self.number,
        }
    }

    /// Returns when the place is needed for somebody else.
    pub(super) async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.door.guests().remove(self.number);
    }
}

/// A request in progress.
pub(super) struct Busy {
    door: Arc<Door>,
    number: u64,
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.door.wait(self.number, Some(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(connections: usize, each: usize, reserve: usize) -> Arc<Door> {
        let limits = Limits {
            connections,
            each,
            reserve,
            ..Limits::of(1024)
        };
        Door::new(&limits, vec!["10.0.0.0/8".parse().unwrap()])
    }

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[tokio::test]
    async fn who_has_waited_longest_makes_room() {
        let door = door(2, 2, 1);
        let first = door.enter(address(1)).unwrap();
        let second = door.enter(address(2)).unwrap();
        let third = door.enter(address(3)).unwrap();
        assert!(!third.is_reserved());
        first.asked_to_leave().await;
        let busy = [second.begin(), third.begin()];
        assert!(
            door.enter(address(4)).unwrap().is_reserved(),
            "the first has left already"
        );
        drop(busy);
        let fourth = door.enter(address(4)).unwrap();
        assert!(!fourth.is_reserved());
        second.asked_to_leave().await;
        drop((first, second));
        assert_eq!(door.guests().here.len(), 2);
    }

    #[test]
    fn an_address_with_its_share_takes_no_place_of_others() {
        let door = door(8, 2, 1);
        let places: Vec<_> = (0..2).map(|_| door.enter(address(1)).unwrap()).collect();
        let busy: Vec<_> = places.iter().map(Place::begin).collect();
        assert!(door.enter(address(1)).unwrap().is_reserved());
        assert!(!door.enter(address(2)).unwrap().is_reserved());
        drop(busy);
        assert!(!door.enter(address(1)).unwrap().is_reserved());
    }

    #[test]
    fn a_proxy_has_as_many_as_there_are() {
        let door = door(4, 1, 1);
        let places: Vec<_> = (0..4)
            .map(|_| door.enter([10, 1, 2, 3].into()).unwrap())
            .collect();
        assert!(places.iter().all(|place| !place.is_reserved()));
    }

    #[test]
    fn the_reserve_is_not_kept_by_those_who_send_nothing() {
        let door = door(1, 1, 2);
        let place = door.enter(address(1)).unwrap();
        let _busy = place.begin();
        let reserved: Vec<_> = (0..9).map(|n| door.enter(address(n)).unwrap()).collect();
        assert!(reserved.iter().all(Place::is_reserved));
        let _answered: Vec<_> = reserved.iter().map(Place::begin).collect();
        assert!(door.enter(address(9)).is_none());
    }
}
