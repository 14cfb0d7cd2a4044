-- name: priority_plan_of
-- The newest plan of a case.
SELECT p.id, p.seq, p.state, p.sectors, p.parts, p.finder_told_at, l.at FROM priority_plan p JOIN ledger l ON l.seq = p.seq
WHERE p.case_id = :case_id ORDER BY p.id DESC LIMIT 1

-- name: priority_answers
-- Who was consulted, and what was answered.
SELECT a.participant_id, a.answer, a.seq, l.at FROM priority_answer a LEFT JOIN ledger l ON l.seq = a.seq WHERE a.plan_id = :plan_id ORDER BY a.participant_id

-- name: priority_plan_next
-- The next plan's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM priority_plan

-- name: provision_next
-- The next provision's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM provision

-- name: provisions
-- What was given, to whom.
SELECT p.id, p.public_id, p.case_id, p.organisation_id, p.sector, p.parts, p.seq, p.at, p.seen_at, p.received_at, o.name_ja, o.name_en
FROM provision p JOIN organisation o ON o.id = p.organisation_id WHERE 1 = 1
--? case_id: AND p.case_id = :case_id
--? organisation_id: AND p.organisation_id = :organisation_id
--? public_id: AND p.public_id = :public_id
ORDER BY p.id DESC
