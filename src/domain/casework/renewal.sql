-- name: renewal_ask
-- A wish for a new passphrase.
INSERT INTO mailbox_renewal (public_id, report_id, asked_by, asked_at, asked_seq) VALUES (:public_id, :report_id, :asked_by, :now, :seq)

-- name: renewal_allow
-- A second person agrees; never the one who asked.
UPDATE mailbox_renewal SET allowed_by = :allowed_by, token_hash = :token_hash, expires_at = :expires_at
WHERE public_id = :public_id AND report_id = :report_id AND allowed_by IS NULL AND asked_by <> :allowed_by

-- name: renewal_end_others
-- One link of a mailbox at a time.
UPDATE mailbox_renewal SET expires_at = :now WHERE report_id = :report_id AND public_id <> :public_id AND used_at IS NULL AND expires_at > :now

-- name: renewal_by_token
-- A link that is still good, and the mailbox it is for.
SELECT n.id, n.report_id, a.receipt, r.case_id FROM mailbox_renewal n JOIN report_access a ON a.report_id = n.report_id JOIN report r ON r.id = n.report_id
WHERE n.token_hash = :token_hash AND n.used_at IS NULL AND n.expires_at > :now

-- name: renewal_use
-- Of two at the same moment one finds it used.
UPDATE mailbox_renewal SET used_at = :now WHERE id = :id AND used_at IS NULL

-- name: renewals_of_report
-- Wishes for a new passphrase, with who asked.
SELECT n.public_id, n.asked_by, n.asked_at, n.asked_seq, n.allowed_by, n.expires_at, n.used_at, a.name
FROM mailbox_renewal n JOIN account a ON a.id = n.asked_by WHERE n.report_id = :report_id ORDER BY n.id
