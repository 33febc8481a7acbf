//! One Moisson: a configuration and a clock, and what is done with them. Harvest, publish, describe again,
//! mend, keep a schedule.
//!
//! Every command, the server's schedule and the tests do it here, so that the order of things is written
//! once: Moisson describes itself first, each portal is harvested under its own lock and committed, and what
//! is committed is published under the writer's lock. It prints nothing and reads no arguments.
//!
//! Portals are harvested side by side, `[harvest] concurrency` of them; they are committed in the order in
//! which they were named, since of a dataset that several have the first one's IRI is published.

mod schedule;
mod several;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use oxigraph::model::Triple;
use thiserror::Error;

use crate::config::{Config, Portal};
use crate::dcat::quality::metrics;
use crate::graph::{Fixed, Storage};
use crate::harvest::{self, HarvestError, Harvester, Observer, Report, Request, Underway};
use crate::ledger::{Hidden, Ledger, LedgerError, Reader, Standing};
use crate::publish::{Build, Layout, Plan, PublishError, Published, Snapshot, Writer};
use crate::record::PortalId;
use crate::vocabulary::Vocabularies;

pub use schedule::{Schedule, ScheduleError};
pub use several::Watch;

/// Tells the time, in Unix seconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What kept something from being done at all.
#[derive(Debug, Error)]
pub enum OperateError {
    /// The ledger cannot be opened.
    #[error("cannot open the ledger in {}", folder.display())]
    Store {
        /// The store's folder.
        folder: PathBuf,
        /// The cause.
        source: LedgerError,
    },
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A harvest could not be begun or committed.
    #[error(transparent)]
    Harvest(#[from] HarvestError),
    /// Nothing new could be published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A harvest ended in the middle, by a fault of the program.
    #[error("the harvest of {portal} ended: {message}")]
    Ended {
        /// The portal.
        portal: String,
        /// What is known.
        message: String,
    },
}

/// A Moisson. Clones are the same one.
#[derive(Clone)]
pub struct Moisson {
    config: Arc<Config>,
    clock: Clock,
    underway: Arc<Underway>,
}

/// What the graph holds beside the ledger's records: the vocabularies, and what Moisson measures.
#[must_use]
pub fn fixed(own: &[Triple]) -> Fixed<'_> {
    let vocabularies = Vocabularies::builtin();
    Fixed {
        triples: vocabularies.triples(),
        own,
        release: vocabularies.release(),
    }
}

/// What describing everything again came to.
#[derive(Debug, Clone)]
pub struct Reconverted {
    /// A run for each portal.
    pub reports: Vec<Report>,
    /// What was published.
    pub published: Published,
    /// What was taken out of older descriptions.
    pub hidden: Hidden,
}

