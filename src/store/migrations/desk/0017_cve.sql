-- The CVE numbers this installation was given (COO-39). No cache: a free number belongs to no case; what happens to one in a case stands in its ledger as well.
CREATE TABLE cve_number (
    id INTEGER PRIMARY KEY,
    cve TEXT NOT NULL UNIQUE,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'FREE' CHECK (state IN ('FREE', 'RESERVED', 'ASSIGNED', 'PUBLIC', 'REJECTED')),
    added_by INTEGER NOT NULL REFERENCES account,
    added_at INTEGER NOT NULL,
    case_id INTEGER,
    -- ledger entry with the words which vulnerability it stands for
    reserved_seq INTEGER,
    reserved_at INTEGER,
    changed_at INTEGER,
    -- somebody else has published it while the case is not public
    alarmed_at INTEGER
);
CREATE INDEX cve_number_by_state ON cve_number (state, year, number);
CREATE INDEX cve_number_by_case ON cve_number (case_id);
