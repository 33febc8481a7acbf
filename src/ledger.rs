//! The ledger: one SQLite file that is the truth of everything published; all else is a projection.
//!
//! It holds descriptions as canonical N-Triples keyed by digest, the versions of every record, the event
//! log, set membership, the last payload of every source record, runs and findings. A run is staged
//! page by page and gets its sequence numbers in one transaction when it ends (`commit`), so readers
//! see a run whole or not at all. It knows nothing of DCAT: merging and membership are handed in as
//! [`Rules`].

mod account;
mod body;
mod commit;
mod error;
mod event;
mod former;
mod hide;
mod job;
mod listing;
mod pause;
mod prune;
mod publication;
mod read;
mod recognition;
mod report;
mod run;
mod schema;
mod sets;
mod stage;
mod standing;
mod suspect;
mod word;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};

pub use account::{Noted, RunPosition, RunRecord, Skipped};
pub use body::Packed;
pub use commit::{Memberships, Merge, Outcome, Rules, Withdrawal};
pub use error::LedgerError;
pub use former::Respelled;
pub use hide::Hidden;
pub use job::{Job, RecordState};
pub use listing::{Filter, Page, Position};
pub use publication::Publication;
pub use read::{Description, Event, EventKind, Reader, Resolved};
pub use recognition::{Alias, Recognise, Recognition};
pub use report::{FindingRow, PortalStatus, RunRow, Sizes, UnmappedRow};
pub use run::{Counts, Holding, Interrupted, Mode, RunId, RunState};
pub use stage::{Held, Prepared, PreparedPart, Staged};
pub use standing::Standing;
pub use suspect::{Suspects, Suspicion};
pub use word::{RecordNumber, SourceNumber};

use crate::record::Base;

/// How long a statement waits for another process's write: the first commit of a large portal takes
/// minutes, and whoever stages a page meanwhile must not fail for it.
const BUSY: Duration = Duration::from_mins(15);

/// How often, and after what time, the log is tried to be switched to.
const SWITCHES: u32 = 200;
const BREATH: Duration = Duration::from_millis(50);

/// The write-ahead log is cut back to so many bytes once what it holds is in the file.
const LOG: i64 = 64 << 20;

/// Memory for pages of the file, in KiB: a commit writes all over its indexes, and with SQLite's own 2 MB
/// would write and read most pages many times.
const CACHE: i64 = 128 << 10;

/// The same for a reader, of which a server keeps several.
const READ_CACHE: i64 = 8 << 10;

/// Statements that stay prepared: more than there are, since preparing one takes longer than running it.
const STATEMENTS: usize = 128;

/// The ledger, open for writing. One process may hold several; SQLite serialises their transactions.
pub struct Ledger {
    connection: Connection,
    path: PathBuf,
    base: Base,
}

/// Switches a new ledger to a log that is written ahead: `SQLite` waits for nobody there, and says that it is
/// busy where another process is just doing the same.
fn log_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let switch = || connection.pragma_update(None, "journal_mode", "WAL");
    for _ in 0..SWITCHES {
        match switch() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                std::thread::sleep(BREATH);
            }
            other => return other,
        }
    }
    switch()
}

impl Ledger {
    /// Opens the ledger in the folder `store`, making it when there is none.
    ///
    /// # Errors
    /// [`LedgerError::OtherBase`] when it was made for another base IRI, [`LedgerError::Newer`] when a
    /// newer program made it, and SQLite's own.
    pub fn open(store: &Path, base: &Base) -> Result<Self, LedgerError> {
        std::fs::create_dir_all(store).map_err(|source| LedgerError::Folder {
            path: store.to_owned(),
            source,
        })?;
        let path = store.join("ledger.sqlite");
        let mut connection = Connection::open(&path)?;
        connection.busy_timeout(BUSY)?;
        keep_statements(&connection)?;
        log_ahead(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "journal_size_limit", LOG)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        schema::migrate(&mut connection)?;
        let ledger = Self {
            connection,
            path,
            base: base.clone(),
        };
        ledger.check_base()?;
        Ok(ledger)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The base IRI that the ledger was made for.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// A reader beside this writer.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn reader(&self) -> Result<Reader, LedgerError> {
        Reader::open_file(&self.path, &self.base)
    }

