-- name: withdrawal
-- How far it is with a case's request to be released from silence.
SELECT state, requested_at, requested_seq, decided_at, decided_seq FROM withdrawal WHERE case_id = :case_id

-- name: withdrawal_open
-- Since when the receiving body's answer is waited for.
SELECT requested_at AS n FROM withdrawal WHERE case_id = :case_id AND state = 'REQUESTED'
