-- cache: what is before the publication judgement committee (UNR-04): proposed, checked against the criteria, told to the developer, voted on,
-- decided. Texts are the payloads of the ledger entries named seq: the proposal, the bundle with the criteria, the notice, the opinion, the
-- minutes, the decision, the order, the view.
CREATE TABLE docket (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('REFUSED', 'UNREACHABLE')),
    state TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    proposed_seq INTEGER NOT NULL,
    checked_at INTEGER,
    checked_seq INTEGER,
    criteria TEXT NOT NULL DEFAULT '',
    bundle_hash TEXT NOT NULL DEFAULT '',
    notice_at INTEGER,
    notice_seq INTEGER,
    hearing_until INTEGER,
    heard_at INTEGER,
    opinion_seq INTEGER,
    meeting_at INTEGER,
    deliberated_at INTEGER,
    minutes_seq INTEGER,
    decided_at INTEGER,
    decided_seq INTEGER,
    ordered_at INTEGER,
    ordered_seq INTEGER,
    view_seq INTEGER,
    executed_at INTEGER,
    ended_at INTEGER
);
CREATE INDEX docket_by_case ON docket (case_id, id);

-- cache: who judges; a vote or a standing aside with its reason in seq
CREATE TABLE docket_member (
    docket_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    is_recused INTEGER NOT NULL DEFAULT 0,
    vote TEXT NOT NULL DEFAULT '' CHECK (vote IN ('', 'PUBLISH', 'NOT_YET', 'NOT')),
    at INTEGER,
    seq INTEGER,
    PRIMARY KEY (docket_id, account_id)
) WITHOUT ROWID;
