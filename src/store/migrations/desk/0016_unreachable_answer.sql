-- cache: what somebody wrote through the public page about a developer that cannot be reached; the words are the payload of ledger entry seq
CREATE TABLE unreachable_answer (
    seq INTEGER PRIMARY KEY,
    unreachable_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX unreachable_answer_by_unreachable ON unreachable_answer (unreachable_id);
