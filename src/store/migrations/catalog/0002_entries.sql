-- What a reader of the database looks at, made from the records (domain/catalog/entry.h), and what finds it.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    number TEXT UNIQUE, -- of our own series
    title_ja TEXT NOT NULL,
    title_en TEXT NOT NULL,
    sources INTEGER NOT NULL, -- bits
    state INTEGER NOT NULL,
    is_disputed INTEGER NOT NULL,
    tenths INTEGER NOT NULL,
    score_version TEXT NOT NULL,
    severity INTEGER NOT NULL,
    published_at INTEGER NOT NULL, -- 0: not told
    modified_at INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    has_ja INTEGER NOT NULL,
    is_kev INTEGER NOT NULL,
    is_embedded INTEGER NOT NULL,
    is_standard INTEGER NOT NULL,
    epss INTEGER NOT NULL, -- 1/100000; -1: none
    doc INTEGER NOT NULL UNIQUE -- its row in the full-text index; a new one each time its words change
);
CREATE INDEX entry_by_modified ON entry (modified_at, id);
CREATE INDEX entry_by_published ON entry (published_at, id);
CREATE INDEX entry_by_score ON entry (tenths, id);
CREATE INDEX entry_by_epss ON entry (epss, id);
CREATE INDEX entry_by_taken ON entry (taken_at, id);
CREATE INDEX entry_kev ON entry (modified_at, id) WHERE is_kev = 1;

ALTER TABLE record ADD COLUMN entry_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX record_by_entry ON record (entry_id);

-- What the source sent for a record (zstd), so that nothing is lost and a better reader can read it again.
CREATE TABLE source_text (
    record_id INTEGER PRIMARY KEY,
    format TEXT NOT NULL,
    bytes BLOB NOT NULL
);

-- What a record said before (domain/catalog/record.h, zstd). until_at: when it was replaced.
CREATE TABLE past (
    id INTEGER PRIMARY KEY,
    record_id INTEGER NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    bytes BLOB NOT NULL
);
CREATE INDEX past_by_record ON past (record_id, until_at);

-- Vendors and products. key: as CPE writes it; of a package its ecosystem and name.
CREATE TABLE vendor (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    folded TEXT NOT NULL, -- names and key, for looking them up
    jvn INTEGER UNIQUE
);
CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    vendor_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    folded TEXT NOT NULL,
    cpe TEXT NOT NULL,
    purl TEXT NOT NULL,
    jvn INTEGER UNIQUE,
    UNIQUE (vendor_id, key)
);
CREATE TABLE entry_product (
    product_id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (product_id, entry_id)
) WITHOUT ROWID;
CREATE INDEX entry_product_by_entry ON entry_product (entry_id);
CREATE TABLE entry_weakness (
    cwe INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (cwe, entry_id)
) WITHOUT ROWID;
CREATE INDEX entry_weakness_by_entry ON entry_weakness (entry_id);

-- A small history of EPSS: scores of days before.
CREATE TABLE epss_past (
    cve TEXT NOT NULL,
    date INTEGER NOT NULL,
    score INTEGER NOT NULL,
    percentile INTEGER NOT NULL,
    PRIMARY KEY (cve, date)
) WITHOUT ROWID;

-- What an officer says of an entry beside its records (VDB-11, VDB-16).
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    is_embedded INTEGER NOT NULL,
    is_standard INTEGER NOT NULL
) WITHOUT ROWID;

-- The full-text index, without the texts: names, Japanese, English, products, and tags that filters ask for ("y2024", "cwe79", "v12", "p34", "s5", "nvd").
-- A row whose number no entry holds any more is passed over, and taken away when the index is made anew.
CREATE VIRTUAL TABLE words USING fts5 (names, ja, en, products, tags, content = '', tokenize = 'bigram1');
