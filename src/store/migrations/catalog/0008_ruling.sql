-- What curators decided about which records are about the same flaw (domain/catalog/ruling.h). The sources' words in `body` stay as they are.
-- An entry that stands in another. number: of our own series, which went with it; NULL: none did.
CREATE TABLE joined (
    name TEXT PRIMARY KEY,
    into_name TEXT NOT NULL,
    number TEXT
) WITHOUT ROWID;
CREATE INDEX joined_into ON joined (into_name);

-- Other names that a record gives and that are not those of its flaw.
CREATE TABLE parted (
    source TEXT NOT NULL,
    record TEXT NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (source, record, alias)
) WITHOUT ROWID;

-- Records as they read after both; without a row: as their source has it.
CREATE TABLE ruled (
    record_id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);
