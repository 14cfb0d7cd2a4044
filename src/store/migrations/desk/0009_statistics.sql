-- The figures of a quarter on their way to the portal: counted and put forward by one body, published when the other has looked.
CREATE TABLE statistics_snapshot (
    quarter TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('PROPOSED', 'PUBLISHING', 'PUBLISHED')),
    record BLOB NOT NULL,
    proposed_by INTEGER REFERENCES account,
    proposed_at INTEGER NOT NULL,
    approved_by INTEGER REFERENCES account,
    approved_at INTEGER,
    published_at INTEGER,
    CHECK (approved_by IS NULL OR approved_by <> proposed_by)
);
CREATE INDEX statistics_snapshot_by_state ON statistics_snapshot (state);
