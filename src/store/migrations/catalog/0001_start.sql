-- fast
-- Known vulnerabilities as their sources tell them. What is here can be imported again.
CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    format TEXT, -- NULL: recognised file by file
    path TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER, -- NULL: it did not come to its end
    read_count INTEGER NOT NULL DEFAULT 0,
    new_count INTEGER NOT NULL DEFAULT 0,
    changed_count INTEGER NOT NULL DEFAULT 0,
    unchanged_count INTEGER NOT NULL DEFAULT 0,
    refused_count INTEGER NOT NULL DEFAULT 0
);

-- One source's word about one vulnerability. reader: which version of our reader understood it.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    is_overlay INTEGER NOT NULL,
    state INTEGER NOT NULL,
    modified_at INTEGER NOT NULL, -- 0: not told
    hash BLOB NOT NULL,
    reader INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    UNIQUE (name, source, is_overlay)
);
CREATE INDEX record_by_import ON record (import_id);

-- The whole of it (domain/catalog/record.h), apart, so that a look through the records is short.
CREATE TABLE body (
    record_id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- Other names of the same flaw.
CREATE TABLE alias (
    alias TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (alias, record_id)
) WITHOUT ROWID;
CREATE INDEX alias_by_record ON alias (record_id);

-- CISA's catalogue of exploited vulnerabilities. released_at: of the catalogue that told it last.
CREATE TABLE kev (
    cve TEXT PRIMARY KEY,
    added_at INTEGER,
    due_at INTEGER,
    is_ransomware INTEGER NOT NULL,
    vendor TEXT NOT NULL,
    product TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    action TEXT NOT NULL,
    notes TEXT NOT NULL,
    released_at INTEGER NOT NULL
) WITHOUT ROWID;

-- EPSS: chance and rank in 1/100000; rank -1: not told.
CREATE TABLE epss (
    cve TEXT PRIMARY KEY,
    score INTEGER NOT NULL,
    percentile INTEGER NOT NULL,
    date INTEGER NOT NULL
) WITHOUT ROWID;

-- What could not be taken, with its bytes (zstd; cut at a limit), for whoever looks after the feed.
CREATE TABLE refused (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    reason TEXT NOT NULL,
    bytes BLOB
);
CREATE INDEX refused_by_import ON refused (import_id);
