-- name: analysis_next
-- The next request's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM analysis

-- name: analyses
-- Requests, the newest first.
SELECT a.id, a.public_id, a.case_id, a.organisation_id, a.body, a.parts, a.seq, a.at, a.due, a.seen_at, a.answer_seq, a.answered_at, a.ended_at, o.name_ja, o.name_en
FROM analysis a JOIN organisation o ON o.id = a.organisation_id WHERE 1 = 1
--? case_id: AND a.case_id = :case_id
--? organisation_id: AND a.organisation_id = :organisation_id
--? public_id: AND a.public_id = :public_id
ORDER BY a.id DESC
