-- Numbers that somebody still holds when the row is gone are never given again: a search of a list that is under way and a mail of it that waits, a call to a
-- developer's address, a request that came with a session, a try whose password is being compared, a page with a button that forgets a view.

CREATE TABLE watch_list_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account,
    name TEXT NOT NULL,
    is_shared INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    searched_at INTEGER,
    failed_at INTEGER NOT NULL DEFAULT 0, -- when a search failed; 0: the last one did not
    capped TEXT NOT NULL DEFAULT '', -- a product of which there was more than a search shows
    catalog_at INTEGER, -- how far the catalogue was at the last search; NULL: to be searched now
    rhythm TEXT NOT NULL DEFAULT 'NEVER' CHECK (rhythm IN ('NEVER', 'HOURLY', 'DAILY', 'WEEKLY')), -- of the mails
    names_records INTEGER NOT NULL DEFAULT 0, -- also in a mail that is not encrypted
    digest INTEGER NOT NULL DEFAULT 0, -- number of the last mail
    digest_at INTEGER,
    feed_hash BLOB UNIQUE, -- of the token in the feed's address
    feed_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1 -- of products and conditions
);
INSERT INTO watch_list_next (id, public_id, account_id, name, is_shared, created_at, searched_at, failed_at, capped, catalog_at, rhythm,
    names_records, digest, digest_at, feed_hash, feed_at, version)
SELECT id, public_id, account_id, name, is_shared, created_at, searched_at, failed_at, capped, catalog_at, rhythm, names_records, digest, digest_at,
    feed_hash, feed_at, version FROM watch_list;
DROP TABLE watch_list;
ALTER TABLE watch_list_next RENAME TO watch_list;
CREATE INDEX watch_list_by_account ON watch_list (account_id);

CREATE TABLE hook_delivery_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO hook_delivery_next (id, public_id, hook_id, kind, case_id, seq, at, state, attempts, tried_at, words)
SELECT id, public_id, hook_id, kind, case_id, seq, at, state, attempts, tried_at, words FROM hook_delivery;
DROP TABLE hook_delivery;
ALTER TABLE hook_delivery_next RENAME TO hook_delivery;
CREATE INDEX hook_delivery_by_hook ON hook_delivery (hook_id, state, id);

CREATE TABLE session_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    public_id TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER REFERENCES account ON DELETE CASCADE,
    report_id INTEGER,
    link_id INTEGER REFERENCES website_link ON DELETE CASCADE,
    -- PASSWORD: the second factor is still missing; FULL: logged in; FINDER: a mailbox; OPERATOR: the operator of a website
    state TEXT NOT NULL CHECK (state IN ('PASSWORD', 'FULL', 'FINDER', 'OPERATOR')),
    form_token TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    strong_at INTEGER,
    agent TEXT NOT NULL DEFAULT '',
    CHECK ((account_id IS NOT NULL) + (report_id IS NOT NULL) + (link_id IS NOT NULL) = 1)
);
INSERT INTO session_next (id, public_id, token_hash, account_id, report_id, link_id, state, form_token, created_at, seen_at, strong_at, agent)
SELECT id, public_id, token_hash, account_id, report_id, link_id, state, form_token, created_at, seen_at, strong_at, agent FROM session;
DROP TABLE session;
ALTER TABLE session_next RENAME TO session;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE login_failure_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    about BLOB NOT NULL,
    at INTEGER NOT NULL
);
INSERT INTO login_failure_next (id, about, at)
SELECT id, about, at FROM login_failure;
DROP TABLE login_failure;
ALTER TABLE login_failure_next RENAME TO login_failure;
CREATE INDEX login_failure_about ON login_failure (about, at);

CREATE TABLE saved_view_next (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    list TEXT NOT NULL,
    sealed BLOB NOT NULL,
    kept_at INTEGER NOT NULL
);
INSERT INTO saved_view_next (id, account_id, list, sealed, kept_at)
SELECT id, account_id, list, sealed, kept_at FROM saved_view;
DROP TABLE saved_view;
ALTER TABLE saved_view_next RENAME TO saved_view;
CREATE INDEX saved_view_by_account ON saved_view (account_id, list);

-- Mails of lists that are gone already have their numbers as well.
DELETE FROM sqlite_sequence WHERE name = 'watch_list';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'watch_list', max((SELECT coalesce(max(id), 0) FROM watch_list), (SELECT coalesce(max(watch_id), 0) FROM outbox));
