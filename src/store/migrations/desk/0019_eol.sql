-- cache: the end of a product's support; address, products of others and the successor are the payload of ledger entry seq
CREATE TABLE eol (
    case_id INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    declared_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    ci_use INTEGER NOT NULL,
    small_impact INTEGER NOT NULL,
    advice TEXT NOT NULL CHECK (advice IN ('', 'WORKAROUND', 'STOP_USE', 'SUCCESSOR'))
);
