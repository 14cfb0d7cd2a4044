-- name: myjvn_item_find
-- What is known of it.
SELECT id FROM jvn_item WHERE name = :name AND lang = :lang;

-- name: myjvn_item_add
-- A new one.
INSERT INTO jvn_item (id, name, lang, entry_id, public_at, issued_at, modified_at, month, severity, severity_2, vector, doc)
VALUES (:id, :name, :lang, :entry, :public, :issued, :modified, :month, :severity, :severity_2, :vector, :doc);

-- name: myjvn_item_set
-- Its facts, as they are told now.
UPDATE jvn_item SET public_at = :public, issued_at = :issued, modified_at = :modified, month = :month, severity = :severity,
    severity_2 = :severity_2, vector = :vector, doc = :doc
WHERE id = :id;

-- name: myjvn_told_get
-- What was told of it, in each kind.
SELECT kind, modified_at, bytes FROM jvn_told WHERE item_id = :id ORDER BY kind;

-- name: myjvn_told_put
-- What is told now.
INSERT INTO jvn_told (item_id, kind, modified_at, bytes) VALUES (:id, :kind, :modified, :bytes)
ON CONFLICT (item_id, kind) DO UPDATE SET modified_at = excluded.modified_at, bytes = excluded.bytes;

-- name: myjvn_next_doc
-- A row of the full-text index that was never used.
UPDATE jvn_state SET doc = doc + 1 WHERE id = 1;

-- name: myjvn_doc
-- Its number.
SELECT doc FROM jvn_state WHERE id = 1;

-- name: myjvn_words_put
-- What its words are.
INSERT INTO jvn_words (rowid, words) VALUES (:doc, :words);

-- name: myjvn_cpes_clear
-- Before its products are written anew.
DELETE FROM jvn_item_cpe WHERE item_id = :id;

-- name: myjvn_cpe_add
-- A name that is new.
INSERT INTO jvn_cpe (cpe) VALUES (:cpe);

-- name: myjvn_cpe_find
-- One that is known.
SELECT id FROM jvn_cpe WHERE cpe = :cpe;

-- name: myjvn_cpe_link
-- One of its products.
INSERT INTO jvn_item_cpe (cpe_id, item_id) VALUES (:cpe, :id) ON CONFLICT DO NOTHING;

-- name: myjvn_names_clear
-- Before its names are written anew.
DELETE FROM jvn_item_name WHERE item_id = :id;

-- name: myjvn_name_add
-- One of its CVEs or weaknesses.
INSERT INTO jvn_item_name (name, item_id) VALUES (:name, :id) ON CONFLICT DO NOTHING;

-- name: myjvn_search
-- One page, the last that changed first.
SELECT id, name, lang, entry_id, public_at, issued_at, modified_at FROM jvn_item WHERE lang = :lang
--? words: AND doc IN (SELECT rowid FROM jvn_words WHERE jvn_words MATCH :words)
--? cpes: AND id IN (SELECT l.item_id FROM jvn_item_cpe AS l WHERE l.cpe_id IN (SELECT c.id FROM jvn_cpe AS c, json_each(:cpes) AS p WHERE c.cpe GLOB p.value))
--? vendors: AND id IN (SELECT l.item_id FROM jvn_product AS p JOIN jvn_cpe AS c ON c.cpe = lower(p.cpe) JOIN jvn_item_cpe AS l ON l.cpe_id = c.id WHERE p.vid IN (SELECT value FROM json_each(:vendors)))
--? products: AND id IN (SELECT l.item_id FROM jvn_product AS p JOIN jvn_cpe AS c ON c.cpe = lower(p.cpe) JOIN jvn_item_cpe AS l ON l.cpe_id = c.id WHERE p.pid IN (SELECT value FROM json_each(:products)))
--? severity: AND severity = :severity
--? vector: AND vector = :vector
--? public_from: AND public_at >= :public_from
--? public_to: AND public_at < :public_to
--? issued_from: AND issued_at >= :issued_from
--? issued_to: AND issued_at < :issued_to
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at < :modified_to
ORDER BY modified_at DESC, name DESC LIMIT :limit OFFSET :offset;