    /// Another writer beside this one.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn another(&self) -> Result<Self, LedgerError> {
        let store = self.path.parent().unwrap_or(&self.path);
        Self::open(store, &self.base)
    }

    /// Copies the ledger as it is into the folder `store`.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn copy_to(&self, store: &Path) -> Result<(), LedgerError> {
        let target = store.join("ledger.sqlite");
        self.connection
            .execute("VACUUM INTO ?1", [target.to_string_lossy().as_ref()])?;
        Ok(())
    }

    /// The highest sequence number committed, 0 when there is none.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn sequence(&self) -> Result<u64, LedgerError> {
        read::sequence(&self.connection)
    }

    fn check_base(&self) -> Result<(), LedgerError> {
        if made_for(&self.connection)?.is_none() {
            self.connection.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('base_uri', ?1)",
                [self.base.as_str()],
            )?;
        }
        // Read again: another process with another base may have been first.
        match made_for(&self.connection)? {
            None => Err(LedgerError::Unexpected("no base_uri".to_owned())),
            Some(made_for) if made_for == self.base.as_str() => Ok(()),
            Some(made_for) => Err(LedgerError::OtherBase {
                made_for,
                configured: self.base.to_string(),
            }),
        }
    }
}

/// The base IRI that a ledger was made for.
fn made_for(connection: &Connection) -> Result<Option<String>, LedgerError> {
    Ok(connection
        .query_row("SELECT value FROM meta WHERE key = 'base_uri'", [], |row| {
            row.get(0)
        })
        .optional()?)
}

/// Opens a ledger for reading; and whether as a file that nobody changes.
///
/// Even a reader keeps files beside the ledger, which SQLite cannot make in a folder that this user may not
/// write into. Where there is no write-ahead log, nobody writes, and the file alone is everything.
fn open_read_only(path: &Path) -> Result<(Connection, bool), LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    match checked(Connection::open_with_flags(path, flags)?) {
        Err(LedgerError::Sqlite(error)) if cannot_open(&error) => {
            let log = path.with_extension("sqlite-wal");
            if std::fs::metadata(&log).is_ok_and(|about| about.len() > 0) {
                return Err(LedgerError::Unreadable(path.to_owned()));
            }
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let Ok(mut address) = url::Url::from_file_path(absolute) else {
                return Err(error.into());
            };
            address.set_query(Some("immutable=1"));
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            let still = Connection::open_with_flags(address.as_str(), flags)?;
            Ok((checked(still)?, true))
        }
        opened => Ok((opened?, false)),
    }
}

fn checked(connection: Connection) -> Result<Connection, LedgerError> {
    connection.busy_timeout(BUSY)?;
    keep_statements(&connection)?;
    connection.pragma_update(None, "cache_size", -READ_CACHE)?;
    schema::check(&connection)?;
    Ok(connection)
}

fn cannot_open(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | ReadOnly))
}

