-- name: unreachable_of
-- The newest of a developer in a case.
SELECT u.id, u.case_id, u.participant_id, u.state, u.number, u.proposed_by, u.proposed_seq, p.at AS proposed_at, u.confirmed_at, u.listed_at, u.listed_seq,
       u.product_at, u.product_seq, u.deadline, u.resumed_at
FROM unreachable u JOIN ledger p ON p.seq = u.proposed_seq WHERE u.participant_id = :participant_id ORDER BY u.id DESC LIMIT 1

-- name: unreachable_next
-- The next one's internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM unreachable

-- name: unreachable_number_taken
-- Whether an inquiry number is in use.
SELECT count(*) AS n FROM unreachable WHERE number = :number
