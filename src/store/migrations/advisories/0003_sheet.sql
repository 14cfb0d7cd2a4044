-- What is published besides advisories and changes: the list of developers that cannot be reached. The latest record of each name alone; shown: the
-- revision whose pages are written.
CREATE TABLE sheet (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    shown INTEGER NOT NULL DEFAULT -1,
    record BLOB NOT NULL,
    at INTEGER NOT NULL
);
