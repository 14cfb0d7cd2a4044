-- name: observations
-- What was seen in a case, the newest first.
SELECT o.id, o.kind, o.state, o.claimed_by, o.participant_id, o.seen_at, o.seq, l.at, o.adopted_at, o.adopted_seq, o.decision, o.decided_at, o.decided_seq
FROM observation o JOIN ledger l ON l.seq = o.seq WHERE o.case_id = :case_id ORDER BY o.id DESC LIMIT 100

-- name: observation_next
-- The next one's internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM observation

-- name: observation_adopted
-- The newest that has been confirmed.
SELECT kind FROM observation WHERE case_id = :case_id AND adopted_at IS NOT NULL ORDER BY id DESC LIMIT 1

-- name: observation_open
-- What waits for a second person, and what for the coordinating body.
SELECT min(CASE WHEN o.state = 'CLAIMED' THEN l.at END) AS claimed_at, min(CASE WHEN o.state = 'ADOPTED' THEN o.adopted_at END) AS adopted_at
FROM observation o JOIN ledger l ON l.seq = o.seq WHERE o.case_id = :case_id
