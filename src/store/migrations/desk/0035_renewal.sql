-- A new passphrase for a finder who lost it: asked for by one officer with how it was made sure who asks, agreed by a second, then a link that
-- works once (INT-13).
CREATE TABLE mailbox_renewal (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    report_id INTEGER NOT NULL REFERENCES report_access (report_id),
    asked_by INTEGER NOT NULL REFERENCES account,
    asked_at INTEGER NOT NULL,
    asked_seq INTEGER NOT NULL,
    allowed_by INTEGER REFERENCES account,
    token_hash BLOB UNIQUE,
    expires_at INTEGER,
    used_at INTEGER,
    CHECK (allowed_by IS NULL OR allowed_by <> asked_by),
    CHECK ((token_hash IS NULL) = (allowed_by IS NULL) AND (expires_at IS NULL) = (allowed_by IS NULL))
);
CREATE INDEX mailbox_renewal_report ON mailbox_renewal (report_id);
