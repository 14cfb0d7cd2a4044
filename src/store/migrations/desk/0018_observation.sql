-- cache: a leak, an exploit or an attack that somebody has seen before publication (CFD-15): claimed, confirmed by a second person, decided on. What
-- was seen is the payload of seq, what everybody concerned was told that of adopted_seq and decided_seq.
CREATE TABLE observation (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    claimed_by INTEGER,
    participant_id INTEGER,
    seen_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    adopted_at INTEGER,
    adopted_seq INTEGER,
    decision TEXT NOT NULL DEFAULT '',
    decided_at INTEGER,
    decided_seq INTEGER
);
CREATE INDEX observation_by_case ON observation (case_id, id);
