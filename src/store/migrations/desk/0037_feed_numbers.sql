-- A feed's number is never given again: what was under way for a feed that was removed ends without touching the next one.
ALTER TABLE feed RENAME TO feed_before;
DROP INDEX feed_by_next;
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    format TEXT NOT NULL, -- empty: recognised
    sum_url TEXT NOT NULL, -- of its file of checksums; empty: none
    every_minutes INTEGER NOT NULL,
    max_bytes INTEGER NOT NULL,
    is_paused INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    tried_at INTEGER, -- the last try's beginning
    seen_at INTEGER, -- the last time the source answered, with something new or without
    taken_at INTEGER, -- the last import that came to its end
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    step TEXT NOT NULL DEFAULT '', -- what happens to it now: 'fetch', 'import'; empty: nothing
    words TEXT NOT NULL DEFAULT '', -- of the last failure
    etag TEXT NOT NULL DEFAULT '', -- of what was taken
    modified TEXT NOT NULL DEFAULT '',
    sum TEXT NOT NULL DEFAULT '',
    part_etag TEXT NOT NULL DEFAULT '', -- of a piece that is kept of a try that broke off
    bytes INTEGER NOT NULL DEFAULT 0, -- of the last file
    read_count INTEGER NOT NULL DEFAULT 0, -- of the last import
    new_count INTEGER NOT NULL DEFAULT 0,
    changed_count INTEGER NOT NULL DEFAULT 0,
    refused_count INTEGER NOT NULL DEFAULT 0
);
INSERT INTO feed SELECT id, name, url, format, sum_url, every_minutes, max_bytes, is_paused, next_at, tried_at, seen_at, taken_at, failures, step, words,
    etag, modified, sum, part_etag, bytes, read_count, new_count, changed_count, refused_count FROM feed_before;
DROP TABLE feed_before;
CREATE INDEX feed_by_next ON feed (next_at) WHERE is_paused = 0;
