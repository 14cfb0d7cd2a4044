-- Where a case that no finder and no developer reported comes from (PUB-08); empty: its origin says it
ALTER TABLE product_case ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- cache: a foreign coordinator in a case (COO-34); the number it has there is the payload of ledger entry opened_seq, what it was given that of given_seq
CREATE TABLE exchange (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    is_origin INTEGER NOT NULL,
    parts TEXT NOT NULL DEFAULT '',
    opened_seq INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    given_seq INTEGER,
    given_at INTEGER,
    seen_at INTEGER,
    ended_at INTEGER,
    UNIQUE (case_id, organisation_id)
);
CREATE INDEX exchange_by_organisation ON exchange (organisation_id, id);

-- cache: what was said in it; the words are the payload of ledger entry seq
CREATE TABLE exchange_message (
    seq INTEGER PRIMARY KEY,
    exchange_id INTEGER NOT NULL,
    is_from_there INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX exchange_message_by_exchange ON exchange_message (exchange_id, seq);
