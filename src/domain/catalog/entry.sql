-- name: entry_by_name
-- Its own name or number.
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM entry e WHERE e.name = :name OR e.number = :name ORDER BY e.name <> :name LIMIT 1;

-- name: entry_by_record
-- The entry that a record of that name belongs to.
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM record r JOIN entry e ON e.id = r.entry_id WHERE r.name = :name ORDER BY r.is_overlay, r.id LIMIT 1;

-- name: entry_by_alias
-- The entry of a record that has this other name.
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM alias a JOIN record r ON r.id = a.record_id JOIN entry e ON e.id = r.entry_id WHERE a.alias = :name ORDER BY r.is_overlay, r.id LIMIT 1;

-- name: entry_by_join
-- The entry in which one of that name or number stands by a curator's decision.
WITH RECURSIVE way (name) AS (SELECT into_name FROM joined WHERE name = :name OR number = :name UNION SELECT j.into_name FROM way w JOIN joined j ON j.name = w.name)
SELECT e.id, e.name, e.number, e.title_ja, e.title_en, e.sources, e.state, e.is_disputed, e.tenths, e.score_version, e.severity, e.published_at, e.modified_at,
    e.taken_at, e.has_ja, e.is_kev, e.is_embedded, e.is_standard, e.epss
FROM way w JOIN entry e ON e.name = w.name LIMIT 1;

-- name: record_is_ruled
-- Did a curator decide something about its names?
SELECT count(*) FROM ruled WHERE record_id = :id;

-- name: tellings
-- Every record about it.
SELECT r.id, r.first_at, r.last_at, coalesce(s.format, '') AS format, u.bytes IS NOT NULL AS is_ruled, coalesce(u.bytes, b.bytes) AS bytes
FROM record r JOIN body b ON b.record_id = r.id LEFT JOIN sent s ON s.id = r.sent_id LEFT JOIN ruled u ON u.record_id = r.id
WHERE r.entry_id = :id ORDER BY r.id;

-- name: tellings_bare
-- The same without what stands beside the records, of which an index and the body are enough.
SELECT r.id, coalesce(u.bytes, b.bytes) AS bytes FROM record r JOIN body b ON b.record_id = r.id LEFT JOIN ruled u ON u.record_id = r.id
WHERE r.entry_id = :id ORDER BY r.id;

-- name: sent_of
-- What the source sent for a record.
SELECT s.format, s.is_beside, s.bytes, b.bytes AS body FROM record r JOIN sent s ON s.id = r.sent_id JOIN body b ON b.record_id = r.id WHERE r.id = :id;

-- name: record_is
-- Is there such a record?
SELECT count(*) FROM record WHERE id = :id;

-- name: pasts
-- What its records said before, the latest first.
SELECT p.record_id, p.from_at, p.until_at, p.bytes FROM record r JOIN past p ON p.record_id = r.id
WHERE r.entry_id = :id ORDER BY p.until_at DESC, p.id DESC LIMIT :limit;

-- name: kev_of
-- CISA's entry about it.
SELECT added_at, due_at, is_ransomware, vendor, product, name, action, notes FROM kev WHERE cve = :name;

-- name: epss_of
-- Its score and those before.
SELECT score, percentile, date, past FROM epss WHERE cve = :name;
