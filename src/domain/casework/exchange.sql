-- name: exchange_next
-- The next one's number.
SELECT coalesce(max(id), 0) + 1 AS id FROM exchange

-- name: exchanges
-- Foreign coordinators in cases, as they joined.
SELECT e.id, e.public_id, e.case_id, e.organisation_id, e.is_origin, e.parts, e.opened_seq, e.opened_at, e.given_seq, e.given_at, e.seen_at, e.ended_at, o.name_ja, o.name_en
FROM exchange e JOIN organisation o ON o.id = e.organisation_id WHERE 1 = 1
--? case_id: AND e.case_id = :case_id
--? organisation_id: AND e.organisation_id = :organisation_id
--? public_id: AND e.public_id = :public_id
ORDER BY e.id

-- name: exchange_messages
-- What was said, as it was said.
SELECT seq, is_from_there, at FROM exchange_message WHERE exchange_id = :exchange_id ORDER BY seq
