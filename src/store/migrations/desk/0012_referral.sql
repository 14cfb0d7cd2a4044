-- Whoever was written to by a finder may ask it to report here anew, with a number (INT-17). Nothing of the vulnerability stands here.
CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    organisation_id INTEGER NOT NULL REFERENCES organisation,
    account_id INTEGER NOT NULL REFERENCES account,
    -- whom the finder had told: the developer itself, or the operator on whose behalf the receiving body made the number
    told TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX referral_by_organisation ON referral (organisation_id, id);
