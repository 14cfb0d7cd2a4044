-- Addresses at which a developer's programs are told that something happened. sealed: a record of address and secret. events: names of hook.c,
-- separated by blanks. retry_at: the next attempt, after a failed one. failures: in a row.
CREATE TABLE hook (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    sealed BLOB NOT NULL,
    events TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER NOT NULL DEFAULT 0,
    paused_at INTEGER,
    ended_at INTEGER
);
CREATE INDEX hook_by_organisation ON hook (organisation_id);

-- What is to be told, written in the transaction of the event: ids and its kind, no contents. seq: the ledger's entry.
CREATE TABLE hook_delivery (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    hook_id INTEGER NOT NULL REFERENCES hook,
    kind TEXT NOT NULL,
    case_id INTEGER,
    seq INTEGER,
    at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SENT', 'FAILED')),
    attempts INTEGER NOT NULL DEFAULT 0,
    tried_at INTEGER,
    words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX hook_delivery_by_hook ON hook_delivery (hook_id, state, id);
