-- Notes inside a developer's own organisation (COO-36): a thread of its own, which neither body reads.
CREATE TABLE message_next (
    seq INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER,
    thread TEXT NOT NULL CHECK (thread IN ('FINDER', 'BODIES', 'PARTICIPANT', 'STAFF_RB', 'STAFF_CB', 'STAFF_PD')),
    kind TEXT NOT NULL DEFAULT 'MESSAGE',
    author_kind TEXT NOT NULL,
    author_id INTEGER,
    at INTEGER NOT NULL
);
INSERT INTO message_next (seq, case_id, participant_id, thread, kind, author_kind, author_id, at)
SELECT seq, case_id, participant_id, thread, kind, author_kind, author_id, at FROM message;
DROP TABLE message;
ALTER TABLE message_next RENAME TO message;
CREATE INDEX message_by_thread ON message (case_id, thread, participant_id, seq);
