-- name: hook_insert
-- A new address.
INSERT INTO hook (public_id, organisation_id, sealed, events, created_at) VALUES (:public_id, :organisation_id, :sealed, :events, :now)

-- name: hook_count
-- How many an organisation has.
SELECT count(*) AS n FROM hook WHERE organisation_id = :organisation_id AND ended_at IS NULL

-- name: hook_list
-- An organisation's addresses, or one of them.
SELECT h.id, h.public_id, h.sealed, h.events, h.created_at, h.paused_at, h.failures,
       (SELECT count(*) FROM hook_delivery d WHERE d.hook_id = h.id AND d.state = 'QUEUED') AS waiting
FROM hook h WHERE h.organisation_id = :organisation_id AND h.ended_at IS NULL
--? public_id: AND h.public_id = :public_id
ORDER BY h.id

-- name: hook_end
-- It is called no more, and the secret is gone.
UPDATE hook SET ended_at = :now, sealed = x'' WHERE id = :id

-- name: hook_forget
-- What waited for it goes with it.
DELETE FROM hook_delivery WHERE hook_id = :id

-- name: hook_pause
-- Nothing goes there until it is set going again.
UPDATE hook SET paused_at = :now WHERE id = :id AND paused_at IS NULL

-- name: hook_resume
-- As if nothing had failed.
UPDATE hook SET paused_at = NULL, failures = 0, retry_at = 0 WHERE id = :id

-- name: hook_told
-- What an address was told and what waits for it.
SELECT d.public_id, d.kind, d.at, d.tried_at, d.state, d.attempts, d.words, k.number AS case_number, k.public_id AS case_public_id
FROM hook_delivery d LEFT JOIN case_key k ON k.case_id = d.case_id WHERE d.hook_id = :hook_id ORDER BY d.id DESC LIMIT :limit

-- name: hook_add
-- One delivery to one address.
INSERT INTO hook_delivery (public_id, hook_id, kind, at) VALUES (:public_id, :hook_id, :kind, :now)

-- name: hook_again
-- Once more.
UPDATE hook_delivery SET state = 'QUEUED', attempts = 0 WHERE hook_id = :hook_id AND public_id = :public_id AND state <> 'QUEUED'

-- name: hook_queue
-- To every address of the developers concerned that wants to hear of such events.
INSERT INTO hook_delivery (public_id, hook_id, kind, case_id, seq, at)
SELECT lower(hex(randomblob(16))), h.id, :kind, :case_id, :seq, :now
FROM hook h JOIN participant p ON p.organisation_id = h.organisation_id
WHERE h.ended_at IS NULL AND p.case_id = :case_id AND p.is_removed = 0 AND p.summary_at IS NOT NULL AND (:is_for_all = 1 OR p.id = :participant_id)
  AND instr(' ' || h.events || ' ', ' ' || :event || ' ') > 0

-- name: hook_due
-- The oldest that waits, of each address that may be called now.
SELECT min(d.id) AS id FROM hook h JOIN hook_delivery d ON d.hook_id = h.id AND d.state = 'QUEUED'
WHERE h.ended_at IS NULL AND h.paused_at IS NULL AND h.retry_at <= :now GROUP BY h.id ORDER BY 1 LIMIT :limit

-- name: hook_delivery
-- One delivery and where it goes.
SELECT d.public_id, d.kind, d.seq, d.at, d.hook_id, h.public_id AS hook_public_id, h.sealed, h.organisation_id, h.failures, k.public_id AS case_public_id
FROM hook_delivery d JOIN hook h ON h.id = d.hook_id LEFT JOIN case_key k ON k.case_id = d.case_id WHERE d.id = :id

-- name: hook_outcome
-- What became of an attempt.
UPDATE hook_delivery SET state = :state, attempts = attempts + 1, tried_at = :now, words = :words WHERE id = :id

-- name: hook_failures
-- How it goes at the address, and when it is called next.
UPDATE hook SET failures = :failures, retry_at = :retry_at WHERE id = :id

-- name: hook_purge
-- Old ones.
DELETE FROM hook_delivery WHERE at < :before
