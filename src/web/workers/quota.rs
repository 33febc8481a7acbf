//! What one client may use: seconds of query time a minute.
//!
//! A bucket a client (an IPv4 address or an IPv6 /64) holds one minute's worth, and refills while none of
//! its queries runs: else whoever asks one after the other would be given as fast as it takes. A query is
//! admitted while the bucket is not empty and charged when it has ended, so that the bucket can go into
//! debt; the workers that a client has at a time bound that debt.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::web::network::network;

/// More clients than this are not remembered; the ones forgotten first have used the least.
const CLIENTS: usize = 20_000;

/// The buckets of all clients.
pub struct Quota {
    per_minute: f64,
    clients: Mutex<HashMap<IpAddr, Bucket>>,
}

struct Bucket {
    /// Seconds left at `at`; negative is debt.
    left: f64,
    at: Instant,
    running: usize,
}

impl Quota {
    /// So much query time a minute for each client.
    #[must_use]
    pub fn new(per_minute: Duration) -> Self {
        Self {
            per_minute: per_minute.as_secs_f64(),
            clients: Mutex::default(),
        }
    }

    /// Lets a client through whose bucket is not empty.
    ///
    /// # Errors
    /// How long until it is not.
    pub fn admit(&self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut clients = super::lock(&self.clients);
        let key = network(client);
        if clients.len() >= CLIENTS && !clients.contains_key(&key) {
            self.forget(&mut clients, now);
        }
        let bucket = clients.entry(key).or_insert_with(|| Bucket {
            left: self.per_minute,
            at: now,
            running: 0,
        });
        let left = self.refill(bucket, now);
        if left > 0.0 {
            return Ok(());
        }
        // A second's worth more than nothing, or the client would be back too early.
        let seconds = if self.per_minute > 0.0 {
            (1.0 - left) * 60.0 / self.per_minute
        } else {
            3600.0
        };
        Err(Duration::from_secs_f64(seconds.clamp(1.0, 3600.0).ceil()))
    }

    /// Notes that a query of the client begins to run.
    pub fn begin(&self, client: IpAddr, now: Instant) {
        if let Some(bucket) = super::lock(&self.clients).get_mut(&network(client)) {
            self.refill(bucket, now);
            bucket.running += 1;
        }
    }

    /// Takes what a query that has ended has used out of its client's bucket.
    pub fn charge(&self, client: IpAddr, spent: Duration, now: Instant) {
        if let Some(bucket) = super::lock(&self.clients).get_mut(&network(client)) {
            self.refill(bucket, now);
            bucket.running = bucket.running.saturating_sub(1);
            bucket.left -= spent.as_secs_f64();
        }
    }

    fn refill(&self, bucket: &mut Bucket, now: Instant) -> f64 {
        let passed = if bucket.running == 0 {
            now.saturating_duration_since(bucket.at).as_secs_f64()
        } else {
            0.0
        };
        bucket.left = (bucket.left + passed * self.per_minute / 60.0).min(self.per_minute);
        bucket.at = now;
        bucket.left
    }

    /// Forgets clients with full buckets and no query, else the quarter that has used the least.
    fn forget(&self, clients: &mut HashMap<IpAddr, Bucket>, now: Instant) {
        clients
            .retain(|_, bucket| self.refill(bucket, now) < self.per_minute || bucket.running > 0);
        if clients.len() >= CLIENTS {
            let mut levels: Vec<(f64, IpAddr)> = clients
                .iter()
                .filter(|(_, bucket)| bucket.running == 0)
                .map(|(key, bucket)| (bucket.left, *key))
                .collect();
            levels.sort_by(|one, two| two.0.total_cmp(&one.0));
            for (_, key) in levels.into_iter().take(CLIENTS / 4) {
                clients.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn client(n: u32) -> IpAddr {
        IpAddr::from(n.to_be_bytes())
    }

    #[test]
    fn a_client_in_debt_waits_until_its_bucket_has_refilled() {
        let quota = Quota::new(Duration::from_secs(30));
        let start = Instant::now();
        assert!(quota.admit(client(1), start).is_ok());
        quota.charge(client(1), Duration::from_secs(45), start);
        let wait = quota.admit(client(1), start).unwrap_err();
        // 15 s of debt and 1 s to use, at half a second a second.
        assert_eq!(wait, Duration::from_secs(32));
        assert!(quota.admit(client(1), start + wait).is_ok());
        assert!(
            quota.admit(client(2), start).is_ok(),
            "others are not concerned"
        );
    }

    #[test]
    fn one_query_after_the_other_meets_the_default_quota_within_two_minutes() {
        let default = crate::config::Quota::default().seconds_per_minute;
        let quota = Quota::new(Duration::from_secs(default));
        let query = Duration::from_secs(30);
        let start = Instant::now();
        let mut now = start;
        while quota.admit(client(1), now).is_ok() {
            quota.begin(client(1), now);
            now += query;
            quota.charge(client(1), query, now);
            assert!(now <= start + MINUTE * 2);
        }
        // A light query now and then never does.
        for _ in 0..10_000 {
            assert!(quota.admit(client(2), now).is_ok());
            quota.begin(client(2), now);
            now += Duration::from_millis(50);
            quota.charge(client(2), Duration::from_millis(50), now);
            now += Duration::from_millis(100);
        }
    }

    #[test]
    fn a_bucket_holds_one_minute_at_most() {
        let quota = Quota::new(Duration::from_secs(10));
        let start = Instant::now();
        assert!(quota.admit(client(1), start).is_ok());
        quota.charge(client(1), Duration::from_secs(11), start + MINUTE * 60);
        assert!(quota.admit(client(1), start + MINUTE * 60).is_err());
    }

    #[test]
    fn an_ipv6_network_and_a_mapped_address_are_one_client() {
        let quota = Quota::new(Duration::from_secs(10));
        let start = Instant::now();
        for (one, two) in [
            ("2001:db8::1", "2001:db8::ffff:2"),
            ("192.0.2.1", "::ffff:192.0.2.1"),
        ] {
            assert!(quota.admit(one.parse().unwrap(), start).is_ok());
            quota.charge(one.parse().unwrap(), MINUTE, start);
            assert!(quota.admit(two.parse().unwrap(), start).is_err());
        }
    }

    #[test]
    fn the_number_of_clients_remembered_is_bounded_and_debtors_are_kept() {
        let quota = Quota::new(Duration::from_secs(10));
        let start = Instant::now();
        for n in 0..u32::try_from(CLIENTS * 2).unwrap() {
            assert!(quota.admit(client(n), start).is_ok());
            quota.charge(
                client(n),
                if n == 7 {
                    MINUTE
                } else {
                    Duration::from_secs(1)
                },
                start,
            );
        }
        assert!(super::super::lock(&quota.clients).len() <= CLIENTS);
        assert!(quota.admit(client(7), start).is_err());
    }
}
