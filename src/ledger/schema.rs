//! The tables, and how an older ledger becomes a current one.
//!
//! `PRAGMA user_version` is the schema version. A migration is one transaction; there is no way back,
//! so a newer version is refused. Times are Unix seconds, digests 32 bytes.

mod recognition;

use std::cmp::Ordering;

use rusqlite::Connection;

use super::error::LedgerError;

/// The schema version that this program writes.
pub(super) const VERSION: i64 = 3;

/// The statements that lead from each version to the next.
const MIGRATIONS: [&[&str]; 3] = [&[FIRST], &[MEASUREMENTS], &[RUNS, recognition::STATEMENTS]];

const FIRST: &str = r"
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Canonical N-Triples, zstd-compressed.
CREATE TABLE body (digest BLOB PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL);

-- What a portal sends: its last payload, and the fingerprint of what described it.
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    mark TEXT,
    fingerprint TEXT NOT NULL,
    payload_digest BLOB NOT NULL,
    payload BLOB NOT NULL,
    rejected TEXT,
    absent_since INTEGER,
    UNIQUE (portal, collection, key)
);

-- What has an IRI of its own.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    iri TEXT NOT NULL UNIQUE,
    UNIQUE (portal, kind, key)
);

-- What each source record says of each record; role 0 is the main one, 1 a mention.
CREATE TABLE contribution (
    record INTEGER NOT NULL REFERENCES record (id),
    source INTEGER NOT NULL REFERENCES source (id),
    role INTEGER NOT NULL,
    digest BLOB NOT NULL,
    origin BLOB,
    PRIMARY KEY (record, source)
) WITHOUT ROWID;
CREATE INDEX contribution_source ON contribution (source);

CREATE TABLE version (
    record INTEGER NOT NULL REFERENCES record (id),
    from_seq INTEGER NOT NULL,
    to_seq INTEGER,
    digest BLOB NOT NULL,
    origin BLOB,
    PRIMARY KEY (record, from_seq)
) WITHOUT ROWID;

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record (id),
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete')),
    digest BLOB,
    run INTEGER NOT NULL
);
CREATE INDEX event_record ON event (record, seq);

CREATE TABLE member (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES record (id),
    from_seq INTEGER NOT NULL,
    to_seq INTEGER,
    PRIMARY KEY (kind, value, record, from_seq)
) WITHOUT ROWID;
CREATE INDEX member_record ON member (record, from_seq);

-- `time` is what descriptions say; `visible` is when readers could first see it, null until then.
CREATE TABLE publication (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL UNIQUE, visible INTEGER);

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    portal TEXT NOT NULL,
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    cursor TEXT,
    counts TEXT NOT NULL DEFAULT '{}',
    reason TEXT,
    last_seq INTEGER
);
CREATE INDEX run_portal ON run (portal, id);

