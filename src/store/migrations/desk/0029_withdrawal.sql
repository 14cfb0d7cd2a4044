-- cache: the finder's request, after one year, to withdraw the request not to disclose (FND-12); the words are in the ledger
CREATE TABLE withdrawal (
    case_id INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    requested_seq INTEGER NOT NULL,
    decided_at INTEGER,
    decided_seq INTEGER
);
