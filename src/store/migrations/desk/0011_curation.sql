-- Japanese texts for entries of the catalogue, on their way (domain/curation).
CREATE TABLE curation (
    name TEXT PRIMARY KEY, -- of the entry
    state INTEGER NOT NULL, -- enum curation_state
    title TEXT NOT NULL,
    overview TEXT NOT NULL,
    impact TEXT NOT NULL,
    countermeasure TEXT NOT NULL,
    is_embedded INTEGER NOT NULL,
    is_standard INTEGER NOT NULL,
    number TEXT NOT NULL, -- of our own series; empty: none yet
    who TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    published_at INTEGER, -- last
    version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX curation_by_state ON curation (state, changed_at);
