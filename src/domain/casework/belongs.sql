-- name: belongs_of_case
-- What a case belongs to, and what belongs to it.
SELECT b.kind, b.other_id AS id, 1 AS is_outward, b.at FROM case_belongs b WHERE b.case_id = :case_id
UNION ALL
SELECT b.kind, b.case_id, 0, b.at FROM case_belongs b WHERE b.other_id = :case_id
ORDER BY 4, 2

-- name: belongs_merged_into
-- The cases that rest in this one, with where they stood.
SELECT c.id, k.public_id, k.number, c.version, b.state_left,
       (SELECT min(r.id) FROM report r JOIN report_access x ON x.report_id = r.id WHERE r.case_id = c.id) AS report_id
FROM case_belongs b JOIN product_case c ON c.id = b.case_id JOIN case_key k ON k.case_id = c.id
WHERE b.other_id = :case_id AND b.kind = 'MERGED' AND c.state = 'MERGED' ORDER BY c.id

-- name: belongs_state_left
-- Where a merged case stood.
SELECT state_left FROM case_belongs WHERE case_id = :case_id AND kind = 'MERGED'

-- name: belongs_other
-- The case that this one is merged into, or was split off.
SELECT other_id AS n FROM case_belongs WHERE case_id = :case_id AND kind = :kind

-- name: belongs_origin_report
-- The report of the case that this one was split off.
SELECT c.id, k.public_id, k.number, min(r.id) AS report_id
FROM case_belongs b JOIN product_case c ON c.id = b.other_id JOIN case_key k ON k.case_id = c.id
JOIN report r ON r.case_id = c.id JOIN report_access x ON x.report_id = r.id
WHERE b.case_id = :case_id AND b.kind = 'SPLIT' GROUP BY c.id

-- name: belongs_case_of_number
-- A case by its number.
SELECT p.id FROM case_key k JOIN product_case p ON p.id = k.case_id WHERE k.number = :number

-- name: belongs_holds
-- What stands against a merge: an advisory that is more than a draft, something urgent that waits, an analysis without a result, a provision that
-- is planned or was made, cases that rest in it.
SELECT (SELECT count(*) FROM advisory WHERE case_id = :case_id AND state <> 'DRAFT') AS advisories,
       (SELECT count(*) FROM observation WHERE case_id = :case_id AND state IN ('CLAIMED', 'ADOPTED')) AS urgent,
       (SELECT count(*) FROM priority_plan WHERE case_id = :case_id AND state IN ('PLANNED', 'PROVIDED')) AS provisions,
       (SELECT count(*) FROM analysis WHERE case_id = :case_id AND answered_at IS NULL AND ended_at IS NULL) AS analyses,
       (SELECT count(*) FROM case_belongs WHERE other_id = :case_id AND kind = 'MERGED') AS merged,
       (SELECT count(*) FROM publication p JOIN advisory a ON a.id = p.advisory_id WHERE a.case_id = :case_id AND p.state = 'PUBLISHING') AS going_out
