-- What identifies a report, as keyed hashes that say nothing without the desk's key (INT-22): equal prints of two cases are something they have in
-- common. kind: a bit of enum coincidence. They go with the key of the case.
CREATE TABLE fingerprint (
    case_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    print BLOB NOT NULL,
    PRIMARY KEY (case_id, kind, print)
);
CREATE INDEX fingerprint_by_print ON fingerprint (print);