-- A run in progress: nothing of it is visible before it is committed.
CREATE TABLE staged (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    mark TEXT,
    fingerprint TEXT NOT NULL,
    payload_digest BLOB NOT NULL,
    payload BLOB NOT NULL,
    rejected TEXT,
    UNIQUE (run, collection, key)
);
CREATE TABLE staged_part (
    staged INTEGER NOT NULL REFERENCES staged (id) ON DELETE CASCADE,
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    iri TEXT NOT NULL,
    role INTEGER NOT NULL,
    digest BLOB NOT NULL,
    origin BLOB
);
CREATE INDEX staged_part_staged ON staged_part (staged);
CREATE TABLE staged_finding (
    staged INTEGER NOT NULL REFERENCES staged (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX staged_finding_staged ON staged_finding (staged);
CREATE TABLE seen (
    run INTEGER NOT NULL REFERENCES run (id),
    source INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (run, source)
) WITHOUT ROWID;

-- Findings on a source record, or on a record that several of them share.
CREATE TABLE finding (
    source INTEGER REFERENCES source (id),
    record INTEGER REFERENCES record (id),
    code TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    value TEXT NOT NULL
);
CREATE INDEX finding_source ON finding (source);
CREATE INDEX finding_record ON finding (record);
CREATE INDEX finding_code ON finding (code);
";

const MEASUREMENTS: &str = r"
-- Measurements change without the record changing: they are no part of a version.
ALTER TABLE contribution ADD COLUMN quality BLOB;
ALTER TABLE staged_part ADD COLUMN quality BLOB;
CREATE TABLE measure (
    record INTEGER NOT NULL REFERENCES record (id),
    from_seq INTEGER NOT NULL,
    to_seq INTEGER,
    digest BLOB NOT NULL,
    PRIMARY KEY (record, from_seq)
) WITHOUT ROWID;
CREATE INDEX measure_closed ON measure (to_seq) WHERE to_seq IS NOT NULL;

ALTER TABLE event RENAME TO event_before;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record (id),
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete', 'measure')),
    digest BLOB,
    run INTEGER NOT NULL
);
INSERT INTO event SELECT seq, record, kind, digest, run FROM event_before;
DROP TABLE event_before;
CREATE INDEX event_record ON event (record, seq);
";

const RUNS: &str = r"
-- `memory` is what the next run is told; `empty` has the collections of which it was told that there is
-- nothing; `begun` is the start of the first of several runs of which each
-- goes on where the one before it stopped. A run made the events after `before_seq` up to `last_seq`, and
-- the projection shows it from `shown_from` on.
ALTER TABLE run ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE run ADD COLUMN memory TEXT;
ALTER TABLE run ADD COLUMN empty TEXT NOT NULL DEFAULT '[]';
ALTER TABLE run ADD COLUMN program TEXT;
ALTER TABLE run ADD COLUMN begun INTEGER;
ALTER TABLE run ADD COLUMN before_seq INTEGER;
ALTER TABLE run ADD COLUMN shown_from INTEGER;
UPDATE run SET shown_from = coalesce(last_seq, 0) WHERE state <> 'running';
CREATE INDEX run_shown ON run (shown_from);

-- What earlier runs saw of the list that a later one goes on with.
CREATE TABLE carried (
    run INTEGER NOT NULL REFERENCES run (id),
    source INTEGER NOT NULL REFERENCES source (id),
    PRIMARY KEY (run, source)
) WITHOUT ROWID;
CREATE INDEX carried_source ON carried (source);

-- What became of source records in a run, where that is no event: rejected, skipped, absent, withdrawn.
CREATE TABLE run_record (
    run INTEGER NOT NULL REFERENCES run (id),
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    PRIMARY KEY (run, collection, key)
) WITHOUT ROWID;
";

/// Brings the ledger to [`VERSION`].
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another process may have migrated while this one waited for the lock.
    let found = version(&transaction)?;
    if found > VERSION {
        return Err(LedgerError::Newer {
            found,
            known: VERSION,
        });
    }
    let done = usize::try_from(found).unwrap_or_default();
    for statements in MIGRATIONS.iter().skip(done).copied().flatten() {
        transaction.execute_batch(statements)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Checks that a reader understands the ledger.
pub(super) fn check(connection: &Connection) -> Result<(), LedgerError> {
    let (found, known) = (version(connection)?, VERSION);
    match found.cmp(&known) {
        Ordering::Equal => Ok(()),
        Ordering::Less => Err(LedgerError::Older { found, known }),
        Ordering::Greater => Err(LedgerError::Newer { found, known }),
    }
}

fn version(connection: &Connection) -> Result<i64, LedgerError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An empty ledger of an older version.
    fn made_by(version: usize) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        for statements in MIGRATIONS[..version].iter().copied().flatten() {
            connection.execute_batch(statements).unwrap();
        }
        let version = i64::try_from(version).unwrap();
        connection
            .pragma_update(None, "user_version", version)
            .unwrap();
        connection
    }

    #[test]
    fn a_ledger_of_version_2_keeps_its_events_and_learns_what_is_the_same() {
        let mut connection = made_by(2);
        connection
            .execute_batch(
                "INSERT INTO record (id, portal, kind, key, iri) VALUES (7, 'p', 'dataset', 'd', 'https://e.org/d');
                 INSERT INTO record (id, portal, kind, key, iri) VALUES (8, 'q', 'dataset', 'd', 'https://e.org/e');
                 INSERT INTO event (seq, record, kind, run) VALUES (3, 7, 'create', 1), (4, 7, 'measure', 1);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        check(&connection).unwrap();
        connection
            .execute_batch(
                "INSERT INTO event (seq, record, kind, run) VALUES (5, 8, 'same', 2), (6, 8, 'apart', 2);
                 INSERT INTO same (record, canonical, why, from_seq, to_seq) VALUES (8, 7, 'doi:10.99999/x', 5, 6);
                 INSERT INTO evidence (kind, value, record, weight) VALUES ('dataset', 'doi:10.99999/x', 8, 0);
                 INSERT INTO reference (iri, record) VALUES ('https://e.org/e', 7);",
            )
            .unwrap();
        let events: Vec<(i64, String)> = connection
            .prepare("SELECT seq, kind FROM event ORDER BY seq")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let kinds: Vec<_> = events
            .iter()
            .map(|(seq, kind)| (*seq, kind.as_str()))
            .collect();
        assert_eq!(
            kinds,
            [(3, "create"), (4, "measure"), (5, "same"), (6, "apart")]
        );
    }

    #[test]
    fn an_older_ledger_keeps_its_events() {
        let mut connection = made_by(1);
        connection
            .execute_batch(
                "INSERT INTO record (id, portal, kind, key, iri) VALUES (7, 'p', 'dataset', 'd', 'https://e.org/d');
                 INSERT INTO event (seq, record, kind, digest, run) VALUES (3, 7, 'create', x'00', 1);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        check(&connection).unwrap();
        connection
            .execute(
                "INSERT INTO event (seq, record, kind, run) VALUES (4, 7, 'measure', 2)",
                [],
            )
            .unwrap();
        let kinds: Vec<String> = connection
            .prepare("SELECT kind FROM event WHERE record = 7 ORDER BY seq")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(kinds, ["create", "measure"]);
    }

    #[test]
    fn an_older_ledger_keeps_its_runs_and_shows_them() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(FIRST).unwrap();
        connection.execute_batch(MEASUREMENTS).unwrap();
        connection.pragma_update(None, "user_version", 2).unwrap();
        connection
            .execute_batch(
                "INSERT INTO run (id, portal, mode, state, started, ended, cursor, last_seq) VALUES
                   (1, 'p', 'full', 'done', 10, 20, NULL, 5),
                   (2, 'p', 'full', 'failed', 30, 40, NULL, NULL),
                   (3, 'p', 'full', 'running', 50, NULL, 'here', NULL);",
            )
            .unwrap();
        migrate(&mut connection).unwrap();
        check(&connection).unwrap();
        let runs: Vec<(i64, Option<i64>, Option<String>, String)> = connection
            .prepare("SELECT id, shown_from, cursor, notes FROM run ORDER BY id")
            .unwrap()
            .query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let none = "[]".to_owned();
        assert_eq!(
            runs,
            [
                (1, Some(5), None, none.clone()),
                (2, Some(0), None, none.clone()),
                (3, None, Some("here".to_owned()), none),
            ]
        );
    }
}
