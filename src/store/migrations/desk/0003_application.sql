-- Developers that wish to be on the list before anybody has to look for them (COO-05). Not an entry yet: the coordinating body takes it over.
CREATE TABLE application (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kana TEXT NOT NULL,
    url TEXT NOT NULL,
    window_email TEXT NOT NULL,
    window_phone TEXT NOT NULL,
    products TEXT NOT NULL,
    person TEXT NOT NULL,
    words TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'TAKEN', 'DECLINED')),
    decided_at INTEGER,
    decided_by INTEGER REFERENCES account,
    organisation_id INTEGER REFERENCES organisation
);
CREATE INDEX application_by_state ON application (state, id);
