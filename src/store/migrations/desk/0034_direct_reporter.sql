-- Who had told a developer directly of what it then reported of its own product: an address for mails alone (N27), apart from the case and under
-- a key of its own, as finders' identities are.
CREATE TABLE direct_reporter (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL UNIQUE REFERENCES case_key,
    participant_id INTEGER NOT NULL,
    lang TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    sealed BLOB NOT NULL
);

ALTER TABLE outbox ADD COLUMN reporter_id INTEGER;
