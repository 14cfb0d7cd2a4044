-- name: intake_by_draft
-- A submission that was already kept under this draft.
SELECT report_id, receipt FROM report_access WHERE draft_hash = :draft_hash

-- name: intake_report_next
-- The next report's internal number; not every report has a mailbox.
SELECT max((SELECT coalesce(max(report_id), 0) FROM report_access), (SELECT coalesce(max(id), 0) FROM report)) + 1 AS id

-- name: intake_number_taken
-- Whether a case number is in use.
SELECT count(*) AS n FROM case_key WHERE number = :number

-- name: intake_access_add
-- How the finder comes back.
INSERT INTO report_access (report_id, public_id, receipt, passphrase_hash, draft_hash)
VALUES (:report_id, :public_id, :receipt, :passphrase_hash, :draft_hash)

-- name: intake_passphrase_set
-- The old passphrase is worth nothing from here on.
UPDATE report_access SET passphrase_hash = :passphrase_hash WHERE report_id = :report_id

-- name: intake_identity_add
-- Who the finder is: apart from the case, under a key of its own.
INSERT INTO finder_identity (report_id, wrapped, sealed) VALUES (:report_id, :wrapped, :sealed)

-- name: intake_identity_of
-- The sealed identity.
SELECT wrapped, sealed FROM finder_identity WHERE report_id = :report_id

-- name: intake_reports_to_credit
-- The reports a publication rests on: the case's own, those of cases that were merged into it, and that of the case it was split off.
SELECT r.id FROM report r JOIN report_access x ON x.report_id = r.id
WHERE r.case_id = :case_id OR r.case_id IN (SELECT b.case_id FROM case_belongs b WHERE b.other_id = :case_id AND b.kind = 'MERGED')
   OR r.case_id IN (SELECT b.other_id FROM case_belongs b WHERE b.case_id = :case_id AND b.kind = 'SPLIT')
ORDER BY r.id

-- name: intake_lang_of
-- The language the finder wrote in.
SELECT lang FROM report WHERE id = :report_id

-- name: intake_by_receipt
-- A mailbox by its number.
SELECT report_id, passphrase_hash FROM report_access WHERE receipt = :receipt

-- name: intake_report_of_case
-- The report a case began with.
SELECT id, submitted_seq, consent_developer, consent_coordinator, consent_direct, consent_credit FROM report WHERE case_id = :case_id ORDER BY id LIMIT 1

-- name: intake_stop_advised
-- Whether CB has told RB this cause.
SELECT count(*) AS n FROM ledger WHERE case_id = :case_id AND kind = 'case.stop_advised' AND code = :code

-- name: intake_account_roles
-- The roles of a colleague who is to get a case.
SELECT roles FROM account WHERE id = :id AND state = 'ACTIVE'

-- name: identity_ask
-- A wish to open an identity.
INSERT INTO identity_opening (public_id, report_id, asked_by, asked_at, asked_seq) VALUES (:public_id, :report_id, :asked_by, :now, :seq)

-- name: identity_allow
-- A second person allows it; never the one who asked.
UPDATE identity_opening SET allowed_by = :allowed_by, allowed_at = :now
WHERE public_id = :public_id AND report_id = :report_id AND allowed_by IS NULL AND asked_by <> :allowed_by

-- name: identity_shown
-- Shown once, to who asked.
UPDATE identity_opening SET shown_at = :now
WHERE public_id = :public_id AND report_id = :report_id AND asked_by = :asked_by AND allowed_at IS NOT NULL AND shown_at IS NULL

-- name: intake_case_of_report
-- The case of a mailbox, and its receipt number.
SELECT r.case_id, x.receipt FROM report r JOIN report_access x ON x.report_id = r.id WHERE r.id = :report_id

-- name: intake_reason
-- The last decision that ended a report, which its finder hears with its reason.
SELECT seq, code FROM ledger WHERE case_id = :case_id AND kind IN ('report.not_accepted', 'case.stopped', 'website.not_accepted', 'website.stopped', 'website.closed_not_vuln',
    'website.unhandleable', 'website.closed_alert') ORDER BY seq DESC LIMIT 1
