-- Feeds: where known vulnerabilities come from by themselves, and how that goes.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
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
CREATE INDEX feed_by_next ON feed (next_at) WHERE is_paused = 0;