impl Moisson {
    /// A Moisson with the system's clock.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::with_clock(config, Arc::new(|| chrono::Utc::now().timestamp()))
    }

    /// A Moisson with a clock of its own.
    #[must_use]
    pub fn with_clock(config: Config, clock: Clock) -> Self {
        Self {
            config: Arc::new(config),
            clock,
            underway: Arc::default(),
        }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time, in Unix seconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Where everything is kept.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::new(&self.config.store.path)
    }

    /// The ledger, open for writing; made where there is none.
    ///
    /// # Errors
    /// [`OperateError::Store`].
    pub fn ledger(&self) -> Result<Ledger, OperateError> {
        let folder = &self.config.store.path;
        Ledger::open(folder, &self.config.base_uri).map_err(|source| OperateError::Store {
            folder: folder.clone(),
            source,
        })
    }

    /// The same Moisson on a copy of its ledger in `folder`, where it can do no harm.
    ///
    /// # Errors
    /// The ledger's.
    pub fn rehearsal(&self, folder: &Path) -> Result<Self, OperateError> {
        if self.config.store.path.join("ledger.sqlite").exists() {
            self.ledger()?.copy_to(folder)?;
        }
        let mut config = (*self.config).clone();
        folder.clone_into(&mut config.store.path);
        Ok(Self::with_clock(config, Arc::clone(&self.clock)))
    }

    /// Brings the catalogue's and the portals' own descriptions up to the configuration.
    ///
    /// # Errors
    /// The ledger's.
    pub fn describe_self(&self) -> Result<(), OperateError> {
        Ok(self.harvester().describe_self(&mut self.ledger()?)?)
    }

    /// Harvests one portal of the configuration and commits what came of it.
    ///
    /// # Errors
    /// Faults of Moisson's own; the portal's are in the report.
    pub async fn harvest(
        &self,
        portal: &Portal,
        request: Request,
        observer: &dyn Observer,
    ) -> Result<Report, OperateError> {
        let mut ledger = self.ledger()?;
        let harvester = self.harvester();
        Ok(harvester
            .run(&mut ledger, portal, request, observer)
            .await?)
    }

    /// Says that this process is asked to end: what it is reading and describing is no cause of that, and
    /// nothing is held against it. What is staged stays, and the next run goes on with it. What goes on in
    /// this process may do so to its end.
    ///
    /// # Errors
    /// The ledger's; the next run then takes this process for dead.
    pub fn interrupt(&self) -> Result<(), OperateError> {
        let open = || Ledger::open(&self.config.store.path, &self.config.base_uri);
        Ok(self.underway.end(open)?)
    }

    /// Publishes what the ledger holds, waiting for whoever is at it.
    ///
    /// # Errors
    /// The publication before this one stays visible.
    pub fn publish(&self, build: Build) -> Result<Published, OperateError> {
        let layout = self.layout();
        let writer = Writer::acquire(&layout, || {
            tracing::info!("waiting for another process to finish publishing");
        })?;
        let own = metrics(&self.config.base_uri);
        let kept = self.config.harvest.keep_runs.duration().as_secs();
        let kept = i64::try_from(kept).unwrap_or(i64::MAX);
        let mut ledger = self.ledger()?;
        ledger.forget_runs(self.now().saturating_sub(kept))?;
        let plan = Plan {
            fixed: fixed(&own),
            engine: Storage::of(self.config.store.engine),
            keep: self.config.store.keep_snapshots,
            build,
        };
        let published = writer.publish(&mut ledger, plan, self.now())?;
        tracing::info!(sequence = published.sequence, change = ?published.change, "published");
        Ok(published)
    }

    /// Describes every stored payload that is stale again, and publishes what came of it. Credentials that an
    /// older version of the program stored are taken out.
    ///
    /// # Errors
    /// The ledger's, and a portal that is being harvested.
    pub fn reconvert(&self) -> Result<Reconverted, OperateError> {
        let mut ledger = self.ledger()?;
        let harvester = self.harvester();
        harvester.describe_self(&mut ledger)?;
        let reports = harvester.reconvert(&mut ledger)?;
        let mut published = self.publish(Build::CatchUp)?;
        let hidden = harvest::hide(&mut ledger, &self.config)?;
        if hidden.current > 0 {
            published = self.publish(Build::Anew)?;
        }
        Ok(Reconverted {
            reports,
            published,
            hidden,
        })
    }

    /// The portals of the ledger that the configuration no longer names.
    ///
    /// # Errors
    /// The ledger's.
    pub fn orphans(&self) -> Result<Vec<PortalId>, OperateError> {
        match Reader::open(&self.config.store.path, &self.config.base_uri) {
            Ok(reader) => Ok(harvest::orphans(&self.config, &reader)?),
            Err(LedgerError::Missing(_)) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a portal's records out of the catalogue, or back, and publishes what came of it.
    ///
    /// # Errors
    /// The ledger's, and a portal that is being harvested.
    pub fn set_standing(
        &self,
        portal: &PortalId,
        standing: Standing,
    ) -> Result<(Report, Published), OperateError> {
        let mut ledger = self.ledger()?;
        let harvester = self.harvester();
        let report = harvester.set_standing(&mut ledger, portal, standing)?;
        harvester.describe_self(&mut ledger)?;
        Ok((report, self.publish(Build::CatchUp)?))
    }

    /// Makes the published graph again, out of the ledger, where it cannot be served as it is: another
    /// engine, an older version or another catalogue made it, it is damaged, or it is gone.
    ///
    /// # Errors
    /// The publication's.
    pub fn mend(&self) -> Result<(), OperateError> {
        let wrong = match Snapshot::current(&self.layout()) {
            Ok(Some(snapshot)) => snapshot.fault(Storage::of(self.config.store.engine)),
            Ok(None) => {
                let published = self.ledger()?.reader()?.latest_publication()?;
                published.map(|_| "no snapshot is there, though something was published".to_owned())
            }
            Err(error) => Some(error.to_string()),
        };
        if let Some(reason) = wrong {
            tracing::warn!(
                reason,
                "the published graph is made again from the ledger before it is served"
            );
            self.publish(Build::CatchUp)?;
        }
        Ok(())
    }

    fn harvester(&self) -> Harvester<'_> {
        Harvester {
            config: &self.config,
            vocabularies: Vocabularies::builtin(),
            clock: &*self.clock,
            underway: &self.underway,
        }
    }
}
