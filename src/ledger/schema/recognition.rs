//! Version 3, recognition: what records are recognised by, which are the same, and what refers to them.

/// The tables of recognition, and the kinds of event that go with it.
pub(super) const STATEMENTS: &str = r"
-- What every described record can be recognised by now, hidden ones too; weight 0 proves, 1 suggests.
CREATE TABLE evidence (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES record (id),
    weight INTEGER NOT NULL,
    PRIMARY KEY (kind, value, record)
) WITHOUT ROWID;
CREATE INDEX evidence_record ON evidence (record);

-- Records that are the same as another one and not shown beside it; `why` is empty where the operator
-- says so.
CREATE TABLE same (
    record INTEGER NOT NULL REFERENCES record (id),
    canonical INTEGER NOT NULL REFERENCES record (id),
    why TEXT NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER,
    PRIMARY KEY (record, from_seq)
) WITHOUT ROWID;
CREATE INDEX same_canonical ON same (canonical, from_seq);

-- What descriptions say of records that may turn out to be the same as others: the IRI as it was said.
CREATE TABLE reference (
    iri TEXT NOT NULL,
    record INTEGER NOT NULL REFERENCES record (id),
    PRIMARY KEY (iri, record)
) WITHOUT ROWID;
CREATE INDEX reference_record ON reference (record);

ALTER TABLE event RENAME TO event_before;
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    record INTEGER NOT NULL REFERENCES record (id),
    kind TEXT NOT NULL CHECK (kind IN ('create', 'update', 'delete', 'measure', 'same', 'apart')),
    digest BLOB,
    run INTEGER NOT NULL
);
INSERT INTO event SELECT seq, record, kind, digest, run FROM event_before;
DROP TABLE event_before;
CREATE INDEX event_record ON event (record, seq);
";
