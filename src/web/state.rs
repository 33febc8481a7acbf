//! What every request needs: the configuration, the published snapshot, readers of the ledger, the
//! query workers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use super::admin::Admin;
use super::answers::Answers;
use super::error::WebError;
use super::known::Known;
use super::large::Gate;
use super::named::Library;
use super::readings::Readings;
use super::workers::{Pool, PoolOptions, Snapshot as WorkerSnapshot};
use crate::config::Config;
use crate::ledger::Reader;
use crate::publish::{Layout, Manifest, PublishError, Snapshot};
use crate::vocabulary::Vocabularies;

/// Readings of the ledger that may run at a time; more wait.
const READINGS: usize = 16;

/// Of those of one client: what it asks for beyond waits for itself, not for others.
const READINGS_EACH: usize = 4;

/// Readings beside them, of those who ask whether the server is ready.
const CHECKS: usize = 2;

/// Readers kept open between requests.
const IDLE: usize = 8;

/// The server's state, shared by all requests.
pub struct App {
    /// The configuration.
    pub config: Config,
    /// The vocabularies.
    pub vocabularies: &'static Vocabularies,
    layout: Layout,
    workers: PoolOptions,
    current: RwLock<Option<Current>>,
    idle: Mutex<Vec<Reader>>,
    readings: Arc<Readings>,
    checks: Arc<Readings>,
    /// Who may make a large document.
    pub(super) large: Arc<Gate>,
    /// Validators of what was given lately.
    pub(super) known: Known,
    /// Answers to queries that were given lately.
    pub(super) answers: Answers,
    /// The named queries.
    pub(super) queries: Library,
    /// Who may see and end other people's queries.
    pub(super) admin: Admin,
}

/// What is published now.
#[derive(Clone)]
pub struct Current {
    /// What the snapshot is of.
    pub manifest: Manifest,
    folder: PathBuf,
    pool: Pool,
}

impl Current {
    /// The file or folder of its graph.
    pub(super) fn graph(&self) -> PathBuf {
        self.folder.join(self.manifest.engine.name())
    }
}

impl App {
    /// The state of a server whose query workers run `worker sparql-worker`.
    #[must_use]
    pub fn new(config: Config, worker: PathBuf) -> Arc<Self> {
        let workers = PoolOptions::new(worker, &config.sparql);
        Self::with_workers(config, workers)
    }

    /// The same with workers of other options than the configuration's.
    #[must_use]
    pub fn with_workers(config: Config, workers: PoolOptions) -> Arc<Self> {
        let (queries, errors) = Library::open(config.sparql.queries.as_deref());
        for error in errors {
            tracing::error!(%error, "not offered");
        }
        Arc::new(Self {
            queries,
            layout: Layout::new(&config.store.path),
            vocabularies: Vocabularies::builtin(),
            workers,
            current: RwLock::new(None),
            idle: Mutex::new(Vec::new()),
            readings: Readings::new(READINGS, READINGS_EACH),
            checks: Readings::new(CHECKS, CHECKS),
            large: Arc::default(),
            known: Known::default(),
            answers: Answers::new(config.sparql.cache.bytes()),
            admin: Admin::of_environment(&config.server.admin_token_env),
            config,
        })
    }

    /// Looks whether the pointer has moved, and goes over to the new snapshot.
    ///
    /// # Errors
    /// The snapshot's and the workers'; the old one then stays.
    pub fn refresh(&self) -> Result<(), PublishError> {
        let Some(snapshot) = Snapshot::current(&self.layout)? else {
            return Ok(());
        };
        let held = self.current();
        if held
            .as_ref()
            .is_some_and(|held| held.folder == snapshot.folder())
        {
            return Ok(());
        }
        let manifest = snapshot.manifest().clone();
        let folder = snapshot.folder().to_owned();
        let for_workers = WorkerSnapshot {
            sequence: manifest.sequence,
            path: snapshot.graph(),
            hold: Box::new(snapshot),
        };
        let pool = if let Some(held) = held {
            held.pool.switch(for_workers);
            held.pool
        } else {
            let failed = PublishError::file(&self.workers.program);
            Pool::new(self.workers.clone(), for_workers).map_err(failed)?
        };
        tracing::info!(sequence = manifest.sequence, "serving");
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Current {
            manifest,
            folder,
            pool,
        });
        Ok(())
    }

    /// Follows the pointer until the task is dropped.
    pub async fn follow(self: Arc<Self>, every: Duration) {
        let mut ticks = tokio::time::interval(every);
        loop {
            ticks.tick().await;
            let app = Arc::clone(&self);
            // Opening a snapshot waits for the disk.
            match tokio::task::spawn_blocking(move || app.refresh()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(%error, "cannot open the published snapshot"),
                Err(error) => tracing::error!(%error, "cannot look for a published snapshot"),
            }
        }
    }

    /// What is published now; none before the first publication.
    #[must_use]
    pub fn current(&self) -> Option<Current> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The query workers; none before the first publication.
    #[must_use]
    pub fn pool(&self) -> Option<Pool> {
        self.current().map(|current| current.pool)
    }

    /// Asks the ledger, as of what is published, off the runtime's threads.
    ///
    /// # Errors
    /// [`WebError::Unpublished`] before the first publication, and whatever `ask` returns.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self, &Reader, &Manifest) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        self.read_in(&self.readings, ask).await
    }

    /// The same for those who only want to know whether it can be done: they do not wait for others.
    pub(super) async fn check<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&Self, &Reader, &Manifest) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        self.read_in(&self.checks, ask).await
    }

    async fn read_in<T: Send + 'static>(
        self: &Arc<Self>,
        readings: &Arc<Readings>,
        ask: impl FnOnce(&Self, &Reader, &Manifest) -> Result<T, WebError> + Send + 'static,
    ) -> Result<T, WebError> {
        let manifest = self.current().ok_or(WebError::Unpublished)?.manifest;
        let turn = readings.turn().await;
        let app = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // Held until it is read, also where whoever asked has left.
            let _turn = turn;
            let reader = match app
                .idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .pop()
            {
                Some(reader) => reader,
                None => Reader::open(&app.config.store.path, &app.config.base_uri)?,
            };
            let answer = ask(&app, &reader, &manifest);
            let mut idle = app.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < IDLE && !reader.is_still() {
                idle.push(reader);
            }
            answer
        })
        .await
        .map_err(WebError::internal)?
    }
}
