-- A developer's status report while it is being written: a record under the case's key, for that developer's own managers. It is no part of the
-- ledger, and gone when the report is sent.
CREATE TABLE status_draft (
    participant_id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_key,
    version INTEGER NOT NULL,
    kept_at INTEGER NOT NULL,
    kept_by INTEGER NOT NULL REFERENCES account,
    sealed BLOB NOT NULL
);
