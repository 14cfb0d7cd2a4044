-- What is published besides advisories and stays as it is from then on: the figures of a quarter. A record each (base/record.h), from which its pages
-- are made.
CREATE TABLE snapshot (
    name TEXT PRIMARY KEY,
    record BLOB NOT NULL,
    hash BLOB NOT NULL,
    at INTEGER NOT NULL
);
