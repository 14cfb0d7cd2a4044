-- name: timer_add
-- Something falls due; the same again changes nothing.
INSERT INTO timer (case_id, participant_id, kind, due) VALUES (:case_id, :participant_id, :kind, :due)
ON CONFLICT (case_id, participant_id, kind, due) DO UPDATE SET done_at = NULL

-- name: timer_clear
-- No longer waited for.
UPDATE timer SET done_at = :now WHERE case_id = :case_id AND participant_id = :participant_id AND kind = :kind AND done_at IS NULL

-- name: timer_due
-- What is due and not done.
SELECT id, case_id, participant_id, kind, due FROM timer WHERE done_at IS NULL AND due <= :now ORDER BY due, id LIMIT :limit

-- name: timer_done
-- Fires once.
UPDATE timer SET done_at = :now WHERE id = :id AND done_at IS NULL
