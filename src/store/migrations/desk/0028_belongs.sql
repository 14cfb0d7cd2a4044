-- cache: cases that belong together. MERGED: case_id is handled in other_id meanwhile; SPLIT: case_id was split off other_id
CREATE TABLE case_belongs (
    case_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('MERGED', 'SPLIT')),
    other_id INTEGER NOT NULL,
    state_left TEXT NOT NULL DEFAULT '',
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (case_id, kind)
);
CREATE INDEX case_belongs_by_other ON case_belongs (other_id, kind);
