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
    doc INTEGER NOT NULL, -- its row in the full-text index; a new one each time it is made again
    parts BLOB NOT NULL -- its vendors, products and weaknesses by number, for counting (domain/catalog/parts.h)
);
CREATE INDEX entry_by_modified ON entry (modified_at, id);
CREATE INDEX entry_by_published ON entry (published_at, id);
CREATE INDEX entry_by_score ON entry (tenths, id);
CREATE INDEX entry_by_epss ON entry (epss, id);
CREATE INDEX entry_by_taken ON entry (taken_at, id);
CREATE INDEX entry_kev ON entry (modified_at, id) WHERE is_kev = 1;
CREATE INDEX entry_embedded ON entry (modified_at, id) WHERE is_embedded = 1;
-- All that a search looks at in a hit: the rows themselves are fetched for the page that is shown.
CREATE INDEX entry_by_doc ON entry (doc, modified_at, published_at, tenths, epss, severity, sources, state, has_ja, is_kev, is_embedded, parts);

ALTER TABLE record ADD COLUMN entry_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN first_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN last_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN sent_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX record_by_entry ON record (entry_id);

-- What a source sent (zstd), so that nothing is lost and a better reader can read it again. users: how many records were read from it.
CREATE TABLE sent (
    id INTEGER PRIMARY KEY,
    format TEXT NOT NULL,
    users INTEGER NOT NULL,
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

-- A small history of EPSS: the scores before, the latest first, eight bytes each (domain/catalog/catalog.c).
ALTER TABLE epss ADD COLUMN past BLOB NOT NULL DEFAULT x'';

-- What an officer says of an entry beside its records (VDB-11, VDB-16), and its number in our own series; NULL: none.
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    is_embedded INTEGER NOT NULL,
    is_standard INTEGER NOT NULL,
    number TEXT UNIQUE
) WITHOUT ROWID;

-- The full-text index, without the texts. Its rows are numbered by entry.doc: those up to words_state.settled in the order of modified_at, later ones as they
-- came. A row whose number no entry holds any more is passed over, and gone when the index is made anew. tags: what filters ask for (domain/catalog/words.h).
CREATE VIRTUAL TABLE words USING fts5 (names, titles, texts, products, tags, content = '', tokenize = 'bigram1');
CREATE TABLE words_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    settled INTEGER NOT NULL
);
INSERT INTO words_state (id, settled) VALUES (1, 0);
