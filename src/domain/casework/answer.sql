-- name: status_draft_get
-- What is being written, and who kept it last.
SELECT d.version, d.kept_at, d.sealed, a.name FROM status_draft d JOIN account a ON a.id = d.kept_by WHERE d.participant_id = :id

-- name: status_draft_keep
-- If it still is what its writer saw; version 0: there was none.
INSERT INTO status_draft (participant_id, case_id, version, kept_at, kept_by, sealed)
SELECT :id, :case_id, 1, :now, :account_id, :sealed WHERE :version = 0 OR EXISTS (SELECT 1 FROM status_draft WHERE participant_id = :id)
ON CONFLICT (participant_id) DO UPDATE SET version = version + 1, kept_at = excluded.kept_at, kept_by = excluded.kept_by, sealed = excluded.sealed
WHERE version = :version

-- name: status_draft_drop
-- It has been sent.
DELETE FROM status_draft WHERE participant_id = :id
