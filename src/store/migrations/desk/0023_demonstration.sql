-- of a demonstration alone: which situation each of its cases was made for, for the guided tour, and what opens
-- its invented finder's mailbox. Empty everywhere else.
CREATE TABLE demonstration (
    case_id INTEGER PRIMARY KEY REFERENCES case_key,
    situation TEXT NOT NULL,
    receipt TEXT,
    passphrase TEXT
);
