-- name: cpe_name_put
-- A name, unless a later state of it is there.
INSERT INTO cpe_name (id, name, product, created_at, modified_at, words, bytes) VALUES (:id, :name, :product, :created, :modified, :words, :bytes)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, product = excluded.product, created_at = excluded.created_at,
    modified_at = excluded.modified_at, words = excluded.words, bytes = excluded.bytes
WHERE excluded.modified_at > cpe_name.modified_at;

-- name: cpe_match_put
-- A criterion, unless a later state of it is there.
INSERT INTO cpe_match (id, criteria, product, created_at, modified_at, bytes) VALUES (:id, :name, :product, :created, :modified, :bytes)
ON CONFLICT (id) DO UPDATE SET criteria = excluded.criteria, product = excluded.product, created_at = excluded.created_at,
    modified_at = excluded.modified_at, bytes = excluded.bytes
WHERE excluded.modified_at > cpe_match.modified_at;

-- name: cpe_name_is
-- Is it there?
SELECT count(*) FROM cpe_name WHERE id = :id;

-- name: cpe_match_is
-- Is it there?
SELECT count(*) FROM cpe_match WHERE id = :id;

-- name: cpe_name_rows
-- Names, the first that was made first.
SELECT id, name, words, x'' AS bytes FROM cpe_name WHERE 1 = 1
--? id: AND id = :id
--? product: AND product >= :product AND product < :product_end
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at <= :modified_to
ORDER BY created_at, id LIMIT :limit OFFSET :offset;

-- name: cpe_name_count
-- How many that are.
SELECT count(*) FROM cpe_name WHERE 1 = 1
--? id: AND id = :id
--? product: AND product >= :product AND product < :product_end
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at <= :modified_to
;

-- name: cpe_match_rows
-- Criteria, the one that did not change for longest first.
SELECT id, criteria AS name, '' AS words, bytes FROM cpe_match WHERE 1 = 1
--? id: AND id = :id
--? product: AND product >= :product AND product < :product_end
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at <= :modified_to
ORDER BY modified_at, id LIMIT :limit OFFSET :offset;

-- name: cpe_match_count
-- How many that are.
SELECT count(*) FROM cpe_match WHERE 1 = 1
--? id: AND id = :id
--? product: AND product >= :product AND product < :product_end
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at <= :modified_to
;

-- name: cpe_name_json
-- As it came.
SELECT bytes FROM cpe_name WHERE id = :id;

-- name: cpe_match_json
-- As it came.
SELECT bytes FROM cpe_match WHERE id = :id;

-- name: cpe_cve
-- The record that tells of a CVE.
SELECT record_id FROM cve_row WHERE cve = :cve;
