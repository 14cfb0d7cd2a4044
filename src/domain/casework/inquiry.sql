-- name: inquiries_waiting
-- Questions of the finder that have no answer yet.
SELECT id, state, identity, at, seq, consulted_at, consulted_seq, advised_at, advised_seq FROM inquiry WHERE case_id = :case_id AND state <> 'ANSWERED' ORDER BY id

-- name: inquiry_next
-- The next one's internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM inquiry

-- name: inquiry_waits
-- How many questions of the finder have no answer yet.
SELECT count(*) AS n FROM inquiry WHERE case_id = :case_id AND state <> 'ANSWERED'
