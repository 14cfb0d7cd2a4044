-- cache: a third party asked to analyse (INT-14); scope, condition and what was given are the payload of ledger entry seq
CREATE TABLE analysis (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (body IN ('RB', 'CB')),
    parts TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    seen_at INTEGER,
    answer_seq INTEGER,
    answered_at INTEGER,
    ended_at INTEGER
);
CREATE INDEX analysis_by_case ON analysis (case_id, id);
CREATE INDEX analysis_by_organisation ON analysis (organisation_id, id);
