-- cache: rooms that several developers of a case share with the coordinating body, by their agreement (COO-27); titles and words are in the ledger
CREATE TABLE room (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER
);
CREATE INDEX room_by_case ON room (case_id, id);
CREATE TABLE room_part (
    room_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    state TEXT NOT NULL, -- room_part_life
    at INTEGER NOT NULL,
    PRIMARY KEY (room_id, participant_id)
) WITHOUT ROWID;
CREATE TABLE room_message (
    seq INTEGER PRIMARY KEY,
    room_id INTEGER NOT NULL,
    participant_id INTEGER, -- whose; NULL: the coordinating body's
    author_id INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX room_message_by_room ON room_message (room_id, seq);
-- how far each person has read
CREATE TABLE room_read (
    account_id INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account_id, room_id)
) WITHOUT ROWID;
