//! The tables, and how an older ledger becomes a current one.
//!
//! `PRAGMA user_version` is the schema version. A migration is one transaction; there is no way back,
//! so a newer version is refused. Times are Unix seconds, digests 32 bytes.

mod recognition;

use std::cmp::Ordering;

use rusqlite::Connection;

use super::error::LedgerError;

/// The schema version that this program writes.
pub(super) const VERSION: i64 = 6;

/// The statements that lead from each version to the next.
const MIGRATIONS: [&[&str]; 6] = [
    &[FIRST],
    &[MEASUREMENTS],
    &[RUNS, recognition::STATEMENTS],
    &[SUSPECTS],
    &[PAGES],
    &[FORMER],
];

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

const SUSPECTS: &str = r"
-- What a run is describing, as JSON: collection, key, digest of the payload. It stands here only while it
-- does: what stands here later is what a process died on.
ALTER TABLE run ADD COLUMN describing TEXT;
CREATE TABLE suspect (
    portal TEXT NOT NULL,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    payload BLOB NOT NULL,
    deaths INTEGER NOT NULL,
    program TEXT NOT NULL,
    PRIMARY KEY (portal, collection, key)
) WITHOUT ROWID;
";

const PAGES: &str = r"
-- The keys of the distributions in the order in which the source has them, a line each: RDF has no order.
-- Null where it is that of their IRIs.
ALTER TABLE contribution ADD COLUMN arrangement TEXT;
ALTER TABLE staged_part ADD COLUMN arrangement TEXT;

-- The sets `dated` and `person`, and the members of series among `about`, are new: the next commit enters
-- what is published into them.
INSERT INTO meta (key, value) VALUES ('enter', 'members');
";

const FORMER: &str = r"
-- The keys of records that an earlier rule made of their names, by those that today's rule makes; `beside`
-- has the IRIs of others that fell together with one.
CREATE TABLE former (
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    former TEXT NOT NULL,
    beside TEXT NOT NULL,
    PRIMARY KEY (portal, kind, key)
) WITHOUT ROWID;

-- The next run of each portal that there is looks for them.
INSERT INTO meta (key, value) SELECT DISTINCT 'former:' || portal, 'records' FROM source WHERE portal <> '_';
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
mod tests;
