//! Several portals at once: they are fetched and described side by side, and committed one after the other
//! in the order in which they were named.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{Moisson, OperateError};
use crate::config::Portal;
use crate::harvest::{Observer, Progress, Report, Request};
use crate::record::PortalId;

/// Whoever wants to know how far the harvests of several portals are.
pub trait Watch: Send + Sync {
    /// A portal's harvest came so far.
    fn progress(&self, portal: &PortalId, progress: Progress);

    /// A portal's harvest came to its end, whatever that was.
    fn ended(&self, portal: &PortalId);
}

/// Nobody wants to know.
impl Watch for () {
    fn progress(&self, _: &PortalId, _: Progress) {}

    fn ended(&self, _: &PortalId) {}
}

impl Moisson {
    /// Harvests portals of the configuration, `[harvest] concurrency` at a time: what came of each, in their
    /// order. Moisson describes itself first.
    ///
    /// # Errors
    /// Faults of Moisson's own; the portals' are in the reports.
    pub async fn harvest_all(
        &self,
        portals: &[&Portal],
        request: Request,
        watch: Arc<dyn Watch>,
    ) -> Result<Vec<Result<Report, OperateError>>, OperateError> {
        tokio::task::block_in_place(|| self.describe_self())?;
        let order = Arc::new(Order::default());
        let turns = Arc::new(Semaphore::new(self.config.harvest.concurrency));
        let mut tasks = JoinSet::new();
        for (place, portal) in portals.iter().enumerate() {
            // Whoever is before it has begun, and waits for nobody that has not.
            let Ok(turn) = Arc::clone(&turns).acquire_owned().await else {
                break;
            };
            let (moisson, portal) = (self.clone(), (*portal).clone());
            let one = One {
                place,
                portal: portal.id.clone(),
                order: Arc::clone(&order),
                watch: Arc::clone(&watch),
            };
            tasks.spawn(async move {
                let report = moisson.harvest(&portal, request, &one).await;
                drop((one, turn));
                (place, report)
            });
        }
        let mut reports: Vec<Option<Result<Report, OperateError>>> =
            portals.iter().map(|_| None).collect();
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok((place, report)) => {
                    if let Some(slot) = reports.get_mut(place) {
                        *slot = Some(report);
                    }
                }
                Err(error) => tracing::error!(%error, "a harvest ended"),
            }
        }
        let reports = reports.into_iter().zip(portals);
        Ok(reports
            .map(|(report, portal)| {
                report.unwrap_or_else(|| {
                    Err(OperateError::Ended {
                        portal: portal.id.to_string(),
                        message: "see the log".to_owned(),
                    })
                })
            })
            .collect())
    }
}

/// One portal among several.
struct One {
    place: usize,
    portal: PortalId,
    order: Arc<Order>,
    watch: Arc<dyn Watch>,
}

impl Observer for One {
    fn progress(&self, progress: Progress) {
        self.watch.progress(&self.portal, progress);
    }

    fn commits(&self) {
        self.order.wait(self.place);
    }
}

impl Drop for One {
    fn drop(&mut self) {
        self.order.ended(self.place);
        self.watch.ended(&self.portal);
    }
}

/// Who has come to an end, by place.
#[derive(Default)]
struct Order {
    ended: Mutex<Vec<usize>>,
    moved: Condvar,
}

impl Order {
    /// Waits until whoever is before `place` has come to an end.
    fn wait(&self, place: usize) {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let is_before = |ended: &mut Vec<usize>| (0..place).any(|one| !ended.contains(&one));
        drop(
            self.moved
                .wait_while(ended, is_before)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn ended(&self, place: usize) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.push(place);
        drop(ended);
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_place_waits_for_all_before_it_and_for_none_behind() {
        let order = Arc::new(Order::default());
        order.wait(0);
        order.ended(2);
        let waiting = Arc::clone(&order);
        let thread = std::thread::spawn(move || waiting.wait(2));
        order.ended(1);
        std::thread::sleep(Duration::from_millis(50));
        assert!(!thread.is_finished());
        order.ended(0);
        thread.join().unwrap();
    }
}
