-- name: watch_lists
-- What this person may see: own lists first, then those of the organisation.
SELECT l.id, l.public_id, l.account_id, l.name, l.is_shared, l.searched_at, l.capped, l.catalog_at IS NULL AS is_waiting, l.rhythm, l.names_records, l.feed_at, a.name AS owner,
    (SELECT count(*) FROM watch_product p WHERE p.list_id = l.id) AS products,
    (SELECT count(*) FROM watch_finding f WHERE f.list_id = l.id) AS findings,
    (SELECT count(*) FROM watch_finding f WHERE f.list_id = l.id AND (f.state = 0 OR f.is_changed = 1)) AS fresh
FROM watch_list l JOIN account a ON a.id = l.account_id
WHERE (l.account_id = :account OR (l.is_shared = 1 AND a.organisation_id = :organisation AND a.state = 'ACTIVE'))
--? public_id: AND l.public_id = :public_id
ORDER BY l.account_id <> :account, l.name, l.id

-- name: watch_list_count
-- How many this person has made.
SELECT count(*) FROM watch_list WHERE account_id = :account

-- name: watch_list_insert
-- A new one.
INSERT INTO watch_list (public_id, account_id, name, created_at) VALUES (:public_id, :account, :name, :now)

-- name: watch_list_delete
-- With all that stands in it.
DELETE FROM watch_list WHERE id = :id

-- name: watch_list_set
-- What its owner says of it.
UPDATE watch_list SET name = :name, is_shared = :shared, rhythm = :rhythm, names_records = :names_records,
    digest_at = CASE WHEN rhythm = :rhythm THEN digest_at WHEN :rhythm IN ('DAILY', 'WEEKLY') THEN :now END
WHERE id = :id

-- name: watch_list_settle
-- Mails that begin now tell what comes from here on.
UPDATE watch_finding SET digest = -1 WHERE list_id = :id AND digest = 0 AND (SELECT rhythm FROM watch_list WHERE id = :id) = 'NEVER'

-- name: watch_list_stir
-- Products or conditions have changed: it is searched again.
UPDATE watch_list SET catalog_at = NULL, version = version + 1 WHERE id = :id

-- name: watch_products
-- Its products.
SELECT key FROM watch_product WHERE list_id = :id ORDER BY key

-- name: watch_registered
-- The products of all lists whose owners are there, those of most lists first.
SELECT p.key FROM watch_product p JOIN watch_list l ON l.id = p.list_id JOIN account a ON a.id = l.account_id
WHERE a.state = 'ACTIVE' GROUP BY p.key ORDER BY count(*) DESC, p.key LIMIT :limit

-- name: watch_product_count
-- How many.
SELECT count(*) FROM watch_product WHERE list_id = :id

-- name: watch_product_add
-- Each once.
INSERT OR IGNORE INTO watch_product (list_id, key) VALUES (:id, :key)

-- name: watch_product_remove
-- What was found for it goes with the next search, unless somebody has decided about it.
DELETE FROM watch_product WHERE list_id = :id AND key = :key

-- name: watch_conditions
-- Its conditions.
SELECT name, value FROM watch_condition WHERE list_id = :id ORDER BY name

-- name: watch_conditions_clear
-- All of them are said anew.
DELETE FROM watch_condition WHERE list_id = :id

-- name: watch_condition_add
-- One.
INSERT INTO watch_condition (list_id, name, value) VALUES (:id, :name, :value)

-- name: watch_findings
-- Its checklist, whole or a page of it.
SELECT f.name, f.title_ja, f.title_en, f.severity, f.tenths, f.is_kev, f.modified_at, f.found_at, f.state, f.note, f.decided_at, f.is_changed,
    coalesce(a.name, '') AS decided_by
FROM watch_finding f LEFT JOIN account a ON a.id = f.decided_by
WHERE f.list_id = :id
--? todo: AND (f.state IN (0, 1) OR f.is_changed = :todo)
--? state: AND f.state = :state
--? changed: AND f.is_changed = :changed
--? severity: AND f.severity = :severity
--? kev: AND f.is_kev = :kev
--? words: AND (instr(lower(f.name), lower(:words)) > 0 OR instr(f.title_ja, :words) > 0 OR instr(lower(f.title_en), lower(:words)) > 0)
--? name: AND f.name = :name
ORDER BY
--? by_score: f.tenths * :by_score DESC,
--? by_state: f.state * :by_state,
--? by_news: f.news_at * :by_news DESC,
f.id DESC LIMIT :limit OFFSET :offset

-- name: watch_findings_count
-- How many there are of them.
SELECT count(*) FROM watch_finding f WHERE f.list_id = :id
--? todo: AND (f.state IN (0, 1) OR f.is_changed = :todo)
--? state: AND f.state = :state
--? changed: AND f.is_changed = :changed
--? severity: AND f.severity = :severity
--? kev: AND f.is_kev = :kev
--? words: AND (instr(lower(f.name), lower(:words)) > 0 OR instr(f.title_ja, :words) > 0 OR instr(lower(f.title_en), lower(:words)) > 0)
--? name: AND f.name = :name

-- name: watch_finding_decide
-- What somebody says of one: a note alone when there is one.
UPDATE watch_finding SET state = :state, decided_at = :now, decided_by = :account, is_changed = 0
--? note: , note = :note
WHERE list_id = :id AND name = :name

-- name: watch_waiting
-- The next list that is to be searched: stirred, or behind the catalogue, or not searched for a day. Its owner must be able to see it.
SELECT l.id FROM watch_list l JOIN account a ON a.id = l.account_id
WHERE a.state = 'ACTIVE' AND l.failed_at <= :failed_before AND (l.catalog_at IS NULL OR (l.catalog_at <> :catalog AND l.searched_at <= :not_since) OR l.searched_at <= :day_before)
ORDER BY l.catalog_at IS NOT NULL, l.searched_at, l.id LIMIT 1

-- name: watch_to_search
-- What a search of it starts from.
SELECT searched_at, version FROM watch_list WHERE id = :id

-- name: watch_searched
-- The search is through; a list that was changed meanwhile stays to be searched.
UPDATE watch_list SET searched_at = :now, failed_at = 0, capped = :capped, catalog_at = CASE WHEN version = :version THEN :catalog END WHERE id = :id

-- name: watch_set_aside
-- It could not be searched; others have their turn first.
UPDATE watch_list SET failed_at = :now WHERE id = :id

-- name: watch_finding_add
-- A new one. Another search may have been first.
INSERT OR IGNORE INTO watch_finding (list_id, name, title_ja, title_en, severity, tenths, is_kev, modified_at, found_at, news_at, digest)
VALUES (:id, :name, :title_ja, :title_en, :severity, :tenths, :kev, :modified, :now, :now, :digest)

-- name: watch_finding_change
-- It says something else now; what somebody decided stays.
UPDATE watch_finding SET title_ja = :title_ja, title_en = :title_en, severity = :severity, tenths = :tenths, is_kev = :kev, modified_at = :modified,
    news_at = :now, digest = 0, is_changed = 1
WHERE list_id = :id AND name = :name

-- name: watch_finding_drop
-- Nothing finds it any more, and nobody has said anything of it.
DELETE FROM watch_finding WHERE list_id = :id AND name = :name AND state = 0 AND note = '' AND decided_at IS NULL
