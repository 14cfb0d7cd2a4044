-- name: cve_add
-- One number of a block; one that is there stays as it is.
INSERT INTO cve_number (cve, year, number, added_by, added_at) VALUES (:cve, :year, :number, :who, :now) ON CONFLICT (cve) DO NOTHING

-- name: cve_pool
-- How many of each year are in which state.
SELECT year, state, count(*) AS n FROM cve_number GROUP BY year, state ORDER BY year DESC

-- name: cve_next
-- The next free number: of the latest year, the lowest.
SELECT cve AS id FROM cve_number WHERE state = 'FREE' ORDER BY year DESC, number LIMIT 1

-- name: cve_numbers
-- Numbers that are not free.
SELECT n.id, n.cve, n.state, n.case_id, n.reserved_seq, n.reserved_at, n.changed_at, n.alarmed_at, k.public_id, k.number
FROM cve_number n LEFT JOIN case_key k ON k.case_id = n.case_id WHERE 1 = 1
--? case_id: AND n.case_id = :case_id
--? cve: AND n.cve = :cve
--? in_use: AND n.case_id IS NOT NULL AND :in_use = 1
--? to_watch: AND n.state IN ('RESERVED', 'ASSIGNED') AND n.alarmed_at IS NULL AND :to_watch = 1
ORDER BY n.changed_at DESC, n.id LIMIT :limit

-- name: cve_set_state
-- A move of one number, if it is still where the reader saw it.
UPDATE cve_number SET state = :to, changed_at = :now WHERE id = :id AND state = :from

-- name: cve_set_reserved
-- For which case, and where the words stand.
UPDATE cve_number SET case_id = :case_id, reserved_seq = :seq, reserved_at = :now WHERE id = :id

-- name: cve_set_alarmed
-- It was told once.
UPDATE cve_number SET alarmed_at = :now WHERE id = :id
