-- cache: a later publication date that one officer proposes and another decides on; the reason is the payload of ledger entry seq
CREATE TABLE later_date (
    case_id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    proposed_by INTEGER NOT NULL
);
