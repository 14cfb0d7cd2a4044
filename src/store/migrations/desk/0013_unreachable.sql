-- cache: a developer that cannot be reached, from the proposal of one officer to the listing with a deadline; the reason is the payload of
-- proposed_seq, what the public list says that of listed_seq and product_seq
CREATE TABLE unreachable (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    proposed_by INTEGER,
    proposed_seq INTEGER NOT NULL,
    confirmed_at INTEGER,
    listed_at INTEGER,
    listed_seq INTEGER,
    product_at INTEGER,
    product_seq INTEGER,
    deadline INTEGER,
    resumed_at INTEGER
);
CREATE INDEX unreachable_by_participant ON unreachable (participant_id, id);
CREATE INDEX unreachable_by_case ON unreachable (case_id);
CREATE INDEX contact_attempt_by_participant ON contact_attempt (participant_id, at);
