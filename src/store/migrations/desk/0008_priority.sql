-- Whom the bodies work with beside developers, each under an agreement: recipients of priority provision (CI), third parties that analyse
-- (AN), foreign coordinators (FB). For CI the three conditions, each confirmed by the recipient itself (PRI-02, guideline).
CREATE TABLE partner (
    organisation_id INTEGER PRIMARY KEY REFERENCES organisation,
    sector TEXT NOT NULL DEFAULT '',
    agreement TEXT NOT NULL,
    agreed_at INTEGER NOT NULL,
    inside_at INTEGER,
    contractors_at INTEGER,
    protection_at INTEGER,
    ended_at INTEGER,
    end_reason TEXT NOT NULL DEFAULT ''
);

-- cache: a plan to give a case's information to critical infrastructure beforehand; why is the payload of ledger entry seq
CREATE TABLE priority_plan (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('PLANNED', 'DROPPED', 'PROVIDED')),
    sectors TEXT NOT NULL,
    parts TEXT NOT NULL,
    finder_told_at INTEGER
);
CREATE INDEX priority_plan_by_case ON priority_plan (case_id, id);

-- cache: who was consulted about it, and what it answered; participant 0: the other body
CREATE TABLE priority_answer (
    plan_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'AGREED', 'OBJECTED')),
    seq INTEGER,
    PRIMARY KEY (plan_id, participant_id)
);

-- cache: what was given to whom; the text is the payload of ledger entry seq
CREATE TABLE provision (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    plan_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    sector TEXT NOT NULL,
    parts TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seen_at INTEGER,
    received_at INTEGER
);
CREATE INDEX provision_by_organisation ON provision (organisation_id, id);