-- name: myjvn_search_count
-- How many there are of them.
SELECT count(*) FROM jvn_item WHERE lang = :lang
--? words: AND doc IN (SELECT rowid FROM jvn_words WHERE jvn_words MATCH :words)
--? cpes: AND id IN (SELECT l.item_id FROM jvn_item_cpe AS l WHERE l.cpe_id IN (SELECT c.id FROM jvn_cpe AS c, json_each(:cpes) AS p WHERE c.cpe GLOB p.value))
--? vendors: AND id IN (SELECT l.item_id FROM jvn_product AS p JOIN jvn_cpe AS c ON c.cpe = lower(p.cpe) JOIN jvn_item_cpe AS l ON l.cpe_id = c.id WHERE p.vid IN (SELECT value FROM json_each(:vendors)))
--? products: AND id IN (SELECT l.item_id FROM jvn_product AS p JOIN jvn_cpe AS c ON c.cpe = lower(p.cpe) JOIN jvn_item_cpe AS l ON l.cpe_id = c.id WHERE p.pid IN (SELECT value FROM json_each(:products)))
--? severity: AND severity = :severity
--? vector: AND vector = :vector
--? public_from: AND public_at >= :public_from
--? public_to: AND public_at < :public_to
--? issued_from: AND issued_at >= :issued_from
--? issued_to: AND issued_at < :issued_to
--? modified_from: AND modified_at >= :modified_from
--? modified_to: AND modified_at < :modified_to

-- name: myjvn_newest
-- The last that came first.
SELECT id, name, lang, entry_id, public_at, issued_at, modified_at FROM jvn_item WHERE lang = :lang ORDER BY issued_at DESC, name DESC LIMIT :limit;

-- name: myjvn_updated
-- The last that changed first.
SELECT id, name, lang, entry_id, public_at, issued_at, modified_at FROM jvn_item WHERE lang = :lang ORDER BY modified_at DESC, name DESC LIMIT :limit;

-- name: myjvn_between
-- Those of some months by name.
SELECT id, name, lang, entry_id, public_at, issued_at, modified_at FROM jvn_item WHERE lang = :lang AND month >= :from AND month < :to ORDER BY name;

-- name: myjvn_months
-- The first and the last month of all.
SELECT min(month) AS first, max(month) AS last FROM jvn_item WHERE lang = :lang AND month > 0;

-- name: myjvn_named
-- One by its name.
SELECT id, name, lang, entry_id, public_at, issued_at, modified_at FROM jvn_item WHERE name = :name AND lang = :lang;

-- name: myjvn_about
-- Those about a CVE.
SELECT i.id, i.name, i.lang, i.entry_id, i.public_at, i.issued_at, i.modified_at FROM jvn_item_name AS n JOIN jvn_item AS i ON i.id = n.item_id
WHERE n.name = :cve AND i.lang = :lang ORDER BY i.name;

-- name: myjvn_count
-- How many became public in each month, by severity.
SELECT month, severity, severity_2, count(*) AS n FROM jvn_item WHERE lang = 0 AND month >= :from AND month <= :to
--? cpe: AND id IN (SELECT l.item_id FROM jvn_item_cpe AS l WHERE l.cpe_id IN (SELECT c.id FROM jvn_cpe AS c WHERE c.cpe GLOB :cpe))
--? pid: AND id IN (SELECT l.item_id FROM jvn_product AS p JOIN jvn_cpe AS c ON c.cpe = lower(p.cpe) JOIN jvn_item_cpe AS l ON l.cpe_id = c.id WHERE p.pid = :pid)
--? weakness: AND id IN (SELECT item_id FROM jvn_item_name WHERE name = :weakness)
GROUP BY month, severity, severity_2;

-- name: myjvn_totals
-- How many there are in all.
SELECT (SELECT count(*) FROM jvn_item WHERE lang = 0) AS items, (SELECT count(*) FROM jvn_vendor WHERE is_listed = 1) AS vendors,
    (SELECT count(*) FROM jvn_product WHERE is_listed = 1) AS products;

-- name: myjvn_cpes_about
-- What is about a CVE touches these.
SELECT DISTINCT c.cpe FROM jvn_item_name AS n JOIN jvn_item_cpe AS l ON l.item_id = n.item_id JOIN jvn_cpe AS c ON c.id = l.cpe_id
WHERE n.name = :cve ORDER BY c.cpe;
