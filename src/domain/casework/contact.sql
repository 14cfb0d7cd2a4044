-- name: contact_attempts
-- Every attempt to reach a developer of a case, in the order they were made.
SELECT seq, channel, at, result FROM contact_attempt WHERE participant_id = :participant_id ORDER BY at, seq
