-- Website cases (requirements 1.10 and 2.2).
-- cache
CREATE TABLE website_case (
    id INTEGER PRIMARY KEY REFERENCES case_key,
    state TEXT NOT NULL,
    legal_basis TEXT NOT NULL DEFAULT '',
    title_seq INTEGER,
    submitted_at INTEGER NOT NULL,
    accepted_at INTEGER,
    operator_kind TEXT NOT NULL DEFAULT '' CHECK (operator_kind IN ('', 'COMPANY', 'MUNICIPALITY', 'OTHER')),
    stage1_at INTEGER,
    stage1_seq INTEGER,
    contact_seq INTEGER,
    stage2_at INTEGER,
    encryption TEXT NOT NULL DEFAULT '' CHECK (encryption IN ('', 'PGP', 'PASSPHRASE')),
    encryption_seq INTEGER,
    stage3_at INTEGER,
    stage3_seq INTEGER,
    handling_number TEXT NOT NULL DEFAULT '',
    received_at INTEGER,
    result TEXT NOT NULL DEFAULT '' CHECK (result IN ('', 'AFFECTED', 'KNOWN', 'NOT_VULN', 'REFUSED')),
    result_at INTEGER,
    result_seq INTEGER,
    estimate INTEGER,
    estimate_seq INTEGER,
    fixed_at INTEGER,
    fix_kind TEXT NOT NULL DEFAULT '' CHECK (fix_kind IN ('', 'PLAIN', 'PAGE_DELETED', 'OPERATIONAL')),
    fix_seq INTEGER,
    long_pending_at INTEGER,
    direct_wished_at INTEGER,
    direct_agreed_at INTEGER,
    direct_agreed_seq INTEGER,
    direct_at INTEGER,
    ordinance TEXT NOT NULL DEFAULT '' CHECK (ordinance IN ('', 'EXEMPT', 'NOT_EXEMPT')),
    ordinance_seq INTEGER,
    closed_at INTEGER,
    close_code TEXT NOT NULL DEFAULT '',
    impact_range TEXT NOT NULL DEFAULT '',
    impact_score INTEGER,
    impact_grade TEXT NOT NULL DEFAULT '',
    rb_officer_id INTEGER,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX website_case_by_state ON website_case (state, changed_at);
CREATE UNIQUE INDEX website_case_by_handling_number ON website_case (handling_number) WHERE handling_number <> '';

-- A secret link that a mail to an operator carried: what it opens is what that stage tells. Not in the ledger: secrets.
CREATE TABLE website_link (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_key,
    stage INTEGER NOT NULL CHECK (stage BETWEEN 1 AND 3),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX website_link_by_case ON website_link (case_id, stage);

-- The passphrase that an operator agreed on in stage 2; the links of stage 3 ask for it.
CREATE TABLE website_passphrase (
    case_id INTEGER PRIMARY KEY REFERENCES case_key,
    hash BLOB NOT NULL
);

ALTER TABLE outbox ADD COLUMN link_id INTEGER;

-- The operator acts without an account, by such a link.
CREATE TABLE session_next (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER REFERENCES account ON DELETE CASCADE,
    report_id INTEGER,
    link_id INTEGER REFERENCES website_link ON DELETE CASCADE,
    -- PASSWORD: the second factor is still missing; FULL: logged in; FINDER: a mailbox; OPERATOR: the operator of a website
    state TEXT NOT NULL CHECK (state IN ('PASSWORD', 'FULL', 'FINDER', 'OPERATOR')),
    form_token TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    strong_at INTEGER,
    agent TEXT NOT NULL DEFAULT '',
    CHECK ((account_id IS NOT NULL) + (report_id IS NOT NULL) + (link_id IS NOT NULL) = 1)
);
INSERT INTO session_next (id, public_id, token_hash, account_id, report_id, state, form_token, created_at, seen_at, strong_at, agent)
SELECT id, public_id, token_hash, account_id, report_id, state, form_token, created_at, seen_at, strong_at, agent FROM session;
DROP TABLE session;
ALTER TABLE session_next RENAME TO session;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE ledger_next (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    case_id INTEGER,
    participant_id INTEGER,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('FINDER', 'ACCOUNT', 'CLOCK', 'COMMAND', 'OPERATOR')),
    actor_id INTEGER,
    from_state TEXT NOT NULL DEFAULT '',
    to_state TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    n INTEGER,
    ref INTEGER,
    rule TEXT NOT NULL DEFAULT '',
    carries TEXT NOT NULL DEFAULT '',
    facts BLOB,
    payload_hash BLOB,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE
);
INSERT INTO ledger_next (seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries, facts,
    payload_hash, prev, hash)
SELECT seq, at, kind, case_id, participant_id, actor_kind, actor_id, from_state, to_state, code, n, ref, rule, carries, facts, payload_hash, prev, hash
FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_next RENAME TO ledger;
CREATE INDEX ledger_by_case ON ledger (case_id, seq);
CREATE INDEX ledger_by_kind ON ledger (kind, at);
CREATE TRIGGER ledger_is_append_only_1 BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_append_only_2 BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- What receiving body and operator write to each other (OPERATOR), and operator and finder with a copy to the receiving body (DIRECT).
CREATE TABLE message_next (
    seq INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER,
    thread TEXT NOT NULL CHECK (thread IN ('FINDER', 'BODIES', 'PARTICIPANT', 'STAFF_RB', 'STAFF_CB', 'STAFF_PD', 'OPERATOR', 'DIRECT')),
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
