-- The desk world. What a stranger must not read (texts, titles, names of finders) is a sealed blob here, under the case's own
-- key, which is itself wrapped by the master key. Rows named "cache" below can be rebuilt from the ledger.

-- ---- access -------------------------------------------------------------------------------------------------------------
CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('RB', 'CB', 'PD', 'FB', 'AN', 'CI', 'PC', 'WO', 'PU')),
    name_ja TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    kana TEXT NOT NULL DEFAULT '',
    -- LISTED: added by the coordinating body; then the four steps of COO-03 and COO-07
    state TEXT NOT NULL CHECK (state IN ('LISTED', 'INVITED', 'IDENTIFIED', 'AGREED', 'REGISTERED', 'SUSPENDED')),
    developer_basis TEXT NOT NULL DEFAULT 'developer'
        CHECK (developer_basis IN ('developer', 'processor', 'importer', 'seller', 'other')),
    url TEXT NOT NULL DEFAULT '',
    window_email TEXT NOT NULL DEFAULT '',
    window_phone TEXT NOT NULL DEFAULT '',
    postal_address TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT 'ja',
    keywords TEXT NOT NULL DEFAULT '',
    terms_version TEXT NOT NULL DEFAULT '',
    terms_agreed_at INTEGER,
    identity_checked_at INTEGER,
    identity_checked_how TEXT NOT NULL DEFAULT '',
    is_listed_publicly INTEGER NOT NULL DEFAULT 0,
    takes_direct_reports INTEGER NOT NULL DEFAULT 0,
    handling_suspended INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX organisation_by_kind ON organisation (kind, name_ja);

CREATE TABLE organisation_product (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (organisation_id, folded)
);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'ja' CHECK (lang IN ('ja', 'en')),
    roles INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK (state IN ('INVITED', 'ACTIVE', 'DISABLED')),
    password_hash TEXT NOT NULL DEFAULT '',
    totp_sealed BLOB,
    totp_confirmed_at INTEGER,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    pgp_fingerprint TEXT NOT NULL DEFAULT '',
    pgp_key TEXT NOT NULL DEFAULT '',
    pgp_expires INTEGER,
    pgp_confirmed_at INTEGER,
    created_at INTEGER NOT NULL,
    last_login_at INTEGER,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX account_by_organisation ON account (organisation_id);

CREATE TABLE invitation (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('INVITE', 'RESET')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
);

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    account_id INTEGER REFERENCES account ON DELETE CASCADE,
    report_id INTEGER,
    -- PASSWORD: the second factor is still missing; FULL: logged in; FINDER: a mailbox
    state TEXT NOT NULL CHECK (state IN ('PASSWORD', 'FULL', 'FINDER')),
    form_token TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    strong_at INTEGER,
    agent TEXT NOT NULL DEFAULT '',
    CHECK ((account_id IS NULL) <> (report_id IS NULL))
);
CREATE INDEX session_by_account ON session (account_id);

-- Failed tries by a keyed hash of what was tried (address, receipt, network block); no plain address is kept.
CREATE TABLE login_failure (
    id INTEGER PRIMARY KEY,
    about BLOB NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX login_failure_about ON login_failure (about, at);

-- ---- the ledger ---------------------------------------------------------------------------------------------------------
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    case_id INTEGER,
    participant_id INTEGER,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('FINDER', 'ACCOUNT', 'CLOCK', 'COMMAND')),
    actor_id INTEGER,
    from_state TEXT NOT NULL DEFAULT '',
    to_state TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    n INTEGER,
    ref INTEGER,
    rule TEXT NOT NULL DEFAULT '',
    carries TEXT NOT NULL DEFAULT '',
    -- a record (base/record.h) of what the caches and the statistics need and no stranger is hurt by
    facts BLOB,
    payload_hash BLOB,
    prev BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE
);
CREATE INDEX ledger_by_case ON ledger (case_id, seq);
CREATE INDEX ledger_by_kind ON ledger (kind, at);

CREATE TABLE ledger_payload (
    seq INTEGER PRIMARY KEY REFERENCES ledger,
    salt BLOB NOT NULL,
    sealed BLOB NOT NULL
);

CREATE TRIGGER ledger_is_append_only_1 BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_append_only_2 BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- ---- cases --------------------------------------------------------------------------------------------------------------
-- Kept apart from the cache: the key of a case and its number cannot be rebuilt.
CREATE TABLE case_key (
    case_id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    wrapped BLOB
);

