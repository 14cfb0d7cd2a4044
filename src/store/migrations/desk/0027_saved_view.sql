-- Filters of a list under a name, of one person alone. list: its path. sealed: a record of name and query.
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    list TEXT NOT NULL,
    sealed BLOB NOT NULL,
    kept_at INTEGER NOT NULL
);
CREATE INDEX saved_view_by_account ON saved_view (account_id, list);
