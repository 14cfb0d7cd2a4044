-- The public world's own record of what was published: each advisory as a record (base/record.h) of its public view, and the
-- publications that wrote it. The pages people read are segments (docs/decisions/0001), which can be made again from here.
CREATE TABLE publication (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    revision INTEGER NOT NULL,
    hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (number, revision)
);

CREATE TABLE advisory (
    number TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    view BLOB NOT NULL,
    hash BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX advisory_by_update ON advisory (updated_at DESC);