-- cache
CREATE TABLE product_case (
    id INTEGER PRIMARY KEY REFERENCES case_key,
    state TEXT NOT NULL,
    origin TEXT NOT NULL DEFAULT 'DOMESTIC' CHECK (origin IN ('DOMESTIC', 'FOREIGN', 'SELF')),
    legal_basis TEXT NOT NULL DEFAULT '',
    title_seq INTEGER,
    summary_seq INTEGER,
    submitted_at INTEGER NOT NULL,
    reviewed_at INTEGER,
    accepted_at INTEGER,
    handling_started_at INTEGER,
    first_contact_at INTEGER,
    publication_date INTEGER,
    date_basis TEXT NOT NULL DEFAULT '',
    date_changes INTEGER NOT NULL DEFAULT 0,
    published_at INTEGER,
    closed_at INTEGER,
    close_code TEXT NOT NULL DEFAULT '',
    impact_range TEXT NOT NULL DEFAULT '',
    impact_score INTEGER,
    impact_grade TEXT NOT NULL DEFAULT '',
    rb_officer_id INTEGER,
    cb_officer_id INTEGER,
    rb_rm TEXT NOT NULL DEFAULT 'START',
    cb_rm TEXT NOT NULL DEFAULT 'START',
    em TEXT NOT NULL DEFAULT 'NONE',
    pxa TEXT NOT NULL DEFAULT 'pxa',
    category TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX product_case_by_state ON product_case (state, changed_at);

-- cache; the texts are the payload of ledger entry submitted_seq
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES case_key,
    submitted_at INTEGER NOT NULL,
    submitted_seq INTEGER NOT NULL,
    lang TEXT NOT NULL,
    channel TEXT NOT NULL,
    consent_developer INTEGER NOT NULL DEFAULT 0,
    consent_coordinator INTEGER NOT NULL DEFAULT 0,
    consent_direct INTEGER NOT NULL DEFAULT 0,
    consent_credit INTEGER NOT NULL DEFAULT 0,
    intends_to_publish INTEGER NOT NULL DEFAULT 0,
    planned_publication_at INTEGER,
    is_iot INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX report_by_case ON report (case_id);

-- How a finder comes back, and how a repeated submission is known. Not in the ledger: secrets.
CREATE TABLE report_access (
    report_id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    receipt TEXT NOT NULL UNIQUE,
    passphrase_hash BLOB NOT NULL,
    draft_hash BLOB NOT NULL UNIQUE,
    second_way TEXT NOT NULL DEFAULT ''
);

CREATE TABLE finder_identity (
    report_id INTEGER PRIMARY KEY,
    wrapped BLOB NOT NULL,
    sealed BLOB NOT NULL
);

-- An opening of an identity: asked by one person with a reason, allowed by a second.
CREATE TABLE identity_opening (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    report_id INTEGER NOT NULL,
    asked_by INTEGER NOT NULL REFERENCES account,
    asked_at INTEGER NOT NULL,
    asked_seq INTEGER NOT NULL,
    allowed_by INTEGER REFERENCES account,
    allowed_at INTEGER,
    shown_at INTEGER,
    CHECK (allowed_by IS NULL OR allowed_by <> asked_by)
);

-- cache: a developer in a case
CREATE TABLE participant (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL REFERENCES case_key,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    alias TEXT NOT NULL,
    state TEXT NOT NULL,
    resume_state TEXT NOT NULL DEFAULT '',
    contact TEXT NOT NULL DEFAULT 'NOT_CONTACTED',
    level TEXT NOT NULL DEFAULT 'NONE' CHECK (level IN ('NONE', 'EXISTENCE', 'SUMMARY', 'DETAIL', 'POC')),
    rm TEXT NOT NULL DEFAULT 'START',
    pec TEXT NOT NULL DEFAULT 'NO_EMBARGO',
    vfd TEXT NOT NULL DEFAULT 'vfd',
    summary_at INTEGER,
    seen_at INTEGER,
    warning_acknowledged_at INTEGER,
    detail_requested_at INTEGER,
    detail_at INTEGER,
    verified_at INTEGER,
    status_at INTEGER,
    affected TEXT NOT NULL DEFAULT '' CHECK (affected IN ('', 'YES', 'NO', 'INVESTIGATING')),
    novelty TEXT NOT NULL DEFAULT '' CHECK (novelty IN ('', 'NEW', 'KNOWN')),
    countermeasure TEXT NOT NULL DEFAULT '' CHECK (countermeasure IN ('', 'PLANNED', 'WORKAROUND', 'FIX', 'STOP_USE')),
    name_consent INTEGER NOT NULL DEFAULT 0,
    result_seq INTEGER,
    status_seq INTEGER,
    answer_due INTEGER,
    reminders INTEGER NOT NULL DEFAULT 0,
    reminded_at INTEGER,
    is_removed INTEGER NOT NULL DEFAULT 0,
    last_move_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    UNIQUE (case_id, organisation_id)
);
CREATE INDEX participant_by_organisation ON participant (organisation_id, state);

-- cache: a developer's wish to move the date
CREATE TABLE date_request (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ADOPTED', 'DECLINED')),
    decided_seq INTEGER
);

-- cache: "others are affected as well" (COO-13)
CREATE TABLE hint (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    handled_seq INTEGER
);

-- cache: talk; the body is the payload of entry seq. FINDER: receiving body and finder; BODIES: the two bodies;
-- PARTICIPANT: coordinating body and one developer; STAFF: notes inside one body.
CREATE TABLE message (
    seq INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER,
    thread TEXT NOT NULL CHECK (thread IN ('FINDER', 'BODIES', 'PARTICIPANT', 'STAFF_RB', 'STAFF_CB')),
    kind TEXT NOT NULL DEFAULT 'MESSAGE',
    author_kind TEXT NOT NULL,
    author_id INTEGER,
    at INTEGER NOT NULL
);
CREATE INDEX message_by_thread ON message (case_id, thread, participant_id, seq);

CREATE TABLE message_read (
    account_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    thread TEXT NOT NULL,
    participant_id INTEGER NOT NULL DEFAULT 0,
    seq INTEGER NOT NULL,
    PRIMARY KEY (account_id, case_id, thread, participant_id)
);

-- Files lie sealed in STATE/desk/files; a row tells which key, what it is, and whether a person has released it: the receiving body to
-- the coordinating body (RELEASED), that to the developers who have the detail (SHARED).
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER,
    draft_hash BLOB,
    seq INTEGER,
    thread TEXT NOT NULL,
    participant_id INTEGER,
    info_class TEXT NOT NULL DEFAULT 'X' CHECK (info_class IN ('V', 'T', 'X', 'M', 'S')),
    -- the file's own key, under the case's key; before there is a case, under the drafts' key
    wrapped BLOB NOT NULL,
    name_sealed BLOB NOT NULL,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    verdict TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'HELD' CHECK (state IN ('PART', 'HELD', 'RELEASED', 'SHARED')),
    released_by INTEGER,
    created_at INTEGER NOT NULL
);
CREATE INDEX attachment_by_case ON attachment (case_id);
CREATE INDEX attachment_by_draft ON attachment (draft_hash);

