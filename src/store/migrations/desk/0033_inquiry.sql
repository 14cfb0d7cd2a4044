-- cache: a finder's question and how far its answer is (INT-12); what was said are messages and payloads of the ledger. identity: how it was made
-- sure that it is the finder (INT-13)
CREATE TABLE inquiry (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    identity TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    consulted_at INTEGER,
    consulted_seq INTEGER,
    advised_at INTEGER,
    advised_seq INTEGER,
    answered_seq INTEGER
);
CREATE INDEX inquiry_by_case ON inquiry (case_id, id);
