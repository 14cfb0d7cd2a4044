-- name: nvd_rows
-- What the plain filters leave, in the interface's order.
SELECT c.cve, c.record_id, c.is_nvd, c.v2, c.v3, c.v4 FROM cve_row c WHERE 1 = 1
--? cve: AND c.cve = :cve
--? origin: AND c.origin = :origin
--? mark: AND instr(c.marks, :mark) > 0
--? tag: AND instr(c.marks, :tag) > 0
--? must: AND (c.facts & :must) = :must
--? never: AND (c.facts & :never) = 0
--? v2: AND (c.facts & :v2) <> 0
--? v3: AND (c.facts & :v3) <> 0
--? v4: AND (c.facts & :v4) <> 0
--? published_from: AND c.published_at >= :published_from
--? published_to: AND c.published_at <= :published_to
--? modified_from: AND c.modified_at >= :modified_from
--? modified_to: AND c.modified_at <= :modified_to
--? kev: AND EXISTS (SELECT 1 FROM kev k WHERE k.cve = c.cve AND coalesce(k.added_at, 0) BETWEEN :kev AND :kev_to)
--? words: AND c.cve IN (SELECT e.name FROM words JOIN entry e ON e.doc = words.rowid WHERE words MATCH :words)
--? product: AND c.cve IN (SELECT r.name FROM cpe_product n CROSS JOIN cve_product p ON p.product_id = n.id CROSS JOIN record r ON r.id = p.record_id WHERE n.product >= :product AND n.product < :product_end)
ORDER BY c.published_at, c.cve LIMIT :limit OFFSET :offset;

-- name: nvd_count
-- How many that are.
SELECT count(*) FROM cve_row c WHERE 1 = 1
--? cve: AND c.cve = :cve
--? origin: AND c.origin = :origin
--? mark: AND instr(c.marks, :mark) > 0
--? tag: AND instr(c.marks, :tag) > 0
--? must: AND (c.facts & :must) = :must
--? never: AND (c.facts & :never) = 0
--? v2: AND (c.facts & :v2) <> 0
--? v3: AND (c.facts & :v3) <> 0
--? v4: AND (c.facts & :v4) <> 0
--? published_from: AND c.published_at >= :published_from
--? published_to: AND c.published_at <= :published_to
--? modified_from: AND c.modified_at >= :modified_from
--? modified_to: AND c.modified_at <= :modified_to
--? kev: AND EXISTS (SELECT 1 FROM kev k WHERE k.cve = c.cve AND coalesce(k.added_at, 0) BETWEEN :kev AND :kev_to)
--? words: AND c.cve IN (SELECT e.name FROM words JOIN entry e ON e.doc = words.rowid WHERE words MATCH :words)
--? product: AND c.cve IN (SELECT r.name FROM cpe_product n CROSS JOIN cve_product p ON p.product_id = n.id CROSS JOIN record r ON r.id = p.record_id WHERE n.product >= :product AND n.product < :product_end)
;

-- name: nvd_body
-- One record.
SELECT coalesce(u.bytes, b.bytes) AS bytes FROM body b LEFT JOIN ruled u ON u.record_id = b.record_id WHERE b.record_id = :id;

-- name: nvd_sources
-- Whose CVE there are.
SELECT origin, min(published_at) AS first, max(modified_at) AS last FROM cve_row WHERE origin <> ''
--? origin: AND origin = :origin
GROUP BY origin HAVING 1 = 1
--? modified_from: AND max(modified_at) >= :modified_from
--? modified_to: AND max(modified_at) <= :modified_to
ORDER BY origin;

-- name: nvd_events
-- The first state of each record and each that was replaced: past is 0 for the first one.
SELECT c.cve, c.record_id, x.past, x.at FROM (
    SELECT r.id AS record_id, 0 AS past, r.first_at AS at FROM record r
    UNION ALL SELECT p.record_id, p.id, p.until_at FROM past p
) x JOIN cve_row c ON c.record_id = x.record_id WHERE 1 = 1
--? cve: AND c.cve = :cve
--? at_from: AND x.at >= :at_from
--? at_to: AND x.at <= :at_to
ORDER BY x.at, c.cve, x.past LIMIT :limit OFFSET :offset;

-- name: nvd_events_count
-- How many that are.
SELECT count(*) FROM (
    SELECT r.id AS record_id, r.first_at AS at FROM record r
    UNION ALL SELECT p.record_id, p.until_at FROM past p
) x JOIN cve_row c ON c.record_id = x.record_id WHERE 1 = 1
--? cve: AND c.cve = :cve
--? at_from: AND x.at >= :at_from
--? at_to: AND x.at <= :at_to
;

-- name: nvd_past
-- A state that was replaced.
SELECT bytes FROM past WHERE id = :id;

-- name: nvd_past_after
-- The one after it, or the first.
SELECT bytes FROM past WHERE record_id = :record AND id > :after ORDER BY id LIMIT 1;
