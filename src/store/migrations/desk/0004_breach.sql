-- A developer that published before the agreed date, and what followed (CFD-07).
-- cache; what happened is the payload of ledger entry seq
CREATE TABLE breach (
    seq INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    organisation_id INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX breach_by_organisation ON breach (organisation_id, seq);

-- Whether a developer takes part in what comes: organisation.handling_suspended is how it stands now. Rows are only ever added.
CREATE TABLE handling_change (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    at INTEGER NOT NULL,
    actor_account_id INTEGER,
    is_suspended INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE INDEX handling_change_by_organisation ON handling_change (organisation_id, id);

CREATE TRIGGER handling_change_is_append_only_1 BEFORE UPDATE ON handling_change
BEGIN SELECT RAISE(ABORT, 'handling changes are append-only'); END;
CREATE TRIGGER handling_change_is_append_only_2 BEFORE DELETE ON handling_change
BEGIN SELECT RAISE(ABORT, 'handling changes are append-only'); END;
