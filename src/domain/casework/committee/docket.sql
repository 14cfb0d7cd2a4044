-- name: docket_of
-- The newest of a case.
SELECT id, participant_id, cause, state, proposed_at, proposed_seq, checked_at, checked_seq, criteria, bundle_hash, notice_at, notice_seq, hearing_until,
       heard_at, opinion_seq, meeting_at, deliberated_at, minutes_seq, decided_at, decided_seq, ordered_at, ordered_seq, view_seq,
       executed_at, ended_at
FROM docket WHERE case_id = :case_id ORDER BY id DESC LIMIT 1

-- name: docket_next
-- The next one's internal number.
SELECT coalesce(max(id), 0) + 1 AS id FROM docket

-- name: docket_members
-- Who judges, in the order of their names.
SELECT m.account_id, m.is_recused, m.vote, m.at, m.seq, a.name, o.name_ja, o.name_en FROM docket_member m JOIN account a ON a.id = m.account_id
JOIN organisation o ON o.id = a.organisation_id WHERE m.docket_id = :docket_id ORDER BY a.name, a.id

-- name: docket_may_judge
-- Whether this is somebody of the committee.
SELECT count(*) AS n FROM account WHERE id = :id AND state = 'ACTIVE' AND (roles & :role) <> 0

-- name: docket_cases
-- The newest of each case; of a member those it judges.
SELECT k.public_id FROM docket d JOIN case_key k ON k.case_id = d.case_id WHERE d.id = (SELECT max(n.id) FROM docket n WHERE n.case_id = d.case_id)
--? member: AND EXISTS (SELECT 1 FROM docket_member m WHERE m.docket_id = d.id AND m.account_id = :member AND m.is_recused = 0)
ORDER BY d.ended_at IS NOT NULL, d.proposed_at, d.id

-- name: docket_ready
-- Cases a meeting could be called for.
SELECT count(*) AS n FROM docket WHERE state IN ('HEARD', 'CONVENED')

-- name: docket_state
-- Of the newest of a case.
SELECT state FROM docket WHERE case_id = :case_id ORDER BY id DESC LIMIT 1