-- cache
CREATE TABLE contact_attempt (
    seq INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    at INTEGER NOT NULL,
    result TEXT NOT NULL
);

-- cache: who received which information class, when (CFD-12)
CREATE TABLE disclosure (
    seq INTEGER NOT NULL,
    case_id INTEGER NOT NULL,
    participant_id INTEGER,
    recipient TEXT NOT NULL,
    info_class TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (seq, recipient, info_class)
);

CREATE TABLE timer (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL,
    participant_id INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    due INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (case_id, participant_id, kind, due)
);
CREATE INDEX timer_due ON timer (done_at, due);

-- ---- advisories ---------------------------------------------------------------------------------------------------------
CREATE TABLE advisory (
    id INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    case_id INTEGER NOT NULL REFERENCES case_key,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'NORMAL' CHECK (kind IN ('NORMAL', 'STOP_USE')),
    state TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    draft_sealed BLOB,
    draft_version INTEGER NOT NULL DEFAULT 1,
    author_id INTEGER,
    reviewer_id INTEGER,
    reviewed_version INTEGER,
    confirmed_by INTEGER,
    confirmed_version INTEGER,
    rehearsed_at INTEGER,
    rehearsed_version INTEGER,
    rehearsal_faults INTEGER,
    published_at INTEGER,
    updated_at INTEGER,
    changed_at INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE advisory_revision (
    advisory_id INTEGER NOT NULL REFERENCES advisory,
    revision INTEGER NOT NULL,
    content_sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (advisory_id, revision)
);

-- The bridge outwards: PUBLISHING is committed first, then the public world is written, then PUBLISHED.
CREATE TABLE publication (
    id INTEGER PRIMARY KEY,
    advisory_id INTEGER NOT NULL REFERENCES advisory,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('PUBLISHING', 'PUBLISHED')),
    hash BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (advisory_id, revision)
);

-- ---- notices ------------------------------------------------------------------------------------------------------------
-- News travels up as rows, written in the transaction of the change. No secrets: the text is made when it is sent.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    notice TEXT NOT NULL,
    case_id INTEGER,
    participant_id INTEGER,
    report_id INTEGER,
    account_id INTEGER,
    seq INTEGER,
    token_sealed BLOB,
    created_at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'SENT', 'FAILED', 'NO_ADDRESS')),
    message_id TEXT NOT NULL,
    last_words TEXT NOT NULL DEFAULT '',
    sent_at INTEGER
);
CREATE INDEX outbox_due ON outbox (state, due);

-- High-water mark of the clock and other single facts.
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    n INTEGER,
    text TEXT
);
