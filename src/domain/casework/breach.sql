-- name: breach_list
-- What is on record of a developer, with the person who wrote it down.
SELECT b.seq, b.case_id, b.published_at, b.at, k.public_id, k.number, COALESCE(a.name, '') AS actor_name
FROM breach b JOIN case_key k ON k.case_id = b.case_id JOIN ledger l ON l.seq = b.seq LEFT JOIN account a ON a.id = l.actor_id
WHERE b.organisation_id = :organisation_id ORDER BY b.seq DESC LIMIT 200