/// Keeps statements prepared. Without the plan's stability SQLite prepares one again whenever another
/// value is bound to it, which took a third of the time of a document.
fn keep_statements(connection: &Connection) -> Result<(), LedgerError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(iri: &str) -> Base {
        Base::new(iri).unwrap()
    }

    #[test]
    fn another_base_is_refused_with_both_named() {
        let folder = tempfile::tempdir().unwrap();
        drop(Ledger::open(folder.path(), &base("https://a.example/")).unwrap());
        let refused = Ledger::open(folder.path(), &base("https://b.example/"))
            .err()
            .unwrap()
            .to_string();
        assert!(
            refused.contains("https://a.example/") && refused.contains("https://b.example/"),
            "{refused}"
        );
    }

    #[test]
    fn readers_find_no_ledger_before_its_tables_are_made_and_refuse_an_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let here = base("https://a.example/");
        std::fs::write(folder.path().join("ledger.sqlite"), "").unwrap();
        let early = Reader::open(folder.path(), &here);
        assert!(matches!(early, Err(LedgerError::Missing(_))));
        let ledger = Ledger::open(folder.path(), &here).unwrap();
        assert!(Reader::open(folder.path(), &here).is_ok());
        ledger
            .connection
            .pragma_update(None, "user_version", -1)
            .unwrap();
        let older = Reader::open(folder.path(), &here).err().unwrap();
        assert!(matches!(older, LedgerError::Older { .. }), "{older}");
    }

    #[test]
    fn many_may_make_the_ledger_at_once() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let ledger = Ledger::open(folder.path(), &base("https://a.example/")).unwrap();
                    assert_eq!(ledger.sequence().unwrap(), 0);
                });
            }
        });
    }

    #[test]
    fn a_record_met_twice_in_a_run_counts_as_it_was_met_last() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), &base("https://a.example/")).unwrap();
        let portal = crate::record::PortalId::new("p").unwrap();
        let record = |payload: &str| Staged {
            collection: "datasets".to_owned(),
            key: "k".to_owned(),
            mark: None,
            payload: payload.as_bytes().to_vec(),
            prepared: Prepared::default(),
        };
        let finish = |ledger: &mut Ledger, run| {
            let rules = Rules {
                merge: &|_, _| (Vec::new(), Vec::new()),
                memberships: &|_, _, _| Vec::new(),
                fitting: &|property, _| property.into_owned(),
                recognition: &Recognition::default(),
            };
            let policy = Withdrawal {
                grace: Duration::ZERO,
                max_share: 1.0,
            };
            let outcome = Outcome::Complete { listed: Vec::new() };
            ledger.commit(run, &outcome, policy, rules, 0).unwrap().1
        };
        let held = |ledger: &Ledger| ledger.held(&portal, "datasets", "k").unwrap().unwrap();
        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        ledger.stage(run, "f", &[record("old")], &[], None).unwrap();
        finish(&mut ledger, run);
        let before = held(&ledger);

        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        ledger.stage(run, "f", &[record("new")], &[], None).unwrap();
        ledger.stage(run, "f", &[], &[before.source], None).unwrap();
        assert_eq!(finish(&mut ledger, run).listed, 1);
        assert_eq!(held(&ledger).payload, before.payload);

        let run = ledger.begin(&portal, Mode::Full, 0).unwrap();
        ledger.stage(run, "f", &[], &[before.source], None).unwrap();
        ledger.stage(run, "f", &[record("new")], &[], None).unwrap();
        assert_eq!(finish(&mut ledger, run).listed, 1);
        assert_ne!(held(&ledger).payload, before.payload);
    }

    #[test]
    fn publications_become_visible_in_order_also_when_the_clock_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(folder.path(), &base("https://a.example/")).unwrap();
        let first = ledger.plan_publication(1000).unwrap();
        ledger.mark_visible(first.sequence, 5000).unwrap();
        ledger
            .connection
            .execute_batch(
                "INSERT INTO record (id, portal, kind, key, iri) VALUES (1, 'p', 'dataset', 'k', 'i');
                 INSERT INTO event (seq, record, kind, run) VALUES (1, 1, 'create', 1);",
            )
            .unwrap();
        let second = ledger.plan_publication(10).unwrap();
        assert_eq!((second.sequence, second.time), (1, 1001));
        ledger.mark_visible(second.sequence, 11).unwrap();
        let shown = ledger.plan_publication(12).unwrap();
        assert_eq!((shown.sequence, shown.visible), (1, Some(5000)));
    }

    #[test]
    fn a_newer_schema_is_refused_with_both_named() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path(), &base("https://a.example/")).unwrap();
        ledger
            .connection
            .pragma_update(None, "user_version", 999)
            .unwrap();
        drop(ledger);
        let refused = Ledger::open(folder.path(), &base("https://a.example/"))
            .err()
            .unwrap()
            .to_string();
        assert!(
            refused.contains("999") && refused.contains(&schema::VERSION.to_string()),
            "{refused}"
        );
    }
}
