//! Older ledgers become current ones.

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

#[test]
fn a_ledger_of_version_4_asks_for_its_records_to_be_entered_into_the_new_sets() {
    let mut connection = made_by(4);
    migrate(&mut connection).unwrap();
    check(&connection).unwrap();
    let asked: String = connection
        .query_row("SELECT value FROM meta WHERE key = 'enter'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(asked, "members");
    let arranged =
        "SELECT arrangement FROM contribution UNION ALL SELECT arrangement FROM staged_part";
    assert!(!connection.prepare(arranged).unwrap().exists([]).unwrap());
}
