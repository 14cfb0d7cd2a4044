-- An officer is away and a colleague stands in. Ended before its time when ended_at is there.
CREATE TABLE absence (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    deputy_id INTEGER NOT NULL REFERENCES account,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (deputy_id <> account_id AND until_at > from_at)
);
CREATE INDEX absence_by_account ON absence (account_id, until_at);
CREATE INDEX absence_by_deputy ON absence (deputy_id, until_at);
