-- What curators decided about which records are about the same (domain/curation/rulings.h), with reason, until it is taken back. It acts in the catalogue.
CREATE TABLE ruling (
    id INTEGER PRIMARY KEY,
    state INTEGER NOT NULL, -- enum ruling_state
    source TEXT NOT NULL, -- of a record; empty: name is an entry
    name TEXT NOT NULL, -- the entry that stands in the other; or the record
    other TEXT NOT NULL, -- the entry it stands in; or the name that is wrong
    entry TEXT NOT NULL, -- on whose page it was decided
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    undone_reason TEXT NOT NULL,
    undone_who TEXT NOT NULL,
    undone_at INTEGER -- NULL: it holds
);
CREATE INDEX ruling_by_name ON ruling (name);
CREATE INDEX ruling_by_other ON ruling (other);
CREATE INDEX ruling_by_entry ON ruling (entry);
