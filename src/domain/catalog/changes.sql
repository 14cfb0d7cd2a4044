-- name: reach
-- The greatest numbers there are.
SELECT coalesce((SELECT max(id) FROM record), 0) AS record, coalesce((SELECT max(id) FROM past), 0) AS past,
    (SELECT coalesce(max(last_at), 0) FROM record WHERE import_id = 0) AS hand, (SELECT count(*) FROM record WHERE import_id = 0) AS hands;

-- name: changes_count
-- New records and replaced states since then.
SELECT (SELECT count(*) FROM record WHERE id > :record) + (SELECT count(*) FROM past WHERE id > :past)
    + (SELECT count(*) FROM record WHERE import_id = 0 AND last_at >= :hand);

-- name: changes
-- The records of these.
SELECT id FROM record WHERE id > :record UNION SELECT record_id FROM past WHERE id > :past
UNION SELECT id FROM record WHERE import_id = 0 AND last_at >= :hand ORDER BY 1;

-- name: tellers
-- Who has the name, or calls itself so.
SELECT id FROM record WHERE name IN (:id, :small) UNION SELECT record_id FROM alias WHERE alias IN (:id, :small) ORDER BY 1;

-- name: claim
-- Who says it.
SELECT source, name, is_overlay, state FROM record WHERE id = :id;

-- name: claim_aliases
-- What else it calls itself; only where it is one name does the order not matter.
SELECT alias FROM alias WHERE record_id = :id LIMIT 2;

-- name: whole_body
-- The record itself, as it was decided to read.
SELECT coalesce(u.bytes, b.bytes) AS bytes FROM body b LEFT JOIN ruled u ON u.record_id = b.record_id WHERE b.record_id = :id;

-- name: scores
-- What changes when a score does.
SELECT count(*) AS count, coalesce(sum(score + percentile), 0) AS sum, coalesce(max(date), 0) AS newest FROM epss;
