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

-- name: unreachable_revision
-- Grows with every entry of a case that has somebody on the list.
SELECT coalesce(max(l.seq), 0) AS n FROM ledger l JOIN unreachable u ON u.case_id = l.case_id WHERE u.listed_at IS NOT NULL

-- name: unreachable_public
-- Who stands on the public list, the newest first: listed, not reached, and the case is open.
SELECT u.number, u.case_id, u.listed_at, u.listed_seq, u.product_at, u.product_seq, u.deadline FROM unreachable u JOIN product_case c ON c.id = u.case_id
JOIN participant p ON p.id = u.participant_id
WHERE u.listed_at IS NOT NULL AND u.resumed_at IS NULL AND c.published_at IS NULL AND c.closed_at IS NULL AND p.is_removed = 0 ORDER BY u.listed_at DESC, u.id DESC

-- name: unreachable_counts
-- As figure 1-7 counts: listed in total, of them reached, of these ended.
SELECT count(*) AS listed, count(u.resumed_at) AS resumed,
       count(CASE WHEN u.resumed_at IS NOT NULL AND (c.published_at IS NOT NULL OR c.closed_at IS NOT NULL) THEN 1 END) AS completed
FROM unreachable u JOIN product_case c ON c.id = u.case_id WHERE u.listed_at IS NOT NULL

-- name: unreachable_by_number
-- Who is on the list under that number.
SELECT u.id, u.case_id, u.participant_id FROM unreachable u JOIN product_case c ON c.id = u.case_id
WHERE u.number = :number AND u.listed_at IS NOT NULL AND u.resumed_at IS NULL AND c.published_at IS NULL AND c.closed_at IS NULL

-- name: unreachable_answers
-- What people wrote about one, the newest first.
SELECT seq, at FROM unreachable_answer WHERE unreachable_id = :id ORDER BY seq DESC
