-- What happened to accounts and organisations. Rows are only ever added: who gave whom a right must stay readable.
CREATE TABLE access_event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor_account_id INTEGER,
    about_account_id INTEGER,
    about_organisation_id INTEGER,
    -- a role, a fingerprint, a state: never an address, a name or a secret
    detail TEXT NOT NULL DEFAULT ''
);
CREATE INDEX access_event_by_account ON access_event (about_account_id, id);
CREATE INDEX access_event_by_organisation ON access_event (about_organisation_id, id);

CREATE TRIGGER access_event_is_append_only_1 BEFORE UPDATE ON access_event
BEGIN SELECT RAISE(ABORT, 'access events are append-only'); END;
CREATE TRIGGER access_event_is_append_only_2 BEFORE DELETE ON access_event
BEGIN SELECT RAISE(ABORT, 'access events are append-only'); END;

-- How a developer could be reached, and until when (COO-04).
CREATE TABLE contact_change (
    id INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    at INTEGER NOT NULL,
    actor_account_id INTEGER,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX contact_change_by_organisation ON contact_change (organisation_id, id);

CREATE TRIGGER contact_change_is_append_only_1 BEFORE UPDATE ON contact_change
BEGIN SELECT RAISE(ABORT, 'contact changes are append-only'); END;
CREATE TRIGGER contact_change_is_append_only_2 BEFORE DELETE ON contact_change
BEGIN SELECT RAISE(ABORT, 'contact changes are append-only'); END;

-- Names, kana and keywords as searches compare them (base/fold.h).
ALTER TABLE organisation ADD COLUMN folded TEXT NOT NULL DEFAULT '';
-- What a developer prepares before it is registered (COO-03): the rule and guideline read, rules for handling information set,
-- and how its messages are protected: its own PGP key, or reading at the desk alone.
ALTER TABLE organisation ADD COLUMN guideline_read_at INTEGER;
ALTER TABLE organisation ADD COLUMN handling_rules_at INTEGER;
ALTER TABLE organisation ADD COLUMN protection TEXT NOT NULL DEFAULT '' CHECK (protection IN ('', 'PGP', 'DESK'));
-- A body is one by designation (GEN-09).
ALTER TABLE organisation ADD COLUMN designation_basis TEXT NOT NULL DEFAULT '';
ALTER TABLE organisation ADD COLUMN designated_at INTEGER;
-- A second factor that is being set up does not replace the one in use until a code of it was right.
ALTER TABLE account ADD COLUMN totp_new_sealed BLOB;
